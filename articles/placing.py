"""In which lists does a published story stand, and how many stories has a day?

`Placement` rows exist for stories that readers have or will have; `DayCount` counts exactly these rows. Both are
written in the transaction that publishes, withdraws or moves a story.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, F
from django.utils import timezone

from articles.models import Article, DayCount, Placement, Section
from newsroom.lib import dates

Day = tuple[date, int | None]  # a day in a section, or (None) in the whole paper


def with_parents(section_ids: Iterable[int | None]) -> set[int]:
    """Those of the sections that still exist, and the parents under which their stories are listed too."""
    found = Section.objects.filter(pk__in={pk for pk in section_ids if pk}).values_list("pk", "parent_id")
    return {pk for row in found for pk in row if pk is not None}


def place(article: Article, other_sections: Iterable[int] = ()) -> set[int]:
    """List the story where its live columns say, or nowhere if readers cannot have it; returns sections touched."""
    is_in_sight = is_shown(article.section_id)  # first: nobody else moves stories of this section meanwhile
    article.is_over = Article.objects.filter(pk=article.pk, is_over=True).exists()  # a clock, no verb, sets it
    before = list(Placement.objects.filter(article=article))
    target: set[int] = set()
    if is_in_sight and article.published_at is not None and article.withdrawn_at is None and not article.is_over:
        target = with_parents({article.section_id, *other_sections})
    Placement.objects.filter(article=article).delete()
    after = [Placement(article=article, section_id=pk, published_at=article.published_at) for pk in sorted(target)]
    Placement.objects.bulk_create(after)
    change = days_of(after)
    change.subtract(days_of(before))
    add_to_days(change)
    return target | {row.section_id for row in before}


def is_shown(section_id: int | None) -> bool:
    """Readers see the section, until this transaction ends: whoever hides it waits for the story, and the reverse."""
    rows = Section.objects.select_for_update(no_key=True).filter(pk=section_id)
    return any(section.is_public for section in rows)


def days_of(placements: Iterable[Placement]) -> Counter[Day]:
    """What one story's placements add to each day, the whole paper's count included once."""
    counts: Counter[Day] = Counter()
    for placement in placements:
        day = dates.local(placement.published_at).date()
        counts[(day, placement.section_id)] = 1
        counts[(day, None)] = 1
    return counts


def add_to_days(change: Counter[Day]) -> None:
    """Move the counts. A day named with 0 has changed otherwise: a story of it was published anew.

    Rows are taken in one order, so that two publications cannot wait for each other.
    """
    moves, now = sorted(change.items(), key=lambda move: (move[0][0], move[0][1] or 0)), timezone.now()
    DayCount.objects.bulk_create(
        [DayCount(day=day, section_id=section, count=0) for (day, section), by in moves if by > 0],
        ignore_conflicts=True,
    )
    for (day, section), by in moves:
        DayCount.objects.filter(day=day, section_id=section).update(count=F("count") + by, changed_at=now)


def recount() -> int:
    """Rebuild every count from the placements (the caller holds a transaction); returns the number of rows."""
    changed: dict[Day, datetime] = {(row.day, row.section_id): row.changed_at for row in DayCount.objects.all()}
    DayCount.objects.all().delete()
    counts: Counter[Day] = Counter()
    placed = Placement.objects.values_list("article__published_on", "section").annotate(n=Count("pk")).order_by()
    for day, section, stories in placed:
        counts[(day, section)] = stories
    articles = Article.objects.filter(placements__isnull=False)
    for day, stories in articles.values_list("published_on").annotate(n=Count("pk", distinct=True)).order_by():
        counts[(day, None)] = stories
    now = timezone.now()
    rows = [
        DayCount(day=day, section_id=section, count=n, changed_at=changed.get((day, section), now))
        for (day, section), n in counts.items()
    ]
    return len(DayCount.objects.bulk_create(rows, batch_size=500))
