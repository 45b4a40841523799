"""What stands at an address, what stood there before, which page of a list is meant, and how is it told outside?"""

import re
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from articles.models import Author, PreviousSlug, Section, StaticPage, Tag

MAX_PAGES = 50  # a list is paged so far; then the archive by day leads on

_PAGE = re.compile("[1-9][0-9]?")

Named = TypeVar("Named", Section, Author, Tag, StaticPage)


def absolute(path: str) -> str:
    """The address with scheme and host; what is no path of ours stays."""
    return settings.SITE_URL + path if path.startswith("/") else path


def named(rows: QuerySet[Named], slug: str) -> Named:
    """The row at this address or the one that had it before; its own address then differs. Raises Http404."""
    return rows.filter(slug=slug).first() or renamed(rows, slug)


def renamed(rows: QuerySet[Named], slug: str) -> Named:
    """The row that had this address before. Raises Http404."""
    kind = rows.model._meta.model_name or ""
    moved = PreviousSlug.objects.filter(kind=kind, slug=slug).values("target_id")
    found = rows.filter(pk__in=moved).first()
    if found is None:
        raise Http404
    return found


def page_number(request: HttpRequest) -> int:
    """The page that `?trang=` asks for, 1 without it. Raises Http404 for anything but 1 to MAX_PAGES."""
    asked = request.GET.get("trang", "1")
    if not _PAGE.fullmatch(asked) or int(asked) > MAX_PAGES:
        raise Http404
    return int(asked)
