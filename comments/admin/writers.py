"""The page of a writer: history, record, notes, and what is to become of them; and the list of blocks."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.models import Role
from articles.rights import grants_of
from comments import bans, cards
from comments.admin.desk import for_moderators, reasons, whole
from comments.admin.one import note_in
from comments.bans import FOR_DAYS, HIDES_DAYS, Measure
from comments.models import Block, Comment, Commenter, Verb
from comments.moderation import in_reach
from comments.undoing import UNDONE_NEVER, WITHIN
from newsroom.lib import text
from newsroom.lib.http import safe_next
from newsroom.lib.paging import ShortPaginator

PER_PAGE = 25
MEASURES: dict[str, str | Promise] = {
    Verb.BAN: gettext_lazy("Ban"),
    Verb.HOLD_WRITER: gettext_lazy("Always check first"),
    Verb.TRUST: gettext_lazy("Trust"),
    Verb.FREE: gettext_lazy("Free again"),
}


def length(days: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else _("for good")


class MeasureForm(forms.Form):
    """What is to become of a writer."""

    verb = forms.ChoiceField(choices=list(MEASURES.items()))
    days = forms.TypedChoiceField(coerce=int, choices=[(days, days) for days in FOR_DAYS])
    hides_days = forms.TypedChoiceField(
        coerce=int, choices=[(0, 0), *((days, days) for days in HIDES_DAYS)], required=False
    )
    blocks = forms.MultipleChoiceField(choices=Block.Kind.choices, required=False)
    note = forms.CharField(max_length=1000, required=False)


class BlockForm(forms.Form):
    """Something to be kept out, as a moderator types it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[pair for pair in Block.Kind.choices if pair[0] != Block.Kind.DEVICE]
    )
    value = forms.CharField(
        label=gettext_lazy("What to keep out"),
        max_length=80,
        help_text=gettext_lazy("An e-mail, a domain (example.com), a network (203.0.113.0/24) or a name"),
    )
    action = forms.ChoiceField(label=gettext_lazy("Effect"), choices=Block.Action.choices)
    days = forms.TypedChoiceField(label=gettext_lazy("For"), coerce=int, choices=[])
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(days, length(days)) for days in FOR_DAYS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("kind") and cleaned.get("value"):
            try:
                cleaned["bar"] = bans.typed(Block.Kind(cleaned["kind"]), cleaned["value"])
            except ValueError:
                self.add_error("value", _("This is none of the kind that was chosen."))
        return cleaned


@for_moderators
def writer_view(request: HttpRequest, writer_id: int) -> HttpResponse:
    writer = get_object_or_404(Commenter, pk=writer_id)
    return render(request, "admin/comments/writer.html", writer_context(request, writer))


def writer_context(request: HttpRequest, writer: Commenter) -> dict[str, Any]:
    grants = grants_of(request.user)
    own = in_reach(grants, cards.with_facts(Comment.objects.filter(commenter=writer)))
    page = ShortPaginator(own.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("trang"))
    measures = writer.actions.filter(comment=None).select_related("actor", "undone_by")
    since = timezone.now() - WITHIN
    return {
        **admin.site.each_context(request),
        "title": writer,
        "writer": writer,
        "page": page,
        "cards": cards.gather(list(page), request.user),
        "measures": [(deed, can_be_undone(deed, since)) for deed in measures],
        "notes": writer.notes.select_related("author"),
        "verbs": MEASURES,
        "days": [(days, length(days)) for days in FOR_DAYS],
        "hides": [(days, length(days)) for days in HIDES_DAYS],
        "kinds": Block.Kind.choices,
        "may_hold": grants.anywhere(Role.CHIEF),
        "reasons": reasons(),
        "back": request.get_full_path(),
        "next": safe_next(request, ""),
    }


def can_be_undone(deed: Any, since: Any) -> bool:
    is_open = getattr(deed, "undone_by", None) is None and deed.verb not in UNDONE_NEVER
    return is_open and deed.at > since


@require_POST
@for_moderators
def measure_view(request: HttpRequest, writer_id: int) -> HttpResponse:
    writer = get_object_or_404(Commenter, pk=writer_id)
    back = HttpResponseRedirect(safe_next(request, page_of(writer)))
    form = MeasureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was done: please choose what is to become of the writer."))
        return HttpResponseRedirect(page_of(writer))
    wanted = form.cleaned_data
    blocks = tuple(Block.Kind(kind) for kind in wanted["blocks"])
    measure = Measure(Verb(wanted["verb"]), wanted["days"], wanted["note"], wanted["hides_days"] or 0, blocks)
    result = bans.take(writer.pk, measure, request.user)
    messages.success(request, f"{writer}: {Verb(wanted['verb']).label}.")
    if result.done:
        n = len(result.done)
        messages.success(request, ngettext("%(n)d comment rejected.", "%(n)d comments rejected.", n) % {"n": n})
    for outcome in result.problems:
        messages.warning(request, f"#{outcome.comment_id}: {outcome.problem}")
    return back


@require_POST
@for_moderators
def note_view(request: HttpRequest, writer_id: int) -> HttpResponse:
    writer = get_object_or_404(Commenter, pk=writer_id)
    words = note_in(request)
    if words:
        bans.add_note(words, request.user, writer=writer)
    return HttpResponseRedirect(page_of(writer) + "#notes")


@require_POST
@for_moderators
def legal_view(request: HttpRequest, writer_id: int) -> HttpResponse:
    """Keep everything of a writer for a court or an authority, or no longer: with a reason, by the chief."""
    writer = get_object_or_404(Commenter, pk=writer_id)
    reason = text.clean_line(request.POST.get("reason", ""))[:300]
    if not grants_of(request.user).anywhere(Role.CHIEF):
        raise PermissionDenied
    if not reason and request.POST.get("deed") != "end":
        messages.error(request, _("Please say why: nothing of this writer can be erased meanwhile."))
    else:
        bans.hold_by_law(writer.pk, "" if request.POST.get("deed") == "end" else reason, request.user)
    return HttpResponseRedirect(page_of(writer))


@for_moderators
def blocks_view(request: HttpRequest) -> HttpResponse:
    """What is kept out besides writers; a form to add to it, and a button to lift each."""
    form = BlockForm(request.POST or None)
    if request.method == "POST" and "lift" in request.POST:
        bans.lift(whole(request.POST["lift"]) or 0, request.user)
        return HttpResponseRedirect(reverse("admin:comments_comment_blocks"))
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        until = timezone.now() + timedelta(days=wanted["days"]) if wanted["days"] else None
        kind = Block.Kind(wanted["kind"])
        value, shown = wanted["bar"]
        bar = bans.Bar(kind, value, shown, until, wanted["reason"], wanted["action"])
        bans.block(bar, request.user)
        return HttpResponseRedirect(reverse("admin:comments_comment_blocks"))
    rows = Block.objects.filter(lifted_at=None).select_related("created_by").order_by("-created_at", "-pk")
    context = {
        **admin.site.each_context(request),
        "title": _("Blocks"),
        "form": form,
        "page": ShortPaginator(rows, 2 * PER_PAGE).get_page(request.GET.get("trang")),
    }
    return render(request, "admin/comments/blocks.html", context)


def page_of(writer: Commenter) -> str:
    return reverse("admin:comments_comment_writer", args=[writer.pk])
