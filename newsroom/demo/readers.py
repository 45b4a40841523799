"""How often were the stories of the demonstration read? Invented counts of the last week, the same at each run."""

import random
from datetime import datetime
from typing import Final

from django.utils import timezone

from articles import readership
from articles.models import Article, ReadCount, Window

STORIES: Final = 60  # the newest ones; older ones find a reader now and then
DAY: Final = 24  # hours
AT_NIGHT: Final = 0.15  # of what is read by day


def set_up_readers(now: datetime | None = None) -> None:
    """Counts for each hour, many when a story is new and fewer later, and the lists; nothing where there are any."""
    if ReadCount.objects.exists():
        return
    now = now or timezone.now()
    last = readership.hour_of(now)
    first = last - readership.HOURS[Window.WEEK] + 1
    rows = []
    for story in Article.objects.published(now).newest_first()[:STORIES]:
        chance = random.Random(f"reads {story.headline}")
        appeal = chance.lognormvariate(4.2, 0.9)  # reads of its best hour
        out = readership.hour_of(story.published_at or now)
        for hour in range(max(first, out), last + 1):
            awake = 1.0 if 6 <= (hour + 7) % DAY <= 22 else AT_NIGHT
            count = int(appeal * awake * chance.uniform(0.6, 1.4) / (1 + (hour - out) / 6))
            if count:
                rows.append(ReadCount(article=story, hour=hour, count=count))
    ReadCount.objects.bulk_create(rows, batch_size=500)
    readership.rank_due(now)
