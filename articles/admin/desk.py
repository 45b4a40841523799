"""How does the desk show a story, and what do its buttons do? Buttons call verbs and show messages."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import gates, readiness, signing, workflow
from articles.admin.buttons import Buttons, VerbForm, done
from articles.models import Article, Author, Byline, Image, Section, Snapshot, Stage, Tag, Transition
from articles.notices import Notice
from articles.readiness import Missing
from articles.rendering import render_body
from articles.transitions import STATE_LABELS
from articles.workflow import NotReady, Refused
from articles.writing import TAKE_OVER, Conflict

PATH = [Stage.DRAFT, Stage.SUBMITTED, Stage.EDITING, Stage.REVIEW, Stage.APPROVED, Stage.DONE]
# Steps of the log that are no verbs of the workflow.
OTHER_STEPS: dict[str, str | Promise] = {**signing.LABELS, TAKE_OVER: gettext_lazy("Taken over")}


def signed_in(request: HttpRequest) -> AbstractBaseUser:
    """Whoever is at the desk. Raises PermissionDenied for a stranger."""
    if not isinstance(request.user, AbstractBaseUser):
        raise PermissionDenied
    return request.user


def perform_and_tell(request: HttpRequest, article: Article) -> bool:
    """Do the verb of the pressed button and tell what came of it; whether it was done."""
    name = request.POST.get("_verb", "")
    if name not in workflow.TRANSITIONS:
        messages.error(request, _("There is no such step."))
        return False
    verb = workflow.TRANSITIONS[name]
    form = VerbForm(verb, request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return False
    note, at = form.note(), form.time()
    by, version, notice = signed_in(request), seen(request, article), form.notice()
    try:
        workflow.perform(article.pk, name, by=by, note=note, at=at, version=version, notice=notice)
    except NotReady as lacking:
        for item in lacking.missing:
            messages.warning(request, item.message)
        messages.error(request, _("The story is not ready for this step: %s.") % verb.label)
        give_back(request, notice)
    except (Refused, Conflict) as told:
        messages.error(request, str(told))
        give_back(request, notice)
    else:
        messages.success(request, done(verb, at))
        return True
    return False


def give_back(request: HttpRequest, notice: Notice) -> None:
    """What was typed for readers is not lost with the step that failed."""
    if notice.line:
        messages.info(request, _("The line you typed for readers: %s") % notice.line)


def seen(request: HttpRequest, article: Article) -> int | None:
    """The version that the person saw, where the form could not be saved by them; else the one just saved."""
    posted = request.POST.get("seen_version", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else article.version


def about(article: Article, user: AbstractBaseUser) -> dict[str, Any]:
    """What the page of a story shows around its text: stage, buttons, what is missing, the last note."""
    revision = article.working_revision
    pending = article.stage != Stage.DONE
    return {
        "article": article,
        "title": str(article),
        "subtitle": None,
        "buttons": Buttons.of(workflow.possible(article, user)),
        "stages": stage_bar(article),
        "state": article.readers_state,
        "state_label": STATE_LABELS[article.readers_state],
        "missing": missing(article) if revision and pending else [],
        "last_step": article.transitions.select_related("actor").first(),
    }


def missing(article: Article) -> list[Missing]:
    """What keeps readers from having the working text now."""
    text = article.working_revision.snapshot if article.working_revision else Snapshot()
    return readiness.for_readers(text) + gates.for_publication(article, timezone.now())


def stage_bar(article: Article) -> list[dict[str, Any]]:
    """The stages from draft to published, with where the story is; a returned story stands at the start."""
    here = PATH.index(Stage.DRAFT if article.stage == Stage.RETURNED else Stage(article.stage))
    labels = [stage_label(stage) for stage in PATH]
    labels[here] = stage_label(article.stage, article.readers_state)
    return [{"label": label, "is_here": n == here, "is_past": n < here} for n, label in enumerate(labels)]


def stage_label(stage: str, state: str = "live") -> str:
    """A stage in words; the last one is what readers then have."""
    return capfirst(str(STATE_LABELS[state])) if stage == Stage.DONE else str(Stage(stage).label)


def step_label(step: Transition) -> str:
    """A step of the log as its button is called."""
    verb = workflow.TRANSITIONS.get(step.verb)
    return str(verb.label if verb else OTHER_STEPS.get(step.verb, step.verb))


def badges(article: Article) -> list[tuple[str, str]]:
    """Where a story is, in one or two words (class and label): its stage, and what readers have if they have any."""
    shown = []
    if article.trashed_at:
        shown.append(("badge-grave", _("In the trash")))
    if article.held_until:
        shown.append(("badge-held", _("Held until %s") % f"{article.held_until:%d/%m/%Y}"))
    if article.stage != Stage.DONE:
        shown.append((f"stage-{article.stage}", stage_label(article.stage)))
    if article.readers_state != "never":
        shown.append((f"readers-{article.readers_state}", stage_label(Stage.DONE, article.readers_state)))
    return shown


def cell(kind: str, article: Article) -> str:
    """A cell of the list of stories."""
    return render_to_string(f"admin/articles/article/_{kind}.html", {"article": article})


def reading_view(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot with its keys resolved, for showing."""
    authors = Author.objects.in_bulk([ref.author for ref in snapshot.bylines])
    sections = Section.objects.select_related("parent").in_bulk([snapshot.section or 0, *snapshot.other_sections])
    tags, roles = Tag.objects.in_bulk(snapshot.tags), dict(Byline.Role.choices)
    return {
        "snapshot": snapshot,
        "html": render_body(snapshot.body),
        "image": Image.objects.filter(pk=snapshot.picture.image).first() if snapshot.picture else None,
        "section": sections.get(snapshot.section or 0),
        "other_sections": [sections[pk] for pk in snapshot.other_sections if pk in sections],
        "bylines": [(authors[r.author], roles.get(r.role, "")) for r in snapshot.bylines if r.author in authors],
        "tags": [tags[pk] for pk in snapshot.tags if pk in tags],
    }
