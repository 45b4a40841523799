"""How does a person put two texts of one story together? Both are shown field by field, and nothing is thrown away."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from http import HTTPStatus
from typing import Any, Final, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import editing, merging, writing
from articles.admin import desk
from articles.admin.forms import LineField
from articles.admin.widgets import StoryEditor, editor_csp
from articles.models import (
    Article,
    Author,
    Autosave,
    Byline,
    CommentPolicy,
    Image,
    Presentation,
    Revision,
    Section,
    Snapshot,
    Tag,
)
from articles.models.article import HEADLINE_LENGTH, LEAD_LENGTH
from articles.readiness import Refused
from articles.rendering import render_body
from articles.writing import Conflict
from newsroom.lib import dates, html
from newsroom.lib.people import Named, full_name

LABELS: Final[dict[str, str | Promise]] = {
    "headline": gettext_lazy("Headline"),
    "subheadline": gettext_lazy("Sub-headline"),
    "lead": gettext_lazy("Lead"),
    "body": gettext_lazy("Text"),
    "picture": gettext_lazy("Lead picture"),
    "bylines": gettext_lazy("Bylines"),
    "source": gettext_lazy("Source"),
    "section": gettext_lazy("Section"),
    "other_sections": gettext_lazy("Also in"),
    "tags": gettext_lazy("Tags"),
    "comment_policy": gettext_lazy("Comments"),
    "presentation": gettext_lazy("Form"),
    "related": gettext_lazy("Related stories"),
}
LENGTHS: Final = {"headline": HEADLINE_LENGTH, "subheadline": HEADLINE_LENGTH, "lead": LEAD_LENGTH, "source": 200}
MINE, THEIRS, EDIT = "mine", "theirs", "edit"


@dataclass(frozen=True)
class Side:
    """One value of a field, to be read: the body as rendered HTML, everything else as words."""

    words: str = ""
    html: str = ""


@dataclass(frozen=True)
class Row:
    """A field that is not the same on both sides."""

    name: str
    label: str | Promise
    mine: Side
    theirs: Side
    choice: BoundField | None = None
    edit: BoundField | None = None


class ChoiceForm(forms.Form):
    """For each field that conflicts: mine, theirs, or a text put together by hand."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, conflicts: tuple[merging.Conflict, ...], **kwargs: Any) -> None:
        super().__init__(**{"label_suffix": "", **kwargs})
        for each in conflicts:
            can_edit = each.field == "body" or each.field in LENGTHS
            ways = [(MINE, _("Mine")), (THEIRS, _("Theirs"))] + [(EDIT, _("Put together here"))] * can_edit
            self.fields[f"choice_{each.field}"] = forms.ChoiceField(
                choices=ways,
                widget=forms.RadioSelect,
                label=str(LABELS[each.field]),
                error_messages={"required": _("Choose one of the two texts.")},
            )
            if can_edit:
                self.fields[f"edit_{each.field}"] = editor(each)

    def clean_edit_body(self) -> str:
        try:
            return html.sanitise(self.cleaned_data["edit_body"])
        except html.TooLong:
            message = _("The text is too long: at most %(max)d characters.") % {"max": html.MAX_HTML}
            raise forms.ValidationError(message) from None

    def chosen(self, conflict: merging.Conflict) -> Any:
        """The value that the person decided for."""
        way = self.cleaned_data[f"choice_{conflict.field}"]
        return self.cleaned_data[f"edit_{conflict.field}"] if way == EDIT else getattr(conflict, way)


def editor(conflict: merging.Conflict) -> forms.Field:
    """Where the text of a field is put together, starting from mine."""
    label = _("%(field)s, put together") % {"field": LABELS[conflict.field]}
    if conflict.field == "body":
        return forms.CharField(required=False, label=label, initial=conflict.mine, widget=StoryEditor)
    rows = forms.Textarea(attrs={"rows": 2})
    length = LENGTHS[conflict.field]
    return LineField(required=False, label=label, initial=conflict.mine, max_length=length, widget=rows)


@editor_csp
def merge_view(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """A text that was kept aside, beside the working text: choose field by field, then save."""
    mine = aside(request, article_id, number)
    merged = editing.merged_with_working(mine.article, mine)
    form = ChoiceForm(merged.conflicts, data=request.POST or None, initial={"version": mine.article.version})
    if request.method != "POST":
        return shown(request, mine, merged, form)
    if not form.is_valid():
        return shown(request, mine, merged, form, HTTPStatus.BAD_REQUEST)
    snapshot = replace(merged.snapshot, **{each.field: form.chosen(each) for each in merged.conflicts})
    try:
        editing.resolve(mine.article, snapshot, form.cleaned_data["version"], desk.signed_in(request))
    except (Refused, Conflict) as told:
        messages.error(request, str(told))
        mine = aside(request, article_id, number)
        merged = editing.merged_with_working(mine.article, mine)
        form = ChoiceForm(merged.conflicts, initial={"version": mine.article.version})
        return shown(request, mine, merged, form, HTTPStatus.CONFLICT)
    clock = f"{dates.local(timezone.now()):%H:%M:%S}"
    messages.success(request, _("Both texts are put together and saved at %s.") % clock)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article_id]))


