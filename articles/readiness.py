"""What does a story still lack before readers may see it?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Image, Snapshot
from newsroom.lib import html


@dataclass(frozen=True)
class Missing:
    """One thing that is lacking, and the form field where it is mended."""

    field: str
    message: str

    @property
    def anchor(self) -> str:
        """Where in the form of a story it is mended."""
        return {"section": "id_primary_section", "bylines": "id_byline_rows_0"}.get(self.field, f"id_{self.field}")


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
    """What a story needs before it is published: also a text, a byline or source, and told pictures."""
    missing = for_editors(snapshot)
    if not html.to_text(snapshot.body).strip():
        missing.append(Missing("body", _("The story has no text.")))
    if not snapshot.bylines and not snapshot.source:
        missing.append(Missing("bylines", _("The story has neither a byline nor a source.")))
    return missing + pictures_missing(snapshot)


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
