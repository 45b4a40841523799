"""Make the site what it was when the backup was made, and prove that it is the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from newsroom.backup import archive, restoring
from newsroom.backup.databases import Trouble
from newsroom.health import migrations_waiting
from newsroom.management.commands.backup import told


class Command(BaseCommand):
    help = "Restore FILE into an empty site; with --force in the place of the paper that is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--force", action="store_true", help="there is a paper: it is lost")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tqdm(unit="", disable=not options["verbosity"]) as bar:
                manifest = archive.check(options["file"], lambda _name: bar.update())
                if why := restoring.refusal(manifest, options["force"]):
                    raise CommandError(why)
                restoring.restore(options["file"], lambda _name: bar.update())
        except (Trouble, OSError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(_("The restored site is the same as the backup of %s:") % manifest.made)
            self.stdout.write(told(manifest))
            self.stdout.write(_("Restart the servers of the site now."))
        if waiting := migrations_waiting():
            self.stdout.write(_("Migrations are waiting (manage.py migrate): %s") % ", ".join(waiting))
