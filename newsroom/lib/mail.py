"""How does the newsroom write letters? A template whose first line is the subject; a broken server blocks nothing."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from newsroom.lib import text

logger = logging.getLogger(__name__)
_postmen = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def compose(template: str, context: dict[str, Any], to: str, language: str | None = None) -> EmailMessage:
    """The letter, in the language of the site unless told otherwise. `site` in the template is its public address."""
    with translation.override(language or settings.LANGUAGE_CODE):
        written = render_to_string(template, {"site": settings.SITE_URL, **context})
    subject, _line, body = written.partition("\n")
    return EmailMessage(text.clean_line(subject), body.strip() + "\n", to=[to])


def send(letter: EmailMessage) -> bool:
    """Hand the letter to the mail server. False, and a line in the log, if the server does not take it."""
    try:
        return letter.send() == 1
    except Exception:  # whatever a broken server or a wrong EMAIL_URL raises, the deed that caused the letter stands
        logger.exception("mail not sent: %r", letter.subject)
        return False


def send_aside(letter: EmailMessage) -> None:
    """Send without keeping anybody waiting: how long the page takes tells nobody whether there was a letter."""
    hand_over(lambda: send(letter))


def hand_over(errand: Callable[[], Any]) -> None:
    """Let a thread run the errand, which asks the database for nothing."""
    _postmen.submit(errand)
