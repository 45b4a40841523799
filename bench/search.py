"""How long does a reader wait who searches? Fills an empty database with stories, then asks for search pages.

    python manage.py migrate && python bench/search.py --fill 10000
    python bench/search.py

DATABASE_URL says which database. Stories are rows only (no pictures, no log) of 130 syllables, spread evenly over
twenty years; their words follow Zipf's law, as those of a paper do. Each line is about whole pages, asked one after
the other in this process: processor time, which other work on the machine does not change, time on the clock, which
it does, and the most statements that one page took.
"""

import argparse
import os
import random
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from tqdm import tqdm

from articles import catalogue, loading
from articles.models import Article, Author, Byline, BylineRef, Placement, Revision, SearchDoc, Section, Snapshot
from articles.ranking import author_key, section_key
from newsroom.lib import text
from newsroom.lib.proofreading import syllables as spelling

BATCH = 5_000
SECTIONS, AUTHORS = 12, 200
BODY, HEADLINE = 60, 5  # words of two syllables
YEARS = 20
PAIRS = "hà nội|thành phố|việt nam|giao thông|học sinh|bảo tàng|đường sắt|thị trường|giá vàng|nông thôn|đảng bộ"


def vocabulary() -> list[str]:
    """Words of two syllables, the frequent ones first: those of PAIRS, and others put together by chance."""
    chance = random.Random(1)
    onsets, rimes = sorted(spelling.ONSETS), sorted(spelling.RIMES)
    spelled = (f"{onset}{rime}" for onset, rime in product(onsets, rimes))
    toned = {unicodedata.normalize("NFC", bare + tone) for bare, tone in product(spelled, ("", *"\u0300\u0301\u0323"))}
    syllables = sorted(filter(spelling.is_word, toned))
    chance.shuffle(syllables)
    weights = list(accumulate(1 / (rank + 40) for rank in range(1, len(syllables) + 1)))
    made = [" ".join(chance.choices(syllables, cum_weights=weights, k=2)) for _ in range(30_000)]
    for place, pair in enumerate(PAIRS.split("|")):
        made.insert(3 + 40 * place, pair)
    return made


# --- filling ------------------------------------------------------------------------------------------------------


def fill(count: int) -> None:
    """So many stories: one that is loaded like any other, and copies of its rows with words of their own."""
    template = first_story()
    sections, authors = list(Section.objects.order_by("pk")), list(Author.objects.order_by("pk"))
    base = template.pk
    connection.close()  # how PostgreSQL checks keys was planned for empty tables
    with tqdm(total=count, unit="") as bar:
        for batch in batches(count, base + 1):
            with transaction.atomic():
                add(batch, template, sections, authors)
            bar.update(len(batch))


def add(batch: list[SearchDoc], template: Article, sections: list[Section], authors: list[Author]) -> None:
    SearchDoc.objects.bulk_create(batch)
    copy(template, batch[0].pk, batch[-1].pk)
    Placement.objects.bulk_create(
        Placement(article_id=doc.pk, section=sections[doc.pk % SECTIONS], published_at=doc.published_at)
        for doc in batch
    )
    Byline.objects.bulk_create(
        Byline(article_id=doc.pk, author=authors[doc.pk % AUTHORS], position=0, published_at=doc.published_at)
        for doc in batch
    )


def first_story() -> Article:
    user = get_user_model().objects.create(username="bench")
    for number in range(SECTIONS):
        catalogue.save_section(Section(name=f"Mục {number}"))
    for number in range(AUTHORS):
        catalogue.save_author(Author(name=f"Tác giả {number}"))
    snapshot = Snapshot(
        headline="Bài đầu tiên",
        lead="Tin ngắn.",
        body="<p>Tin ngắn.</p>",
        section=Section.objects.order_by("pk")[0].pk,
        bylines=(BylineRef(Author.objects.order_by("pk")[0].pk),),
    )
    loading.load_published([loading.Loaded(snapshot, timezone.now() - timedelta(days=366 * YEARS))], by=user)
    return Article.objects.get()


def batches(count: int, first: int) -> Iterator[list[SearchDoc]]:
    words = vocabulary()
    plain = {word: text.fold(word) for word in words}
    weights = list(accumulate(1 / (rank + 60) for rank in range(1, len(words) + 1)))
    chance = random.Random(2)
    step = timedelta(days=365 * YEARS) / count
    sections = list(Section.objects.order_by("pk").values_list("pk", flat=True))
    authors = list(Author.objects.order_by("pk").values_list("pk", flat=True))
    begin = timezone.now() - step * count
    for start in range(0, count, BATCH):
        batch = []
        for number in range(start, min(count, start + BATCH)):
            pk = first + number
            chosen = chance.choices(words, cum_weights=weights, k=HEADLINE + BODY)
            folded = [plain[word] for word in chosen]
            batch.append(
                SearchDoc(
                    article_id=pk,
                    published_at=begin + step * number,
                    headline=" ".join(folded[:HEADLINE]),
                    body=" ".join(folded[HEADLINE:]),
                    headline_exact=" ".join(chosen[:HEADLINE]),
                    body_exact=" ".join(chosen[HEADLINE:]),
                    places=f"{section_key(sections[pk % SECTIONS])} {author_key(authors[pk % AUTHORS])}",
                )
            )
        yield batch


