"""What does a story still lack before readers may see it?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles import blanks
from articles.models import Article, Image, Presentation, PublicVersion, Snapshot
from articles.notices import LINE_LENGTH, Notice
from newsroom.lib import html

FEWEST_PHOTOS = 3  # of a photo story, the lead picture counted


@dataclass(frozen=True)
class Missing:
    """One thing that is lacking, and the form field where it is mended."""

    field: str
    message: str

    @property
    def anchor(self) -> str:
        """Where in the form of a story it is mended."""
        return {"section": "id_primary_section", "bylines": "id_byline_rows_0"}.get(self.field, f"id_{self.field}")


class Refused(Exception):
    """The verb is not possible now; `str()` says why in the user's language, and nothing was changed."""


class NotReady(Refused):
    """The story lacks something; `missing` names each thing and its field."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(item.message for item in missing))
        self.missing = missing


def require(missing: Iterable[Missing]) -> None:
    """Raise NotReady unless nothing is missing."""
    if missing := list(missing):
        raise NotReady(missing)


def for_editors(snapshot: Snapshot) -> list[Missing]:
    """What a story needs before an editor looks at it."""
    missing = []
    if not snapshot.headline:
        missing.append(Missing("headline", _("The story has no headline.")))
    if not snapshot.lead:
        missing.append(Missing("lead", _("The story has no lead.")))
    if snapshot.section is None:
        missing.append(Missing("section", _("The story has no section.")))
    return missing


def for_readers(snapshot: Snapshot) -> list[Missing]:
    """What a story needs before it is published: also a text, a byline or source, no blanks, and told pictures."""
    missing = for_editors(snapshot)
    if not html.to_text(snapshot.body).strip():
        missing.append(Missing("body", _("The story has no text.")))
    if not snapshot.bylines and not snapshot.source:
        missing.append(Missing("bylines", _("The story has neither a byline nor a source.")))
    return missing + form_missing(snapshot) + blanks_left(snapshot) + pictures_missing(snapshot)


def form_missing(snapshot: Snapshot) -> list[Missing]:
    """What the form of the story promises and its text does not hold."""
    pictures = len(html.figures(snapshot.body)) + bool(snapshot.picture)
    if snapshot.presentation == Presentation.VIDEO and not html.has_embed(snapshot.body):
        return [Missing("body", _("A video story needs a video in its text."))]
    if snapshot.presentation == Presentation.PHOTOS and pictures < FEWEST_PHOTOS:
        return [Missing("body", _("A photo story needs at least %d pictures.") % FEWEST_PHOTOS)]
    if snapshot.presentation == Presentation.INFOGRAPHIC and not pictures:
        return [Missing("body", _("An infographic needs a picture."))]
    return []


def blanks_left(snapshot: Snapshot) -> list[Missing]:
    """What a template left to whoever writes, and nobody has written."""
    written = {name: getattr(snapshot, name) for name in ("headline", "subheadline", "lead", "source")}
    written["body"] = html.to_text(snapshot.body)
    return [
        Missing(field, _("Still to be filled in: %s.") % blank)
        for field, words in written.items()
        for blank in blanks.left(words)
    ]


def pictures_missing(snapshot: Snapshot) -> list[Missing]:
    """Description, caption and credit of every picture the story shows."""
    captions: dict[int, tuple[str, str]] = {}
    for image_id, caption in html.figures(snapshot.body):
        captions[image_id] = ("body", caption)
    if snapshot.picture:
        captions[snapshot.picture.image] = ("picture", snapshot.picture.caption)
    missing = []
    for image in Image.objects.filter(pk__in=captions).order_by("pk"):
        field, caption = captions[image.pk]
        if not image.alt and not image.is_decorative:
            missing.append(Missing(field, _("Picture “%s” has no description for the blind.") % image.title))
        if not caption and not image.caption:
            missing.append(Missing(field, _("Picture “%s” has no caption.") % image.title))
        if not image.credit:
            missing.append(Missing(field, _("Picture “%s” has no credit.") % image.title))
    return missing


def for_change(article: Article, notice: Notice) -> list[Missing]:
    """What readers must be told when a story that they have, or had, is published anew."""
    if not article.has_been_out:
        return []
    if notice.kind not in PublicVersion.CHANGES:
        return [Missing("change_kind", _("Say what kind of change this is: a typo, an update or a correction."))]
    if notice.kind != PublicVersion.Kind.TYPO and not notice.line:
        return [Missing("change_line", _("Write the line that tells readers what has changed."))]
    if len(notice.line) > LINE_LENGTH:
        return [Missing("change_line", _("The line for readers is longer than %d characters.") % LINE_LENGTH)]
    return []
