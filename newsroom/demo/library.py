"""How do the drawn pictures come into the picture library? Drawn and prepared in other processes, stored here."""

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser

from articles.models import Image
from articles.pictures import PictureRefused, Prepared, keep_picture, prepare
from newsroom.demo.pictures import PICTURES, draw
from newsroom.importing.pictures import in_parallel

Keys = dict[str, int]  # the name of a drawing -> the picture in the library


def set_up_library(by: AbstractBaseUser, advance: Callable[[int], object]) -> Keys:
    """Every drawing in the library; those that are there already are not drawn again. `advance` counts them."""
    names = {file_name(key): key for key in PICTURES}
    stored = dict(Image.objects.filter(file_name__in=names).values_list("file_name", "pk"))
    found = {key: stored[name] for name, key in names.items() if name in stored}
    advance(len(found))
    for key, prepared in in_parallel(drawn, [key for key in PICTURES if key not in found]):
        found[key] = keep(key, prepared, by).pk
        advance(1)
    return found


def file_name(key: str) -> str:
    return f"{key}.jpg"


def drawn(key: str) -> Prepared:
    """One scene, ready to be stored. Runs in a process of its own."""
    return prepare(draw(key), (PICTURES[key].focal_x, PICTURES[key].focal_y))


def keep(key: str, prepared: Prepared, by: AbstractBaseUser) -> Image:
    about = PICTURES[key]
    try:
        return keep_picture(
            prepared,
            by=by,
            file_name=file_name(key),
            title=about.title,
            caption=about.caption,
            credit=about.credit,
            alt=about.alt,
            focal_x=about.focal_x,
            focal_y=about.focal_y,
        )
    except PictureRefused as refused:
        if refused.duplicate is None:
            raise
        return refused.duplicate
