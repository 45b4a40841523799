"""Is this a valid sitemap? Written from the texts: protocol 0.9 (sitemaps.org/protocol.html), Google's page "Create a
News sitemap" (news extension 0.9), W3C Datetime (NOTE-datetime), ISO 639 for languages.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MOST, MOST_BYTES, MOST_NEWS = 50_000, 52_428_800, 1_000
W3C = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")


def check_index(content, host):
    """{address: lastmod or None} of the files that an index names."""
    return entries(content, "sitemapindex", "sitemap", host)


def check_urlset(content, host):
    """{address: lastmod or None} of a file of addresses."""
    return entries(content, "urlset", "url", host)


def check_news(content, host):
    """{address: (title, date, publication, language)}; none at all is allowed."""
    root = ElementTree.fromstring(content)
    urls = root.findall(f"{SITEMAP}url")
    assert root.tag == f"{SITEMAP}urlset" and len(root) == len(urls) <= MOST_NEWS
    return {location(url, host): story(url) for url in urls}


def story(url):
    (news,) = url.findall(f"{NEWS}news")
    assert [child.tag for child in news] == [f"{NEWS}{name}" for name in ("publication", "publication_date", "title")]
    assert [child.tag for child in news[0]] == [f"{NEWS}name", f"{NEWS}language"]
    name, language = (child.text for child in news[0])
    assert name.strip() and news[2].text.strip() and re.fullmatch("[a-z]{2,3}", language)
    return news[2].text, moment(news[1].text), name, language


def entries(content, root_name, name, host):
    assert len(content) <= MOST_BYTES
    assert content.decode("utf-8").startswith('<?xml version="1.0" encoding="UTF-8"?>')
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SITEMAP}{root_name}" and not root.attrib
    assert 1 <= len(root) <= MOST, "an empty file is not valid"
    found = {}
    for entry in root:
        assert entry.tag == f"{SITEMAP}{name}"
        assert [child.tag for child in entry] in ([f"{SITEMAP}loc"], [f"{SITEMAP}loc", f"{SITEMAP}lastmod"])
        written = entry.findtext(f"{SITEMAP}lastmod")
        found[location(entry, host)] = moment(written) if written else None
    assert len(found) == len(root), "an address stands there twice"
    return found


def location(entry, host):
    """The address: absolute, of this host, escaped, shorter than 2,048 characters."""
    (loc,) = entry.findall(f"{SITEMAP}loc")
    parts = urlsplit(loc.text)
    assert f"{parts.scheme}://{parts.netloc}" == host and len(loc.text) < 2048
    assert re.fullmatch(r"[\w.~:/?#\[\]@!$&'()*+,;=%-]+", loc.text, re.ASCII), loc.text
    return loc.text


def moment(written):
    assert W3C.fullmatch(written), written
    return datetime.fromisoformat(written)
