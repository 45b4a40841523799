"""Let threads hold everything back, or open them again, as time goes on. Every minute, by cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import holding


class Command(BaseCommand):
    help = "Look at every thread where comments wait or are reported. Safe to run twice and in parallel."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = holding.review_all()
        if options["verbosity"] and changed:
            self.stdout.write(f"{changed} threads hold everything back, or no longer")
