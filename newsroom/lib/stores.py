"""Where do pictures lie? What STORAGE_URL says, for the settings: a folder, or a bucket of S3-compatible storage.

    s3://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER]?media=https://anh.bao.vn&region=…&addressing=virtual

`s3+http://` speaks without TLS, inside a network of one's own. Below the folder or the bucket lie `media/`, which
readers see, and `originals/`, which nobody does. `media` is the public address of `media/`; without it the site itself
hands out what the bucket holds, at /media/.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL: Final = "/media/"
SCHEMES: Final = {"s3": "https", "s3+http": "http"}
PARAMETERS: Final = {"media": LOCAL, "region": "us-east-1", "addressing": "path"}
FOREVER: Final = {"CacheControl": "public, max-age=31536000, immutable"}  # what stands at a name never changes


@dataclass(frozen=True)
class Places:
    """The stores as Django's STORAGES has them, and the beginning of a picture's address."""

    name: str  # the folder, or the bucket without its key
    media: dict[str, Any] = field(repr=False)
    originals: dict[str, Any] = field(repr=False)
    media_url: str

    @property
    def host(self) -> str:
        """Where browsers get pictures from other than from the site, as Content-Security-Policy names it; or ""."""
        parts = urlsplit(self.media_url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def places(url: str) -> Places:
    """Raises ImproperlyConfigured for what is neither a folder nor the whole address of a bucket."""
    return bucket(url) if "://" in url else folder(Path(url))


def folder(root: Path) -> Places:
    def store(name: str, base_url: str | None) -> dict[str, Any]:
        options = {"location": str(root / name), "base_url": base_url}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}

    return Places(str(root), store("media", LOCAL), store("originals", None), LOCAL)


def bucket(url: str) -> Places:
    parts = urlsplit(url)
    name, _slash, inside = parts.path.strip("/").partition("/")
    given = dict(parse_qsl(parts.query))
    if not (parts.scheme in SCHEMES and parts.hostname and parts.username and parts.password and name):
        raise ImproperlyConfigured(
            "STORAGE_URL: a folder, or s3://KEY:SECRET@HOST/BUCKET"
        )  # says nothing of the secret
    if unknown := sorted(given.keys() - PARAMETERS.keys()):
        raise ImproperlyConfigured(f"STORAGE_URL: {unknown[0]} is none of {', '.join(PARAMETERS)}")
    chosen = PARAMETERS | given
    media_url = chosen["media"].rstrip("/") + "/"
    host = parts.netloc.rpartition("@")[2]
    shared = {
        "endpoint_url": f"{SCHEMES[parts.scheme]}://{host}",
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": name,
        "region_name": chosen["region"],
        "addressing_style": chosen["addressing"],
    }

    def store(name: str, **own: Any) -> dict[str, Any]:
        options = {**shared, "location": f"{inside}/{name}".lstrip("/"), **own}
        return {"BACKEND": "newsroom.lib.bucket.Bucket", "OPTIONS": options}

    media = store("media", base_url=media_url, object_parameters=FOREVER)
    return Places(f"{parts.scheme}://{host}/{name}", media, store("originals"), media_url)
