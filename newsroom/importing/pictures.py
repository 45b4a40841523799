"""How do the files of a folder come into the picture library, each once, with every processor at work?"""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import django
from django.core.files import File
from django.utils.translation import gettext as _

from articles.models import Image
from articles.pictures import PictureRefused, Prepared, keep_picture, prepare
from articles.pictures.files import read_upload
from newsroom.importing.lines import Refused

AT_ONCE: Final = 16  # pictures in memory, some megabytes each

Task = TypeVar("Task")
Result = TypeVar("Result")


def in_parallel(work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
    """Do slow work on pixels in other processes; a task and its result at a time, in order.

    The processes start afresh and not as copies of this one: a copy would share its database connection.
    """
    rest = iter(tasks)
    group = list(islice(rest, AT_ONCE))
    if not group:
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, AT_ONCE), fresh, initializer=django.setup) as pool:
        while group:
            yield from zip(group, pool.map(work, group), strict=True)
            group = list(islice(rest, AT_ONCE))


class Pictures:
    """The pictures that the stories of one import name. Without a folder the stories come without pictures.

    `keep` False only checks them. `advance` hears of each new one that is done: they take seconds.
    """

    def __init__(
        self, folder: Path | None, *, keep: bool = True, advance: Callable[[int], object] = lambda _done: None
    ) -> None:
        self.folder = folder.resolve() if folder else None
        self.keep, self.advance = keep, advance
        self.found: dict[str, int] = {}
        self.problems: dict[str, str] = {}
        self.added = 0

    def fetch(self, names: Iterable[str]) -> None:
        """Take those of the named files into the library that are not there yet; files are equal by their digest."""
        if self.folder is None:
            return
        fresh = [name for name in dict.fromkeys(names) if name not in self.found and name not in self.problems]
        unknown = [name for name in fresh if not self._is_settled(self.folder, name)]
        for name, prepared in in_parallel(partial(prepare_file, self.folder), unknown):
            if isinstance(prepared, str):
                self.problems[name] = prepared
            else:
                self.found[name] = kept(prepared, name).pk if self.keep else 0
                self.added += 1
            self.advance(1)

    def key(self, name: str) -> int | None:
        """The picture of this file; None if the story has none. Raises Refused for a file that cannot be taken."""
        if self.folder is None or not name:
            return None
        if name in self.problems:
            raise Refused(f"{name}: {self.problems[name]}")
        return self.found[name]

    def _is_settled(self, folder: Path, name: str) -> bool:
        """The library has this file already, or it cannot be read; which of the two is noted."""
        path = folder / name
        try:
            if not path.resolve().is_relative_to(folder) or not path.is_file():
                raise PictureRefused(_("There is no such file in the folder of pictures."))
            with path.open("rb") as file:
                digest = hashlib.sha256(read_upload(File(file))).hexdigest()
        except PictureRefused as refused:
            self.problems[name] = " ".join(refused.messages)
            return True
        except (OSError, ValueError) as error:
            self.problems[name] = str(error)
            return True
        image = Image.objects.filter(digest=digest).only("pk").first()
        if image is not None:
            self.found[name] = image.pk
        return image is not None


def prepare_file(folder: Path, name: str) -> Prepared | str:
    """The picture ready to be stored, or why it is refused. Runs in a process of its own."""
    try:
        return prepare((folder / name).read_bytes())
    except PictureRefused as refused:
        return " ".join(refused.messages)
    except OSError as error:
        return str(error)


def kept(prepared: Prepared, file_name: str) -> Image:
    """The picture in the library: the first one, where two files hold the same."""
    try:
        return keep_picture(prepared, by=None, file_name=file_name)
    except PictureRefused as refused:
        if refused.duplicate is None:
            raise
        return refused.duplicate
