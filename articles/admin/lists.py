"""In which order does the list of stories stand?"""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import Article


class StoryList(ChangeList):
    """Django's list without a column named twice: SQLite would sort every story for "oldest first, newest first"."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Article]) -> list[Any]:
        ordering = super().get_ordering(request, queryset)
        names = [str(name).removeprefix("-") for name in ordering]
        return [each for place, each in enumerate(ordering) if names[place] not in names[:place]]
