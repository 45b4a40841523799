"""Which old versions are nobody's any more? Whatever anything but a picture points at stays, now and later."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.functions import TruncDate

from articles.models import ImageUse, Revision
from newsroom.lib import dates

BATCH: Final = 200


def referrers() -> list[ForeignObjectRel]:
    """Every relation to a revision that makes it somebody's: live, due, worked on, published, signed, previewed …

    Read from the models, so that one added later protects by itself. Uses of pictures go with their version.
    """
    found = Revision._meta.get_fields(include_hidden=True)  # most relations are hidden: related_name="+"
    return [each for each in found if isinstance(each, ForeignObjectRel) and each.related_model is not ImageUse]


def stale(before: datetime) -> QuerySet[Revision]:
    """Versions saved before that time that nothing points at and nobody named.

    The last one of each day stays, and so does the first of all: an imported story was published with it.
    """
    same_day = Revision.objects.annotate(day=TruncDate("created_at", tzinfo=dates.TZ)).filter(
        article=OuterRef("article"), number__gt=OuterRef("number"), day=OuterRef("day")
    )
    revisions = Revision.objects.annotate(day=TruncDate("created_at", tzinfo=dates.TZ))
    revisions = revisions.filter(Exists(same_day), created_at__lt=before, label="", number__gt=1)
    for relation in referrers():
        holders: Any = relation.related_model
        revisions = revisions.exclude(Exists(holders._base_manager.filter(**{relation.field.name: OuterRef("pk")})))
    return revisions.order_by("pk")


def prune(before: datetime, advance: Callable[[int], Any] = lambda count: None) -> int:
    """Delete what is stale, some at a time, each lot whole or not at all; returns how many versions are gone."""
    count = 0
    for lot in lots(before):
        with transaction.atomic():
            rows = stale(before).filter(pk__in=lot).select_for_update(of=("self",))
            still = list(rows.values_list("pk", flat=True))
            Revision.objects.filter(pk__in=still).only("pk").delete()
        count += len(still)
        advance(len(lot))
    return count


def lots(before: datetime) -> Iterator[list[int]]:
    """Keys of stale versions, BATCH at a time."""
    last = 0
    while lot := list(stale(before).filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield lot
        last = lot[-1]
