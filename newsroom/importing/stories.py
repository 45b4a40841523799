"""How does a file of stories come into the paper: in batches, each line once, and whole or not at all?

Every batch is one transaction with its comments and import records: whoever is stopped at any moment runs the same
command again, and nothing is there twice or missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models
from django.utils.translation import gettext as _

from articles.loading import Loaded, load_published
from articles.models import Article, BylineRef, ImportRecord, PictureRef, Snapshot
from comments.posting import load_comments
from newsroom.importing.lines import Refused, Reject, Story, read
from newsroom.importing.names import Names
from newsroom.importing.pictures import Pictures
from newsroom.lib import text

BATCH: Final = 200
USER: Final = "nhap-lieu"


@dataclass
class Tally:
    """What became of the lines."""

    loaded: int = 0
    comments: int = 0
    present: int = 0  # loaded by an earlier run
    refused: int = 0


@dataclass
class Import:
    """One run over one file. `source` tells apart files whose ids have nothing to do with each other."""

    source: str
    names: Names
    pictures: Pictures
    dry_run: bool = False
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.user = None if self.dry_run else importing_user()
        self.before = ImportRecord.objects.aggregate(last=models.Max("pk"))["last"] or 0

    def run(self, path: Path, advance: Callable[[int], object], report: Callable[[Reject], object]) -> None:
        """Load the file; `advance` hears how many lines are done, `report` of each line that is refused.

        Raises OSError if the file cannot be read.
        """
        lines = read(path)
        while batch := list(islice(lines, BATCH)):
            stories = [item for item in batch if isinstance(item, Story)]
            refused = [item for item in batch if isinstance(item, Reject)]
            self.load(self.checked(self.unknown(stories, refused), refused), refused)
            for reject in sorted(refused, key=lambda reject: reject.number):
                report(reject)
            self.tally.refused += len(refused)
            advance(len(batch))

    def unknown(self, stories: list[Story], refused: list[Reject]) -> list[Story]:
        """Those that no earlier run has loaded. An id that came before in this very file is refused."""
        records = ImportRecord.objects.filter(source=self.source, source_id__in=[story.key for story in stories])
        known = dict(records.values_list("source_id", "pk"))
        fresh: dict[str, Story] = {}
        for story in stories:
            if story.key in fresh or known.get(story.key, 0) > self.before:
                refused.append(reject(story, _("The id stands in the file twice.")))
            elif story.key in known:
                self.tally.present += 1
            else:
                fresh[story.key] = story
        return list(fresh.values())

    def checked(self, stories: list[Story], refused: list[Reject]) -> list[Story]:
        """Those whose section, author and picture can be had; the pictures are in the library then."""
        good = []
        for story in stories:
            try:
                self.names.check(story)
                good.append(story)
            except Refused as error:
                refused.append(reject(story, str(error)))
        self.pictures.fetch(story.image for story in good if story.image)
        return good

    def load(self, stories: list[Story], refused: list[Reject]) -> None:
        """Load a batch; if the database refuses it as a whole, one by one, so that only the bad ones are left out."""
        ready = []
        for story in stories:
            try:
                ready.append((story, self.as_loaded(story)))
            except Refused as error:
                refused.append(reject(story, str(error)))
        try:
            self.write(ready)
        except (IntegrityError, DataError, ValidationError, ValueError):
            for pair in ready:
                try:
                    self.write([pair])
                except (IntegrityError, DataError, ValidationError, ValueError) as error:
                    refused.append(reject(pair[0], text.excerpt(str(error), 200)))

    def as_loaded(self, story: Story) -> Loaded:
        """The story with the keys of what it names, which are made where they are missing. Raises Refused."""
        image = self.pictures.key(story.image)
        if self.dry_run:
            return Loaded(Snapshot(), story.published_at)
        snapshot = Snapshot(
            headline=story.headline,
            lead=story.lead,
            body=story.body,
            source="" if story.author else self.source,
            section=self.names.section(story.section),
            bylines=(BylineRef(self.names.author(story.author)),) if story.author else (),
            tags=tuple(self.names.tag(name) for name in story.tags),
            picture=None if image is None else PictureRef(image, story.caption),
        )
        return Loaded(snapshot, story.published_at, story.updated_at, story.slug, self.source, story.key)

    def write(self, ready: list[tuple[Story, Loaded]]) -> None:
        comments = {story.key: story.comments for story, _loaded in ready}

        def add_comments(article: Article, loaded: Loaded) -> None:
            if comments[loaded.source_id]:
                load_comments(article, comments[loaded.source_id])

        if self.user is not None:
            load_published([loaded for _story, loaded in ready], by=self.user, then=add_comments)
        self.tally.loaded += len(ready)
        self.tally.comments += sum(map(len, comments.values()))


def reject(story: Story, reason: str) -> Reject:
    return Reject(story.number, story.key, reason)


def importing_user() -> AbstractBaseUser:
    """In whose name stories come in: nobody can sign in as this member of staff."""
    users: Any = get_user_model()._default_manager
    user = users.filter(username=USER).first()
    return user or users.create_user(USER, is_staff=True, is_active=False, last_name="Nhập liệu")
