"""What happens when a button of the desk is pressed? The verb, and then the way back, or what stood in its way."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.rights import grants_of
from comments import batches, cards, claims, queues, undoing
from comments.admin.desk import asked_in, desk_context, for_moderators, whole
from comments.batches import MOST_AT_ONCE, Outcome, Result
from comments.conflicts import Conflict, ReasonMissing
from comments.models import Comment, ModAction, Verb
from comments.moderation import TRANSITIONS, Decision, in_reach
from newsroom.lib.http import safe_next

TAKE_EDIT = "take-edit"  # a button: keep the comment, with the change that its writer proposed
SAID = {  # what is said of a verb that was carried out; labels of verbs stand in the log
    Verb.APPROVE: lambda n: ngettext("%(n)d comment approved.", "%(n)d comments approved.", n),
    Verb.REJECT: lambda n: ngettext("%(n)d comment rejected.", "%(n)d comments rejected.", n),
    Verb.SPAM: lambda n: ngettext("%(n)d comment marked as spam.", "%(n)d comments marked as spam.", n),
    Verb.RESTORE: lambda n: ngettext("%(n)d comment put back.", "%(n)d comments put back.", n),
    Verb.KEEP: lambda n: ngettext("%(n)d comment kept.", "%(n)d comments kept.", n),
    Verb.FEATURE: lambda n: ngettext("%(n)d comment featured.", "%(n)d comments featured.", n),
    Verb.UNFEATURE: lambda n: ngettext("%(n)d comment no longer featured.", "%(n)d comments no longer featured.", n),
    Verb.UNDO: lambda n: ngettext("%(n)d decision undone.", "%(n)d decisions undone.", n),
}


@require_POST
@for_moderators
def decide_view(request: HttpRequest) -> HttpResponse:
    """One decision about one comment or many, as `seen` (id:version); what was not done is shown with its reason."""
    seen, decision = seen_in(request.POST.getlist("seen")), decision_in(request.POST)
    if decision is None or not seen:
        return refused(request, _("Nothing was done: please choose comments and a decision."))
    try:
        result = undo_each(request, seen) if decision.verb == Verb.UNDO else decide(request, seen, decision)
    except ReasonMissing:
        return refused(request, _("Please choose a reason: the writer reads it."))
    claims.release(result.done, request.user)
    return answer(request, decision.verb, result)


def decide(request: HttpRequest, seen: list[tuple[int, int]], decision: Decision) -> Result:
    return batches.decide_many(seen, decision, request.user)


def undo_each(request: HttpRequest, seen: list[tuple[int, int]]) -> Result:
    result = Result()
    own = in_reach(grants_of(request.user), Comment.objects.filter(pk__in=[pk for pk, _version in seen]))
    for pk in own.order_by("pk").values_list("pk", flat=True):
        try:
            undoing.undo_comment(pk, request.user)
        except Conflict as conflict:
            result.outcomes.append(Outcome(pk, conflict.sentence()))
        else:
            result.outcomes.append(Outcome(pk))
    return result


@require_POST
@for_moderators
def undo_view(request: HttpRequest) -> HttpResponse:
    """Undo what this person did last, or the action that the log names; a batch as a whole."""
    back = HttpResponseRedirect(safe_next(request, reverse("admin:comments_comment_changelist")))
    deed = _deed(request)
    if deed is None:
        messages.warning(request, _("There is nothing to undo within the last 24 hours."))
        return back
    try:
        undone = undoing.undo_deed(deed, request.user)
    except Conflict as conflict:
        messages.warning(request, conflict.sentence())
        return back
    done = [Outcome(pk) for pk in undone.comments]
    problems = [Outcome(pk or 0, problem) for pk, problem in undone.problems]
    if not problems and not done:
        messages.success(request, _("Undone."))
    return answer(request, Verb.UNDO, Result([*done, *problems]))


def _deed(request: HttpRequest) -> ModAction | None:
    key = whole(request.POST.get("action"))
    if key is None:
        return undoing.last_deed(request.user)
    rows = ModAction.objects.exclude(verb__in=undoing.UNDONE_NEVER).select_related("batch")
    return rows.filter(pk=key, undone_by=None).first()


def decision_in(form: Any) -> Decision | None:
    """The decision that a button or a box names; a reason may stand behind the verb: "reject:insult"."""
    verb, _colon, reason = form.get("verb", "").partition(":")
    if verb == TAKE_EDIT:
        return Decision(Verb.KEEP, takes_edit=True)
    if verb == Verb.UNDO:
        return Decision(Verb.UNDO)
    if verb not in TRANSITIONS:
        return None
    return Decision(Verb(verb), reason or form.get("reason", ""), form.get("note", "").strip()[:1000])


def seen_in(items: list[str]) -> list[tuple[int, int]]:
    """Pairs of comment and version out of "12:3"; what is not such a pair is left out."""
    pairs = [item.split(":") for item in items[:MOST_AT_ONCE]]
    numbers = [[whole(part) for part in pair] for pair in pairs if len(pair) == 2]
    return [(pk, version) for pk, version in numbers if pk is not None and version is not None]


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    if is_in_place(request):
        return shown(request, [], sentence, status=400)
    messages.error(request, sentence)
    return HttpResponseRedirect(safe_next(request, reverse("admin:comments_comment_changelist")))


def answer(request: HttpRequest, verb: Verb, result: Result) -> HttpResponse:
    """Back to where the button stood; a page of their own for those that were not decided."""
    said = SAID[verb](len(result.done)) % {"n": len(result.done)} if result.done else ""
    problems = {outcome.comment_id: outcome.problem for outcome in result.problems}
    own = in_reach(grants_of(request.user), Comment.objects.filter(pk__in=problems))
    found = cards.gather(list(cards.with_facts(own).order_by("pk")), request.user)
    for card in found:
        card.problem = problems[card.comment.pk]
    if is_in_place(request):
        return shown(request, found, said, status=409 if problems else 200)
    if said:
        messages.success(request, said)
    if found:
        return shown(request, found, "", status=409)
    for sentence in dict.fromkeys(problems.values()):
        messages.warning(request, sentence)
    return HttpResponseRedirect(safe_next(request, reverse("admin:comments_comment_changelist")))


def shown(request: HttpRequest, found: list[cards.Card], said: str, status: int) -> HttpResponse:
    """The comments that were not decided, each with why, and with buttons to decide all the same."""
    asked = asked_in(request.POST)
    context = desk_context(request, asked, queues.sight_of(request.user), found)
    back = safe_next(request, reverse("admin:comments_comment_changelist"))
    context |= {"title": _("Not decided"), "said": said, "back": back}
    return render(request, "admin/comments/outcome.html", context, status=status)


def is_in_place(request: HttpRequest) -> bool:
    """Whether the desk's script asks: it puts the answer into the page."""
    return request.headers.get("X-Requested-With") == "desk"
