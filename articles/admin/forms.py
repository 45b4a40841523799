"""What is asked of whoever writes a story? The form over a snapshot of the working text."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import catalogue
from articles.admin.related import RelatedField
from articles.admin.widgets import BylineRows, PicturePicker, Rows, StoryEditor, TagLine
from articles.models import (
    Article,
    Author,
    Byline,
    BylineRef,
    CommentPolicy,
    Image,
    PictureRef,
    Presentation,
    Section,
    Snapshot,
    Tag,
)
from articles.models.article import HEADLINE_LENGTH, LEAD_LENGTH
from newsroom.lib import html, text

MAX_TAGS = 20


def is_key(value: str) -> bool:
    """Digits that can be a key of the database."""
    return value.isascii() and value.isdecimal() and len(value) < 19


class LineField(forms.CharField):
    """One line in one spelling, cleaned before its length is looked at: what is typed decomposed is no longer."""

    def to_python(self, value: Any) -> str:
        return text.clean_line(super().to_python(value) or "")


class BylinesField(forms.Field):
    """Ordered names with roles; each name once in a role."""

    widget = BylineRows

    def prepare_value(self, value: Any) -> Rows:
        return [(str(row.author), row.role) if isinstance(row, BylineRef) else row for row in value or []]

    def to_python(self, value: Any) -> tuple[BylineRef, ...]:
        rows = [(author, role) for author, role in value or [] if author]
        asked = [author for author, _role in rows if is_key(author)]
        known = {str(pk) for pk in Author.objects.filter(pk__in=asked).values_list("pk", flat=True)}
        refs: list[BylineRef] = []
        for author, role in rows:
            if author not in known or role not in Byline.Role.values:
                raise ValidationError(_("Choose authors from the list."))
            ref = BylineRef(int(author), role)
            if ref not in refs:
                refs.append(ref)
        return tuple(refs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [(str(ref.author), ref.role) for ref in initial or []] != [row for row in data or [] if row[0]]


class TagsField(forms.CharField):
    """Names between commas; a name that is new becomes a tag when the story is saved."""

    widget = TagLine

    def clean(self, value: Any) -> list[str]:
        names = [text.clean_line(name) for name in super().clean(value).replace(";", ",").split(",")]
        unique: dict[str, str] = {}
        for name in filter(None, names):
            unique.setdefault(text.identity(name), name)
        if len(unique) > MAX_TAGS:
            raise ValidationError(_("At most %(max)d tags.") % {"max": MAX_TAGS})
        for name in unique.values():
            if len(name) > 80 or not text.slugify(name):
                raise ValidationError(_("“%(name)s” cannot be a tag.") % {"name": text.excerpt(name, 60)})
        return list(unique.values())


class PictureField(forms.IntegerField):
    """A picture that is in the library."""

    widget = PicturePicker

    def clean(self, value: Any) -> int | None:
        number = super().clean(value)
        if number is not None and not Image.objects.filter(pk=number).exists():
            raise ValidationError(_("This picture is no longer in the library."))
        return number


class SectionsField(forms.ModelMultipleChoiceField):
    """Sections; what no database takes for a key is told as an unknown section."""

    def clean(self, value: Any) -> Any:
        for key in value or []:
            if not is_key(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": text.excerpt(str(key), 60)},
                )
        return super().clean(value)


class SnapshotForm(forms.ModelForm):
    """The fields of a text, whatever row it belongs to: `snapshot()` is what a save keeps of them."""

    headline = LineField(
        label=_("Headline"),
        max_length=HEADLINE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-count": 110, "class": "headline"}),
    )
    subheadline = LineField(label=_("Sub-headline"), max_length=HEADLINE_LENGTH, required=False)
    lead = LineField(
        label=_("Lead"),
        max_length=LEAD_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": 300}),
        help_text=_("Without the agency tag: pages put it first."),
    )
    body = forms.CharField(label=_("Text"), required=False, widget=StoryEditor)
    picture = PictureField(label=_("Lead picture"), required=False, min_value=1)
    picture_caption = LineField(
        label=_("Caption in this story"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Left empty, the picture's own caption is shown."),
    )
    byline_rows = BylinesField(label=_("Bylines"), required=False)
    source = LineField(label=_("Source"), max_length=200, required=False, help_text=_("For stories taken over."))
    primary_section = forms.ModelChoiceField(label=_("Section"), queryset=Section.objects.tree(), required=False)
    other_sections = SectionsField(
        label=_("Also in"),
        queryset=Section.objects.tree(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tag_names = TagsField(label=_("Tags"), required=False, help_text=_("Names between commas."))
    presentation = forms.ChoiceField(label=_("Form"), choices=Presentation.choices, required=False)
    related = RelatedField(label=_("Related stories"), required=False)
    comments = forms.ChoiceField(label=_("Comments"), choices=CommentPolicy.choices, required=False)

    def clean_body(self) -> str:
        try:
            return html.sanitise(self.cleaned_data["body"])
        except html.TooLong:
            raise ValidationError(
                _("The text is too long: at most %(max)d characters.") % {"max": html.MAX_HTML}
            ) from None

    def snapshot(self) -> Snapshot:
        """What the form says, as the value that a revision keeps; tags that are new are made."""
        data = self.cleaned_data
        section = data["primary_section"]
        others = [other.pk for other in data["other_sections"] if other != section]
        return Snapshot(
            headline=data["headline"],
            subheadline=data["subheadline"],
            lead=data["lead"],
            body=data["body"],
            source=data["source"],
            section=section.pk if section else None,
            other_sections=tuple(others),
            bylines=data["byline_rows"],
            tags=tuple(catalogue.tag_named(name).pk for name in data["tag_names"]),
            picture=PictureRef(data["picture"], data["picture_caption"]) if data["picture"] else None,
            comment_policy=data["comments"],
            presentation=data["presentation"],
            related=data["related"],
        )


class ArticleForm(SnapshotForm):
    """The working text. Nothing here is written to the row."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance and instance.working_revision:
            kwargs["initial"] = {**initial_of(instance.working_revision.snapshot), **(kwargs.get("initial") or {})}
            kwargs["initial"]["version"] = instance.version
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_related(self) -> tuple[int, ...]:
        """A story does not lead on to itself."""
        return tuple(pk for pk in self.cleaned_data["related"] if pk != self.instance.pk)

    def _post_clean(self) -> None:
        """The row is not the form's to fill: the text goes into a revision."""

    def save(self, commit: bool = True) -> Article:
        """Nothing: `ArticleAdmin.save_text` calls the verb that keeps the text."""
        return self.instance

    def save_m2m(self) -> None:
        """Nothing either; Django's admin asks for it."""


def initial_of(snapshot: Snapshot) -> dict[str, Any]:
    """The form's fields as the snapshot has them."""
    names = Tag.objects.in_bulk(snapshot.tags)
    return {
        "headline": snapshot.headline,
        "subheadline": snapshot.subheadline,
        "lead": snapshot.lead,
        "body": snapshot.body,
        "picture": snapshot.picture.image if snapshot.picture else None,
        "picture_caption": snapshot.picture.caption if snapshot.picture else "",
        "byline_rows": list(snapshot.bylines),
        "source": snapshot.source,
        "primary_section": snapshot.section,
        "other_sections": list(snapshot.other_sections),
        "tag_names": ", ".join(names[pk].name for pk in snapshot.tags if pk in names),
        "comments": snapshot.comment_policy,
        "presentation": snapshot.presentation,
        "related": list(snapshot.related),
    }
