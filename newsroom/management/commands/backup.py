"""Put the whole paper, database and pictures, into one file that proves itself."""

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from newsroom.backup import archive
from newsroom.backup.databases import Trouble

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Write a backup into DIR (BACKUP_DIR) while the site works; --check FILE reads one and says if it is whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", metavar="DIR", default=settings.BACKUP_DIR)
        help_keep = "remove all but the newest N backups of the folder (BACKUP_KEEP)"
        parser.add_argument("--keep", type=int, metavar="N", default=settings.BACKUP_KEEP or None, help=help_keep)
        parser.add_argument("--check", type=Path, metavar="FILE", help="look at a backup, make none")

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError(_("--keep needs at least 1."))
        if not options["check"] and not options["folder"]:
            raise CommandError(_("Name the folder: manage.py backup DIR, or set BACKUP_DIR."))
        try:
            with tqdm(unit="", disable=not options["verbosity"]) as bar:
                if options["check"]:
                    path, manifest = options["check"], archive.check(options["check"], lambda _name: bar.update())
                else:
                    path, manifest = archive.create(Path(options["folder"]), lambda _name: bar.update())
        except (Trouble, OSError) as error:
            logger.error("the backup failed: %s", error)  # ADMINS get a letter: nobody watches a timer
            raise CommandError(str(error)) from error
        gone = archive.prune(path.parent, keep) if keep and not options["check"] else []
        if options["verbosity"]:
            self.stdout.write(f"{path}: {told(manifest)}")
            self.stdout.writelines(_("removed: %s") % old.name for old in gone)


def told(manifest: archive.Manifest) -> str:
    """How much is in a backup."""
    numbers = {"tables": len(manifest.tables), "rows": manifest.rows, "files": len(manifest.files) - 1}
    return _("whole, with %(tables)d tables, %(rows)d rows and %(files)d files") % numbers
