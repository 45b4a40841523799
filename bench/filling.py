"""How does a newsroom of so many stories come about? Row by row as the product writes them, batch by batch."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from tqdm import tqdm

from articles import placing, ranking, record, search
from articles.models import (
    Article,
    Byline,
    DeskDoc,
    ImageUse,
    ImportRecord,
    Placement,
    PublicVersion,
    Revision,
    SearchDoc,
    Snapshot,
    Tagging,
    Transition,
    WorkingByline,
)
from articles.models.record import digest_of
from bench import around, house, texts
from bench.archive import BATCH, Shape
from bench.repeating import POOL, Specimen, canonical
from bench.rows import Writer, bulk
from newsroom.lib import dates, text

Content = dict[str, Any]  # of a snapshot, as its JSON has it
EMPTY: Content = Snapshot().to_json()
IMPORTED = timedelta(days=3 * 365)  # older stories came from another system: no steps
# From hand to hand: the step, from, to, and in which role.
PATH = (
    ("submit", "draft", "submitted", "reporter"),
    ("take", "submitted", "editing", "editor"),
    ("forward", "editing", "review", "editor"),
    ("approve", "review", "approved", "publisher"),
    ("publish", "approved", "done", "publisher"),
)
RETURN = ("return", "submitted", "returned", "editor")
REVISE = ("revise", "done", "editing", "publisher")
WITHDRAW = ("withdraw", "done", "done", "chief")
STEPS = {
    "draft": (),
    "submitted": PATH[:1],
    "editing": PATH[:2],
    "returned": (*PATH[:1], RETURN),
    "review": PATH[:3],
    "approved": PATH[:4],
    "done": PATH,
}


def fill(count: int, comments: int, shapes: Callable[[int, datetime], Iterator[Shape]]) -> None:
    """Migrate a new database and fill it. Raises SystemExit where there are stories already."""
    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        raise SystemExit("This database has stories already; the benchmark fills new ones only.")
    with bulk():
        populate(count, comments, shapes)


def populate(count: int, comments: int, shapes: Callable[[int, datetime], Iterator[Shape]]) -> None:
    """The house, its stories and all around them, in a database that has none."""
    now, writer = timezone.now(), Writer()
    home = house.build(count, writer)
    stories = Stories(home, writer, now, count)
    rest = iter(tqdm(shapes(count, now), total=count, desc="stories", unit="", disable=None))
    while batch := list(islice(rest, BATCH)):
        for shape in batch:
            stories.write(shape)
        writer.flush()
    around.write(home, writer, now, stories.public, comments)
    placing.recount()
    writer.settle()


class Stories:
    """Writes one story after the other; `public` collects some that readers can comment on."""

    def __init__(self, home: house.House, writer: Writer, now: datetime, count: int) -> None:
        self.home, self.writer, self.now, self.count = home, writer, now, count
        self.chance = random.Random(7)
        self.bodies = texts.bodies(self.chance)
        self.sections = [section.pk for section in home.sections]
        self.named = {key: record.named(home.names.sections, key) for key in self.sections}
        self.number = 0
        self.pools: dict[tuple[bool, bool], list[Specimen]] = defaultdict(list)
        self.public: list[tuple[int, datetime]] = []

    def write(self, shape: Shape) -> None:
        """A story of its own; of the many that are simply old, most repeat one of a few hundred at another time."""
        self.number += 1
        is_plain = shape.is_plain and not texts.is_rare(self.number, self.count)
        pool = self.pools[self.now - shape.at > IMPORTED, self.number % 5 == 0]
        if is_plain and len(pool) == POOL:
            self.chance.choice(pool).repeat(self, shape.at)
            return
        self.writer.taken = [] if is_plain else None
        self.make(shape)
        if self.writer.taken:
            pool.append(Specimen([(table, row.copy()) for table, row in self.writer.taken], shape.at))
        self.writer.taken = None

    def make(self, shape: Shape) -> None:
        body = self.chance.choice(self.bodies)
        text_of = self.text(body)
        section = self.home.names.sections[text_of["section"]]
        pk = self.writer.next_key(Article)
        begun = min(shape.at, self.now) - timedelta(hours=3)
        revisions = self.revisions(pk, shape, text_of, begun)
        steps = self.steps(pk, shape, begun, revisions)
        is_out = shape.readers not in ("never", "trashed")
        live = revisions[0] if shape.stage != "done" else revisions[-1]
        words = search.folded(text_of["headline"])
        columns = body.columns | self.live(pk, shape, text_of, words, live) if is_out else {}
        self.writer.add(
            Article,
            id=pk,
            **columns,
            **self.timing(shape, revisions[-1]),
            desk_headline=text_of["headline"],
            desk_fold=text.fold(text_of["headline"]),
            desk_section_id=section.pk,
            working_revision_id=revisions[-1],
            desk_author_id=self.saver(shape.revisions),
            stage=shape.stage,
            version=1 + len(revisions) + steps,
            desk_changed_at=begun + timedelta(hours=2.9),
            created_by_id=self.chance.choice(self.home.staff["reporter"]),
            created_at=begun,
            trashed_at=self.now if shape.readers == "trashed" else None,
        )
        self.writer.add(DeskDoc, article_id=pk, words=" ".join(words))
        if not is_out or live != revisions[-1]:
            for ref in text_of["bylines"]:
                self.writer.add(WorkingByline, article_id=pk, author_id=ref["author"])
        if is_out:
            self.credit(pk, shape, text_of)
            self.appear(pk, shape, text_of, " ".join(words), body)
            self.record(pk, shape, text_of, columns)

    def text(self, body: texts.Body) -> Content:
        """What the story says: one section and every fourth time another, two keywords, a picture now and then."""
        home, chance = self.home, self.chance
        section, other = chance.sample(self.sections, 2)
        picture = {"image": chance.choice(home.images), "caption": ""} if home.images and self.number % 2 else None
        return {
            **EMPTY,
            "headline": texts.headline(chance, self.number, self.count),
            "lead": texts.LEAD,
            "body": body.html,
            "section": section,
            "other_sections": [other] if self.number % 4 == 0 else [],
            "bylines": [{"author": chance.choice(home.authors), "role": "text"}],
            "tags": chance.sample(home.tags, 2),
            "picture": picture,
        }

    def live(self, pk: int, shape: Shape, text_of: Content, words: list[str], revision: int) -> dict[str, Any]:
        """The live columns that do not follow from the body."""
        return {
            "headline": text_of["headline"],
            "headline_fold": text.fold(text_of["headline"]),
            "slug": "-".join(words),
            "section_id": text_of["section"],
            "lead_image_id": text_of["picture"] and text_of["picture"]["image"],
            "published_at": shape.at,
            "published_on": dates.local(shape.at).date(),
            "first_published_at": min(shape.at, self.now),
            "updated_at": shape.at + timedelta(hours=1) if shape.readers == "updated" else None,
            "visible_until": shape.at + timedelta(days=30) if shape.readers == "ended" else None,
            "is_over": shape.readers == "ended",
            "withdrawn_at": shape.at + timedelta(days=1) if shape.readers == "withdrawn" else None,
            "live_revision_id": revision,
        }

    def timing(self, shape: Shape, revision: int) -> dict[str, Any]:
        """An approved text of a live story waits for its time."""
        if shape.readers != "live" or shape.stage != "approved":
            return {}
        due = self.now + timedelta(hours=self.chance.randint(1, 48))
        return {"due_at": due, "due_revision_id": revision, "due_by_id": self.home.staff["publisher"][0]}

    def revisions(self, pk: int, shape: Shape, text_of: Content, begun: datetime) -> list[int]:
        """Saves on the way to the text; where one is pending, the first is what readers have."""
        keys = []
        for number in range(1, shape.revisions + 1):
            is_between = 1 < number < shape.revisions
            kept = canonical(text_of | {"lead": f"{texts.LEAD} Lần {number}."} if is_between else text_of)
            keys.append(
                self.writer.add(
                    Revision,
                    article_id=pk,
                    number=number,
                    content=kept,
                    digest=hashlib.sha256(kept.encode()).hexdigest(),
                    author_id=self.saver(number),
                    created_at=begun + timedelta(hours=2.9) * (number / shape.revisions),
                )
            )
        if text_of["picture"]:
            self.writer.add(ImageUse, image_id=text_of["picture"]["image"], revision_id=keys[-1], place="lead")
        return keys

    def saver(self, number: int) -> int:
        """Who made the version of this number."""
        return self.home.staff["reporter"][number % 40]

    def steps(self, pk: int, shape: Shape, begun: datetime, revisions: list[int]) -> int:
        """The log of the story, or where it came from; returns the number of steps."""
        if self.now - shape.at > IMPORTED:
            self.writer.add(ImportRecord, source="cu", source_id=str(pk), article_id=pk)
            return 0
        path: tuple[Any, ...] = STEPS[shape.stage]
        if shape.readers == "live" and shape.stage != "done":
            path = (*PATH, REVISE, *(PATH[2:4] if shape.stage == "approved" else ()))
        path = (*path, WITHDRAW) if shape.readers == "withdrawn" else path
        for n, (verb, before, after, role) in enumerate(path, 1):
            self.writer.add(
                Transition,
                article_id=pk,
                verb=verb,
                actor_id=self.chance.choice(self.home.staff[role]),
                role=role,
                from_stage=before,
                to_stage=after,
                note="Cần kiểm tra lại." if verb in ("return", "withdraw") else "",
                revision_id=revisions[-1],
                at=begun + timedelta(hours=2.9) * (n / len(path)),
            )
        return len(path)

    def credit(self, pk: int, shape: Shape, text_of: Content) -> None:
        for n, ref in enumerate(text_of["bylines"]):
            row = {"author_id": ref["author"], "role": ref["role"], "position": n}
            self.writer.add(Byline, article_id=pk, published_at=shape.at, **row)
        for n, tag in enumerate(text_of["tags"]):
            self.writer.add(Tagging, article_id=pk, tag_id=tag, position=n, published_at=shape.at)

    def appear(self, pk: int, shape: Shape, text_of: Content, folded: str, body: texts.Body) -> None:
        """Lists and search, as long as the story is neither withdrawn nor over."""
        if shape.readers in ("withdrawn", "ended"):
            return
        chosen = [self.home.names.sections[key] for key in (text_of["section"], *text_of["other_sections"])]
        for place in {key for each in chosen for key in (each.pk, each.parent_id) if key}:
            self.writer.add(Placement, article_id=pk, section_id=place, published_at=shape.at)
        words = {"headline": folded, "headline_exact": " ".join(search.exact(text_of["headline"]))}
        sections, authors = {each.pk for each in chosen}, {ref["author"] for ref in text_of["bylines"]}
        keys = {*map(ranking.section_key, sections), *map(ranking.author_key, authors)}
        words["places"] = " ".join(sorted(keys))
        self.writer.add(SearchDoc, article_id=pk, published_at=shape.at, **words, **body.words)
        if shape.readers in ("live", "updated") and self.number % 5 == 0:
            self.public.append((pk, shape.at))

    def record(self, pk: int, shape: Shape, text_of: Content, columns: dict[str, Any]) -> None:
        """The chain of public versions."""
        address = reverse("article", args=[columns["slug"], pk])
        content = self.recorded(text_of, columns | {"updated_at": None}, address)
        first = self.version(pk, content, min(shape.at, self.now))
        if shape.readers == "updated":
            content = self.recorded(text_of, columns, address)
            self.version(pk, content, columns["updated_at"], "update", first, "Thêm số liệu.")
        elif shape.readers == "withdrawn":
            gone = {"schema": record.SCHEMA, "address": address, "headline": text_of["headline"]}
            why = {"reason": "other", "basis": "", "note": "Cần kiểm tra lại.", "redirect": None}
            self.version(pk, gone | why, columns["withdrawn_at"], "withdrawal", first)

    def recorded(self, text_of: Content, columns: dict[str, Any], address: str) -> Content:
        """As `record.content_of`."""
        names, picture = self.home.names, text_of["picture"]
        times = ("published_at", "updated_at", "visible_until")
        image = names.images[picture["image"]] if picture else None
        shown = ("digest", "caption", "credit", "alt")
        return {
            **text_of,
            **{name: record.moment(columns[name]) for name in times},
            "schema": record.SCHEMA,
            "address": address,
            "section": self.named[text_of["section"]],
            "other_sections": [self.named[key] for key in text_of["other_sections"]],
            "bylines": [ref | {"name": names.authors[ref["author"]]} for ref in text_of["bylines"]],
            "tags": [{"tag": key, "name": names.tags[key]} for key in text_of["tags"]],
            "pictures": [{"image": image.pk} | {name: getattr(image, name) for name in shown}] if image else [],
        }

    def version(
        self, pk: int, content: Content, at: datetime, kind: str = "first", previous: str = "", line: str = ""
    ) -> str:
        """A link of the chain (as `PublicVersion.envelope`); returns its digest."""
        columns = {"number": 2 if previous else 1, "kind": kind, "line": line, "previous": previous}
        by, moment = self.home.staff["publisher"][0], at.astimezone(UTC).isoformat(timespec="microseconds")
        digest = digest_of({"article": pk, "correction": None, "by": by, "at": moment, "content": content, **columns})
        kept = canonical(content)
        self.writer.add(PublicVersion, article_id=pk, by_id=by, digest=digest, at=at, content=kept, **columns)
        return digest
