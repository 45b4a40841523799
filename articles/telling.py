"""Who in the house is told of what happened to a story, in the admin and by mail? And notes that mention people.

Nobody is told of their own deeds. Notices are written in the transaction of the deed, mail goes out after it.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import (
    Article,
    DeskNotice,
    NoticeChoice,
    NoticeKind,
    Role,
    RoleGrant,
    Stage,
    StoryNote,
    Transition,
)
from articles.models.note import NOTE_LENGTH
from articles.readiness import Refused
from articles.rights import authors_of, readers_among
from articles.transitions import PUBLISHERS
from newsroom.lib import mail
from newsroom.lib import text as texts
from newsroom.lib.people import full_name

TEMPLATE: Final = "admin/articles/mail/notice.txt"
MAILED: Final = {NoticeKind.RETURNED, NoticeKind.MENTIONED}  # unless the person chose otherwise
OF_VERB: Final = {
    "return": NoticeKind.RETURNED,
    "take": NoticeKind.TAKEN,
    "publish": NoticeKind.PUBLISHED,
    "reschedule": NoticeKind.PUBLISHED,
    "withdraw": NoticeKind.WITHDRAWN,
}
# Whose turn it is when a story comes to a stage.
TURN: Final[dict[str, tuple[Role, ...]]] = {Stage.SUBMITTED: (Role.EDITOR,), Stage.REVIEW: PUBLISHERS}
MENTION: Final = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")
MOST_MENTIONED: Final = 20


def choices_of(user_ids: Iterable[int]) -> dict[tuple[int, str], NoticeChoice]:
    return {(row.user_id, row.kind): row for row in NoticeChoice.objects.filter(user__in=set(user_ids))}


def default(kind: str) -> NoticeChoice:
    """How a person is told who has not chosen."""
    return NoticeChoice(kind=kind, in_admin=True, by_mail=kind in MAILED)


def tell(users: Iterable[Any], kind: NoticeKind, article: Article, text: str, *, by: Any) -> None:
    """Write a notice for each of the people but the doer, as each has chosen; letters follow on commit.

    Only who may read the story is told: a notice has its headline, and words said in the house.
    """
    others = [user for user in users if by is None or user.pk != by.pk]
    people = {user.pk: user for user in sorted(readers_among(others, article), key=lambda user: user.pk)}
    chosen = choices_of(people)
    ways = {pk: chosen.get((pk, kind)) or default(kind) for pk in people}
    now = timezone.now()
    DeskNotice.objects.bulk_create(
        [DeskNotice(user_id=pk, kind=kind, article=article, text=text, at=now) for pk in people if ways[pk].in_admin]
    )
    for pk, user in people.items():
        if ways[pk].by_mail and user.email and kind is not NoticeKind.LATE:  # articles.alarms writes to them
            # no partial: Django's own log of a failed hook asks for a name, which a partial has not
            transaction.on_commit(lambda to=user.email: write_to(to, kind, article, text, full_name(by)), robust=True)


def write_to(address: str, kind: NoticeKind, article: Article, text: str, doer: str) -> None:
    """Send the letter; what the server does with it concerns the log alone."""
    context = {"article": article, "kind": kind.label, "text": text, "doer": doer}
    mail.send_aside(mail.compose(TEMPLATE, context, address))


def tell_of_step(step: Transition) -> None:
    """Tell those who wrote the story of a step that concerns them, and those whose turn it is now."""
    article = step.article
    if step.verb in OF_VERB:
        tell(writers(article), OF_VERB[step.verb], article, step.note, by=step.actor)
    if step.to_stage != step.from_stage:  # nobody is called to what waits no longer
        waits = DeskNotice.objects.filter(article=article, kind=NoticeKind.WAITING, read_at=None)
        waits.update(read_at=step.at)
        if (roles := TURN.get(step.to_stage)) is not None:
            tell(holders(article, roles), NoticeKind.WAITING, article, step.note, by=step.actor)


def holders(article: Article, roles: tuple[Role, ...]) -> QuerySet[Any]:
    """Who holds one of the roles in the story's section."""
    section = article.desk_section
    places = Q(section=None) | Q(section__in=section.line if section else [])
    grants = RoleGrant.objects.in_force().filter(places, role__in=roles).values("user")
    return get_user_model().objects.filter(is_active=True, is_staff=True, pk__in=grants)


def writers(article: Article) -> list[Any]:
    """Who began the story, and the members of staff in its byline."""
    return list(get_user_model().objects.filter(pk__in=authors_of(article), is_staff=True))


def add_note(article: Article, words: str, *, by: AbstractBaseUser) -> tuple[StoryNote, list[Any]]:
    """Keep a note and tell whom it mentions (@name); returns also whom it could not: they may not read the story.

    Whoever calls has checked that the writer may.
    """
    words = texts.clean(words).strip()
    if not words or len(words) > NOTE_LENGTH:
        raise Refused(_("A note has between 1 and %d characters.") % NOTE_LENGTH)
    names = list(dict.fromkeys(name.rstrip(".-+") for name in MENTION.findall(words)))[:MOST_MENTIONED]
    with transaction.atomic():
        note = StoryNote.objects.create(article=article, author=by, text=words, at=timezone.now())
        named = list(get_user_model().objects.filter(username__in=names, is_active=True, is_staff=True))
        people = readers_among(named, article)
        note.mentioned.set(people)
        tell(people, NoticeKind.MENTIONED, article, words, by=by)
    return note, [person for person in named if person not in people]
