"""What does a reader find at the address of the corrections?"""

from math import ceil

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles import changes, keys, pages, seo
from articles.addresses import MAX_PAGES, page_number
from articles.fronts import PER_PAGE, Paging


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Formal corrections and told changes in one list, the newest first."""
    number = page_number(request)
    known = changes.newest_keys(PER_PAGE * MAX_PAGES)
    count = max(1, ceil(len(known) / PER_PAGE))
    if number > count:
        raise Http404
    entries = changes.entries(known[(number - 1) * PER_PAGE : number * PER_PAGE])
    context = {"entries": entries, "paging": Paging(number, count, False), "meta": seo.for_corrections(number)}
    return pages.page(request, "articles/corrections.html", context, {keys.CORRECTIONS})


@require_safe
def correction(request: HttpRequest, id: str) -> HttpResponse:
    """One formal correction: an address to point at."""
    found = get_object_or_404(changes.published_corrections(), pk=int(id))
    context = {"correction": found, "meta": seo.for_correction(found)}
    return pages.page(request, "articles/correction.html", context, {keys.CORRECTIONS})
