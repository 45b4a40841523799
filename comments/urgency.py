"""When should the desk look at a comment? The earlier `due_at`, the further up it stands in its queue.

Age counts by itself: who has waited longest is due first. What stands under a story that many read is due as if it had
waited longer already.
"""

from datetime import datetime, timedelta
from typing import Final

from articles.models import MostRead, Window

HEAT: Final = timedelta(minutes=20)  # ahead, under one of the most read stories of the day


def due_at(article_id: int, sent_at: datetime) -> datetime:
    """When a comment under this story is due that was sent then; in one query."""
    is_hot = MostRead.objects.filter(article=article_id, section=None, window=Window.DAY).exists()
    return sent_at - is_hot * HEAT
