"""Load stories that were published elsewhere, with their pictures and comments, out of a file of JSON Lines."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from newsroom.importing.lines import KEY_LENGTH, Reject
from newsroom.importing.names import Names, side_file
from newsroom.importing.pictures import Pictures
from newsroom.importing.stories import Import

SHOWN: Final = 20


class Command(BaseCommand):
    help = (
        "Load published stories from FILE (JSON Lines, UTF-8; sections, authors and tags from FILE.meta.json beside "
        "it). Safe to stop and to run again: a story that is there already is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.jsonl")
        parser.add_argument("--images", type=Path, metavar="DIR", help="folder of the lead pictures")
        parser.add_argument("--dry-run", action="store_true", help="check every line and picture, store nothing")
        parser.add_argument(
            "--source",
            default="import",
            metavar="NAME",
            help="where the ids come from (default: import); two sources may use the same ids",
        )
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="list of refused lines: number, id, reason")

    def handle(self, *args: Any, **options: Any) -> None:
        path, folder, dry_run = options["file"], options["images"], options["dry_run"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        if folder is not None and not folder.is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": folder})
        if not 0 < len(options["source"]) <= KEY_LENGTH:
            raise CommandError(_("The name of the source needs 1 to %(limit)s characters.") % {"limit": KEY_LENGTH})
        quiet = options["verbosity"] == 0
        drawn = tqdm(unit=" " + _("pictures"), disable=quiet or folder is None)
        bar = tqdm(total=count_lines(path), unit=" " + _("stories"), disable=quiet)
        pictures = Pictures(folder, keep=not dry_run, advance=drawn.update)
        with drawn, bar, RejectList(options["rejects"]) as rejects:
            work = Import(options["source"], names_of(path), pictures, dry_run)
            carry_out(work, path, bar.update, rejects.add)
        self.summarise(work)
        if work.tally.refused:
            rejects.show(self.stderr)
            count = {"count": work.tally.refused}
            raise CommandError(
                ngettext("%(count)s line was refused.", "%(count)s lines were refused.", work.tally.refused) % count
            )

    def summarise(self, work: Import) -> None:
        """What was done, or (dry run) what would be."""
        tally = work.tally
        if work.dry_run:
            self.stdout.write(_("Nothing was stored: this was a dry run."))
        elif not tally.loaded and not tally.refused:
            self.stdout.write(self.style.SUCCESS(_("Nothing has changed.")))
        for label, count in (
            (_("Stories loaded"), tally.loaded),
            (_("Comments loaded"), tally.comments),
            (_("Pictures added"), work.pictures.added),
            (_("Stories that were there already"), tally.present),
            (_("Lines refused"), tally.refused),
        ):
            self.stdout.write(f"{label}: {count}")


class RejectList:
    """The refused lines: all of them in a file if there is one, and the first few to be shown at the end."""

    def __init__(self, path: Path | None) -> None:
        try:
            self.file = path.open("w", encoding="utf-8") if path else None
        except OSError as error:
            raise CommandError(str(error)) from None
        self.first: list[str] = []
        self.has_more = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.file:
            self.file.close()

    def add(self, reject: Reject) -> None:
        if self.file:
            self.file.write(f"{reject.number}\t{reject.key}\t{reject.reason}\n")
        if len(self.first) < SHOWN:
            where = _("Line %(number)s") % {"number": reject.number}
            self.first.append(f"{where} ({reject.key or '?'}): {reject.reason}")
        else:
            self.has_more = True

    def show(self, out: OutputWrapper) -> None:
        for row in self.first:
            out.write(row)
        if self.has_more and not self.file:
            out.write(_("… and more; --rejects FILE lists them all."))


def carry_out(work: Import, path: Path, advance: Callable[[int], object], report: Callable[[Reject], object]) -> None:
    """Run the import; whatever stops it is told in words, with what to do."""
    try:
        work.run(path, advance, report)
    except KeyboardInterrupt:
        raise CommandError(_("Stopped. Run the command again to go on.")) from None
    except (OSError, OperationalError) as error:
        raise CommandError(_("%(error)s. Run the command again to go on.") % {"error": error}) from error


def names_of(path: Path) -> Names:
    try:
        return Names(side_file(path))
    except ValueError:
        raise CommandError(_("%(path)s.meta.json is not a side file of stories.") % {"path": path}) from None


def count_lines(path: Path) -> int:
    """How many lines the file has, for the progress bar: quick even for gigabytes."""
    with path.open("rb") as file:
        return sum(1 for _line in file)
