"""Who may see a story before readers do? Links for people without an account: made, opened, answered, revoked.

The address of a link is its key with a signature over key and nonce. Editors can be shown it again and again, yet it
is stored nowhere: who has a copy of the database but not SECRET_KEY opens nothing, and no link can be guessed.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Prefetch
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import editions, fronts, pages, telling, workflow
from articles.models import Article, NoticeKind, PreviewAnswer, PreviewLink, PreviewOpening, Revision, Role, Stage
from articles.models.preview import MOST_ANSWERS
from articles.reading import Reading
from articles.rights import Grants, Person, acting_role, grants_of
from articles.workflow import Refused
from articles.writing import may_edit
from newsroom.lib import text
from newsroom.lib.http import network

LASTING: Final = {
    "1h": (timedelta(hours=1), gettext_lazy("1 hour")),
    "1d": (timedelta(days=1), gettext_lazy("1 day")),
    "3d": (timedelta(days=3), gettext_lazy("3 days")),
    "7d": (timedelta(days=7), gettext_lazy("7 days")),
}
LISTED: Final = 30  # links on the page of a story
LATEST: Final = 10  # openings of each
TOKEN: Final = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{43})")
# What fetches addresses for search engines and for the little previews of chat programs; a CUBOT is a telephone.
ROBOTS: Final = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp|externalhit|whatsapp/|preview|fetch", re.IGNORECASE)
AGENTS: Final = (
    *(("Zalo", "Zalo"), ("FBAN", "Facebook"), ("FBAV", "Facebook"), ("coc_coc", "Cốc Cốc"), ("Edg", "Edge")),
    *(("OPR/", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"), ("FxiOS", "Firefox")),
    *(("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)


class State(StrEnum):
    """What a link does now."""

    OPEN = "open"
    PUBLISHED = "published"  # its text has been published: it leads to the story, if that still is there
    REVOKED = "revoked"
    EXPIRED = "expired"
    GONE = "gone"  # the story is in the trash


@dataclass(frozen=True)
class Seal:
    """What a form for an answer vouches for: the version that was shown with it, and a number used once."""

    revision_id: int
    nonce: str


class Closed(Exception):
    """The link takes no answer any more."""


# --- the page -----------------------------------------------------------------------------------------------------


def page_context(reading: Reading, *, revision: Revision | None = None) -> dict[str, Any]:
    """What the template of a preview needs; without a revision it shows a text that is not saved."""
    edition = editions.current()
    return {
        "chrome": pages.chrome(edition),
        "reading": reading,
        "article": reading.article,
        "section": reading.article.section,
        "around": fronts.around(reading.article, [tag for tag in reading.tags if tag.pk], edition),
        "revision": revision,
        "now": timezone.now(),
    }


# --- links --------------------------------------------------------------------------------------------------------


def may_share(user: Person, article: Article, grants: Grants | None = None) -> bool:
    """The right to make and revoke links: of who may edit the story, and of its managing editors."""
    grants = grants or grants_of(user)
    publishers = (Role.PUBLISHER, Role.CHIEF)
    return may_edit(user, article, grants) or acting_role(user, article, publishers, grants) is not None


def make_link(article_id: int, *, by: AbstractBaseUser, lasts: timedelta, pinned: bool, note: str = "") -> PreviewLink:
    """A new link to the text as it stands (`pinned`) or as it changes. Raises Refused."""
    with transaction.atomic():
        article, now = workflow.find(article_id), timezone.now()
        if not may_share(by, article):
            raise Refused(_("You may not share a preview of this story."))
        is_update = is_out(article, now)
        if article.trashed_at or article.working_revision is None or (is_update and article.stage == Stage.DONE):
            raise Refused(_("There is nothing to preview: no text of this story is waiting to be published."))
        return PreviewLink.objects.create(
            article=article,
            revision=article.working_revision if pinned else None,
            is_update=is_update,
            nonce=secrets.token_hex(16),
            note=note,
            created_by=by,
            created_at=now,
            expires_at=now + lasts,
        )


def revoke(link: PreviewLink, *, by: AbstractBaseUser) -> None:
    """End a link at once. Raises Refused."""
    if not may_share(by, link.article):
        raise Refused(_("You may not share a preview of this story."))
    changed = PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
    if not changed:
        raise Refused(_("This link was revoked already."))


def token_of(link: PreviewLink) -> str:
    signature = _signer().sign(f"{link.pk}-{link.nonce}").rpartition(":")[2]
    return f"{link.pk}-{signature}"


def address_of(link: PreviewLink) -> str:
    """The whole address, to be sent to somebody."""
    return settings.SITE_URL + reverse("preview", args=[token_of(link)])


def find(token: str) -> PreviewLink | None:
    """The link of this token, whatever its state; None for a token that we did not sign."""
    parts = TOKEN.fullmatch(token)
    rows = PreviewLink.objects.select_related("article__section__parent", "article__working_revision", "revision")
    link = rows.filter(pk=parts[1]).first() if parts else None
    if parts is None or link is None:
        return None
    try:
        _signer().unsign(f"{link.pk}-{link.nonce}:{parts[2]}")
    except signing.BadSignature:
        return None
    return link


def _signer() -> signing.Signer:
    return signing.Signer(salt="articles.preview")


def state(link: PreviewLink, now: datetime | None = None) -> State:
    """What the link does at this moment: it works until `expires_at`, that second not included."""
    now = now or timezone.now()
    if is_spent(link, now):
        return State.PUBLISHED
    if link.revoked_at is not None:
        return State.REVOKED
    if link.expires_at <= now:
        return State.EXPIRED
    return State.GONE if link.article.trashed_at or shown(link) is None else State.OPEN


def is_out(article: Article, now: datetime) -> bool:
    """Readers have the story, or had it."""
    return article.published_at is not None and article.published_at <= now


def is_spent(link: PreviewLink, now: datetime) -> bool:
    """The text of the link has been published, whatever became of it since."""
    article = link.article
    if not is_out(article, now):
        return False
    if not link.is_update or article.stage == Stage.DONE:
        return True
    # Published, and revised again since the link was made.
    steps = article.transitions.filter(to_stage=Stage.DONE, at__gte=link.created_at)
    return steps.exclude(from_stage=Stage.DONE).exclude(verb="discard").exists()


def shown(link: PreviewLink) -> Revision | None:
    """The version that the link shows."""
    return link.revision or link.article.working_revision


def links_of(article: Article) -> list[PreviewLink]:
    """The newest links of a story, each with `opening_count`, `last_opening`, `latest_openings` and its answers."""
    latest = Prefetch("openings", PreviewOpening.objects.order_by("-at")[:LATEST], "latest_openings")
    answers = Prefetch("answers", PreviewAnswer.objects.select_related("revision").order_by("at"))
    rows = article.preview_links.select_related("revision", "created_by").prefetch_related(latest, answers)
    counted = rows.annotate(opening_count=Count("openings"), last_opening=Max("openings__at"))
    return list(counted.order_by("-created_at", "-pk")[:LISTED])


# --- who opened it, and what they say -----------------------------------------------------------------------------


def is_robot(agent: str) -> bool:
    """Whether a program says that it fetches the page for nobody in particular."""
    return ROBOTS.search(agent) is not None


def agent_family(agent: str) -> str:
    """The browser by its name, "" where it is none that we know."""
    return next((name for word, name in AGENTS if word in agent), "")


def log_opening(link: PreviewLink, address: str, agent: str) -> None:
    PreviewOpening.objects.create(link=link, at=timezone.now(), network=network(address), agent=agent_family(agent))


def seal(link: PreviewLink, revision: Revision) -> str:
    """A signed note that this version was shown under this link."""
    return signing.dumps([link.pk, revision.pk, secrets.token_hex(16)], salt="articles.preview.answer")


def unseal(link: PreviewLink, value: str) -> Seal | None:
    """What the note says, or None if it is not ours or another link's."""
    try:
        link_id, revision_id, nonce = signing.loads(value, salt="articles.preview.answer")
    except (signing.BadSignature, ValueError):
        return None
    return Seal(revision_id, nonce) if link_id == link.pk else None


