"""What does the desk show of a story's readers?"""

from typing import Any

from django import template

from articles import readership
from articles.models import Article

register = template.Library()


@register.inclusion_tag("admin/articles/article/_reads.html")
def story_reads(article: Article) -> dict[str, Any]:
    """`{% story_reads article %}`: how often it was read and a chart of the last days; nothing before it was out."""
    return {"reads": readership.reads_of(article) if article.has_been_out else None}
