"""Close the house for writing, while readers go on reading; and open it again."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from newsroom.lib.maintenance import models as maintenance


class Command(BaseCommand):
    help = (
        "on: staff and comments get a page that says when to come back; off: all is as before; without: which it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", nargs="?", choices=["on", "off"])
        parser.add_argument("--message", default="", help="what that page says, instead of its own words")
        parser.add_argument("--minutes", type=int, default=15, help="when to come back (default: 15)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["minutes"] <= 24 * 60:
            raise CommandError(_("--minutes: from 1 to 1440."))
        if options["state"] == "on":
            maintenance.begin(options["message"], options["minutes"])
            time.sleep(maintenance.KNOWN)
        elif options["state"] == "off":
            maintenance.end()
        row = maintenance.Maintenance.objects.first()
        said = _("Maintenance is on: readers read, staff and comments wait.") if row else _("Maintenance is off.")
        self.stdout.write(said)
