"""Where may a link in an article lead?"""

import re
from typing import Final
from urllib.parse import urlsplit

from newsroom.lib import text

_WEB: Final = re.compile("https?://", re.IGNORECASE)
_CONTACT: Final = re.compile(r"(?:mailto:[^\s@]+@[^\s@]+|tel:[0-9+() .-]+)", re.IGNORECASE)


def link_target(href: str) -> str | None:
    """Return the address as it may stand in a link: web, mail, telephone, or a path of this site; else None."""
    line = text.clean_line(re.sub("[\t\n\r]", "", href))  # browsers skip these wherever they stand
    target = line.replace(" ", "%20")
    if _CONTACT.fullmatch(line):
        return target
    if "\\" in target:
        return None
    if target.startswith("/"):
        return None if target.startswith("//") else target
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return target if _WEB.match(target) and parts.hostname and "@" not in parts.netloc else None
