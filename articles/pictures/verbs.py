"""Who may add, change and delete a picture, and what follows from it for files, stories and pages?

Files are written before the row and deleted after it, never inside a transaction: encoding takes seconds, and a
picture is never stored by half.
"""

import secrets
from collections.abc import Iterable
from copy import copy
from datetime import date
from pathlib import Path, PurePath
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import keys, publishing, renditions
from articles.models import FOCUS, Author, Image, Role
from articles.pictures.files import PictureRefused, Prepared, prepare, read_upload
from articles.pictures.uses import fronts_showing, stories_showing, uses_of
from articles.rights import Grants, Person, grants_of
from newsroom.lib import text
from newsroom.lib.audit.changes import said
from newsroom.lib.audit.models import record
from newsroom.lib.pagecache.models import bump


class Details(TypedDict, total=False):
    """What people say about a picture."""

    title: str
    caption: str
    credit: str
    alt: str
    is_decorative: bool
    focal_x: int
    focal_y: int
    rights: str
    rights_from: date | None
    rights_until: date | None


def may_add(grants: Grants) -> bool:
    """Everyone who writes or edits may add pictures and use those that are there."""
    return grants.anywhere(Role.REPORTER, Role.EDITOR, Role.PUBLISHER, Role.CHIEF)


def may_change(user: Person, image: Image, grants: Grants) -> bool:
    """Who uploaded a picture may change and delete it, and so may every editor."""
    editing = grants.anywhere(Role.EDITOR, Role.PUBLISHER, Role.CHIEF)
    return editing or (may_add(grants) and image.uploaded_by_id == user.pk)


# --- add --------------------------------------------------------------------------------------------------------


def add_picture(upload: File, *, by: Person | None, **details: Unpack[Details]) -> Image:
    """Take an uploaded file into the library; what `details` leaves out is read from its IPTC data.

    `by` None is the house itself (demo, import). Raises PictureRefused with the reason, carrying the first picture if
    this is an exact duplicate, and PermissionDenied.
    """
    if by is not None and not may_add(grants_of(by)):
        raise PermissionDenied
    data = read_upload(upload)
    prepared = prepare(data, (details.get("focal_x", FOCUS[0]), details.get("focal_y", FOCUS[1])))
    return keep_picture(prepared, by=by, file_name=upload.name or "", **details)


def keep_picture(prepared: Prepared, *, by: Person | None, file_name: str, **details: Unpack[Details]) -> Image:
    """Store a prepared picture: files first, then the row; if that fails the files go again. Raises PictureRefused."""
    refuse_duplicate(prepared.digest)
    image = Image(
        key=secrets.token_hex(16),
        file_name=PurePath(text.clean_line(file_name).replace("\\", "/")).name[:200],
        width=prepared.width,
        height=prepared.height,
        bytes=len(prepared.original),
        format=prepared.format,
        digest=prepared.digest,
        colour=prepared.colour,
        uploaded_by_id=by.pk if by is not None else None,
        **described(prepared, file_name, details),
    )
    image.fold = search_key(image)
    image.clean_fields(exclude=["file"])
    image.validate_constraints(exclude=["key", "digest"])
    try:
        image.file.save(
            f"{image.key[:2]}/{image.key}.{prepared.extension}", ContentFile(prepared.original), save=False
        )
        image.renditions = renditions.store(image.key, prepared.renditions)
        with transaction.atomic():
            image.save(force_insert=True)
            if by is not None:
                record("image.added", by=by, about=image)
    except BaseException as error:
        discard_files(image)
        if isinstance(error, IntegrityError):
            refuse_duplicate(prepared.digest)
        raise
    return image


def described(prepared: Prepared, file_name: str, details: Details) -> Details:
    """What is said about a new picture: by the uploader, else by the file, else by its name."""
    words = prepared.words
    title = details.get("title") or words.title or text.excerpt(words.caption, 100) or title_from(file_name)
    return {
        **details,
        "title": title,
        "caption": details.get("caption") or words.caption,
        "credit": details.get("credit") or words.credit,
    }


def title_from(file_name: str) -> str:
    stem = Path(text.clean_line(file_name)).stem
    return " ".join(stem.replace("_", " ").replace("-", " ").split())[:200] or _("Picture")


