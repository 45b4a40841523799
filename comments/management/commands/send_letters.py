"""Send the letters that are due to commenters. Every minute, by cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import letters


class Command(BaseCommand):
    help = "Send the letters that are due to commenters. Safe to run twice and in parallel."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = letters.send_due()
        if options["verbosity"] and sent:
            self.stdout.write(f"{sent} sent")
