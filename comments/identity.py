"""Which device, address and form is a post from? Keyed hashes and signed tokens; nothing here names a person.

The keys need SECRET_KEY to be computed, so a copy of the database alone gives away neither addresses nor devices.
"""

import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from newsroom.lib import text

DEVICE_COOKIE = "reader"
DEVICE_COOKIE_AGE = 365 * 24 * 3600  # seconds
TOKEN_LIFETIME = 24 * 3600  # seconds
WRITER_COOKIE = "writer"
_WRITER_SALT = "comments.writer"
_DEVICE_SALT = "comments.device"
_FORM_SALT = "comments.form"


@dataclass(frozen=True)
class FormToken:
    """What a signed form says of itself."""

    nonce: str
    age: float  # seconds since the form was made


def key(kind: str, value: str) -> str:
    """The keyed hash under which a value may be stored and found again; "" stays ""."""
    return salted_hmac(f"comments.{kind}", value, algorithm="sha256").hexdigest() if value else ""


def email_key(address: str) -> str:
    return key("email", text.identity(address))


def read_device(request: HttpRequest) -> str:
    """The device that the signed cookie names; "" without one, or with a forged one."""
    value = request.get_signed_cookie(DEVICE_COOKIE, default="", salt=_DEVICE_SALT, max_age=DEVICE_COOKIE_AGE)
    return value or ""


def new_device() -> str:
    return secrets.token_hex(16)


def remember_device(response: HttpResponse, device: str) -> None:
    """Only the pages about comments get the cookie back: everything else stays the same for every reader."""
    _remember(response, DEVICE_COOKIE, device, _DEVICE_SALT)


def read_writer(request: HttpRequest) -> int | None:
    """The commenter whose e-mail address was confirmed in this browser."""
    value = request.get_signed_cookie(WRITER_COOKIE, default="", salt=_WRITER_SALT, max_age=DEVICE_COOKIE_AGE)
    return int(value) if value and value.isdigit() else None


def remember_writer(response: HttpResponse, commenter_id: int) -> None:
    """This browser has proved whose e-mail address it writes with."""
    _remember(response, WRITER_COOKIE, str(commenter_id), _WRITER_SALT)


def _remember(response: HttpResponse, name: str, value: str, salt: str) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=salt,
        max_age=DEVICE_COOKIE_AGE,
        path=reverse("comments:mine").removesuffix("cua-toi/"),
        httponly=True,
        secure=settings.CSRF_COOKIE_SECURE,
        samesite="Lax",
    )


def new_token(article_id: int, device: str) -> str:
    """A token for one post under one story from one device."""
    return signing.dumps(
        [article_id, key("device", device)[:16], secrets.token_hex(16), int(time.time())], salt=_FORM_SALT
    )


def read_token(token: str, article_id: int, device: str) -> FormToken | None:
    """What the token says, or None when it is forged, too old, or made for another story or device."""
    try:
        story, holder, nonce, made_at = signing.loads(token, salt=_FORM_SALT, max_age=TOKEN_LIFETIME)
    except (signing.BadSignature, ValueError):
        return None
    if story != article_id or holder != key("device", device)[:16]:
        return None
    return FormToken(nonce=nonce, age=time.time() - made_at)
