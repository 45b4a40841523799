"""What is wrong with this installation, and how is it mended? `check` looks at settings; this, at what runs too.

Says nothing of what is well. A site that only this machine reaches is not asked for what the open net needs.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error, Info, Warning, run_checks
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_totp.models import TOTPDevice
from PIL import features

from articles import releasing
from newsroom.backup.archive import PATTERN
from newsroom.health import database_trouble, media_trouble
from newsroom.lib import dates
from newsroom.lib.maintenance.models import Maintenance
from newsroom.sharing import bucket_works, redis_answers, replica_follows

Findings = Iterator[CheckMessage]
POSTGRESQL: Final = 14  # the oldest that is supported
LOW, FULL = 2 << 30, 512 << 20  # bytes left on a disk
MISSED: Final = timedelta(minutes=5)  # release_due runs every minute
STALE, LOST = timedelta(hours=26), timedelta(days=7)  # age of the newest backup
DRIFT: Final = timedelta(seconds=5)
FORGOTTEN: Final = timedelta(hours=2)  # maintenance that nobody ended


def examine(mail: bool = False) -> list[CheckMessage]:
    """Everything that is wrong, the worst first."""
    asked = run_checks(include_deployment_checks=settings.HTTPS, databases=["default"])
    found = [message for message in asked if not message.is_silenced()]
    exams: list[Callable[[], Findings]] = [settings_fit, disks_have_room, pictures_work, static_files_are_there]
    exams += [backups_are_young, bucket_works, redis_answers, *([mail_works] if mail else [])]
    if why := database_trouble():
        hint = _("Is the server running? Does DATABASE_URL name it? Then: manage.py migrate")
        found.append(Error(why, hint=hint, id="doctor.E001"))
    else:
        exams += [database_fits, replica_follows, clocks_agree, updates_are_released, people_are_safe, house_is_open]
    for exam in exams:
        found += safely(exam)
    return sorted(found, key=lambda message: -message.level)


def is_public() -> bool:
    """Whether SITE_URL is an address that others can reach."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def settings_fit() -> Findings:
    if not is_public():
        return
    if settings.DEBUG:
        yield Error(_("DEBUG is on: error pages show the inside of the site."), hint="DEBUG=false", id="doctor.E002")
    if not settings.HTTPS:
        hint = _("Get a certificate (certbot), then SITE_URL=https://…")
        yield Warning(_("SITE_URL is not https: passwords travel in the clear."), hint=hint, id="doctor.W001")
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        hint = "EMAIL_URL=smtp+tls://user:password@host:587"
        yield Warning(_("Mail is only printed: nobody gets invitations or notices."), hint=hint, id="doctor.W002")
    if not settings.ADMINS:
        hint = "ADMINS=ky-thuat@bao.vn"
        yield Warning(_("Nobody is told of errors."), hint=hint, id="doctor.W003")
    if (settings.VAR_DIR / "demo-password.txt").exists():
        hint = _("End the access of the demo accounts, then delete the file demo-password.txt.")
        yield Warning(_("The accounts of the demo paper may still be there."), hint=hint, id="doctor.W004")


def disks_have_room() -> Findings:
    folders = {settings.VAR_DIR, *([] if "://" in settings.STORAGE_URL else [Path(settings.STORAGE_URL)])}
    for folder in sorted(folders | ({Path(settings.BACKUP_DIR)} if settings.BACKUP_DIR else set())):
        if not folder.exists():
            continue
        left = shutil.disk_usage(folder).free
        if left < LOW:
            kind = Error if left < FULL else Warning
            told = {"folder": folder, "left": left >> 20}
            hint = _("Make room: old backups, old logs; or move the folder to a larger disk.")
            yield kind(_("Only %(left)d MB are left for %(folder)s.") % told, hint=hint, id="doctor.W005")


def pictures_work() -> Findings:
    if why := media_trouble():
        hint = _("Give the folder to the user who runs the server: chown -R USER FOLDER.")
        yield Error(why, hint=hint, id="doctor.E003")
    for name, kind in {"avif": "AVIF", "webp": "WebP", "jpg": "JPEG"}.items():
        if not features.check(name):
            hint = _("Install Pillow from PyPI with the pinned requirements: pip install -r requirements.txt")
            yield Error(_("Pillow cannot write %s pictures.") % kind, hint=hint, id="doctor.E004")


