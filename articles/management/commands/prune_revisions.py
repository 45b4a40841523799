"""Delete old versions of stories that nobody needs: none that is live, due, worked on, published, signed or named."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from articles import retention


class Command(BaseCommand):
    help = (
        "Delete working versions older than DAYS. What is live, scheduled, being worked on, was published, signed "
        "off, named or shared stays, and so do the first version and the last of each day. Safe to stop and repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than", type=int, required=True, metavar="DAYS", help="at least 1")
        parser.add_argument("--dry-run", action="store_true", help="count only, delete nothing")

    def handle(self, *args: Any, older_than: int, dry_run: bool, **options: Any) -> None:
        if not 1 <= older_than <= 36_500:
            raise CommandError("--older-than takes a number of days, from 1 to 36500.")
        before = timezone.now() - timedelta(days=older_than)
        total = retention.stale(before).count()
        if dry_run:
            self.stdout.write(f"{total} versions would be deleted. Nothing was: this was a dry run.")
            return
        with tqdm(total=total, unit="", disable=not options["verbosity"]) as bar:
            count = retention.prune(before, bar.update)
        self.stdout.write(f"{count} versions deleted.")
