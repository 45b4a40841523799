"""What stands in the log, and who is told of an error by mail?

A line is text or JSON (LOG_FORMAT) and carries the id of the request during which it was written. What a letter says
is known beforehand: the place in the code and the kind of error, never what a reader sent, nor a value of a row.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from newsroom.lib import mail

request_id: ContextVar[str] = ContextVar("request_id", default="")
FIELDS: Final = ("status_code", "duration_ms", "method", "path", "route", "statement", "statements")  # of `extra=`
# What follows these in an address opens a door: links of previews, invitations, forgotten passwords.
SECRET_PATH: Final = re.compile(r"/(xem-truoc|quen-mat-khau|loi-moi|bao-mat-hai-lop)/[^\s\"']+")
PAUSE: Final = 600  # seconds before the same error is told again
MOST: Final = 20  # letters in an hour, whatever happens


def masked(line: str) -> str:
    """The text without the secret parts of addresses of ours."""
    return SECRET_PATH.sub(r"/\1/…", line)


class LineFormatter(logging.Formatter):
    """`time LEVEL logger [request id] message`; a message is one line, whatever somebody put into it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(number)s%(message)s%(told)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = masked(record.message).replace("\r", "\\r").replace("\n", "\\n")
        number = number_of(record)
        record.number = f"[{number}] " if number else ""
        record.told = "".join(f" {name}={value}" for name, value in extras(record).items())
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, request_id, and what the caller adds (FIELDS)."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
            "process": record.process,
        }
        if number := number_of(record):
            line["request_id"] = number
        line |= extras(record)
        if record.exc_info:
            line["exception"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def number_of(record: logging.LogRecord) -> str:
    """The id of the request; Django writes some lines when it has left the middleware, with the request."""
    return request_id.get() or getattr(getattr(record, "request", None), "number", "")


def extras(record: logging.LogRecord) -> dict[str, Any]:
    """What the caller gave as `extra=`, as far as it belongs into a log."""
    return {name: vars(record)[name] for name in FIELDS if vars(record).get(name) is not None}


class Failures(logging.Filter):
    """Lets failures through: 503 is said on purpose, by maintenance and by /readyz, which tell why themselves."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 503


class ErrorLetters(logging.Handler):
    """Tells ADMINS of errors by mail: the same error once in PAUSE seconds, at most MOST letters an hour a process."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS or record.name == mail.logger.name:  # of a mail server that is down no mail can tell
            return
        try:
            if self.is_news(f"{record.name} {record.msg} {where(record)}", time.monotonic()):
                for _name, address in settings.ADMINS:
                    mail.send_aside(mail.compose("admin/mail/error.txt", letter(record), address))
        except Exception:
            self.handleError(record)

    def is_news(self, error: str, now: float) -> bool:
        """Whether a letter about this error may go out now; then it is noted as told."""
        recent = {known: at for known, at in self.told.items() if now - at < 3600}
        if now - recent.get(error, -PAUSE) < PAUSE or len(recent) >= MOST:
            return False
        self.told = recent | {error: now}
        return True


def letter(record: logging.LogRecord) -> dict[str, Any]:
    """What may be told: the message without its values, kind and place of the error, the id that leads to the rest."""
    kind = record.exc_info[0].__qualname__ if record.exc_info and record.exc_info[0] else ""
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    return {
        "at": datetime.fromtimestamp(record.created, UTC),
        "logger": record.name,
        "message": str(record.msg),
        "kind": kind,
        "frames": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
        "request_id": number_of(record),
        "page": f"{getattr(request, 'method', '')} {match.route}" if match else "",
    }


def where(record: logging.LogRecord) -> str:
    """The kind of error and the line that raised it."""
    if not record.exc_info or not record.exc_info[0]:
        return f"{record.pathname}:{record.lineno}"
    frames = traceback.extract_tb(record.exc_info[2])[-1:]
    return " ".join([record.exc_info[0].__qualname__, *(f"{frame.filename}:{frame.lineno}" for frame in frames)])
