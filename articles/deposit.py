"""How is the record handed to whoever may ask for it? A folder of plain files that proves itself.

For legal deposit (Nghị định 08/2017): each public version as JSON, with its digest and that of the version before, and
as a page to read; the pictures; `manifest.json` with the SHA-256 of every file and the seals of the days.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles import proof
from articles.models import Image, Publication, PublicVersion, RecordSeal
from articles.proof import Break
from articles.rendering import trusted
from newsroom.lib import dates, html
from newsroom.lib.people import full_name

FORMAT = "newsroom-record/1"
MANIFEST = "manifest.json"


@dataclass
class Deposit:
    """A folder that is being filled, and what is known of its files."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)  # name -> SHA-256
    missing: list[str] = field(default_factory=list)  # pictures whose files are gone

    def put(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.files[name] = hashlib.sha256(content).hexdigest()


def export(first: date, last: date, folder: Path) -> Deposit:
    """Write the versions of these days (both included) into an empty folder. Raises FileExistsError for a full one."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    deposit = Deposit(folder)
    start, end = dates.day_bounds(first)[0], dates.day_bounds(last)[1]
    versions = PublicVersion.objects.filter(at__gte=start, at__lt=end).select_related("by").order_by("pk")
    names: list[str] = []
    pictures: set[int] = set()
    for version in versions.iterator(chunk_size=200):
        shown = version.content.get("pictures", [])
        known = Image.objects.in_bulk([each["image"] for each in shown])
        pictures.update(known)
        names.append(put_version(deposit, version, known))
    for image in Image.objects.filter(pk__in=pictures).order_by("pk").iterator(chunk_size=200):
        put_picture(deposit, image)
    seals = RecordSeal.objects.filter(day__gte=first, day__lte=last).order_by("day")
    manifest = {
        "format": FORMAT,
        "publication": Publication.current().name,
        "site": settings.SITE_URL,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "versions": names,
        "seals": [
            {"day": seal.day.isoformat(), "count": seal.count, "previous": seal.previous, "digest": seal.digest}
            for seal in seals
        ],
        "missing": deposit.missing,
        "files": dict(deposit.files),
    }
    deposit.put(MANIFEST, as_json(manifest))
    return deposit


def put_version(deposit: Deposit, version: PublicVersion, images: dict[int, Image]) -> str:
    """Write one version twice, for machines and for people; returns the name without its ending."""
    thing = f"story-{version.article_id}" if version.article_id else f"correction-{version.correction_id}"
    name = f"versions/{dates.local(version.at):%Y-%m-%d}/{thing}-{version.number}"
    deposit.put(f"{name}.json", as_json({"version": version.envelope(), "digest": version.digest}))
    deposit.put(f"{name}.html", as_page(version, images).encode())
    return name


def put_picture(deposit: Deposit, image: Image) -> None:
    """Write the kept original; one that cannot be read is named in the manifest, and stops nothing."""
    try:
        with image.file.open("rb") as original:
            deposit.put(picture_name(image), original.read())
    except OSError:
        deposit.missing.append(picture_name(image))


def picture_name(image: Image) -> str:
    return f"pictures/{image.digest}{PurePosixPath(image.file.name or '').suffix}"


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()


def as_page(version: PublicVersion, images: dict[int, Image]) -> str:
    """The version as people read it: a page that needs nothing but the folder."""

    def image(number: int, caption: str) -> str:
        found = images.get(number)
        if found is None:
            return ""
        context = {"source": f"../../{picture_name(found)}", "caption": trusted(caption), "image": found}
        return render_to_string("articles/record/_picture.html", context)

    def embed(url: str, caption: str) -> str:
        return render_to_string("articles/record/_embed.html", {"url": url, "caption": trusted(caption)})

    body = html.replace_figures(html.sanitise(version.content.get("body", "")), image, embed)
    lead = version.content.get("picture")
    context = {
        "version": version,
        "content": version.content,
        "who": full_name(version.by) if version.by else "",
        "body": trusted(body),
        "lead_picture": trusted(image(lead["image"], escape(lead["caption"]))) if lead else "",
        "site": settings.SITE_URL,
    }
    with override(settings.LANGUAGE_CODE):
        return render_to_string("articles/record/version.html", context)


# --- proving a deposit without the database -----------------------------------------------------------------------


def verify(folder: Path) -> Break | None:
    """The first thing in an exported folder that is not as it was written, or None."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    problems = (*file_problems(folder, manifest), *version_problems(folder, manifest))
    return next((problem for problem in problems if problem), None)


def file_problems(folder: Path, manifest: dict[str, Any]) -> Iterator[Break]:
    """Files that are gone, changed or too many."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    for name, digest in manifest["files"].items():
        if name not in there:
            yield Break(name, _("the file is missing"))
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            yield Break(name, _("the file has been changed"))
    for name in sorted(there - set(manifest["files"])):
        yield Break(name, _("the file does not belong here"))


def version_problems(folder: Path, manifest: dict[str, Any]) -> Iterator[Break]:
    """Versions whose digests do not fit, and sealed days that are not whole."""
    chains: dict[tuple[Any, Any], tuple[int, str]] = {}
    digests = []
    for name in manifest["versions"]:
        stored = json.loads((folder / f"{name}.json").read_bytes())
        version, digest = stored["version"], stored["digest"]
        thing = (version["article"], version["correction"])
        # The first of a chain in this folder may follow one of an earlier day.
        number, previous = chains.get(thing, (version["number"] - 1, version["previous"]))
        if problem := proof.problem_of(version, digest, number + 1, previous, name):
            yield problem
        chains[thing] = version["number"], digest
        digests.append((name.split("/")[1], digest))
    by_day = {day: [digest for _day, digest in group] for day, group in groupby(digests, key=lambda pair: pair[0])}
    for seal in manifest["seals"]:
        day = date.fromisoformat(seal["day"])
        if proof.seal_over(day, seal["previous"], by_day.get(seal["day"], [])) != (seal["count"], seal["digest"]):
            yield Break(
                _("seal of %s") % f"{day:%d/%m/%Y}", _("versions of this day are missing, or were added later")
            )
