"""Where do notes stand on the page of a story, and how many notices has a person not read?"""

from typing import Any

from django import template

from articles.admin import telling
from articles.models import Article, DeskNotice

register = template.Library()


@register.inclusion_tag("admin/articles/article/_notes.html", takes_context=True)
def story_notes(context: template.Context, article: Article) -> dict[str, Any]:
    return {**telling.notes(article), "csrf_token": context.get("csrf_token")}


@register.simple_tag
def unread_notices(user: Any) -> int:
    """The number at the bell."""
    return DeskNotice.objects.filter(user=user.pk, read_at=None).count() if user.is_authenticated else 0
