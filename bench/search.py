"""How long does a reader wait who searches? Fills an empty database with stories, then asks for search pages.

    python manage.py migrate && python bench/search.py --fill 10000
    python bench/search.py

Stories are rows only (no pictures, no log), spread evenly over twenty years; their words follow Zipf's law, as words
of a paper do. Each line: median, 95th percentile and worst time of whole pages, the statements of the slowest kind.
"""

import argparse
import os
import random
import statistics
import sys
import time
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from tqdm import tqdm

from articles import catalogue, loading
from articles.models import Article, Author, Byline, BylineRef, Placement, Revision, SearchDoc, Section, Snapshot
from newsroom.lib import telex, text

BATCH = 5_000
SECTIONS, AUTHORS = 12, 200
BODY, HEADLINE = 60, 5  # words of two syllables
YEARS = 20
PAIRS = "hà nội|thành phố|việt nam|giao thông|học sinh|bảo tàng|đường sắt|thị trường|giá vàng|nông thôn|đảng bộ"


def vocabulary() -> list[str]:
    """Words of two syllables, the frequent ones first: those of PAIRS among them, the others put together by chance."""
    chance = random.Random(1)
    spelled = (f"{onset}{rime}" for onset, rime in product(("", *telex.ONSETS), sorted(telex.RIMES)))
    toned = {unicodedata.normalize("NFC", bare + tone) for bare, tone in product(spelled, ("", *"\u0300\u0301\u0323"))}
    syllables = sorted(filter(telex.is_syllable, toned))
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
    with tqdm(total=count, unit="") as bar, transaction.atomic():
        for batch in batches(count, base + 1):
            SearchDoc.objects.bulk_create(batch)
            copy(template, batch[0].pk, batch[-1].pk)
            keys = [doc.pk for doc in batch]
            Placement.objects.bulk_create(
                Placement(article_id=doc.pk, section=sections[doc.pk % SECTIONS], published_at=doc.published_at)
                for doc in batch
            )
            Byline.objects.bulk_create(
                Byline(article_id=doc.pk, author=authors[doc.pk % AUTHORS], position=0, published_at=doc.published_at)
                for doc in batch
            )
            bar.update(len(keys))


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
    begin = timezone.now() - step * count
    for start in range(0, count, BATCH):
        batch = []
        for number in range(start, min(count, start + BATCH)):
            chosen = chance.choices(words, cum_weights=weights, k=HEADLINE + BODY)
            folded = [plain[word] for word in chosen]
            batch.append(
                SearchDoc(
                    article_id=first + number,
                    published_at=begin + step * number,
                    headline=" ".join(folded[:HEADLINE]),
                    body=" ".join(folded[HEADLINE:]),
                    headline_exact=" ".join(chosen[:HEADLINE]),
                    body_exact=" ".join(chosen[HEADLINE:]),
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
                f"FROM {model._meta.db_table} t, articles_searchdoc d WHERE t.id = %s AND d.article_id BETWEEN %s AND %s",
                [key, first, last],
            )


def settle() -> None:
    """What a database does by itself in time: lists of the index merged, statistics known."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--fill", type=int)
    arguments = parser.parse_args()
    fill(arguments.fill)
    settle()
