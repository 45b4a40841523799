"""Say what is wrong with this installation and how it is mended. Exit code 0: nothing; 1: warnings; 2: errors."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.checks import ERROR, WARNING
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from newsroom import doctor


class Command(BaseCommand):
    help = "Say what is wrong with this installation and how it is mended."
    requires_system_checks: list[str] = []  # it tells of them itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mail", action="store_true", help="also ask the mail server; nothing is sent")
        parser.add_argument("--language", choices=["vi", "en"], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            found = doctor.examine(options["mail"])
            for message in found:
                serious = message.level >= WARNING
                mark = self.style.ERROR("✗") if message.level >= ERROR else self.style.WARNING("!" if serious else "·")
                self.stdout.write(f"{mark} {message.msg}")
                if message.hint:
                    self.stdout.write(f"    → {message.hint}")
            worst = max((message.level for message in found), default=0)
            if worst < WARNING:
                self.stdout.write(self.style.SUCCESS("✓ ") + _("This installation is well."))
        if worst >= WARNING:
            sys.exit(2 if worst >= ERROR else 1)
