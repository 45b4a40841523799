"""How long do the pages of the moderators' desk take with very many comments waiting?

    tests/postgres sh -c '.venv/bin/python bench/archive.py --articles 1000 && .venv/bin/python bench/comments_desk.py'
    DATABASE_URL=sqlite:////tmp/desk.sqlite3 sh -c '…'

The database of DATABASE_URL, filled by bench/archive.py, gets comments in every state (once), then each page is asked
as a moderator of all sections and of one. Milliseconds are medians of
processor time (bench/clock.py), so that a busy machine measures the same as an idle one.
"""

import argparse
import html
import os
import random
import re
import statistics
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from articles.models import Article, RoleGrant, Section
from bench.clock import Clock
from comments import counting, identity
from comments.models import Comment, Commenter, Report, State, Thread
from newsroom.lib import text

RUNS = 7
SHARES = {"waiting": 1.0, "unseen": 0.2, "seen": 0.5, "spam": 0.05, "rejected": 0.1, "reported": 0.02}
WORDS = "đường phố dự án người dân thành phố giá nhà học sinh bệnh viện xe buýt mong sớm cần nên rất đông".split()
DESK = "/admin/comments/comment/"
PAGES = {
    "waiting": "",
    "waiting, page 2": "next",
    "reported": "?hang=bi-bao-cao",
    "shown unseen": "?hang=chua-xem",
    "spam": "?hang=nghi-rac",
    "rejected": "?hang=da-tu-choi",
    "mine": "?hang=cua-toi",
    "links": "?vi-sao=rule:link",
    "rare reason": "?vi-sao=rule:trap",
    "new writers": "?nguoi=moi",
    "two words": "?q=học+sinh",
    "words of nobody": "?q=zzqqx",
    "one section": "section",
    "one story": "story",
    "like comments": "cum/",
    "figures": "so-lieu/",
    "one comment": "one",
    "one writer": "writer",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", type=int, default=100_000, help="that wait")
    asked = parser.parse_args()
    if Comment.objects.waiting().count() < asked.comments:
        fill(asked.comments)
    lines = ["| page | all sections | queries | one section | queries |", "|---|---:|---:|---:|---:|"]
    watch = Clock()
    section = Section.objects.exclude(parent=None).order_by("pk").first()
    with override_settings(ALLOWED_HOSTS=["*"]):
        clients = [sign_in("everywhere", None), sign_in("somewhere", section)]
        for name, address in PAGES.items():
            cells = [
                cell for client in clients for cell in measured(client, resolved(client, address, section), watch)
            ]
            lines.append(f"| {name} | {' | '.join(cells)} |")
    sys.stdout.write("\n".join(lines) + "\n")


def sign_in(name: str, section: Section | None) -> Client:
    user, _new = get_user_model().objects.get_or_create(username=name, is_staff=True)
    RoleGrant.objects.get_or_create(user=user, role="moderator", section=section)
    client = Client()
    client.force_login(user)
    client.get("/admin/")  # where a sign-in leads: the session is written down there
    return client


def resolved(client: Client, address: str, section: Any) -> str:
    if address == "next":
        found = re.search(r'rel="next" href="([^"]+)"', client.get(DESK).content.decode())
        return html.unescape(found[1]) if found else ""
    comment = Comment.objects.reported().filter(thread__article__section=section).order_by("pk")[0]
    named = {
        "section": f"?muc={section.pk}",
        "story": f"?bai={comment.thread_id}",
        "one": f"{comment.pk}/change/",
        "writer": f"nguoi-viet/{comment.commenter_id}/",
    }
    return named.get(address, address)


def measured(client: Client, address: str, watch: Clock) -> list[str]:
    """Milliseconds and queries of a page."""
    with CaptureQueriesContext(connection) as captured:
        client.get(DESK + address)
    queries, times = len(captured), []
    for _run in range(RUNS):
        start = watch.read()[0]
        assert client.get(DESK + address).status_code == 200
        times.append(watch.read()[0] - start)
    return [f"{1000 * statistics.median(times):.0f} ms", str(queries)]


# --- comments -----------------------------------------------------------------------------------------------------


def fill(waiting: int) -> None:
    chance, now = random.Random(7), timezone.now()
    stories = list(Article.objects.published().order_by("-published_at").values_list("pk", flat=True)[:800])
    Thread.objects.bulk_create([Thread(article_id=pk) for pk in stories], ignore_conflicts=True)
    people = [
        Commenter(name=f"Bạn đọc {n}", email_key=f"desk{n:060x}", approved_count=n % 7) for n in range(waiting // 5)
    ]
    writers = list(Commenter.objects.bulk_create(people, batch_size=2000))
    rows: list[Comment] = []
    for kind, share in SHARES.items():
        for _n in range(int(waiting * share)):
            rows.append(comment(kind, chance, now, stories, writers))
            if len(rows) == 5000:
                store(rows)
                rows = []
    store(rows)
    for number, counters in counting.recounted(Thread.objects.all()).items():
        Thread.objects.filter(pk=number).update(**{f"{name}_count": value for name, value in counters.items()})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def comment(kind: str, chance: random.Random, now: Any, stories: list[int], writers: list[Commenter]) -> Comment:
    body = " ".join(chance.choices(WORDS, k=chance.randrange(6, 60))).capitalize()
    sent = now - timedelta(minutes=chance.expovariate(1 / 1500))
    states = {"waiting": State.PENDING, "spam": State.SPAM, "rejected": State.REJECTED}
    state, writer = states.get(kind, State.VISIBLE), chance.choice(writers)
    return Comment(
        thread_id=chance.choice(stories),
        commenter=writer,
        author_name=writer.name,
        body=body,
        body_hash=identity.key("text", text.identity(body)),
        similarity=chance.getrandbits(63),
        fold=text.fold(f"{writer.name} {body}"),
        state=state,
        reason="other" if state == State.REJECTED else "",
        findings=[{"code": "link", "effect": "hold", "span": [0, 5]}] if chance.random() < 0.1 else [],
        created_at=sent,
        due_at=sent,
        published_at=sent if state == State.VISIBLE else None,
        reviewed_at=sent if kind in ("seen", "rejected") else None,
        report_count=int(kind == "reported"),
        report_weight=int(kind == "reported"),
        nonce=f"{chance.getrandbits(120):030x}",
        device_key=f"{chance.randrange(len(writers)):064x}",
    )


def store(rows: list[Comment]) -> None:
    stored = Comment.objects.bulk_create(rows, batch_size=1000)
    Report.objects.bulk_create(reports(stored), batch_size=1000)


def reports(rows: list[Comment]) -> Iterator[Report]:
    for row in rows:
        if row.report_count:
            yield Report(comment=row, reporter_key="k", reason="insult", note="Lời lẽ khó nghe")


if __name__ == "__main__":
    main()
