"""Does what several hosts share work: the bucket of the pictures, Redis, the replica? The doctor asks."""

import logging
import secrets
import urllib.request
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Warning
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection, connections
from django.utils.translation import gettext as _
from redis import RedisError

from newsroom.lib.pagecache.replica import REPLICA

Findings = Iterator[CheckMessage]
PROBE: Final = b"newsroom"
BEHIND: Final = 16 << 20  # bytes of the log of changes
TIMEOUT: Final = 10  # seconds

logger = logging.getLogger(__name__)


def bucket_works() -> Findings:
    """Writes a file into each of its folders, reads it and deletes it again."""
    if "://" not in settings.STORAGE_URL:
        return
    name = f"doctor/{secrets.token_hex(8)}.jpg"
    for alias in ("default", "originals"):
        store: Any = storages[alias]
        try:
            store.save(name, ContentFile(PROBE))
            store.open(name).close()
            found = list(readable(alias, store, name))
            store.delete(name)
        except OSError as error:
            hint = _("Look at STORAGE_URL: key, secret, host, bucket; the key must read, write, list and delete.")
            text = _("The bucket of the pictures does not work: %s") % error.strerror
            yield Error(text, hint=hint, id="doctor.E011")
            return
        yield from found


def readable(alias: str, store: Any, name: str) -> Findings:
    """Whether readers get what is theirs, and nobody what is not."""
    if alias == "originals" and is_for_anybody(store.address(name)):
        hint = _("Allow everybody to read media/* only, not the whole bucket.")
        yield Error(_("Anybody can read the original pictures."), hint=hint, id="doctor.E013")
    elif alias == "default" and "://" in settings.MEDIA_URL and not is_for_anybody(store.url(name)):
        hint = _("Allow everybody to read media/* in the bucket, or take media=… out of STORAGE_URL.")
        text = _("Readers cannot get pictures from %s.") % settings.MEDIA_URL
        yield Error(text, hint=hint, id="doctor.E012")


def is_for_anybody(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:
            return bool(answer.read() == PROBE)
    except (OSError, ValueError):
        logger.info("nobody gets %s", address)
        return False


def redis_answers() -> Findings:
    shared: Any = caches["default"]
    if not hasattr(shared, "redis"):
        return
    try:
        shared.redis().ping()
    except (RedisError, OSError) as error:
        hint = _("Is Redis running? Does CACHE_URL name it? The site works meanwhile, a little slower.")
        text = _("Redis does not answer, each process counts and renders for itself: %s") % error
        yield Warning(text, hint=hint, id="doctor.W016")


def replica_follows() -> Findings:
    if REPLICA not in settings.DATABASES:
        return
    hint = _("Look at its server; pages are read from the primary meanwhile.")
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()::text")
            is_following, place = cursor.fetchone()
    except DatabaseError as error:
        yield Warning(_("The replica does not answer: %s") % error, hint=hint, id="doctor.W017")
        return
    if not is_following:
        hint = _("It must follow the database of DATABASE_URL (pg_basebackup --write-recovery-conf).")
        yield Error(_("DATABASE_REPLICA_URL names no replica."), hint=hint, id="doctor.E014")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), %s::pg_lsn)", [place])
        (behind,) = cursor.fetchone()
    if behind > BEHIND:
        text = _("The replica is %d MB of changes behind.") % (int(behind) >> 20)
        yield Warning(text, hint=hint, id="doctor.W018")
