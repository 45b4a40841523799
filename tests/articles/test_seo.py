"""What machines read: titles, one canonical address, Open Graph, structured data that no text can break out of."""

import json
import re
from datetime import datetime, timedelta

import jsonschema
import pytest
from django.utils import timezone

from articles import catalogue, seo
from articles.models import BylineRef, Correction
from articles.structured import StructuredData
from newsroom.lib import dates
from tests import builders
from tests.articles.machine_schemas import GRAPH
from tests.articles.test_placing import update

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
    told = json.loads(written[0])
    jsonschema.validate(told, GRAPH)
    return {node["@type"]: node for node in told["@graph"]}


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
    assert [crumb["position"] for crumb in crumbs] == [1, 2]
    assert crumbs[-1]["item"] == f"https://bao.example{story.section.get_absolute_url()}"


def test_article_in_three_shapes(client):
    shapes = {"wide": (1200, 675), "classic": (1200, 900), "square": (1200, 1200)}
    made = {name: {"v": "1", "widths": [1200], "bytes": {"1200": 9}} for name in ("full", *shapes)}
    image = builders.make_image(width=1600, height=1200, renditions=made)
    story = builders.make_article(image=image)
    images = graph(client, story.get_absolute_url())["NewsArticle"]["image"]
    assert [(image["width"], image["height"]) for image in images] == list(shapes.values())
    assert [re.search(r"/(\w+)-1200-1\.jpg$", image["url"])[1] for image in images] == list(shapes)
    assert images[0]["caption"] == "Hồ Gươm sáng sớm." and images[0]["creditText"] == "Minh Hà"
    page = head(client, story.get_absolute_url())
    assert attributes(page, "og:image") == [images[0]["url"]]
    assert attributes(page, "og:image:width") + attributes(page, "og:image:height") == ["1200", "675"]
    assert attributes(page, "og:image:alt") == ["Mặt hồ và Tháp Rùa"]


def test_article_tells_its_corrections(client, cast):
    now = timezone.now()
    story = builders.make_article(builders.hours(-5))
    update(story, cast.pia, headline=story.headline, lead="Đã sửa.")
    formal = Correction.objects.create(
        **{"article": story, "work_title": "Bài", "section_name": "Thời sự", "false_on": now.date()},
        **{"false_content": "Sai.", "corrected_content": "Đúng là thế này.", "apology": "Xin lỗi."},
        **{"received_at": now, "due_at": now + timedelta(days=1), "created_by": cast.ed},
        **{"stage": "published", "published_at": now, "published_by": cast.pia},
    )
    article = graph(client, story.get_absolute_url())["NewsArticle"]
    (told,) = article["correction"]  # an update that is told is none
    assert told["text"] == "Đúng là thế này."
    assert told["url"] == f"https://bao.example/dinh-chinh/{formal.pk}/"
    assert article["dateModified"] > article["datePublished"]


def test_article_without_author_or_picture(client):
    story = builders.make_article(bylines=(), source="TTXVN")
    nodes = graph(client, story.get_absolute_url())
    assert nodes["NewsArticle"]["author"] == [{"@id": nodes["NewsMediaOrganization"]["@id"]}]
    assert "image" not in nodes["NewsArticle"]
    page = head(client, story.get_absolute_url())
    assert attributes(page, "og:image") == ["https://bao.example/static/img/icon-512.png"]
    assert attributes(page, "twitter:card") == ["summary"]


def test_author_is_a_person_with_a_profile(client):
    author = builders.make_author("Lê An", bio="Phóng viên đô thị.", portrait=builders.make_image())
    builders.make_article(bylines=(BylineRef(author.pk),))
    profile = graph(client, "/tac-gia/le-an/")["ProfilePage"]["mainEntity"]
    assert (profile["@type"], profile["name"], profile["description"]) == ("Person", "Lê An", "Phóng viên đô thị.")
    assert profile["image"][0]["url"].startswith("https://bao.example/media/")


