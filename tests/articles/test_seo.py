"""What machines read: titles, one canonical address, Open Graph, structured data that no text can break out of."""

import json
import re

import pytest

from articles import catalogue, seo
from articles.models import BylineRef
from tests import builders

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 \"'"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://bao.example"
    builders.make_publication()


def head(client, address):
    return client.get(address).content.decode().partition("</head>")[0]


def graph(client, address):
    written = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(client, address), re.DOTALL)
    assert len(written) == 1
    return {node["@type"]: node for node in json.loads(written[0])["@graph"]}


def attributes(page, name):
    return re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)">', page)


def test_article_data(client):
    author = builders.make_author("Lê An")
    tag = catalogue.tag_named("Bão")
    image = builders.make_image()
    story = builders.make_article(bylines=(BylineRef(author.pk),), tags=(tag.pk,), image=image)
    nodes = graph(client, story.get_absolute_url())
    article = nodes["NewsArticle"]
    address = f"https://bao.example{story.get_absolute_url()}"
    assert article["headline"] == story.headline
    assert article["mainEntityOfPage"] == address
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00", article["datePublished"])
    assert article["dateModified"] >= article["datePublished"]
    assert article["author"] == [{"@type": "Person", "name": "Lê An", "url": "https://bao.example/tac-gia/le-an/"}]
    assert article["publisher"] == {"@id": nodes["NewsMediaOrganization"]["@id"]}
    assert article["image"][0]["url"].startswith("https://bao.example/media/")
    assert article["keywords"] == ["Bão"]
    crumbs = nodes["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3]
    assert crumbs[-1]["item"] == address


def test_text_cannot_end_the_data(client):
    story = builders.make_article(headline=HOSTILE, lead=HOSTILE)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "alert(1)</script>" not in page
    assert graph(client, story.get_absolute_url())["NewsArticle"]["headline"] == story.headline


def test_structured_data_escapes():
    written = str(seo.StructuredData([{"name": HOSTILE}]))
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written)["@graph"] == [{"name": HOSTILE}]


def test_open_graph_and_description(client):
    story = builders.make_article(lead="Một câu. " * 60, image=builders.make_image())
    page = head(client, story.get_absolute_url())
    address = f"https://bao.example{story.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert attributes(page, "og:url") == [address]
    assert attributes(page, "og:type") == ["article"]
    assert attributes(page, "og:title") == [story.headline]
    assert attributes(page, "og:image")[0].startswith("https://bao.example/media/")
    assert len(attributes(page, "description")[0]) <= seo.DESCRIPTION_LENGTH
    assert attributes(page, "robots") == ["index, follow, max-image-preview:large"]
    assert f"<title>{story.headline} - Nhịp sống Hà Nội</title>" in page


def test_lists_name_their_page_and_feed(client):
    section = builders.make_section("Đô thị")
    for n in range(21):
        builders.make_article(section=section.pk, published_at=builders.hours(-n - 1))
    page = head(client, "/do-thi/?trang=2")
    assert '<link rel="canonical" href="https://bao.example/do-thi/?trang=2">' in page
    assert "<title>Đô thị - trang 2 - Nhịp sống Hà Nội</title>" in page
    assert 'href="/rss/do-thi.rss"' in page


def test_home_offers_the_search(client):
    action = graph(client, "/")["WebSite"]["potentialAction"]
    assert action["target"] == "https://bao.example/tim-kiem/?q={search_term_string}"
    assert "<title>Nhịp sống Hà Nội</title>" in head(client, "/")


def test_robots(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in response.content.decode()


def test_security_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "an-ninh@bao.example"
    told = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:an-ninh@bao.example\n" in told
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", told, re.MULTILINE)
