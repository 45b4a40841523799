"""Which counts of readers are old? Folds hours into days, forgets devices of past days, renews the lists. Daily."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import counting, readership


class Command(BaseCommand):
    help = "Fold hourly counts of readers older than eight days into daily ones. Safe to run twice and in parallel."

    def handle(self, *args: Any, **options: Any) -> None:
        folded, forgotten = readership.fold(), counting.forget()
        readership.rank_due()
        if options["verbosity"]:
            self.stdout.write(f"{folded} hourly counts folded into days, {forgotten} marks of past days deleted")
