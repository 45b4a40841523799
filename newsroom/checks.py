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
from django.utils.translation import gettext as _
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
        hint = _("Write it as https://news.example.vn, without a path.")
        return [Error(_("SITE_URL is no address of a site: %s") % settings.SITE_URL, hint=hint, id="newsroom.E001")]
    if not any(serves(pattern, parts.hostname or "") for pattern in settings.ALLOWED_HOSTS):
        hint = _("Add %s to ALLOWED_HOSTS.") % parts.hostname
        return [Warning(_("The site refuses its own SITE_URL."), hint=hint, id="newsroom.W001")]
    return []


def serves(pattern: str, host: str) -> bool:
    """Whether the entry of ALLOWED_HOSTS covers the host, as Django reads it."""
    return pattern == "*" or pattern.strip("[]") == host or (pattern.startswith(".") and f".{host}".endswith(pattern))


@register(Tags.security)
def check_trusted_proxies(**options: Any) -> list[CheckMessage]:
    """Each entry is an address or a network: a wrong one would stop every request."""
    hint = _("Write addresses or networks, with commas between: 127.0.0.1,10.0.0.0/8.")
    found: list[CheckMessage] = []
    for entry in settings.TRUSTED_PROXIES:
        try:
            network = ip_network(entry, strict=False)
        except ValueError:
            found.append(Error(_("TRUSTED_PROXIES: %s is no address.") % entry, hint=hint, id="newsroom.E002"))
            continue
        if network.prefixlen == 0:
            text = (
                _("TRUSTED_PROXIES: %s trusts everybody, so anybody can choose the address they seem to have.") % entry
            )
            found.append(Warning(text, hint=_("Name your proxies only."), id="newsroom.W002"))
    return found


@register(Tags.files)
def check_folders(**options: Any) -> list[CheckMessage]:
    """The data, the public pictures and the originals can be written."""
    folders = {"VAR_DIR": settings.VAR_DIR}
    if "://" not in settings.STORAGE_URL:
        folders["STORAGE_URL"] = Path(settings.STORAGE_URL)
        folders["STORAGE_URL (media)"] = Path(settings.MEDIA_ROOT)
        folders["STORAGE_URL (originals)"] = Path(settings.STORAGE_URL) / "originals"
    hint = _("Make the folder, or give it to the user who runs the server: chown -R USER FOLDER.")
    return [
        Error(
            _("%(name)s: %(folder)s cannot be written.") % {"name": name, "folder": folder},
            hint=hint,
            id="newsroom.E003",
        )
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
    hint = _("Run manage.py second_factor USER for each member of staff.")
    text = _("SECOND_FACTOR is on, and nobody has one: nobody can sign in.")
    return [Warning(text, hint=hint, id="newsroom.W003")]


@register(Tags.security, deploy=True)
def check_public_site(**options: Any) -> list[CheckMessage]:
    """What a site on the open net wants besides what Django itself asks for."""
    found: list[CheckMessage] = []
    if "*" in settings.ALLOWED_HOSTS:
        hint = _("Name the hosts of the site.")
        found.append(Warning(_("ALLOWED_HOSTS lets every host name in."), hint=hint, id="newsroom.W004"))
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        hint = _("Behind nginx or a load balancer set TRUSTED_PROXIES to it, or every page redirects to itself.")
        found.append(Info(_("SITE_URL is https and no proxy is trusted."), hint=hint, id="newsroom.I001"))
    if not settings.SECOND_FACTOR:
        hint = _("Run manage.py second_factor USER for each member of staff, then set SECOND_FACTOR=true.")
        found.append(Info(_("Staff sign in with a password alone."), hint=hint, id="newsroom.I002"))
    if not settings.SECURITY_CONTACT:
        hint = _("Set SECURITY_CONTACT to an e-mail address; /.well-known/security.txt names it.")
        found.append(Info(_("Nobody is named to whom holes can be reported."), hint=hint, id="newsroom.I003"))
    return found