def answer(link: PreviewLink, sealed: Seal, *, name: str, verdict: str, remark: str) -> None:
    """Keep what the recipient says to the version they saw; the same form twice counts once. Raises Closed.

    Whoever made the link and who wrote the story are told.
    """
    now = timezone.now()
    taking = PreviewLink.objects.filter(pk=link.pk, revoked_at=None, expires_at__gt=now, answer_count__lt=MOST_ANSWERS)
    try:
        with transaction.atomic():
            if PreviewAnswer.objects.filter(nonce=sealed.nonce).exists():
                return
            if not taking.update(answer_count=F("answer_count") + 1):
                raise Closed
            kept = PreviewAnswer.objects.create(
                link=link,
                revision_id=sealed.revision_id,
                name=text.clean_line(name),
                verdict=verdict,
                text=text.clean(remark).strip(),
                nonce=sealed.nonce,
                at=now,
            )
            concerned = [link.created_by, *telling.writers(link.article)]
            telling.tell(concerned, NoticeKind.ANSWERED, link.article, in_words(kept), by=None)
    except IntegrityError:  # the same form, sent at the same moment
        if not PreviewAnswer.objects.filter(nonce=sealed.nonce).exists():
            raise


def in_words(kept: PreviewAnswer) -> str:
    """The answer on one line of the newsroom's language, for a notice."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{kept}. {kept.text}".strip()
