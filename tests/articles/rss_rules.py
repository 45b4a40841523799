"""Is this a valid RSS 2.0 feed? Written from the texts, strict where they only recommend.

RSS 2.0.11 and the RSS Best Practices Profile (rssboard.org), Media RSS 1.5.1, Atom (RFC 4287), RFC 822 dates,
Dublin Core 1.1, RDF Site Summary content module; XML 1.0, section 2.2, for characters.
"""

import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM, CONTENT, DC, MEDIA = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/rss/1.0/modules/content/}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://search.yahoo.com/mrss/}",
)
# name -> least and most occurrences
CHANNEL = {"title": (1, 1), "link": (1, 1), "description": (1, 1), "language": (1, 1), "copyright": (0, 1)}
CHANNEL |= {"lastBuildDate": (1, 1), "ttl": (1, 1), f"{ATOM}link": (1, 1), "item": (0, 30)}
ITEM = {"title": (1, 1), "link": (1, 1), "description": (1, 1), "guid": (1, 1), "pubDate": (1, 1)}
ITEM |= {"category": (0, 99), "enclosure": (0, 1), f"{CONTENT}encoded": (1, 1), f"{DC}creator": (0, 99)}
ITEM |= {f"{ATOM}updated": (1, 1), f"{MEDIA}content": (0, 1)}
DAY = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
RFC_822 = re.compile(DAY + r" \d\d:\d\d:\d\d [+-]\d{4}")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RELATIVE = re.compile(r'\s(?:src|href|srcset|poster)="(?!https?://|mailto:|tel:)')
ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|form|style|link|button|input)|\son\w+=|javascript:", re.IGNORECASE
)


def check(content):
    """The channel element. Raises AssertionError that says what is wrong."""
    text = content.decode("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>')
    assert not NO_CHARACTER.search(text)
    root = ElementTree.fromstring(content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert channel.tag == "channel"
    occur(channel, CHANNEL)
    is_url(channel.findtext("link"))
    assert channel.findtext("title").strip() and channel.findtext("description").strip()
    assert re.fullmatch("[a-z]{2}(-[a-z]{2})?", channel.findtext("language"))
    assert int(channel.findtext("ttl")) > 0
    is_822(channel.findtext("lastBuildDate"))
    own = channel.find(f"{ATOM}link").attrib
    assert own["rel"] == "self" and own.get("type", "application/rss+xml") == "application/rss+xml"
    is_url(own["href"])
    items = channel.findall("item")
    for item in items:
        check_item(item)
    guids = [item.findtext("guid") for item in items]
    assert len(guids) == len(set(guids))
    return channel


def check_item(item):
    occur(item, ITEM)
    assert item.findtext("title").strip() and "\n" not in item.findtext("title")
    is_url(item.findtext("link"))
    assert item.find("guid").attrib == {"isPermaLink": "true"}
    is_url(item.findtext("guid"))
    is_822(item.findtext("pubDate"))
    assert RFC_3339.fullmatch(item.findtext(f"{ATOM}updated"))
    for html in (item.findtext("description"), item.findtext(f"{CONTENT}encoded")):
        assert not RELATIVE.search(html) and not ACTIVE.search(html), html
    for creator in item.findall(f"{DC}creator"):
        assert creator.text.strip()
    for category in item.findall("category"):
        assert category.text.strip()
    if (enclosure := item.find("enclosure")) is not None:
        check_pictures(enclosure.attrib, item.find(f"{MEDIA}content"))


def check_pictures(enclosure, media):
    assert set(enclosure) == {"url", "length", "type"}
    is_url(enclosure["url"])
    assert int(enclosure["length"]) >= 0 and enclosure["type"].startswith("image/")
    assert media.get("url") == enclosure["url"] and media.get("type") == enclosure["type"]
    assert media.get("medium") == "image" and int(media.get("width")) > 0 and int(media.get("height")) > 0
    assert media.get("fileSize", "0") == enclosure["length"]
    assert {child.tag for child in media} <= {f"{MEDIA}description", f"{MEDIA}credit"}


def occur(element, rules):
    names = [child.tag for child in element]
    assert set(names) <= set(rules), set(names) - set(rules)
    for name, (least, most) in rules.items():
        assert least <= names.count(name) <= most, name


def is_url(url):
    parts = urlsplit(url)
    assert parts.scheme in {"http", "https"} and parts.netloc and url.isascii() and " " not in url, url


def is_822(written):
    assert RFC_822.fullmatch(written), written
    assert parsedate_to_datetime(written).strftime("%a") == written[:3]
