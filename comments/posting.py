"""How does a reader's comment get under a story? Policy, limits and duplicates are looked at where it is stored.

Readers send one at a time with `post`; the import and the demo bring many with `load_comments`.
"""

import math
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Publication
from comments import counting, hits, holding, identity, judging, letters, links, screening, urgency, weighing, writers
from comments.judging import UNCONFIRMED, Circumstances, judge
from comments.models import Block, Comment, Commenter, ModAction, Reason, State, Subscription, Thread, Verb
from comments.models import Letter as OwedLetter
from comments.policy import Rules, policy_of, rules_of, takes_comments
from comments.screening import likeness
from newsroom.lib import text
from newsroom.lib.http import network

RATE_WINDOW = timedelta(seconds=screening.RATE_WINDOW)


class Refused(Exception):
    """The comment was not stored; the kind says why."""


class Closed(Refused):
    """The story takes no comments, or no longer."""


class ParentGone(Refused):
    """What it answers is not shown under this story (any more)."""


class Banned(Refused):
    """This writer may not comment."""


class TooSoon(Refused):
    """The story is in slow mode; `seconds` are left."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds)


class TooMany(Refused):
    """The device or the e-mail sent too many in a short time."""


class AlreadySaid(Refused):
    """The same person sent the same text under this story within a day."""


@dataclass(frozen=True)
class Letter:
    """What the reader typed, cleaned and checked by comments.forms."""

    name: str
    email: str
    body: str
    parent_id: int | None = None
    trap: str = ""
    consent: str = ""  # digest of the words that the reader agreed to
    wants_replies: bool = False  # mails about answers


@dataclass(frozen=True)
class Envelope:
    """What came with it: the form's token, the device and the address."""

    nonce: str
    device: str
    address: str
    age: float  # seconds since the form was made
    writer: int | None = None  # the commenter whose address was confirmed in this browser
    user: Any = None  # a member of staff who is signed in


@dataclass(frozen=True)
class LoadedComment:
    """A comment from elsewhere. `parent` is its place in the same list, counted from 0; parents stand earlier."""

    name: str
    text: str
    posted_at: datetime
    state: str = State.VISIBLE
    parent: int | None = None
    reason: str = ""


def post(article_id: int, letter: Letter, envelope: Envelope) -> Comment:
    """Store a reader's comment and return it; the one stored before if the same form is sent again.

    Raises a kind of Refused. One transaction, with the thread locked first: limits and counters are exact.
    """
    now = timezone.now()
    remote = () if letter.trap else judging.ask_outside(article_id, letter.name, letter.body)
    with transaction.atomic():
        article = Article.objects.select_related("section__parent").get(pk=article_id)
        rules = rules_of(article)
        policy = policy_of(article, Publication.current(), rules)
        thread = _locked_thread(article)
        stored = Comment.objects.filter(thread=thread, nonce=envelope.nonce).first()
        if stored:
            return stored
        if not takes_comments(policy):
            raise Closed
        root, parent = _place(thread, letter.parent_id)
        comment = _draft(thread, letter, envelope, now)
        comment.root, comment.parent = root, parent
        _refuse_too_many(comment, rules, now)
        holding.review(thread, rules, now)
        around = Circumstances(policy, rules, letter.trap, envelope.age, envelope.writer, envelope.user, remote=remote)
        _receive(comment, around, letter.email)
        comment.save(force_insert=True)
        counting.move(comment, {})
        ModAction.objects.create(comment=comment, verb=Verb.POST, after=comment.state, version=1, at=now)
        _write_down(comment, letter, envelope, now)
    return comment


def load_comments(article: Article, rows: Sequence[LoadedComment]) -> int:
    """Store the comments of one story in bulk and count them; returns how many.

    Nothing is screened, and nothing is known of the writers but their names. Call it once for a story: the caller
    remembers what was loaded. Raises ValueError for a parent that does not stand earlier in the list.
    """
    with transaction.atomic():
        thread = _locked_thread(article)
        loaded = [_loaded(thread, row) for row in rows]
        Comment.objects.bulk_create(comment for comment, row in zip(loaded, rows, strict=True) if row.parent is None)
        for place, (comment, row) in enumerate(zip(loaded, rows, strict=True)):
            if row.parent is not None:
                if not 0 <= row.parent < place:
                    raise ValueError(f"Comment {place} answers {row.parent}, which does not stand before it.")
                comment.root = loaded[row.parent].root or loaded[row.parent]
                comment.parent = comment.root  # the one it answers may be a reply that has no key yet
                comment.hidden_by_root = comment.root.state != State.VISIBLE
        Comment.objects.bulk_create(
            comment for comment, row in zip(loaded, rows, strict=True) if row.parent is not None
        )
        counting.add(thread.pk, loaded)
        _count_replies(loaded)
    return len(loaded)


def _locked_thread(article: Article) -> Thread:
    """The thread of the story, locked until the transaction ends: always before any of its comments."""
    Thread.objects.get_or_create(article=article)
    thread = Thread.objects.select_for_update().get(pk=article.pk)
    thread.article = article
    return thread


