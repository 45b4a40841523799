"""How does a backup become the site again, and is the site then the same?

Pictures come first (what stands at a name never changes), then the database in one transaction, then what the backup
does not know is removed: at every moment the database names files that are there.
"""

from pathlib import Path
from typing import Final

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import F
from django.utils.translation import gettext as _

from articles.models import Article
from newsroom.backup.archive import DATABASE, STORES, Manifest, Member, Tell, copy, opened, walk, workroom
from newsroom.backup.databases import Trouble, engine
from newsroom.lib.pagecache.models import Epoch

AHEAD: Final = 1_000_000  # versions: no page that some process keeps from before can pass for one of the restored site


def restore(path: Path, tell: Tell) -> Manifest:
    """Make the site what it was. Raises Trouble; the database is then as before, or the site is not the same."""
    with opened(path) as (archive, manifest):
        for name, member in manifest.files.items():
            if name != DATABASE:
                folder, _slash, inside = name.partition("/")
                storage = storages[STORES[folder]]
                if stored(storage, inside) != member:
                    storage.delete(inside)
                    with archive.open(name) as file:
                        storage.save(inside, File(file, inside))
                tell(name)
        with workroom() as work:
            engine().load(Path(archive.extract(DATABASE, work)))
    for folder, alias in STORES.items():
        for name in list(walk(storages[alias])):
            if f"{folder}/{name}" not in manifest.files:
                storages[alias].delete(name)
    if differing := differences(manifest, tell):
        raise Trouble(_("The restored site is not the same: %s") % ", ".join(differing[:5]))
    Epoch.objects.update(version=F("version") + AHEAD)
    return manifest


def refusal(manifest: Manifest, force: bool) -> str:
    """Why this backup is not to be restored here; "" where it may."""
    if manifest.vendor != connection.vendor:
        told = {"theirs": manifest.vendor, "ours": connection.vendor}
        return _("The backup is of a database of %(theirs)s, DATABASE_URL names one of %(ours)s.") % told
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        return _("The backup is of a newer version of the newsroom (%s): upgrade first.") % newer[0]
    if not force and not is_empty():
        return _("There is a paper here already. With --force the backup takes its place, and what is here is lost.")
    return ""


def is_empty() -> bool:
    """Whether nothing would be lost: no stories, no people, no pictures."""
    try:
        with_rows = Article.objects.exists() or get_user_model().objects.exists()
    except DatabaseError:  # no tables yet
        with_rows = False
    return not with_rows and not any(next(walk(storages[alias]), "") for alias in STORES.values())


def differences(manifest: Manifest, tell: Tell) -> list[str]:
    """The tables and files that are not as in the backup; none, when the site is the same."""
    tables = engine().fingerprints(tell)
    names = manifest.tables.keys() | tables.keys()
    wrong = sorted(name for name in names if manifest.tables.get(name) != tables.get(name))
    here = {f"{folder}/{name}" for folder, alias in STORES.items() for name in walk(storages[alias])}
    there = manifest.files.keys() - {DATABASE}
    wrong += sorted(here ^ there)
    for name in sorted(here & there):
        folder, _slash, inside = name.partition("/")
        wrong += [name] if stored(storages[STORES[folder]], inside) != manifest.files[name] else []
        tell(name)
    return wrong


def stored(storage: Storage, name: str) -> Member | None:
    """What is in the store under the name; None: nothing."""
    if not storage.exists(name):
        return None
    with storage.open(name) as file:
        return copy(file)
