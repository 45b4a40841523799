"""What does a reader find at the address of the corrections?"""

from functools import partial
from math import ceil

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles import changes, editions, keys, pages, seo
from articles.addresses import MAX_PAGES, page_number
from articles.fronts import PER_PAGE, Paging


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Formal corrections and told changes in one list, the newest first."""
    number, edition = page_number(request), editions.current()
    count = changes.count(PER_PAGE * MAX_PAGES, edition)
    paging = Paging(number, max(1, ceil(count / PER_PAGE)), leads_on=False)
    if number > paging.pages:
        raise Http404
    context = {
        "entries": partial(changes.entries, (number - 1) * PER_PAGE, number * PER_PAGE),
        "version": edition if edition.apart is None else None,
        "chrome": pages.chrome(edition),
        "paging": paging,
        "meta": seo.for_corrections(number),
    }
    return pages.page(request, "articles/corrections.html", context, {keys.CORRECTIONS})


@require_safe
def correction(request: HttpRequest, id: str) -> HttpResponse:
    """One formal correction: an address to point at."""
    found = get_object_or_404(changes.published_corrections(), pk=int(id))
    context = {"correction": found, "meta": seo.for_correction(found)}
    return pages.page(request, "articles/correction.html", context, {keys.CORRECTIONS})
