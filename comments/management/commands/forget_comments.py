"""Forget what of comments is old enough: addresses, refused texts, unconfirmed e-mails, letters. Every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments import retention


class Command(BaseCommand):
    help = "Forget what COMMENT_KEYS_DAYS and the other settings say. Safe to stop and repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = retention.forget(timezone.now())
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{name}: {number}" for name, number in numbers.items()))
