"""What proves that whoever opens a link got it by our mail? Signed links, each for one purpose and for a time.

Opening a link changes nothing, for programs that look for viruses open every link in a mail: its page has a button.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse


class Purpose(StrEnum):
    """What a link is for; each leads to the page of its name."""

    CONFIRM = "confirm"
    LEAVE = "leave"
    DATA = "data"


LIFETIMES: Final = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.LEAVE: timedelta(days=365),
    Purpose.DATA: timedelta(days=7),
}


def make(purpose: Purpose, pk: int) -> str:
    """The whole address, on the site's public host whatever host a request named."""
    token = signing.dumps(pk, salt=f"comments.{purpose}")
    return settings.SITE_URL + reverse(f"comments:{purpose}", args=[token])


def read(purpose: Purpose, token: str) -> int | None:
    """The key of what the link is about; None when it is forged, for something else, or too old."""
    try:
        pk = signing.loads(token, salt=f"comments.{purpose}", max_age=LIFETIMES[purpose])
    except (signing.BadSignature, ValueError):
        return None
    return pk if isinstance(pk, int) else None
