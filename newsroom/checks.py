"""Is this installation set up as it must be? `check --deploy` also asks what only a site on the open net needs."""

import os
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError
from django_otp.plugins.otp_totp.models import TOTPDevice


@register()
def check_site_url(**options: Any) -> list[CheckMessage]:
    """SITE_URL is a scheme and a host; every absolute address of the paper begins with it."""
    try:
        parts = urlsplit(settings.SITE_URL)
        is_sane = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sane = False
    if not is_sane or parts.path or parts.query or parts.fragment or parts.username:
        hint = "Write it as https://news.example.vn, without a path."
        return [Error(f"SITE_URL is no address of a site: {settings.SITE_URL!r}.", hint=hint, id="newsroom.E001")]
    if not any(serves(pattern, parts.hostname or "") for pattern in settings.ALLOWED_HOSTS):
        hint = f"Add {parts.hostname!r} to ALLOWED_HOSTS."
        return [Warning("The site refuses its own SITE_URL.", hint=hint, id="newsroom.W001")]
    return []


def serves(pattern: str, host: str) -> bool:
    """Whether the entry of ALLOWED_HOSTS covers the host, as Django reads it."""
    return pattern == "*" or pattern.strip("[]") == host or (pattern.startswith(".") and f".{host}".endswith(pattern))


@register(Tags.security)
def check_trusted_proxies(**options: Any) -> list[CheckMessage]:
    """Each entry is an address or a network: a wrong one would stop every request."""
    hint = "Write addresses or networks, with commas between: 127.0.0.1,10.0.0.0/8."
    found: list[CheckMessage] = []
    for entry in settings.TRUSTED_PROXIES:
        try:
            network = ip_network(entry, strict=False)
        except ValueError:
            found.append(Error(f"TRUSTED_PROXIES: {entry!r} is no address.", hint=hint, id="newsroom.E002"))
            continue
        if network.prefixlen == 0:
            text = f"TRUSTED_PROXIES: {entry} trusts everybody, so anybody can choose the address they seem to have."
            found.append(Warning(text, hint="Name your proxies only.", id="newsroom.W002"))
    return found


@register(Tags.files)
def check_folders(**options: Any) -> list[CheckMessage]:
    """The data, the public pictures and the originals can be written."""
    folders = {"VAR_DIR": settings.VAR_DIR}
    if "://" not in settings.STORAGE_URL:
        folders["STORAGE_URL"] = Path(settings.STORAGE_URL)
        folders["STORAGE_URL (media)"] = Path(settings.MEDIA_ROOT)
        folders["STORAGE_URL (originals)"] = Path(settings.STORAGE_URL) / "originals"
    hint = "Make the folder, or give it to the user who runs the server: chown -R USER FOLDER."
    return [
        Error(f"{name}: {folder} cannot be written.", hint=hint, id="newsroom.E003")
        for name, folder in folders.items()
        if not is_writable(folder)
    ]


def is_writable(folder: Path) -> bool:
    """Whether files can be made in the folder, which may itself be yet to be made."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


@register(Tags.database)
def check_second_factor(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Where the second factor is asked for, somebody has one: else nobody could sign in."""
    if not settings.SECOND_FACTOR or not databases:
        return []
    try:
        if TOTPDevice.objects.filter(confirmed=True, user__is_active=True, user__is_staff=True).exists():
            return []
    except DatabaseError:  # before the first migration
        return []
    hint = "Run manage.py second_factor USER for each member of staff."
    text = "SECOND_FACTOR is on, and nobody has one: nobody can sign in."
    return [Warning(text, hint=hint, id="newsroom.W003")]


@register(Tags.security, deploy=True)
def check_public_site(**options: Any) -> list[CheckMessage]:
    """What a site on the open net wants besides what Django itself asks for."""
    found: list[CheckMessage] = []
    if "*" in settings.ALLOWED_HOSTS:
        hint = "Name the hosts of the site."
        found.append(Warning("ALLOWED_HOSTS lets every host name in.", hint=hint, id="newsroom.W004"))
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        hint = "Behind nginx or a load balancer set TRUSTED_PROXIES to its address, or every page redirects to itself."
        found.append(Info("SITE_URL is https and no proxy is trusted.", hint=hint, id="newsroom.I001"))
    if not settings.SECOND_FACTOR:
        hint = "Run manage.py second_factor USER for each member of staff, then set SECOND_FACTOR=true."
        found.append(Info("Staff sign in with a password alone.", hint=hint, id="newsroom.I002"))
    if not settings.SECURITY_CONTACT:
        hint = "Set SECURITY_CONTACT to an e-mail address; /.well-known/security.txt names it."
        found.append(Info("Nobody is named to whom holes can be reported.", hint=hint, id="newsroom.I003"))
    return found
