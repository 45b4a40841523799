"""Where do editors arrange the home page and section fronts? A board of places; each button is a form, a deed a POST.

Whoever comes second is shown the board as it is now, with what was wanted, and may want it again.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles import arranging, front_pages, pages
from articles.admin import board_cards
from articles.admin.board_slot import slot_page
from articles.admin.desk import signed_in
from articles.links import story_number
from articles.models import Arrangement, Article, Filling, Front, Section, Slot
from articles.readiness import Refused
from articles.rights import grants_of
from articles.writing import Conflict

Change = Callable[[Front, Arrangement, QueryDict], Arrangement]


def front_at(request: HttpRequest, page: int) -> Front:
    """The front of this section, or of the home page (0). Raises Http404, and PermissionDenied for who sees none."""
    if not admin.site.get_model_admin(Front).has_view_permission(request):
        raise PermissionDenied
    section = get_object_or_404(Section.objects.select_related("parent"), pk=page) if page else None
    return arranging.front_of(section)


# --- changes of the draft: what stands where ----------------------------------------------------------------------


def place_in(front: Front, place: str) -> str:
    """Raises Refused for what is no place of this page."""
    if place not in arranging.places_of(front):
        raise Refused(_("This page has no such place."))
    return place


def put(front: Front, arrangement: Arrangement, sent: QueryDict) -> Arrangement:
    """The story comes here, with the words that it has in another place of the page."""
    key = story_number(sent.get("story", "").strip())
    if key is None:
        raise Refused(_("Say which story: its number, or its address."))
    known = [slot for slot in arrangement.slots.values() if slot.is_story and slot.key == key]
    return arrangement.put(place_in(front, sent.get("place", "")), known[0] if known else Slot(Filling.STORY, key))


def clear(front: Front, arrangement: Arrangement, sent: QueryDict) -> Arrangement:
    return arrangement.put(place_in(front, sent.get("place", "")), Slot())


def move(front: Front, arrangement: Arrangement, sent: QueryDict) -> Arrangement:
    """Two places change; a story that stood there by itself is chosen with that."""
    here, there = place_in(front, sent.get("place", "")), place_in(front, sent.get("to", ""))
    if arrangement.at(here) == Slot() and sent.get("story"):
        arrangement = put(front, arrangement, sent)
    return arrangement.swap(here, there)


def step(by: int) -> Change:
    """A move to the place before or after; at the end nothing happens."""

    def moved(front: Front, arrangement: Arrangement, sent: QueryDict) -> Arrangement:
        places = arranging.places_of(front)
        at = places.index(place_in(front, sent.get("place", ""))) + by
        if not 0 <= at < len(places):
            return arrangement
        given = sent.copy()
        given["to"] = places[at]
        return move(front, arrangement, given)

    return moved


def block_step(by: int) -> Change:
    """The block of a section goes up or down among the blocks of the home page."""

    def moved(front: Front, arrangement: Arrangement, sent: QueryDict) -> Arrangement:
        order = [str(section.pk) for section in front_pages.in_order(arranging.tops(), arrangement)]
        section = sent.get("section", "")
        if section not in order:
            raise Refused(_("This page has no such place."))
        here = order.index(section)
        order.insert(min(max(here + by, 0), len(order) - 1), order.pop(here))
        return replace(arrangement, order=tuple(map(int, order)))

    return moved


CHANGES: Final[dict[str, tuple[str | Promise, Change]]] = {
    "put": (gettext_lazy("Put a story in a place"), put),
    "clear": (gettext_lazy("Let a place fill itself"), clear),
    "move": (gettext_lazy("Move a story"), move),
    "up": (gettext_lazy("Move up"), step(-1)),
    "down": (gettext_lazy("Move down"), step(1)),
    "block_up": (gettext_lazy("Move a block up"), block_step(-1)),
    "block_down": (gettext_lazy("Move a block down"), block_step(1)),
}
# Deeds on the whole page: their buttons, what they do, and what is said afterwards.
DEEDS: Final[dict[str, tuple[str | Promise, Callable[..., Front], str | Promise]]] = {
    "launch": (gettext_lazy("Put on the page"), arranging.launch, gettext_lazy("Readers see this page now.")),
    "discard": (gettext_lazy("Throw the draft away"), arranging.discard, gettext_lazy("The draft is thrown away.")),
    "undo": (gettext_lazy("Undo the last launch"), arranging.undo, gettext_lazy("Readers see the page of before.")),
    "restore": (
        gettext_lazy("Restore into the draft"),
        arranging.restore,
        gettext_lazy("The draft is what that launch showed."),
    ),
}


def number_in(sent: QueryDict, name: str) -> int:
    """A number of the form; -1 for what is none, which nothing has."""
    given = sent.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


def perform(request: HttpRequest, front: Front) -> None:
    """Do what the pressed button says. Raises Conflict, Refused, PermissionDenied."""
    sent, name = request.POST, request.POST.get("do", "")
    by, version = signed_in(request), number_in(sent, "version")
    if name in CHANGES:
        if front.version != version:
            raise arranging.conflict(front)
        arrangement = CHANGES[name][1](front, front.drafted, sent)
        arranging.save_draft(front.section, arrangement, by=by, version=version)
    elif name in DEEDS:
        _label, deed, done = DEEDS[name]
        given = (number_in(sent, "number"),) if name == "restore" else ()
        deed(front.section, *given, by=by, version=version)
        messages.success(request, str(done))
    else:
        raise Refused(_("There is no such step."))


# --- pages --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, page: int) -> HttpResponse:
    """The draft in its places; `?xem=dang-chay` what readers have, `?q=` stories to choose from."""
    front = front_at(request, page)
    if request.method != "POST":
        return shown(request, front)
    try:
        perform(request, front)
    except Conflict as told:
        return shown(request, arranging.front_of(front.section), clash=str(told))
    except Refused as told:
        messages.error(request, str(told))
    words = QueryDict(mutable=True)
    words["q"] = request.POST.get("q", "")[:200]
    place = request.POST.get("to") or request.POST.get("place", "")
    anchor = f"#{place}" if place in arranging.places_of(front) else ""
    return HttpResponseRedirect(f"{front.desk_url}{'?' + words.urlencode() if words['q'] else ''}{anchor}")


def shown(request: HttpRequest, front: Front, clash: str = "") -> HttpResponse:
    """The board; after a clash with what the person wanted, to be wanted again."""
    is_live, words = request.GET.get("xem") == "dang-chay", request.GET.get("q", "")[:200]
    groups = board_cards.groups_of(front, live=is_live)
    again = [(key, value) for key, value in request.POST.items() if key not in ("version", "csrfmiddlewaretoken")]
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Front page: %s") % front,
        "front": front,
        "groups": groups,
        "offers": board_cards.offers(front, words, groups),
        "removed": board_cards.removed(front),
        "launches": board_cards.launches(front),
        "labels": board_cards.labels_of(front, arranging.tops()).items(),
        "may_arrange": not is_live and arranging.may_arrange(request.user, front.section),
        "is_live": is_live,
        "words": words,
        "clash": clash,
        "again": again,
        "wanted": wanted(request.POST, groups) if clash else "",
    }
    return TemplateResponse(request, "admin/articles/front/board.html", context, status=409 if clash else 200)


def wanted(sent: QueryDict, groups: list[board_cards.Group]) -> str:
    """What somebody wanted to do, in words."""
    name = sent.get("do", "")
    label = (CHANGES.get(name) or DEEDS.get(name) or [""])[0]
    key = story_number(sent.get("story", "").strip()) if sent.get("story") else None
    story = Article.objects.filter(pk=key).first() if key else None
    places = {card.place: card.label for group in groups for card in group.cards}
    named = [sent.get("place", ""), sent.get("to", "")]
    where = " → ".join(places[place] for place in named if place in places)
    return " · ".join(str(part) for part in (label, story, where) if part)


@require_safe
def preview(request: HttpRequest, page: int) -> HttpResponse:
    """The page of readers as the draft would make it, in the site's language, in a frame as wide as a device."""
    front = front_at(request, page)
    template = "articles/section.html" if front.section else "articles/home.html"
    with translation.override(settings.LANGUAGE_CODE):
        top = arranging.top_of(front, front.drafted)
        context = {"page_template": template, "chrome": pages.chrome(), "front": top, "section": front.section}
        context |= {"stories": getattr(top, "stories", []), "paging": getattr(top, "paging", None)}
        document = render_to_string("articles/front_preview.html", context)
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Preview: %s") % front,
        "document": str(document),
        "front": front,
    }
    return TemplateResponse(request, "admin/articles/front/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def slot(request: HttpRequest, page: int, place: str) -> HttpResponse:
    """The details of a place."""
    front = front_at(request, page)
    if place not in arranging.places_of(front):
        raise Http404
    if not arranging.may_arrange(request.user, front.section):
        raise PermissionDenied
    return slot_page(request, front, place)


@admin.register(Front)
class FrontAdmin(admin.ModelAdmin):
    """The pages that can be arranged; each has a board instead of a form."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("", guarded(self.changelist_view), name="articles_front_changelist"),
            path("<int:page>/", guarded(board), name="articles_front_board"),
            path("<int:page>/xem-truoc/", guarded(preview), name="articles_front_preview"),
            path("<int:page>/o/<str:place>/", guarded(slot), name="articles_front_slot"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The home page and every section, with who arranged it when."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        there = {front.section_id: front for front in Front.objects.select_related("changed_by")}
        grants = grants_of(request.user)
        rows = [
            (there.get(section.pk if section else None) or Front(section=section), section)
            for section in (None, *Section.objects.tree())
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Front pages"),
            "rows": [
                (front, section, arranging.may_arrange(request.user, section, grants)) for front, section in rows
            ],
        }
        return TemplateResponse(request, "admin/articles/front/list.html", context)
