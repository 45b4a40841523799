"""How are templates of stories kept, and how does a story start from one?

Nothing is stored when a template is used: the form of a new story is filled with what `begun` returns.
"""

from dataclasses import replace
from html import escape
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import translation

from articles import blanks
from articles.models import Author, BylineRef, Image, Section, Snapshot, StoryTemplate, Tag
from articles.writing import clean_snapshot, pictures_of
from newsroom.lib import dates, html
from newsroom.lib.people import Named, full_name

LINES: Final = ("headline", "subheadline", "lead", "source")


def keep(template: StoryTemplate, snapshot: Snapshot) -> None:
    """Save the template with this text."""
    snapshot = clean_snapshot(snapshot)
    template.content = snapshot.to_json()
    template.section = Section.objects.filter(pk=snapshot.section).first()
    template.save()


def begun(template: StoryTemplate, by: AbstractBaseUser) -> Snapshot:
    """The text with which a story of this person begins today: their byline, and the blanks that are known.

    A template that names a byline or a source keeps those.
    """
    snapshot = without_lost(template.snapshot)
    author = Author.objects.filter(user=by.pk, is_active=True).first()
    values = known(author.name if author else full_name(cast(Named, by)))
    own = (BylineRef(author.pk),) if author and not snapshot.bylines and not snapshot.source else snapshot.bylines
    lines: dict[str, Any] = {name: blanks.filled(getattr(snapshot, name), values) for name in LINES}
    body = blanks.filled(snapshot.body, {name: escape(value, quote=False) for name, value in values.items()})
    return replace(snapshot, **lines, body=body, bylines=own)


def known(author: str) -> dict[str, str]:
    """The blanks that fill themselves, in the language of the paper whatever the writer's is."""
    today = dates.today()
    with translation.override(settings.LANGUAGE_CODE):
        weekday = dates.weekday_name(today)
    in_vietnamese = {
        "ngày": dates.dateline(today),
        "ngày tháng": f"{today.day}-{today.month}",
        "thứ": weekday,
        "tác giả": author,
    }
    in_english = {"date": dates.dateline(today), "weekday": weekday, "author": author}
    return {blanks.key(name): value for name, value in (in_vietnamese | in_english).items()}


def without_lost(snapshot: Snapshot) -> Snapshot:
    """The text without what it names and the house no longer has: sections, bylines, tags, pictures."""
    sections = there(Section, {snapshot.section or 0, *snapshot.other_sections})
    authors = there(Author, {ref.author for ref in snapshot.bylines})
    tags, wanted = there(Tag, set(snapshot.tags)), {image for image, _place in pictures_of(snapshot)}
    images, picture = there(Image, wanted), snapshot.picture
    return replace(
        snapshot,
        body=html.without_images(snapshot.body, wanted - images),
        section=snapshot.section if snapshot.section in sections else None,
        other_sections=tuple(pk for pk in snapshot.other_sections if pk in sections),
        bylines=tuple(ref for ref in snapshot.bylines if ref.author in authors),
        tags=tuple(pk for pk in snapshot.tags if pk in tags),
        picture=picture if picture and picture.image in images else None,
    )


def there(model: Any, keys: set[int]) -> set[int]:
    """Those of the keys that have a row."""
    return set(model.objects.filter(pk__in=keys).values_list("pk", flat=True))