@pytest.mark.parametrize("address", ["/do-thi/", "/do-thi/giao-thong/", "/chu-de/bao/"])
def test_lists_name_their_stories_in_order(client, address):
    sub = builders.make_section("Giao thông", parent=builders.make_section("Đô thị"))
    tag = catalogue.tag_named("Bão")
    stories = [builders.make_article(builders.hours(-n), section=sub.pk, tags=(tag.pk,)) for n in (1, 2)]
    listed = graph(client, address)["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [item["url"] for item in listed] == [f"https://bao.example{story.get_absolute_url()}" for story in stories]
    assert [item["position"] for item in listed] == [1, 2]


@pytest.mark.parametrize("address", ["/", "/tac-gia/", "/dinh-chinh/", "/rss/", "/luu-tru/", "/tim-kiem/"])
def test_data_of_other_pages_is_valid(client, address):
    assert graph(client, address)["NewsMediaOrganization"]["correctionsPolicy"] == "https://bao.example/dinh-chinh/"


def test_text_cannot_end_the_data(client):
    story = builders.make_article(headline=HOSTILE, lead=HOSTILE)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "alert(1)</script>" not in page
    assert graph(client, story.get_absolute_url())["NewsArticle"]["headline"] == story.headline


def test_structured_data_escapes():
    written = str(StructuredData([{"name": HOSTILE}]))
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written)["@graph"] == [{"name": HOSTILE}]


def test_open_graph_and_description(client):
    tags = (catalogue.tag_named("Bão").pk,)
    story = builders.make_article(lead="Một câu. " * 60, image=builders.make_image(), tags=tags)
    page = head(client, story.get_absolute_url())
    address = f"https://bao.example{story.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert attributes(page, "og:url") == [address]
    assert attributes(page, "og:type") == ["article"]
    assert attributes(page, "og:title") == [story.headline]
    assert attributes(page, "og:image")[0].startswith("https://bao.example/media/")
    assert attributes(page, "og:description") == attributes(page, "description")
    assert attributes(page, "article:section") == ["Thời sự"]
    assert attributes(page, "article:author") == ["https://bao.example/tac-gia/nguyen-mai/"]
    assert attributes(page, "article:tag") == ["Bão"]
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
    assert '<link rel="prev" href="?trang=1">' in page and 'rel="next"' not in page
    assert '<link rel="next" href="?trang=2">' in head(client, "/do-thi/")


@pytest.mark.parametrize(
    ("address", "canonical", "is_indexed"),
    [
        ("/?utm_source=x", "/", True),
        ("/do-thi/?trang=1", "/do-thi/", True),
        ("/do-thi/?q=1", "/do-thi/", True),
        ("/luu-tru/2021/01/14/", "/luu-tru/2021/01/14/", True),
        ("/luu-tru/2021/01/14/?chuyen-muc=do-thi", "/luu-tru/2021/01/14/?chuyen-muc=do-thi", True),
        ("/luu-tru/2021/01/15/", "/luu-tru/2021/01/15/", False),
        ("/tim-kiem/?q=ho", "/tim-kiem/", False),
        ("/binh-luan/STORY/", "/binh-luan/STORY/", True),
        ("/binh-luan/STORY/?thu-tu=cu-nhat", "/binh-luan/STORY/", False),
        ("/chu-de/khong-bai/", "/chu-de/khong-bai/", False),
        ("/tac-gia/khong-bai/", "/tac-gia/khong-bai/", False),
    ],
)
def test_the_address_that_counts(client, address, canonical, is_indexed):
    section = builders.make_section("Đô thị")
    story = builders.make_article(datetime(2021, 1, 14, 9, tzinfo=dates.TZ), section=section.pk)
    catalogue.tag_named("Không bài")
    builders.make_author("Không bài")
    page = head(client, address.replace("STORY", str(story.pk)))
    expected = "https://bao.example" + canonical.replace("STORY", str(story.pk))
    assert re.findall('<link rel="canonical" href="([^"]*)">', page) == attributes(page, "og:url") == [expected]
    robots = "index, follow, max-image-preview:large" if is_indexed else "noindex, follow"
    assert attributes(page, "robots") == [robots]


def test_home_offers_the_search(client):
    action = graph(client, "/")["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "https://bao.example/tim-kiem/?q={search_term_string}"
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
