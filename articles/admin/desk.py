"""What waits for whom, and what do the buttons of a story do? Buttons call verbs and show messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import workflow
from articles.models import Article, Author, Image, Revision, Role, Section, Snapshot, Stage, Tag, Transition
from articles.rendering import render_body
from articles.rights import grants_of
from articles.workflow import NotReady, Refused
from articles.writing import Conflict
from newsroom.lib import dates

SHOWN = 8  # stories in a list of the desk; the list of stories has the rest
PATH = [Stage.DRAFT, Stage.SUBMITTED, Stage.EDITING, Stage.REVIEW, Stage.APPROVED, Stage.DONE]
STATE_LABELS = {
    "never": gettext_lazy("never published"),
    "scheduled": gettext_lazy("scheduled"),
    "live": gettext_lazy("published"),
    "ended": gettext_lazy("ended"),
    "withdrawn": gettext_lazy("withdrawn"),
}


class VerbForm(forms.Form):
    """What comes with a button: a note, and for the first publication a time in Hà Nội."""

    verb_note = forms.CharField(required=False, max_length=2000)
    publish_at = forms.DateTimeField(required=False)


def perform_and_tell(request: HttpRequest, article: Article) -> None:
    """Do the verb of the pressed button and tell what came of it."""
    name = request.POST.get("_verb", "")
    form = VerbForm(request.POST)
    if name not in workflow.TRANSITIONS:
        messages.error(request, _("There is no such step."))
        return
    if not form.is_valid():
        messages.error(request, _("The time is not one: write it as 14/01/2021 14:39."))
        return
    note, at = form.cleaned_data["verb_note"], form.cleaned_data["publish_at"]
    try:
        workflow.perform(
            article.pk,
            name,
            by=request.user,
            note=note,
            at=at if name == "publish" else None,
            version=seen(request, article),
        )
    except NotReady as lacking:
        for item in lacking.missing:
            messages.warning(request, item.message)
        messages.error(request, _("The story is not ready for this step: %s.") % workflow.TRANSITIONS[name].label)
    except (Refused, Conflict) as told:
        messages.error(request, str(told))
    else:
        messages.success(request, done(name, at))


def seen(request: HttpRequest, article: Article) -> int | None:
    """The version that the person saw, where the form could not be saved by them; else the one just saved."""
    posted = request.POST.get("seen_version", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else article.version


def done(name: str, at: datetime | None) -> str:
    """The message after a verb."""
    if name == "publish" and at and at > timezone.now():
        return _("The story will appear at %s.") % dates.stamp(at)
    return _("Done: %s.") % workflow.TRANSITIONS[name].label


def stage_bar(article: Article) -> list[dict[str, Any]]:
    """The stages from draft to published, with where the story is; a returned story stands at the start."""
    here = PATH.index(Stage.DRAFT if article.stage == Stage.RETURNED else Stage(article.stage))
    return [
        {"label": Stage(article.stage).label if n == here else stage.label, "is_here": n == here, "is_past": n < here}
        for n, stage in enumerate(PATH)
    ]


def cell(kind: str, article: Article) -> str:
    """A cell of the list of stories."""
    state = article.readers_state
    context = {"article": article, "state": state, "state_label": STATE_LABELS[state]}
    return render_to_string(f"admin/articles/article/_{kind}.html", context)


def history(article: Article) -> list[Transition | Revision]:
    """Steps and versions, the newest first."""
    steps: list[Transition | Revision] = list(article.transitions.select_related("actor", "revision"))
    versions = article.revisions.select_related("author").defer("content")
    return sorted([*steps, *versions], key=lambda event: getattr(event, "at", None) or event.created_at, reverse=True)


def reading_view(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot with its keys resolved, for showing."""
    authors, tags = (
        Author.objects.in_bulk([ref.author for ref in snapshot.bylines]),
        Tag.objects.in_bulk(snapshot.tags),
    )
    return {
        "snapshot": snapshot,
        "html": render_body(snapshot.body),
        "image": Image.objects.filter(pk=snapshot.picture.image).first() if snapshot.picture else None,
        "section": Section.objects.select_related("parent").filter(pk=snapshot.section).first(),
        "authors": [authors[ref.author] for ref in snapshot.bylines if ref.author in authors],
        "tags": [tags[pk] for pk in snapshot.tags if pk in tags],
    }


@dataclass(frozen=True)
class Panel:
    """A list of the desk: its heading, its stories, where all of them are, and what an empty one says."""

    heading: str | Promise
    stories: list[Article]
    query: str
    empty: str | Promise


def panels(user: Any) -> list[Panel]:
    """What the desk shows this person: own stories, what waits for them, what is coming, what came out today."""
    grants, stories = (
        grants_of(user),
        Article.objects.filter(trashed_at=None).select_related("desk_section__parent", "created_by"),
    )
    stories = stories.defer("body", "html", "lead")
    shown = []
    if grants.anywhere(Role.REPORTER):
        mine = stories.filter(created_by=user).exclude(stage=Stage.DONE)
        shown.append(
            Panel(_("My stories in progress"), newest(mine), "whose=mine", _("You have no story in progress."))
        )
    for roles, stages, heading in WAITING:
        if grants.anywhere(*roles):
            waiting = in_sections(stories.filter(stage__in=stages), grants.sections_as(*roles))
            query = f"stage__exact={stages[0].value}"
            shown.append(
                Panel(heading, list(waiting.order_by("desk_changed_at")[:SHOWN]), query, _("Nothing waits here."))
            )
    if grants.anywhere(Role.EDITOR, Role.PUBLISHER, Role.CHIEF):
        now = timezone.now()
        coming = stories.filter(published_at__gt=now, published_at__lte=now + timedelta(days=1), withdrawn_at=None)
        out = stories.filter(published_on=dates.local(now).date(), published_at__lte=now, withdrawn_at=None)
        shown.append(
            Panel(
                _("Scheduled for the next 24 hours"),
                list(coming.order_by("published_at")[:SHOWN]),
                "readers=scheduled",
                _("Nothing is scheduled."),
            )
        )
        shown.append(
            Panel(
                _("Published today"),
                list(out.order_by("-published_at")[:SHOWN]),
                "readers=live",
                _("Nothing was published today."),
            )
        )
    return shown


WAITING: tuple[tuple[tuple[Role, ...], tuple[Stage, ...], str | Promise], ...] = (
    ((Role.EDITOR, Role.PUBLISHER, Role.CHIEF), (Stage.SUBMITTED,), gettext_lazy("Waiting for an editor")),
    ((Role.EDITOR,), (Stage.EDITING,), gettext_lazy("Being edited")),
    ((Role.PUBLISHER, Role.CHIEF), (Stage.REVIEW,), gettext_lazy("Waiting for approval")),
    ((Role.PUBLISHER, Role.CHIEF), (Stage.APPROVED,), gettext_lazy("Ready to publish")),
)


def newest(stories: QuerySet[Article]) -> list[Article]:
    return list(stories.order_by("-desk_changed_at")[:SHOWN])


def in_sections(stories: QuerySet[Article], sections: set[int] | None) -> QuerySet[Article]:
    """Stories of these sections and their sub-sections; None means everywhere."""
    if sections is None:
        return stories
    return stories.filter(Q(desk_section__in=sections) | Q(desk_section__parent__in=sections))
