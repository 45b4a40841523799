"""Where do the preview links of a story stand on its page?"""

from typing import Any

from django import template

from articles.admin import preview
from articles.models import Article

register = template.Library()


@register.inclusion_tag("admin/articles/article/_preview_links.html", takes_context=True)
def preview_links(context: template.Context, article: Article) -> dict[str, Any]:
    """`{% preview_links article %}`, outside of the story's own form: links made, opened and answered."""
    return {**preview.panel(article, context["user"]), "csrf_token": context.get("csrf_token")}
