"""Which outside addresses may an article embed, and what is the one address of such a thing?"""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

_ID: Final = "[A-Za-z0-9_-]"

# host and path -> the canonical address; a player's address leads to the page that shows the same thing
_PATHS: Final = [
    (re.compile(pattern), canonical)
    for pattern, canonical in (
        (
            rf"youtube(?:-nocookie)?\.com/(?:shorts|embed|live|v)/({_ID}{{11}})/?",
            r"https://www.youtube.com/watch?v=\1",
        ),
        (rf"youtu\.be/({_ID}{{11}})/?", r"https://www.youtube.com/watch?v=\1"),
        (r"(?:player\.)?vimeo\.com/(?:video/)?([0-9]{1,12})/?", r"https://vimeo.com/\1"),
        (r"tiktok\.com/(@[A-Za-z0-9._]{1,40})/video/([0-9]{1,20})/?", r"https://www.tiktok.com/\1/video/\2"),
        (
            r"facebook\.com/([A-Za-z0-9.-]{1,80})/videos/(?:[^/]+/)?([0-9]{1,20})/?",
            r"https://www.facebook.com/\1/videos/\2",
        ),
        (r"facebook\.com/reel/([0-9]{1,20})/?", r"https://www.facebook.com/reel/\1"),
        (
            r"open\.spotify\.com/(?:intl-[a-z]{2}/)?(?:embed/)?(track|album|playlist|episode|show|artist)/([A-Za-z0-9]{22})/?",
            r"https://open.spotify.com/\1/\2",
        ),
        (rf"soundcloud\.com/({_ID}{{1,60}})/((?:sets/)?{_ID}{{1,100}})/?", r"https://soundcloud.com/\1/\2"),
    )
]

# host and path -> which parameter names the thing, what it may look like, the canonical address
_PARAMETERS: Final = {
    "youtube.com/watch": ("v", re.compile(f"{_ID}{{11}}"), "https://www.youtube.com/watch?v="),
    "facebook.com/watch": ("v", re.compile("[0-9]{1,20}"), "https://www.facebook.com/watch/?v="),
    "google.com/maps/embed": (
        "pb",
        re.compile(r"[A-Za-z0-9!._%:+-]{1,2000}"),
        "https://www.google.com/maps/embed?pb=",
    ),
}

# players that carry the page's address in a parameter
_WRAPPERS: Final = {"facebook.com/plugins/video.php": "href", "w.soundcloud.com/player": "url"}


def embed_url(url: str) -> str | None:
    """Return the canonical address of a video, recording or map that articles may embed, or None for any other.

    Known: YouTube, Vimeo, TikTok, Facebook video, Spotify, SoundCloud and the embed link of Google Maps, by their
    pages' and by their players' addresses. embed_url(embed_url(x)) == embed_url(x).
    """
    return _canonical(url) or _canonical(_wrapped(url))


def _canonical(url: str) -> str | None:
    place, query = _split(url)
    for pattern, canonical in _PATHS:
        if match := pattern.fullmatch(place):
            return match.expand(canonical)
    if parameter := _PARAMETERS.get(place.rstrip("/")):
        name, allowed, canonical = parameter
        value = _value(query, name)
        return canonical + value if allowed.fullmatch(value) else None
    return None


def _wrapped(url: str) -> str:
    place, query = _split(url)
    return _value(query, _WRAPPERS.get(place.rstrip("/"), ""))


def _split(url: str) -> tuple[str, str]:
    """Return "host/path" without www., and the query; two empty strings for what is no web address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return "", ""
    if parts.scheme not in {"http", "https", ""} or not parts.netloc:
        return "", ""
    host = re.sub(r"^(?:www|m|web)\.", "", parts.netloc.lower())
    return host + parts.path, parts.query


def _value(query: str, name: str) -> str:
    return parse_qs(query, max_num_fields=None).get(name, [""])[0]
