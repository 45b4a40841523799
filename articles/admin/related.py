"""How does the desk say which other stories readers may go on to? By number, by address, or found by words."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import search
from articles.links import story_number
from articles.models import Article
from articles.queries import Query
from newsroom.lib import dates, text

MOST = 6
OFFERED = 8  # stories while one types


class RelatedRows(forms.Widget):
    """Stories in order: a row each, with the headline that readers have; what is no story stays as it was typed."""

    template_name = "admin/articles/widgets/related.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = [str(each) for each in value or []]
        keys = {each: story_number(each) for each in typed}
        stories = Article.objects.only("headline", *STATE).select_related("section")
        found = stories.in_bulk([key for key in keys.values() if key])
        context["rows"] = [(each, found.get(keys[each] or 0)) for each in typed]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        typed = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [str(each).strip()[:500] for each in typed if str(each).strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


STATE = ("published_at", "visible_until", "withdrawn_at", "section__is_public")


class RelatedField(forms.Field):
    """Stories of this paper, each once, in order."""

    widget = RelatedRows

    def to_python(self, value: Any) -> tuple[int, ...]:
        numbers = {str(each): story_number(str(each)) for each in value or []}
        known = set(Article.objects.filter(pk__in=[n for n in numbers.values() if n]).values_list("pk", flat=True))
        for typed, number in numbers.items():
            if number not in known:
                shown = text.excerpt(typed, 60)
                raise ValidationError(_("There is no story of this paper at “%(typed)s”."), params={"typed": shown})
        keys = tuple(dict.fromkeys(number for number in numbers.values() if number))
        if len(keys) > MOST:
            raise ValidationError(_("At most %(max)d related stories."), params={"max": MOST})
        return keys

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [str(each) for each in initial or []] != list(data or [])


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Published stories with these words, the best first, as JSON; for whoever may see stories here."""
    if not admin.site.get_model_admin(Article).has_view_permission(request):
        raise PermissionDenied
    words = request.GET.get("q", "")[:200]
    number = story_number(words.strip())
    if number is not None:
        stories = list(Article.objects.published().filter(pk=number))
    else:
        stories = search.stories(Query.read(words))
    return JsonResponse({"stories": [described(story) for story in stories[:OFFERED]]})


def described(story: Article) -> dict[str, Any]:
    when = dates.stamp(story.published_at) if story.published_at else ""
    return {"id": story.pk, "headline": story.headline, "about": f"{story.section} · {when}"}


urls = [path("tim/", admin.site.admin_view(find), name="articles_article_find")]
