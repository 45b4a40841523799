"""How is a bucket of S3-compatible storage like a folder? What fails raises OSError, names are never used twice."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import IO, Any, Final
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

TYPES: Final = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
IN_MEMORY: Final = 4 << 20  # bytes of a file that is read; the rest waits on the disk
# Checksums that only Amazon knows are sent only where they are asked for.
CLIENT: Final = Config(
    connect_timeout=3,
    read_timeout=15,
    retries={"max_attempts": 2, "mode": "standard"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Bucket(S3Storage):
    """One folder of a bucket; `base_url` is where readers find it, None for what is not theirs."""

    base_url: str | None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = CLIENT.merge(Config(s3={"addressing_style": self.addressing_style}))
        self._connections = SimpleNamespace()  # of all threads: its client may be shared, and weighs some megabytes

    def get_default_settings(self) -> dict[str, Any]:
        own = {"base_url": None, "file_overwrite": False, "querystring_auth": False, "max_memory_size": IN_MEMORY}
        return {**super().get_default_settings(), **own, "transfer_config": TransferConfig(use_threads=False)}

    def url(self, name: str, *_parameters: Any, **_more: Any) -> str:
        """Asks nobody: addresses of pictures are written on every page."""
        if self.base_url is None:
            raise ValueError("This file is not accessible via a URL.")
        return urljoin(self.base_url, filepath_to_uri(name))

    def address(self, name: str) -> str:
        """Where it lies in the bucket, for whoever needs no key."""
        return super().url(name)

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        kind = TYPES.get(name.rpartition(".")[2])
        return {**super().get_object_parameters(name), **({"ContentType": kind} if kind else {})}

    def _open(self, name: str, mode: str = "rb") -> Any:
        with troubles_of_files():
            file = super()._open(name, mode)
            return file.open() if mode == "rb" else file  # fetched here, where it is known who wants it

    def _save(self, name: str, content: IO[bytes]) -> str:
        with troubles_of_files():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with troubles_of_files():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with troubles_of_files():
            return super().exists(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with troubles_of_files():
            return super().listdir(name)

    def size(self, name: str) -> int:
        with troubles_of_files():
            return super().size(name)


@contextmanager
def troubles_of_files() -> Iterator[None]:
    """What goes wrong on the way to the bucket is told as the trouble of a disk would be."""
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise OSError(errno.EIO, str(error)) from error