def _place(thread: Thread, parent_id: int | None) -> tuple[Comment | None, Comment | None]:
    """The comment it stands under, and the one it answers: an answer to a reply stands beside that reply."""
    if parent_id is None:
        return None, None
    parent = Comment.objects.shown().filter(thread=thread, pk=parent_id).select_related("root").first()
    if parent is None:
        raise ParentGone
    return parent.root or parent, parent


def _draft(thread: Thread, letter: Letter, envelope: Envelope, now: datetime) -> Comment:
    commenter = writers.locked(letter.email, letter.name, envelope.user)
    if writers.is_banned(commenter, now):
        raise Banned
    return Comment(
        thread=thread,
        commenter=commenter,
        author_name=letter.name,
        badge=writers.badge_of(envelope.user, thread.article),
        body=letter.body,
        body_hash=text_hash(letter.body),
        fold=text.fold(f"{letter.name} {letter.body}"),
        created_at=now,
        due_at=urgency.due_at(thread.pk, now),
        nonce=envelope.nonce,
        ip_key=identity.key("address", envelope.address),
        ip_prefix=network(envelope.address),
        device_key=identity.key("device", envelope.device),
    )


def text_hash(body: str) -> str:
    """Equal for texts that differ in case and white space only."""
    return identity.key("text", text.identity(body))


def _receive(comment: Comment, around: Circumstances, email: str) -> None:
    """Its state on arrival. Without the confirmation that a story asks for it waits behind the whole queue."""
    now = comment.created_at
    block = writers.blocked(comment, email, now)
    if block == Block.Action.REFUSE:
        raise Banned
    state, findings = judge(comment, replace(around, block=block), now)
    hits.count(findings)
    comment.state = state
    comment.published_at = now if state == State.VISIBLE else None
    if state == State.PENDING and any(finding.code == UNCONFIRMED for finding in findings):
        comment.due_at = now + links.LIFETIMES[links.Purpose.CONFIRM]


def _write_down(comment: Comment, letter: Letter, envelope: Envelope, now: datetime) -> None:
    """What else a post leaves: consent, the wish to hear of answers, letters."""
    commenter = comment.commenter
    if commenter is None:
        return
    proved = writers.is_proved(commenter, envelope.writer, envelope.user)
    changed: dict[str, Any] = {"name": letter.name} if proved else {}
    if letter.consent and letter.consent != commenter.consent_text:
        changed |= {"consent_at": now, "consent_text": letter.consent}
    if changed:
        Commenter.objects.filter(pk=commenter.pk).update(**changed)
    if letter.wants_replies:
        Subscription.objects.create(commenter=commenter, comment=comment)
    if not proved and comment.state != State.SPAM:
        letters.owe_at_once(OwedLetter.Kind.CONFIRM, commenter)
    if comment.root_id:
        letters.owe_of_reply(comment)


def _refuse_too_many(comment: Comment, rules: Rules, now: datetime) -> None:
    same_person = Q(commenter=comment.commenter) | Q(device_key=comment.device_key)
    lately = Comment.objects.filter(same_person)
    if rules.slow_seconds and not comment.badge:
        slow = lately.since(now - timedelta(seconds=rules.slow_seconds)).filter(thread=comment.thread)
        last = slow.order_by("-created_at").first()
        if last is not None:
            waited = (now - last.created_at).total_seconds()
            raise TooSoon(max(1, math.ceil(rules.slow_seconds - waited)))
    if (
        lately.since(now - weighing.SAME_TEXT_WITHIN)
        .filter(thread=comment.thread, body_hash=comment.body_hash)
        .exists()
    ):
        raise AlreadySaid
    recent = Comment.objects.since(now - RATE_WINDOW)
    by_email, by_device = recent.filter(commenter=comment.commenter), recent.filter(device_key=comment.device_key)
    if max(by_email.count(), by_device.count()) >= screening.PER_PERSON:
        raise TooMany


def _loaded(thread: Thread, row: LoadedComment) -> Comment:
    return Comment(
        thread=thread,
        author_name=row.name,
        body=row.text,
        body_hash=text_hash(row.text),
        similarity=likeness.similarity(row.text),
        fold=text.fold(f"{row.name} {row.text}"),
        state=row.state,
        reason=row.reason or (Reason.OTHER if row.state == State.REJECTED else ""),
        created_at=row.posted_at,
        due_at=row.posted_at,
        reviewed_at=None if row.state == State.PENDING else row.posted_at,
        published_at=row.posted_at if row.state == State.VISIBLE else None,
        nonce=secrets.token_hex(16),
    )


def _count_replies(loaded: Iterable[Comment]) -> None:
    numbers = Counter(comment.root_id for comment in loaded if comment.root_id and comment.is_shown)
    roots = Comment.objects.in_bulk(list(numbers))
    for pk, root in roots.items():
        root.reply_count = numbers[pk]
    Comment.objects.bulk_update(roots.values(), ["reply_count"])