def refuse_duplicate(digest: str) -> None:
    first = Image.objects.filter(digest=digest).first()
    if first is not None:
        message = _("This very file is in the library already: “%(title)s”.") % {"title": first.title}
        raise PictureRefused(message, "duplicate", first)


def search_key(image: Image) -> str:
    return text.fold(" ".join((image.title, image.caption, image.credit, image.alt, image.file_name)))


def discard_files(image: Image) -> None:
    if image.file:
        image.file.delete(save=False)
    renditions.remove(image.key)


# --- change -----------------------------------------------------------------------------------------------------


def change_picture(image: Image, *, by: Person, **details: Unpack[Details]) -> Image:
    """Change what is said about a picture or where its focal point lies; stories that show it are rendered anew.

    Raises PermissionDenied, and ValidationError for values that cannot be. The crops of before stay until the next
    change, for pages that caches still hold.
    """
    if not may_change(by, image, grants_of(by)):
        raise PermissionDenied
    image.refresh_from_db()  # a colleague may have changed other details meanwhile
    stored, focus, before = copy(image), (image.focal_x, image.focal_y), image.renditions
    for field, value in details.items():
        setattr(image, field, value)
    image.fold = search_key(image)
    image.clean_fields(exclude=["file"])
    image.validate_constraints(exclude=["key", "digest"])
    changed, cropped = [*details, "fold"], focus != (image.focal_x, image.focal_y)
    if cropped:
        image.renditions = renditions.make_renditions(image, renditions.CROPPED)
        changed.append("renditions")
    try:
        with transaction.atomic():
            image.save(update_fields=changed)
            record("image.changed", by=by, about=image, fields=changes(stored, image, details))
            bump(refresh_stories(image, by) | portraits(image) | fronts(image))
            if cropped:
                remove_outdated(image.key, before)
    except BaseException:
        if cropped:
            renditions.remove(image.key, version=image.renditions["card"]["v"])
        raise
    return image


def remove_outdated(key: str, before: dict[str, Any]) -> None:
    """Once this change is through, delete the crops that the change before it had replaced."""
    for family in renditions.CROPPED:
        if outdated := before.get(family.name, {}).get("was"):
            renditions.remove_after_commit(key, family.name, outdated)


def changes(before: Image, after: Image, fields: Iterable[str]) -> dict[str, list[str]]:
    """What the log keeps: each field that differs, with its value before and after."""
    pairs = {name: [said(getattr(before, name)), said(getattr(after, name))] for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def refresh_stories(image: Image, by: Person) -> set[str]:
    """Render the published stories with this picture anew; returns the keys of the pages that show or list them."""
    stale: set[str] = set()
    for story in stories_showing(image).select_for_update():
        stale |= publishing.render_again(story, by=by, now=timezone.now()).keys
        stale |= publishing.stale_pages(story)
    return stale


def portraits(image: Image) -> set[str]:
    authors = set(Author.objects.filter(portrait=image).values_list("pk", flat=True))
    return {keys.AUTHORS, *map(keys.author, authors)} if authors else set()


def fronts(image: Image) -> set[str]:
    return {keys.section(front.section_id) if front.section_id else keys.HOME for front in fronts_showing(image)}


# --- delete -----------------------------------------------------------------------------------------------------


def delete_picture(image: Image, *, by: Person) -> None:
    """Delete a picture that nothing uses, its files after the commit.

    Raises PermissionDenied, and ValidationError naming the first places that use it.
    """
    if not may_change(by, image, grants_of(by)):
        raise PermissionDenied
    in_use = uses_of(image, by, limit=5)
    if in_use:
        raise ValidationError(
            _("The picture is in use: %(where)s.") % {"where": "; ".join(map(str, in_use))}, "in_use"
        )
    file, key = image.file.name, image.key
    storage: Any = image.file.storage
    try:
        with transaction.atomic():
            record("image.deleted", by=by, about=image)
            image.delete()
            transaction.on_commit(lambda: storage.delete(file))
            renditions.remove_after_commit(key)
    except ProtectedError:
        raise ValidationError(_("The picture is in use."), "in_use") from None
