"""The desk itself: which comments are asked for, and the page that shows them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.rights import grants_of
from comments import cards, claims, queues
from comments.explaining import LABELS
from comments.models import Complaint, Reason
from comments.moderation import ROLES
from comments.queues import Asked, Queue, Sight, Trust
from newsroom.lib import text

View = Callable[..., HttpResponse]


def for_moderators(view: View) -> View:
    """Only who moderates somewhere comes in; which comments they see, the queries say."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not grants_of(request.user).anywhere(*ROLES):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def whole(value: str | None) -> int | None:
    """A key out of an address; None for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None


def asked_in(query: Any) -> Asked:
    """What the address asks for; what means nothing is left out."""
    queue, trust, why = (query.get(name, "") for name in ("hang", "nguoi", "vi-sao"))
    return Asked(
        queue=Queue(queue) if queue in list(Queue) else Queue.WAITING,
        section=whole(query.get("muc")),
        story=whole(query.get("bai")),
        why=why if len(why) < 40 and '"' not in why else "",
        trust=trust if trust in list(Trust) else "",
        words=text.clean_line(query.get("q", ""))[:200],
        after=query.get("sau", ""),
    )


def address_of(asked: Asked, **changes: Any) -> str:
    """The query of a page like the one asked for; it begins at the top unless `sau` is given."""
    values = {
        "hang": asked.queue,
        "muc": asked.section,
        "bai": asked.story,
        "vi-sao": asked.why,
        "nguoi": asked.trust,
        "q": asked.words,
    }
    return "?" + urlencode({name: str(value) for name, value in {**values, **changes}.items() if value})


@for_moderators
def desk_view(request: HttpRequest) -> HttpResponse:
    asked, sight = asked_in(request.GET), queues.sight_of(request.user)
    page = queues.page(asked, sight)
    found = cards.gather(page.comments, request.user)
    claims.claim((comment.pk for comment in page.comments), request.user)
    return render(
        request, "admin/comments/desk.html", desk_context(request, asked, sight, found) | _places(asked, page.next)
    )


def _places(asked: Asked, following: str) -> dict[str, str]:
    """Where the next page and the first one are."""
    return {
        "next": address_of(asked, sau=following) if following else "",
        "first": address_of(asked) if asked.after else "",
    }


def desk_context(request: HttpRequest, asked: Asked, sight: Sight, found: list[cards.Card]) -> dict[str, Any]:
    numbers = queues.counts(asked, sight)
    return {
        **admin.site.each_context(request),
        "title": _("Comments"),
        "asked": asked,
        "tabs": [(queue, address_of(asked, hang=queue), numbers.get(queue)) for queue in Queue],
        "cards": found,
        "reset": f"?hang={asked.queue}" if asked != Asked(asked.queue, after=asked.after) else "",
        "sections": by_name(sight),
        "reasons": reasons(),
        "why": why_choices(asked.queue),
        "back": request.get_full_path(),
    }


def by_name(sight: Sight) -> list[tuple[int, str]]:
    """The sections to choose from."""
    return sorted(((row.pk, str(row)) for row in sight.sections), key=lambda pair: text.sort_key(pair[1]))


def reasons() -> list[tuple[str, str]]:
    """Those that a moderator chooses from, each with its key on the keyboard; spam has a button of its own."""
    return [(value, str(label)) for value, label in Reason.choices if value != Reason.SPAM]


def why_choices(queue: Queue) -> list[tuple[str, str]]:
    if queue == Queue.REPORTED:
        return [(f"report:{value}", str(label)) for value, label in Complaint.choices]
    if queue == Queue.REJECTED:
        return [(f"reason:{value}", label) for value, label in reasons()]
    return [(f"rule:{code}", str(label)) for code, label in LABELS.items()]
