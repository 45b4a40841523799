"""How does a picture come into the library, change, and leave it, and which stories show it?"""

from articles.pictures.files import FORMATS_TAKEN, PictureRefused, Prepared, prepare
from articles.pictures.uses import Use, stories_showing, uses_of
from articles.pictures.verbs import (
    Details,
    add_picture,
    change_picture,
    delete_picture,
    keep_picture,
    may_add,
    may_change,
)

__all__ = [
    "FORMATS_TAKEN",
    "Details",
    "PictureRefused",
    "Prepared",
    "Use",
    "add_picture",
    "change_picture",
    "delete_picture",
    "keep_picture",
    "may_add",
    "may_change",
    "prepare",
    "stories_showing",
    "uses_of",
]
