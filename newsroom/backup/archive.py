"""What is in a backup? A zip: the database, every picture and original, and a manifest with the digest of each.

It appears under its name only when it was read back and found right. It holds personal data: its owner alone reads it.
"""

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.backup.databases import Fingerprint, Trouble, engine

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
STORES: Final = {"media": "default", "originals": "originals"}  # folder of the archive: alias of the storage
BLOCK: Final = 1 << 20
PATTERN: Final = "newsroom-*.zip"

Tell = Callable[[str], None]  # of each table and file that is done


@dataclass(frozen=True)
class Member:
    """A file of the archive: its bytes and their SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What the archive holds, and of what it is a copy."""

    made: str
    site: str
    vendor: str
    migrations: list[str]
    tables: dict[str, Fingerprint]
    files: dict[str, Member]
    format: int = FORMAT

    @classmethod
    def read(cls, archive: zipfile.ZipFile) -> Self:
        """Raises Trouble for what is no backup of ours."""
        try:
            told = json.loads(archive.read(MANIFEST))
            told["tables"] = {name: Fingerprint(*values) for name, values in told["tables"].items()}
            told["files"] = {name: Member(**member) for name, member in told["files"].items()}
            manifest = cls(**told)
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise Trouble(_("This is no backup of a newsroom.")) from error
        if manifest.format != FORMAT:
            raise Trouble(_("This backup was made by a newer version of the newsroom."))
        return manifest

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def create(folder: Path, tell: Tell) -> tuple[Path, Manifest]:
    """Write a backup of this moment into the folder, read back. Raises Trouble and OSError; then there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"newsroom-{timezone.localtime():%Y%m%d-%H%M%S}.zip"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work:
        draft = Path(work) / path.name
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:  # noqa: PTH123 - its mode
            with zipfile.ZipFile(file, "w", compresslevel=1) as archive:
                manifest = fill(archive, Path(work), tell)
            file.flush()
            os.fsync(file.fileno())
        check(draft, tell)
        draft.rename(path)
    return path, manifest


def fill(archive: zipfile.ZipFile, work: Path, tell: Tell) -> Manifest:
    """The database first: a picture that comes in later is one too many, not one too few."""
    dump = work / DATABASE
    tables = engine().dump(dump, tell)
    with dump.open("rb") as file:
        packed = zipfile.ZIP_DEFLATED if connection.vendor == "sqlite" else zipfile.ZIP_STORED
        files = {DATABASE: add(archive, DATABASE, file, packed)}
    dump.unlink()
    for folder, alias in STORES.items():
        for name in walk(storages[alias]):
            with storages[alias].open(name) as file:
                files[f"{folder}/{name}"] = add(archive, f"{folder}/{name}", file)
            tell(name)
    applied = [f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()]
    manifest = Manifest(
        made=timezone.now().isoformat(timespec="seconds"),
        site=settings.SITE_URL,
        vendor=connection.vendor,
        migrations=sorted(applied),
        tables=tables,
        files=files,
    )
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1), zipfile.ZIP_DEFLATED)
    return manifest


def add(archive: zipfile.ZipFile, name: str, file: IO[bytes], packed: int = zipfile.ZIP_STORED) -> Member:
    """Copy an open file into the archive; pictures are packed already."""
    info = zipfile.ZipInfo(name)
    info.compress_type = packed
    with archive.open(info, "w", force_zip64=True) as out:
        return copy(file, out)


def copy(source: IO[bytes], target: Any = None) -> Member:
    """Read a file to its end, into the target where there is one, and say what was in it."""
    digest, size = sha256(), 0
    while block := source.read(BLOCK):
        digest.update(block)
        size += len(block)
        if target is not None:
            target.write(block)
    return Member(size, digest.hexdigest())


def walk(storage: Storage, folder: str = "") -> Iterator[str]:
    """The name of every file in the store."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from walk(storage, f"{folder}{name}/")


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive and its manifest. Raises Trouble for what is no backup of ours."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise Trouble(_("This is no backup of a newsroom.")) from error
    with archive:
        yield archive, Manifest.read(archive)


def check(path: Path, tell: Tell) -> Manifest:
    """Read everything in the archive again. Raises Trouble that names the first file that is not as it was."""
    with opened(path) as (archive, manifest), workroom() as work:
        inside = set(archive.namelist()) - {MANIFEST}
        if odd := sorted(inside ^ set(manifest.files)):
            raise Trouble(_("The backup is damaged: %s") % odd[0])
        for name, member in manifest.files.items():
            try:
                with archive.open(name) as file:
                    right = copy(file) == member
            except (OSError, EOFError, zipfile.BadZipFile, zlib.error):
                right = False
            if not right:
                raise Trouble(_("The backup is damaged: %s") % name)
            tell(name)
        if manifest.vendor == connection.vendor:
            dump = Path(archive.extract(DATABASE, work))
            if not engine().is_copy(dump, manifest.tables, tell):
                raise Trouble(_("The backup is damaged: %s") % DATABASE)
    return manifest


@contextmanager
def workroom() -> Iterator[Path]:
    """A folder on the disk of the data: the backup may lie on one that cannot be written."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".work-") as work:
        yield Path(work)


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all backups of the folder but the newest ones; returns those that went."""
    old = sorted(folder.glob(PATTERN), reverse=True)[keep:]
    for path in old:
        path.unlink()
    return old
