"""What has gathered around the stories: comments and decisions about them, deeds, notices to the staff."""

import random
from datetime import datetime, timedelta

from tqdm import tqdm

from articles.models import DeskNotice
from bench.house import House
from bench.rows import Writer
from comments.models import Comment, Commenter, ModAction, Thread
from comments.posting import text_hash
from newsroom.lib import text
from newsroom.lib.audit.models import AuditEvent

BATCH = 10_000
WAITING = 300  # comments, under the newest stories
STORIES_A_READER = 50
NOTICES = 300  # of each member of staff
WORDS = "Bài viết rất hữu ích, cảm ơn tòa soạn đã phản ánh"
SAID = [
    {"body": body, "body_hash": text_hash(body), "fold": text.fold(body)}
    for body in (f"{WORDS}, nhất là chuyện thứ {n}." for n in range(100))
]
LONGEST = 10_000  # comments of the longest thread
DEEDS = ("session.begun", "section.changed", "picture.changed", "person.changed", "export.made")


def write(home: House, writer: Writer, now: datetime, stories: list[tuple[int, datetime]], comments: int) -> None:
    """A comment under each story, a deed for every fourth; more comments, until there are so many in all."""
    chance = random.Random(11)
    readers = [reader(writer, n, now) for n in range(len(stories) // STORIES_A_READER + 1)]
    for n, (story, at) in enumerate(tqdm(stories, desc="comments", unit="", disable=None)):
        crowd = crowd_under(n, len(stories), comments)
        comment(home, writer, chance, (story, at, n, len(stories) - n <= WAITING, chance.choice(readers)), crowd)
        if n % 4 == 0:
            deed(home, writer, chance, at, n)
        if len(writer.rows[Comment]) >= BATCH:
            writer.flush()
    for person in {key for keys in home.staff.values() for key in keys}:
        for n in range(NOTICES):
            at, (story, _at) = now - timedelta(hours=n), stories[-1 - n % min(len(stories), 200)]
            writer.add(
                DeskNotice,
                user_id=person,
                kind="taken",
                article_id=story,
                text="Bài của bạn được nhận biên tập",
                at=at,
            )
    writer.flush()


def reader(writer: Writer, n: int, now: datetime) -> int:
    address = f"doc-gia-{n}@example.org"
    return writer.add(Commenter, name=f"Bạn đọc {n}", email=address, email_key=f"{n:064x}", created_at=now)


def crowd_under(n: int, stories: int, comments: int) -> int:
    """How many more comments stand under the n-th story: a long thread under the newest, the rest spread evenly."""
    more = max(comments - stories, 0)
    longest = min(LONGEST, more)
    return longest if n == stories - 1 else -(-(more - longest) // max(stories - 1, 1))  # rounded up


def comment(
    home: House, writer: Writer, chance: random.Random, about: tuple[int, datetime, int, bool, int], crowd: int
) -> None:
    """Waiting, shown, or (every twentieth) rejected by a moderator; a crowd that is shown says something, too."""
    story, at, n, is_waiting, by = about
    sent, name, body = at + timedelta(minutes=5), f"Bạn đọc {n}", f"{WORDS} số {n}."
    state = "pending" if is_waiting else "rejected" if n % 20 == 0 else "visible"
    is_shown = int(state == "visible")
    shown = is_shown + crowd
    counts = {"visible": shown, "roots": shown, "pending": is_waiting, "rejected": state == "rejected"}
    counters = {f"{name}_count": int(number) for name, number in counts.items()}
    writer.add(Thread, article_id=story, version=is_shown, **counters)
    key = writer.add(
        Comment,
        thread_id=story,
        commenter_id=by,
        author_name=name,
        body=body,
        body_hash=text_hash(body),
        fold=text.fold(f"{name} {body}"),
        state=state,
        reason="other" if state == "rejected" else "",
        created_at=sent,
        due_at=sent,
        reviewed_at=None if is_waiting else sent + timedelta(minutes=9),
        published_at=sent if state == "visible" else None,
        nonce=f"{n:032x}",
        version=1 if is_waiting else 2,
    )
    if not is_waiting:
        verb = "reject" if state == "rejected" else "approve"
        row = {"verb": verb, "before": "pending", "after": state, "reason": "other" if verb == "reject" else ""}
        actor = chance.choice(home.staff["moderator"])
        writer.add(ModAction, comment_id=key, actor_id=actor, at=sent + timedelta(minutes=9), **row)

    for k in range(crowd):
        own = SAID[k % len(SAID)] | {"nonce": f"k{n:015x}{k:016x}", "commenter_id": by}
        when = dict.fromkeys(("created_at", "due_at", "published_at", "reviewed_at"), sent + timedelta(minutes=k))
        writer.add(Comment, thread_id=story, author_name=name, state="visible", version=2, **own, **when)


def deed(home: House, writer: Writer, chance: random.Random, at: datetime, n: int) -> None:
    label = f"Mục {n % 50}"
    actor = chance.choice(home.staff["publisher"])
    about = {"object_type": "articles.section", "object_id": str(n % 50), "label": label, "fold": text.fold(label)}
    writer.add(AuditEvent, at=at, actor_id=actor, kind=chance.choice(DEEDS), address="203.0.113.7", **about)
