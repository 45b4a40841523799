"""Thank the readers whose hints led to a correction; by cron or a timer, a few times a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from comments import pointers


class Command(BaseCommand):
    help = "Owe a letter of thanks to each reader who pointed at a mistake that has since been corrected."

    def handle(self, *args: Any, **options: Any) -> None:
        number = pointers.thank_all()
        if options["verbosity"]:
            self.stdout.write(_("Readers thanked: %d") % number)
