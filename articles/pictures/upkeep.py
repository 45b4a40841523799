"""What do pictures lack that came before an upgrade, and how do they get it? Files, a colour, a focal point."""

from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from articles import keys, renditions, tones
from articles.models import FOCUS, Article, Image
from articles.pictures.verbs import portraits
from newsroom.lib.pagecache.models import bump

UNSET: Final = (50, 50)  # the focal point of pictures that nobody had looked at, before they had a colour
WRITTEN: Final = ["renditions", "colour", "focal_x", "focal_y"]


def incomplete() -> QuerySet[Image]:
    """Pictures that came before one of the families existed, their files were weighed, or they had a colour."""
    every_family = Q(renditions__has_keys=list(renditions.FAMILIES))
    weighed = Q(renditions__full__has_key="bytes")
    return Image.objects.filter(~every_family | ~weighed | Q(colour="")).order_by("pk")


def complete(image: Image) -> bool:
    """Make what the picture lacks; what it has stays as it is, and so do the stories that show it.

    Crops are made anew only where nobody had set the focal point and the default one shows more of the heads.
    Returns False if somebody moved the focal point or deleted the picture meanwhile: the new files are gone again.
    Raises OSError if the kept original or one of the files cannot be read.
    """
    before = image.renditions
    wanted = [family for family in renditions.ALL if family.name not in before]
    if not image.colour:
        with image.file.open("rb") as original:
            image.colour = tones.of_file(original.read())
        if (image.focal_x, image.focal_y) == UNSET:
            image.focal_x, image.focal_y = FOCUS
            wanted += [family for family in renditions.CROPPED if family.name in before and is_moved(image, family)]
    try:
        if wanted:
            image.renditions = renditions.make_renditions(image, wanted)
        image.renditions = renditions.weighed(image)
        kept = keep(image, before)
    except BaseException:
        discard(image, before)
        raise
    if not kept:
        discard(image, before)
    return kept


def is_moved(image: Image, family: renditions.Family) -> bool:
    """Whether the default focal point cuts the picture elsewhere than its middle did."""
    boxes = {renditions.crop_box(image.width, image.height, family.shape, focus) for focus in (UNSET, FOCUS)}
    return len(boxes) > 1


def keep(image: Image, before: dict[str, Any]) -> bool:
    """Write the row, unless its files are no longer those of before."""
    with transaction.atomic():
        row = Image.objects.select_for_update().filter(pk=image.pk).first()
        if row is None or row.renditions != before:
            return False
        image.save(update_fields=WRITTEN)
        stories = Article.objects.filter(lead_image=image, published_at__isnull=False).values_list("pk", flat=True)
        bump({keys.HOME, *map(keys.article, stories), *portraits(image)})  # any list may show it
    return True


def discard(image: Image, before: dict[str, Any]) -> None:
    """Take away the files that were made now."""
    for family, entry in image.renditions.items():
        if entry["v"] != before.get(family, {}).get("v"):
            renditions.remove(image.key, family, entry["v"])
