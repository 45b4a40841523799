"""Which pictures lack files that machines or pages ask for, and how do they get them?"""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from articles import keys, renditions
from articles.models import Article, Image
from articles.pictures.verbs import portraits
from newsroom.lib.pagecache.models import bump


def incomplete() -> QuerySet[Image]:
    """Pictures that came before one of the families existed, or before their files were weighed."""
    every_family = Q(renditions__has_keys=list(renditions.FAMILIES))
    return Image.objects.filter(~every_family | ~Q(renditions__full__has_key="bytes")).order_by("pk")


def complete(image: Image) -> bool:
    """Make the files that the picture lacks; those that it has stay as they are, and so do the stories that show it.

    Returns False if somebody moved the focal point or deleted the picture meanwhile: the new files are gone again.
    Raises OSError if the kept original or one of the files cannot be read.
    """
    before = image.renditions
    missing = [family for family in renditions.ALL if family.name not in before]
    try:
        if missing:
            image.renditions = renditions.make_renditions(image, missing)
        image.renditions = renditions.weighed(image)
        kept = keep(image, before)
    except BaseException:
        discard(image, before)
        raise
    if not kept:
        discard(image, before)
    return kept


def keep(image: Image, before: dict[str, Any]) -> bool:
    """Write the row, unless its files are no longer those of before."""
    with transaction.atomic():
        row = Image.objects.select_for_update().filter(pk=image.pk).first()
        if row is None or row.renditions != before:
            return False
        image.save(update_fields=["renditions"])
        stories = Article.objects.filter(lead_image=image, published_at__isnull=False).values_list("pk", flat=True)
        bump({*map(keys.article, stories), *portraits(image)})
    return True


def discard(image: Image, before: dict[str, Any]) -> None:
    for family in image.renditions.keys() - before.keys():
        renditions.remove(image.key, family, image.renditions[family]["v"])
