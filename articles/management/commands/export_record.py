"""Hand out the record of some days for legal deposit, as a folder or a ZIP file that proves itself."""

import shutil
import tempfile
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import deposit


class Command(BaseCommand):
    help = "Write every public version of some days, with pictures and digests, into a folder or a .zip file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, help="2026-11-01")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, help="2026-11-30")
        parser.add_argument("--out", type=Path, required=True, help="an empty or new folder, or a new file NAME.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        first, last, out = options["first"], options["last"], options["out"]
        if last < first:
            raise CommandError(_("The last day is before the first."))
        try:
            made = self.zip_of(first, last, out) if out.suffix == ".zip" else deposit.export(first, last, out)
        except FileExistsError as error:
            raise CommandError(_("%s is there already.") % out) from error
        for name in made.missing:
            self.stderr.write(_("This picture could not be read: %s") % name)
        self.stdout.write(_("%(count)d files in %(out)s") % {"count": len(made.files), "out": out})

    def zip_of(self, first: date, last: date, out: Path) -> deposit.Deposit:
        """The folder is made aside first: a file of this name is whole, or not there."""
        if out.exists():
            raise FileExistsError(out)
        with tempfile.TemporaryDirectory(dir=out.parent) as aside:
            made = deposit.export(first, last, Path(aside) / "record")
            packed = shutil.make_archive(str(Path(aside) / "packed"), "zip", Path(aside) / "record")
            Path(packed).rename(out)
        return made
