"""Is the record of everything that was public unbroken? Exit code 1 and the first break, if it is not."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import deposit, proof
from articles.models import RecordSeal


class Command(BaseCommand):
    help = "Recompute every digest, chain and seal of the record, or of an exported folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, help="a folder that export_record wrote, instead of the database")
        parser.add_argument("--seal", help="the digest of a seal that was kept outside the house: it must be there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["folder"]:
            self.verify_folder(options["folder"])
            return
        verdict = proof.verify()
        if verdict.broken:
            raise CommandError(_("The record is broken. %s") % verdict.broken)
        if options["seal"] and not RecordSeal.objects.filter(digest=options["seal"]).exists():
            raise CommandError(_("The record is broken. %s") % _("No day has this seal."))
        self.stdout.write(
            _("The record is unbroken: %(versions)d versions, %(seals)d seals.")
            % {"versions": verdict.versions, "seals": verdict.seals}
        )
        if last := RecordSeal.objects.order_by("-day").first():
            self.stdout.write(str(last))

    def verify_folder(self, folder: Path) -> None:
        try:
            broken = deposit.verify(folder)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(_("This is not an exported record: %s") % error) from error
        if broken:
            raise CommandError(_("The record is broken. %s") % broken)
        self.stdout.write(_("The exported record is unbroken."))