def aside(request: HttpRequest, article_id: int, number: int) -> Revision:
    """A version that is not merged yet. Raises Http404, or PermissionDenied for who may not edit the story."""
    rows = ("article__working_revision__author", "article__desk_section", "base", "author")
    versions = Revision.objects.select_related(*rows).filter(article=article_id, number=number, base__isnull=False)
    if (mine := versions.first()) is None:
        raise Http404
    if not writing.may_edit(desk.signed_in(request), mine.article):
        raise PermissionDenied
    return mine


def shown(
    request: HttpRequest, mine: Revision, merged: merging.Merged, form: ChoiceForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page with both texts."""
    article = mine.article
    context = {
        **admin.site.each_context(request),
        "title": _("Two texts of “%s”") % article,
        "opts": Article._meta,
        "article": article,
        "mine": mine,
        "theirs": article.working_revision,
        "form": form,
        "rows": [row(each.field, each.mine, each.theirs, form) for each in merged.conflicts],
        "merged": by_themselves(mine, article, merged),
    }
    return TemplateResponse(request, "admin/articles/article/conflict.html", context, status=status)


def row(name: str, mine: Any, theirs: Any, form: ChoiceForm | None = None) -> Row:
    """Both values of a field, with the choice between them where there is one."""
    choice = form[f"choice_{name}"] if form else None
    edit = form[f"edit_{name}"] if form and f"edit_{name}" in form.fields else None
    return Row(name, LABELS[name], side(name, mine), side(name, theirs), choice, edit)


def by_themselves(mine: Revision, article: Article, merged: merging.Merged) -> list[str]:
    """Names of the fields in which both texts differ and which need no decision."""
    theirs = article.working_revision.snapshot if article.working_revision else Snapshot()
    asked = {each.field for each in merged.conflicts}
    return [str(LABELS[name]) for name in differing(mine.snapshot, theirs) if name not in asked]


def differing(one: Snapshot, other: Snapshot) -> list[str]:
    """Names of the fields that are not the same, in the order of the form."""
    known = {field.name for field in fields(Snapshot)}
    return [name for name in LABELS if name in known and getattr(one, name) != getattr(other, name)]


def differences(autosave: Autosave, article: Article | None) -> list[Row]:
    """An autosaved text beside the working text, where they differ."""
    theirs = article.working_revision.snapshot if article and article.working_revision else Snapshot()
    mine = editing.with_tags(autosave, make=False)
    rows = [row(name, getattr(mine, name), getattr(theirs, name)) for name in differing(mine, theirs)]
    return [replace(each, mine=Side(autosave.tag_line)) if each.name == "tags" else each for each in rows]


def side(name: str, value: Any) -> Side:
    """A value of a field, to be read; keys are resolved."""
    if name == "body":
        return Side(html=render_body(value))
    if name in LENGTHS:
        return Side(value)
    return Side(SPOKEN[name](value))


def named(model: Any, keys: Any) -> str:
    """The names of rows in the order of the keys."""
    rows = model.objects.in_bulk(list(keys))
    return ", ".join(str(rows[key]) for key in keys if key in rows)


def picture_in_words(picture: Any) -> str:
    image = Image.objects.filter(pk=picture.image).first() if picture else None
    return f"{image} – {picture.caption or image.caption}" if image else ""


def bylines_in_words(refs: Any) -> str:
    authors, roles = Author.objects.in_bulk([ref.author for ref in refs]), dict(Byline.Role.choices)
    return ", ".join(f"{authors[ref.author]} ({roles.get(ref.role, '')})" for ref in refs if ref.author in authors)


SPOKEN: Final[dict[str, Callable[[Any], str]]] = {
    "picture": picture_in_words,
    "bylines": bylines_in_words,
    "section": lambda key: named(Section, [key] if key else []),
    "other_sections": lambda keys: named(Section, keys),
    "tags": lambda keys: named(Tag, keys),
    "comment_policy": lambda value: str(dict(CommentPolicy.choices).get(value, value)),
    "presentation": lambda value: str(dict(Presentation.choices).get(value, value)),
    "related": lambda keys: named(Article, keys),
}


def by_and_when(revision: Revision) -> dict[str, str]:
    """Who wrote a version and at what time, for messages."""
    author = cast(Named | None, revision.author)
    return {"name": full_name(author), "time": f"{dates.local(revision.created_at):%H:%M:%S}"}
