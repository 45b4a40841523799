"""What does the form of a story send: which text, from which tab, to be saved or to be kept half a word and all?"""

import secrets
from typing import Any

from django.http import Http404, HttpRequest

from articles.admin import desk
from articles.admin.forms import ArticleForm, initial_of
from articles.editing import Page, Typed
from articles.models import Article, Autosave, PictureRef, Revision, Snapshot, Tag
from articles.models.editing import TAB_LENGTH
from articles.rights import may_read
from newsroom.lib import text

LINES = ("headline", "subheadline", "lead", "body", "source")
TAG_LINE = 2000  # characters of tags that an autosave keeps


def typed_in(request: HttpRequest, form: ArticleForm, article: Article | None, as_it_stands: bool = False) -> Typed:
    """The text of the form and what it started from; `as_it_stands` also where it is not valid, and making no tags."""
    form.is_valid()
    number = request.POST.get("base", "")
    is_key = article is not None and number.isascii() and number.isdecimal() and len(number) < 19
    base = Revision.objects.filter(article=article, pk=number).first() if is_key else None
    snapshot = snapshot_as_it_stands(form) if as_it_stands else form.snapshot()
    version = form.cleaned_data.get("version") or 0
    line = text.clean_line(str(form.data.get("tag_names", ""))[:TAG_LINE])
    return Typed(snapshot, version if 0 < version < 2**31 else 0, base, line)


def snapshot_as_it_stands(form: ArticleForm) -> Snapshot:
    """The snapshot of a form that need not be valid; of tags, those that exist."""
    data = form.cleaned_data
    lines = {name: data.get(name, text.clean(str(form.data.get(name, "")))) for name in LINES}
    section, picture = data.get("primary_section"), data.get("picture")
    keys = [text.identity(name) for name in data.get("tag_names", [])]
    known = dict(Tag.objects.filter(name_key__in=keys).values_list("name_key", "pk"))
    return Snapshot(
        **lines,
        section=section.pk if section else None,
        other_sections=tuple(other.pk for other in data.get("other_sections", []) if other != section),
        bylines=data.get("byline_rows", ()),
        tags=tuple(known[key] for key in keys if key in known),
        picture=PictureRef(picture, data.get("picture_caption", "")) if picture else None,
        comment_policy=data.get("comments", ""),
        presentation=data.get("presentation", ""),
        related=data.get("related", ()),
    )


def initial_of_autosave(row: Autosave) -> dict[str, Any]:
    """The form's fields as they were typed, started from the version that they were started from."""
    return {**initial_of(row.snapshot), "tag_names": row.tag_line, "version": row.base_version or None}


def new_tab() -> str:
    return secrets.token_hex(TAB_LENGTH // 2)


def tab_in(value: str | None) -> str:
    """The name of a page as it came from outside; "" for what cannot be one."""
    return value if value and len(value) <= TAB_LENGTH and value.isalnum() and value.isascii() else ""


def page_of(request: HttpRequest) -> Page:
    """The tab that sends this."""
    restored = request.POST.get("restored", "")
    number = int(restored) if restored.isascii() and restored.isdecimal() and len(restored) < 19 else None
    return Page(desk.signed_in(request), tab_in(request.POST.get("tab")) or new_tab(), number)


def find(request: HttpRequest, article_id: int) -> Article:
    """The story, for whoever may read it. Raises Http404."""
    stories = Article.objects.select_related("working_revision", "desk_section", "section")
    article = stories.filter(pk=article_id).first()
    if article is None or not may_read(request.user, article):
        raise Http404
    return article