def copy(template: Article, first: int, last: int) -> None:
    """Rows of stories and revisions for the documents with these keys, in the two databases' common SQL."""
    written = {
        "id": "d.article_id",
        "headline": "d.headline_exact",
        "headline_fold": "d.headline",
        "desk_headline": "d.headline_exact",
        "lead": "''",
        "body": "'<p>' || d.body_exact || '</p>'",
        "published_at": "d.published_at",
        "published_on": "date(d.published_at)",
        "first_published_at": "d.published_at",
        "section_id": f"(SELECT min(id) FROM articles_section) + d.article_id %% {SECTIONS}",
        "live_revision_id": "d.article_id",
        "working_revision_id": "d.article_id",
    }
    revised = {"id": "d.article_id", "article_id": "d.article_id"}
    with connection.cursor() as cursor:
        for model, changed, key in ((Article, written, template.pk), (Revision, revised, template.live_revision_id)):
            columns = [field.column for field in model._meta.concrete_fields]
            values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {values} "
                f"FROM {model._meta.db_table} t, articles_searchdoc d "
                "WHERE t.id = %s AND d.article_id BETWEEN %s AND %s",
                [key, first, last],
            )


def settle() -> None:
    """What a database does by itself in time: lists of the index merged, statistics known."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


# --- measuring ------------------------------------------------------------------------------------------------------


def questions() -> dict[str, list[dict[str, str]]]:
    """Kinds of searches by name; together more than two hundred. No two are the same, so that no cache helps."""
    chance = random.Random(3)
    words = vocabulary()
    frequent, usual, rare = words[:120], words[300:3000], words[15_000:]
    section = [section.slug for section in Section.objects.all()]
    author = [author.slug for author in Author.objects.all()]

    def some(kind: list[str], count: int = 30) -> list[str]:
        return chance.sample(kind, count)

    return {
        "one frequent word": [{"q": word.split()[0]} for word in some(frequent)],
        "frequent words": [{"q": word} for word in some(frequent)],
        "usual words": [{"q": f"{one} {other}"} for one, other in zip(some(usual), some(frequent), strict=True)],
        "rare words": [{"q": word} for word in some(rare)],
        "without marks": [{"q": text.fold(word)} for word in some(usual)],
        "in quotes": [{"q": f'"{word}"'} for word in some(frequent)],
        "in a section": [{"q": word, "chuyen-muc": chance.choice(section)} for word in some(frequent)],
        "by an author": [{"q": word, "tac-gia": chance.choice(author)} for word in some(usual)],
        "between days": [{"q": word, "tu": "01/02/2012", "den": "28/02/2012"} for word in some(frequent)],
        "oldest first": [{"q": word, "xep": "cu"} for word in some(frequent)],
        "second page": [{"q": word, "trang": "2"} for word in some(frequent)],
        "keys of Telex": [{"q": f"{word} tieengs"} for word in some(usual)],
        "nothing found": [{"q": f"{word} zzq{number}"} for number, word in enumerate(some(usual))],
    }


def beginnings() -> list[dict[str, str]]:
    """What a reader has typed after each letter."""
    chosen = random.Random(4).sample(vocabulary()[:5000], 20)
    return [{"q": word[:size]} for word in chosen for size in range(2, len(word) + 1)]


@dataclass(frozen=True)
class Asking:
    """What one page cost: milliseconds on the clock, milliseconds of processor time, statements."""

    waited: float
    worked: float
    statements: int


def measure() -> None:
    count = SearchDoc.objects.count()
    sys.stdout.write(f"{connection.vendor}, {count:,} stories; milliseconds of processor time (and on the clock)\n")
    sys.stdout.write(
        f"{'':20}{'n':>5}{'median':>9}{'p95':>9}{'worst':>9}{'(median)':>10}{'(p95)':>9}{'statements':>12}\n"
    )
    every = []
    for name, asked in questions().items():
        every += timed(name, "/tim-kiem/", asked)
    line("all searches", every)
    timed("suggestions", "/tim-kiem/goi-y/", beginnings())


def timed(name: str, path: str, asked: list[dict[str, str]]) -> list[Asking]:
    """What each page cost; the first is asked twice, and counts once it is warm."""
    client = Client(headers={"host": "127.0.0.1"})
    client.get(path, asked[0], REMOTE_ADDR="192.0.2.1")
    found = []
    for number, parameters in enumerate(asked):
        address = f"198.51.{number // 250}.{number % 250}"  # nobody asks too often
        statements = Statements()
        clock, work = time.perf_counter(), processor_time()
        with connection.execute_wrapper(statements):
            response = client.get(path, parameters, REMOTE_ADDR=address)
        found.append(Asking((time.perf_counter() - clock) * 1000, (processor_time() - work) * 1000, statements.count))
        if response.status_code not in (200, 404):
            raise RuntimeError(f"{response.status_code} for {parameters}")
    line(name, found)
    return found


def processor_time() -> float:
    """Seconds of this process and, on PostgreSQL, of the one that serves its connection (on this machine, Linux)."""
    spent = time.process_time()
    if connection.vendor == "postgresql":
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        spent += int(server.read_text().split()[0]) / 1e9
    return spent


class Statements:
    """Counts what reaches the database."""

    count = 0

    def __call__(self, execute: Callable, *statement: object) -> object:
        self.count += 1
        return execute(*statement)


def line(name: str, found: list[Asking]) -> None:
    worked, waited = sorted(one.worked for one in found), sorted(one.waited for one in found)
    p95 = int(0.95 * (len(found) - 1))
    sys.stdout.write(
        f"{name:20}{len(found):5}{statistics.median(worked):9.1f}{worked[p95]:9.1f}{worked[-1]:9.1f}"
        f"{statistics.median(waited):10.1f}{waited[p95]:9.1f}{max(one.statements for one in found):12}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fill", type=int, metavar="STORIES", help="first fill the database, which must be empty")
    count = parser.parse_args().fill
    if count:
        fill(count)
        settle()
    measure()


if __name__ == "__main__":
    main()
