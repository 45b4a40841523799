"""Tie the public versions of every day that ended to each other; run it once a day, or again at any time.

Send its last line to somebody outside the house: with that seal the whole record up to that day can be proved.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import proof


class Command(BaseCommand):
    help = "Seal the days of the record that ended and have no seal yet."

    def handle(self, *args: Any, **options: Any) -> None:
        made = proof.seal_days()
        for seal in made:
            self.stdout.write(str(seal))
        if not made:
            self.stdout.write(_("Every day that ended is sealed."))