def static_files_are_there() -> Findings:
    if not settings.STATIC_MANIFEST:
        if is_public():
            hint = _("manage.py collectstatic --noinput, then STATIC_MANIFEST=true")
            text = _("Style sheets and scripts are served unhashed and uncompressed.")
            yield Warning(text, hint=hint, id="doctor.W006")
        return
    manifest = Path(staticfiles_storage.path(staticfiles_storage.manifest_name))  # type: ignore[attr-defined]
    hint = "manage.py collectstatic --noinput"
    if not manifest.exists():
        yield Error(_("The static files were never collected: every page fails."), hint=hint, id="doctor.E005")
        return
    newest = max(path.stat().st_mtime for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file())
    if newest > manifest.stat().st_mtime:
        yield Warning(_("The static files are newer than those collected."), hint=hint, id="doctor.W007")


def backups_are_young() -> Findings:
    hint = _("Set BACKUP_DIR and start the timer: systemctl enable --now newsroom-daily@backup.timer")
    if not settings.BACKUP_DIR:
        if is_public():
            yield Warning(_("It is not known where backups are."), hint=hint, id="doctor.W008")
        return
    made = [path.stat().st_mtime for path in Path(settings.BACKUP_DIR).glob(PATTERN)]
    if not made:
        yield Error(_("There is no backup in %s.") % settings.BACKUP_DIR, hint=hint, id="doctor.E006")
        return
    at = datetime.fromtimestamp(max(made), timezone.get_current_timezone())
    age = timezone.now() - at
    if age > STALE:
        kind = Error if age > LOST else Warning
        yield kind(_("The newest backup is of %s.") % dates.stamp(at), hint=hint, id="doctor.W009")


def mail_works() -> Findings:
    """Opens a connection to the mail server and sends nothing."""
    try:
        post = get_connection()
        post.open()
        post.close()
    except OSError as error:  # smtplib's errors are OSErrors
        hint = _("Look at host, port, user and password in EMAIL_URL, and whether the firewall lets you out.")
        yield Error(_("The mail server does not answer: %s") % error, hint=hint, id="doctor.E007")


def database_fits() -> Findings:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    if version < POSTGRESQL:
        text = _("PostgreSQL %(version)d is older than %(least)d.") % {"version": version, "least": POSTGRESQL}
        yield Warning(text, hint=_("Upgrade the server of the database."), id="doctor.W010")
    if encoding != "UTF8":
        hint = _("Make a database with UTF8 and restore a backup into it.")
        yield Error(_("The database writes %s, not UTF8.") % encoding, hint=hint, id="doctor.E008")
    tool = shutil.which("pg_dump")
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout if tool else ""
    ours = int(said.split()[2].split(".")[0]) if len(said.split()) > 2 else 0
    if ours < version:
        hint = f"sudo apt-get install postgresql-client-{version}"
        text = _("pg_dump is missing or older than the database: no backup can be made.")
        yield Error(text, hint=hint, id="doctor.E009")


def clocks_agree() -> Findings:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    apart = abs(timezone.now() - theirs)
    if apart > DRIFT:
        hint = "sudo timedatectl set-ntp true"
        text = _("The clocks of this machine and of the database are %d seconds apart.") % apart.total_seconds()
        yield Warning(text, hint=hint, id="doctor.W011")


def updates_are_released() -> Findings:
    last, hint = releasing.last_run(), "sudo systemctl enable --now newsroom-minute@release_due.timer"
    if last is None or timezone.now() - last > MISSED:
        kind = Warning if is_public() else Info
        text = _("release_due has not run since %s.") % dates.stamp(last) if last else _("release_due never ran.")
        yield kind(text, hint=hint, id="doctor.W012")
    if late := releasing.late_or_failed().count():
        text = ngettext("%d scheduled update is late.", "%d scheduled updates are late.", late) % late
        yield Warning(text, hint=_("The desk shows them, with the reason."), id="doctor.W013")


def people_are_safe() -> Findings:
    if not is_public():
        return
    safe = TOTPDevice.objects.filter(confirmed=True).values("user")
    bare = get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(pk__in=safe)
    if names := ", ".join(bare.order_by("username").values_list("username", flat=True)[:10]):
        hint = _("manage.py second_factor USER for each of them")
        yield Warning(_("Superusers without a second factor: %s.") % names, hint=hint, id="doctor.W014")


def house_is_open() -> Findings:
    row = Maintenance.objects.first()
    if row and timezone.now() - row.since > FORGOTTEN:
        text = _("Maintenance has been on since %s.") % dates.stamp(row.since)
        yield Warning(text, hint="manage.py maintenance off", id="doctor.W015")


def safely(exam: Callable[[], Findings]) -> Findings:
    """An exam that the database breaks off tells that, and stops no other."""
    try:
        yield from exam()
    except DatabaseError as error:
        yield Error(_("The database broke off: %s") % error, hint=_("Look into its log."), id="doctor.E010")
