"""Which autosaved texts did nobody come back for? Deletes those older than thirty days."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from articles import editing


class Command(BaseCommand):
    help = "Delete texts that were autosaved more than thirty days ago and never saved. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        count = editing.prune(timezone.now(), dry_run=options["dry_run"])
        verb = "would be deleted" if options["dry_run"] else "deleted"
        self.stdout.write(f"{count} autosaved texts {verb}")
