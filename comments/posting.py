"""How does a reader's comment get under a story? Policy, limits and duplicates are looked at where it is stored.

Readers send one at a time with `post`; the import and the demo bring many with `load_comments`.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Publication
from comments import counting, identity, screening, urgency
from comments.models import Comment, Commenter, ModAction, Reason, State, Thread, Verb
from comments.policy import policy_of, takes_comments
from comments.screening import Submission, Verdict
from newsroom.lib import text
from newsroom.lib.http import network

SAME_TEXT_WITHIN = timedelta(days=1)
RATE_WINDOW = timedelta(seconds=screening.RATE_WINDOW)
STATE_OF = {Verdict.PASS: State.VISIBLE, Verdict.HOLD: State.PENDING, Verdict.SPAM: State.SPAM}


class Refused(Exception):
    """The comment was not stored; the kind says why."""


class Closed(Refused):
    """The story takes no comments, or no longer."""


class ParentGone(Refused):
    """What it answers is not shown under this story (any more)."""


class Banned(Refused):
    """This writer may not comment."""


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


@dataclass(frozen=True)
class Envelope:
    """What came with it: the form's token, the device and the address."""

    nonce: str
    device: str
    address: str
    age: float  # seconds since the form was made


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
    with transaction.atomic():
        article = Article.objects.select_related("section__parent").get(pk=article_id)
        policy = policy_of(article, Publication.current())
        thread = _locked_thread(article)
        stored = Comment.objects.filter(thread=thread, nonce=envelope.nonce).first()
        if stored:
            return stored
        if not takes_comments(policy):
            raise Closed
        root, parent = _place(thread, letter.parent_id)
        comment = _draft(thread, letter, envelope, now)
        comment.root, comment.parent = root, parent
        _refuse_too_many(comment, now)
        findings = screening.screen(_submission(comment, letter, envelope, now))
        comment.findings = [finding.as_json() for finding in findings]
        comment.state = STATE_OF[screening.verdict(findings, policy)]
        comment.published_at = now if comment.state == State.VISIBLE else None
        comment.save(force_insert=True)
        counting.move(comment, {})
        ModAction.objects.create(comment=comment, verb=Verb.POST, after=comment.state, version=1, at=now)
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
    return Thread.objects.select_for_update().get(pk=article.pk)


def _place(thread: Thread, parent_id: int | None) -> tuple[Comment | None, Comment | None]:
    """The comment it stands under, and the one it answers: an answer to a reply stands beside that reply."""
    if parent_id is None:
        return None, None
    parent = Comment.objects.shown().filter(thread=thread, pk=parent_id).select_related("root").first()
    if parent is None:
        raise ParentGone
    return parent.root or parent, parent


def _draft(thread: Thread, letter: Letter, envelope: Envelope, now: datetime) -> Comment:
    known = {"email": letter.email, "name": letter.name}
    commenter, _new = Commenter.objects.get_or_create(email_key=identity.email_key(letter.email), defaults=known)
    # Locked, so that the limits of a writer hold even for posts under several stories at the same moment.
    commenter = Commenter.objects.select_for_update().get(pk=commenter.pk)
    if commenter.status == Commenter.Status.BANNED:
        raise Banned
    return Comment(
        thread=thread,
        commenter=commenter,
        author_name=letter.name,
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


def _refuse_too_many(comment: Comment, now: datetime) -> None:
    same_person = Q(commenter=comment.commenter) | Q(device_key=comment.device_key)
    lately = Comment.objects.filter(same_person)
    if lately.since(now - SAME_TEXT_WITHIN).filter(thread=comment.thread, body_hash=comment.body_hash).exists():
        raise AlreadySaid
    recent = Comment.objects.since(now - RATE_WINDOW)
    by_email, by_device = recent.filter(commenter=comment.commenter), recent.filter(device_key=comment.device_key)
    if max(by_email.count(), by_device.count()) >= screening.PER_PERSON:
        raise TooMany


def _submission(comment: Comment, letter: Letter, envelope: Envelope, now: datetime) -> Submission:
    same_text = Comment.objects.since(now - SAME_TEXT_WITHIN).filter(body_hash=comment.body_hash)
    elsewhere = same_text.exclude(thread=comment.thread).values("thread").distinct()
    of_network = Comment.objects.since(now - RATE_WINDOW).filter(ip_prefix=comment.ip_prefix)
    return Submission(
        text=comment.body,
        trap=letter.trap,
        age=envelope.age,
        copies_elsewhere=elsewhere.count(),
        recent_of_network=of_network.count() if comment.ip_prefix else 0,
        writer_is_held=comment.commenter is not None and comment.commenter.status == Commenter.Status.HELD,
    )


def _loaded(thread: Thread, row: LoadedComment) -> Comment:
    return Comment(
        thread=thread,
        author_name=row.name,
        body=row.text,
        body_hash=text_hash(row.text),
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
