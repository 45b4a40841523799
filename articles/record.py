"""What goes into the record of everything that was ever public? One append-only copy for each public version.

Written in the transaction that makes the change, while the story's row is held by its UPDATE: the next number of a
chain is nobody else's. `articles.proof` checks what stands here, `articles.deposit` exports it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from articles.models import Article, Author, Correction, Image, PublicVersion, Section, Snapshot, Tag
from articles.models.record import digest_of
from newsroom.lib import dates, html

SCHEMA = 1
Kind = PublicVersion.Kind
By = AbstractBaseUser | AnonymousUser | None


@dataclass(frozen=True)
class Names:
    """What the keys in snapshots stand for at this moment, fetched once for many stories."""

    sections: Mapping[int, Section] = field(default_factory=dict)
    authors: Mapping[int, str] = field(default_factory=dict)
    tags: Mapping[int, str] = field(default_factory=dict)
    images: Mapping[int, Image] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot]) -> "Names":
        snapshots = list(snapshots)
        authors = {ref.author for snapshot in snapshots for ref in snapshot.bylines}
        tags = {pk for snapshot in snapshots for pk in snapshot.tags}
        sections = {pk for snapshot in snapshots for pk in (snapshot.section or 0, *snapshot.other_sections)}
        images = {pk for snapshot in snapshots for pk in pictures_in(snapshot)}
        return cls(
            Section.objects.select_related("parent").in_bulk(sections - {0}),
            dict(Author.objects.filter(pk__in=authors).values_list("pk", "name")),
            dict(Tag.objects.filter(pk__in=tags).values_list("pk", "name")),
            Image.objects.only("digest", "key", "title", "caption", "credit", "alt").in_bulk(images),
        )


def pictures_in(snapshot: Snapshot) -> list[int]:
    """The pictures that the text shows, the lead picture first, each once."""
    lead = [snapshot.picture.image] if snapshot.picture else []
    return list(dict.fromkeys([*lead, *(figure.image_id for figure in html.figures(snapshot.body))]))


def content_of(article: Article, snapshot: Snapshot, names: Names) -> dict[str, Any]:
    """What readers have of the story, with names beside keys and the digests of its pictures."""
    images = [names.images[pk] for pk in pictures_in(snapshot) if pk in names.images]
    return {
        **snapshot.to_json(),
        "schema": SCHEMA,
        "address": article.get_absolute_url(),
        "published_at": moment(article.published_at),
        "updated_at": moment(article.updated_at),
        "visible_until": moment(article.visible_until),
        "section": named(names.sections, snapshot.section or 0),
        "other_sections": [named(names.sections, pk) for pk in snapshot.other_sections],
        "bylines": [
            {"author": ref.author, "name": names.authors.get(ref.author, ""), "role": ref.role}
            for ref in snapshot.bylines
        ],
        "tags": [{"tag": pk, "name": names.tags.get(pk, "")} for pk in snapshot.tags],
        "picture": snapshot.picture and {"image": snapshot.picture.image, "caption": snapshot.picture.caption},
        "pictures": [
            {"image": image.pk, "digest": image.digest, "caption": image.caption, "credit": image.credit}
            | {"alt": image.alt}
            for image in images
        ],
    }


def named(sections: Mapping[int, Section], pk: int) -> dict[str, Any] | None:
    return {"section": pk, "name": str(sections[pk])} if pk in sections else None


def moment(at: datetime | None) -> str | None:
    """A time as the record writes it, on Hà Nội's clock."""
    return dates.local(at).isoformat(timespec="seconds") if at else None


def add_live(
    article: Article, snapshot: Snapshot, kind: str, *, by: By, at: datetime, line: str = ""
) -> PublicVersion:
    """Record the text that readers have from now on (or will have, where its time is to come)."""
    return add(article, kind, content_of(article, snapshot, Names.of([snapshot])), by=by, at=at, line=line)


def add_gone(article: Article, kind: str, *, by: By, at: datetime, why: dict[str, Any]) -> PublicVersion:
    """Record that readers have the story no longer, and why; the text itself stands in the versions before."""
    content = {"schema": SCHEMA, "address": article.get_absolute_url(), "headline": article.headline, **why}
    return add(article, kind, content, by=by, at=at)


def add_pictures(article: Article, snapshot: Snapshot, *, by: By, at: datetime) -> None:
    """Record that the library says something else about a picture of the story, where readers see that."""
    last = article.public_versions.order_by("-number").first()
    content = content_of(article, snapshot, Names.of([snapshot]))
    if last and article.withdrawn_at is None and last.content.get("pictures") != content["pictures"]:
        add(article, Kind.TYPO, content, by=by, at=at)


def add_first(articles: Iterable[Article], snapshots: Iterable[Snapshot], *, by: By, at: datetime) -> None:
    """Record the first versions of many stories at once, which have none yet."""
    pairs = list(zip(articles, snapshots, strict=True))
    names = Names.of(snapshot for _article, snapshot in pairs)
    versions = []
    for article, snapshot in pairs:
        content = content_of(article, snapshot, names)
        version = PublicVersion(article=article, number=1, kind=Kind.FIRST, content=content, at=at)
        version.by_id = by.pk if by else None
        version.digest = digest_of(version.envelope())
        versions.append(version)
    PublicVersion.objects.bulk_create(versions)


def add(
    thing: Article | Correction, kind: str, content: dict[str, Any], *, by: By, at: datetime, line: str = ""
) -> PublicVersion:
    """The next version in the chain of a story or a formal correction."""
    last = thing.public_versions.order_by("-number").only("number", "digest").first()
    version = PublicVersion(
        article=thing if isinstance(thing, Article) else None,
        correction=thing if isinstance(thing, Correction) else None,
        number=last.number + 1 if last else 1,
        kind=kind,
        line=line,
        content=content,
        by_id=by.pk if by else None,
        at=at,
        previous=last.digest if last else "",
    )
    version.digest = digest_of(version.envelope())
    version.save(force_insert=True)
    return version


def content_of_correction(correction: Correction) -> dict[str, Any]:
    """What readers have of a formal correction."""
    return {
        "schema": SCHEMA,
        "address": correction.get_absolute_url(),
        "published_at": moment(correction.published_at),
        "article": correction.article_id,
        "story_address": correction.article.get_absolute_url() if correction.article else None,
        "work_title": correction.work_title,
        "section_name": correction.section_name,
        "false_on": correction.false_on.isoformat(),
        "false_content": correction.false_content,
        "corrected_content": correction.corrected_content,
        "apology": correction.apology,
        "basis": correction.basis,
    }
