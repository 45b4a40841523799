"""Finding stories by words: one function, the same answers on SQLite and PostgreSQL."""

import unicodedata
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import extracts, publishing, search, workflow
from articles.models import Article, SearchDoc
from newsroom.lib import dates
from tests.builders import hours, make_article, make_section, make_user, withdraw

pytestmark = pytest.mark.django_db


def story(headline, body="<p>Tin ngắn.</p>", **fields):
    return make_article(headline=headline, lead=fields.pop("lead", "Tin từ các phường."), body=body, **fields)


def headlines(query, **narrowed):
    return [hit.article.headline for hit in search.search(query, **narrowed).hits]


def marked(pieces):
    return [piece.text for piece in pieces if piece.marked]


def written(pieces):
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ("ha noi", "Hà Nội vào thu"),
        ("HÀ NỘI", "Hà Nội vào thu"),
        ("dang bo", "Đảng bộ họp"),
        ("đảng bộ", "Đảng bộ họp"),
        ("hoà bình", "Phố hòa bình"),
        ("hòa bình", "Phố hoà bình"),
        ("uỷ ban", "Ủy ban thành phố"),
        ("ky thuat", "Kỹ thuật mới"),
        ("kĩ thuật", "Kỹ thuật mới"),
        ("covid-19", "Dịch COVID-19 lắng xuống"),
        ("14-1", "Sáng 14-1, trời rét"),
        ("2020-2025", "Nhiệm kỳ 2020-2025"),
        ("19h30", "Khai mạc lúc 19h30"),
        ("1,2 km", "Tuyến phố dài 1,2 km"),
        ("duong sat", "Đường sắt đô thị"),
    ],
)
def test_finds(query, headline):
    story("Chuyện khác hẳn")
    story(headline)
    assert headlines(query) == [headline]
    assert headlines(unicodedata.normalize("NFD", query)) == [headline]


def test_words_may_stand_in_headline_lead_and_text():
    story("Lễ hội mùa xuân", lead="Ở Đông Anh đông vui.", body="<p>Có <strong>rối nước</strong>&nbsp;và cờ người.</p>")
    assert headlines("lễ hội đông anh rối nước") == ["Lễ hội mùa xuân"]
    assert headlines("lễ hội tây hồ") == []


def test_markup_is_no_word():
    story("Bài có liên kết", body='<p><a href="https://example.org/kinhdoanh">đọc tiếp</a></p>')
    assert headlines("kinhdoanh") == []
    assert headlines("href") == []


def test_exact_marks_come_first():
    for headline in ("Bão số 5 đổ bộ", "Bảo tàng mở cửa", "Báo cáo của sở", "Bào ngư lên giá"):
        story(headline, lead="Tin ngắn.")
    assert headlines("bảo")[0] == "Bảo tàng mở cửa"
    assert headlines("bão")[0] == "Bão số 5 đổ bộ"
    assert len(headlines("bao")) == 4


def test_exact_marks_in_the_text_come_before_other_marks_in_the_headline():
    story("Tin trong ngày", body="<p>Một chiếc ô tô màu bạc.</p>")
    story("Bác Hồ với thủ đô")
    assert headlines("bạc") == ["Tin trong ngày", "Bác Hồ với thủ đô"]


def test_words_side_by_side_come_before_scattered_ones():
    together = "Phố nhỏ ở Hà Nội"
    story("Bà Hà kể chuyện họ nội, họ ngoại")
    story(together)
    story("Nội thành và sông Hà")
    assert headlines("ha noi")[0] == together
    assert headlines("hà nội")[0] == together


def test_headline_counts_more_than_text():
    story("Tin tổng hợp", body="<p>Cầu Long Biên ở cuối bài này.</p>")
    story("Cầu Long Biên sửa xong")
    assert headlines("long bien") == ["Cầu Long Biên sửa xong", "Tin tổng hợp"]


def test_equals_come_newest_first():
    for day in (1, 3, 2):
        story("Giá vàng hôm nay", published_at=datetime(2024, 5, day, 9, tzinfo=dates.TZ))
    found = [hit.article.published_on.day for hit in search.search("giá vàng").hits]
    assert found == [3, 2, 1]


# --- only what readers may see ------------------------------------------------------------------------------------


def test_only_what_is_published():
    gone = story("Hồ Tây bị gỡ")
    withdraw(gone)
    story("Hồ Tây hẹn giờ", published_at=hours(2))
    ended = story("Hồ Tây đã hết hạn", published_at=hours(-3))
    Article.objects.filter(pk=ended.pk).update(visible_until=hours(-1))
    story("Hồ Tây trong mục ẩn", section=make_section("Mục ẩn", is_shown=False).pk)
    story("Hồ Tây sáng nay")
    assert headlines("hồ tây") == ["Hồ Tây sáng nay"]


def test_a_withdrawn_story_is_found_again_when_it_is_back():
    gone = story("Hồ Tây bị gỡ")
    withdraw(gone)
    workflow.perform(gone.pk, "republish", by=make_user("chief"), note="Đã kiểm chứng")
    assert headlines("hồ tây") == ["Hồ Tây bị gỡ"]


def test_narrowed_by_section():
    economy = make_section("Kinh tế")
    market = make_section("Thị trường", parent=economy)
    story("Giá điện", section=make_section("Thời sự").pk)
    story("Giá gạo", section=market.pk)
    assert headlines("giá", section=economy) == ["Giá gạo"]
    assert headlines("giá", section=market) == ["Giá gạo"]


def test_narrowed_by_days_of_ha_noi():
    story("Giao thừa", published_at=datetime(2021, 1, 14, 0, 0, tzinfo=dates.TZ))
    story("Giao thừa", published_at=datetime(2021, 1, 14, 23, 59, 59, tzinfo=dates.TZ))
    story("Giao thừa muộn", published_at=datetime(2021, 1, 15, 0, 0, tzinfo=dates.TZ))
    day = date(2021, 1, 14)
    assert headlines("giao thừa", since=day, until=day) == ["Giao thừa", "Giao thừa"]
    assert headlines("giao thừa", since=date(2021, 1, 15)) == ["Giao thừa muộn"]
    assert headlines("giao thừa", until=date(2021, 1, 13)) == []


# --- many hits ----------------------------------------------------------------------------------------------------


def test_pages(monkeypatch):
    monkeypatch.setattr(search, "PER_PAGE", 2)
    for number in range(5):
        story(f"Chợ hoa số {number}")
    pages = [headlines("chợ hoa", page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert len({headline for page in pages for headline in page}) == 5


def test_the_count_is_capped(monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 2)
    story("Chợ hoa")
    story("Chợ hoa")
    assert (search.search("chợ").total, search.search("chợ").more) == (2, False)
    story("Chợ hoa")
    assert (search.search("chợ").total, search.search("chợ").more) == (2, True)


def test_of_too_many_hits_the_newest_are_ranked(monkeypatch):
    monkeypatch.setattr(search, "MOST", 2)
    for year in (2022, 2024, 2023):
        story(f"Chợ hoa {year}", published_at=datetime(year, 1, 1, tzinfo=dates.TZ))
    assert sorted(headlines("chợ hoa")) == ["Chợ hoa 2023", "Chợ hoa 2024"]


@pytest.mark.parametrize("count", [1, 30])
def test_three_queries_however_many(count):
    for number in range(count):
        story(f"Chợ hoa {number}", section=make_section(f"Mục {number}").pk)
    with CaptureQueriesContext(connection) as queries:
        found = search.search("chợ hoa")
        assert all(hit.article.section.name and hit.article.get_absolute_url() for hit in found.hits)
    assert len(queries) == 3


# --- odd queries --------------------------------------------------------------------------------------------------

ODD = [
    "",
    "   ",
    "\x00",
    "a\x00b",
    '"',
    "'",
    "'; DROP TABLE articles_article; --",
    '"hà nội',
    "hà AND nội OR (NOT",
    "NEAR(hà nội, 2)",
    "headline : hà",
    "-hà +nội *",
    "hà*",
    "hà & nội | !họp <-> x",
    "hà:*",
    "\\",
    "%s %(x)s %",
    "{headline}",
    "____",
    "🎉🎉",
    "👩‍👩‍👧",
    "\ud800",
    "\u0301\u0301",
    "½ № ﬁ ß İ",
    "北京",
    "hà " * 2000,
    "x" * 5000,
    "https://example.org/a/b?c=d",
    "a@b.vn 1e5 1.2.3 /etc/passwd",
]


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_odd_queries_never_fail(query):
    story("Hà Nội họp báo")
    found = search.search(query)
    assert found.total == len(found.hits)


def test_odd_signs_between_words_do_no_harm():
    story("Hà Nội họp báo")
    for query in ('"hà nội"', "hà* (nội)", "hà & nội!", "hà-nội", "🎉 hà nội"):
        assert headlines(query) == ["Hà Nội họp báo"], query


def test_a_long_query_is_cut():
    story("Một hai ba bốn năm sáu bảy tám chín mười mốt hai")
    assert headlines("một hai ba bốn năm sáu bảy tám chín mười mốt hai và những chữ không có")


def test_a_story_as_long_as_it_may_be_is_indexed():
    words = " ".join(f"chữ{number}ệ" for number in range(40_000))
    story("Bài rất dài", body=f"<p>{words}</p>")
    assert headlines("bai rat dai") == ["Bài rất dài"]


# --- what is shown ------------------------------------------------------------------------------------------------


def test_words_are_marked_in_the_story_s_own_spelling():
    story("Thành phố Hà Nội xanh", body="<p>Ở <em>Hà Nội</em> có hà mã và bên nội.</p>")
    hit = search.search("ha noi").hits[0]
    assert marked(hit.headline) == ["Hà Nội"]
    assert written(hit.headline) == "Thành phố Hà Nội xanh"
    assert marked(hit.extract) == ["Hà Nội"]
    assert "có hà mã" in written(hit.extract)


def test_parts_of_words_are_not_marked():
    story("An toàn và bình an", body="<p>Ban quản lý.</p>")
    assert marked(search.search("an").hits[0].headline) == ["An", "an"]


def test_equal_spellings_are_marked():
    story("Kỹ sư hoà nhịp")
    assert marked(search.search("kĩ sư hòa nhịp").hits[0].headline) == ["Kỹ sư hoà nhịp"]


def test_the_extract_is_short_and_shows_the_best_place():
    far = "Câu mở đầu dài dòng không có gì. " * 40
    body = f"<p>{far} Báo viết. {far} Chính ở đây có bảo tàng cổ vật. {far}</p>"
    story("Tin văn hóa", body=body)
    shown = search.search("bảo").hits[0].extract
    assert marked(shown) == ["bảo"]
    assert written(shown).startswith("… ")
    assert written(shown).endswith(" …")
    assert "bảo tàng cổ vật" in written(shown)
    assert len(written(shown)) <= extracts.LENGTH + 4


def test_the_extract_prefers_different_words_to_one_word_often():
    far = "Câu mở đầu dài dòng không có gì. " * 20
    story("Tin môi trường", body=f"<p>Cây, cây, cây và cây. {far} Thêm cây cho phố.</p>")
    assert marked(search.search("cây phố").hits[0].extract) == ["cây", "phố"]


def test_without_a_hit_in_the_text_the_extract_is_its_beginning():
    story("Cầu Thê Húc", lead="Sơn lại màu đỏ.")
    shown = search.search("cầu thê húc").hits[0].extract
    assert written(shown).startswith("Sơn lại màu đỏ.")
    assert not marked(shown)


def test_markup_in_a_story_stays_text():
    story("So sánh 1 < 2 & 3", body="<p>&lt;script&gt;alert(1)&lt;/script&gt; họp</p>")
    assert "<script>alert(1)</script>" in written(search.search("alert").hits[0].extract)


# --- kept right ---------------------------------------------------------------------------------------------------


def test_the_index_follows_every_way_of_writing():
    first, second = story("Mùa sen nở"), story("Mùa cốm mới")
    SearchDoc.objects.filter(pk=first.pk).update(headline="mua ban", headline_exact="mùa ban")
    assert headlines("mùa ban") == ["Mùa sen nở"]
    documents = list(SearchDoc.objects.filter(pk=second.pk))
    SearchDoc.objects.all().delete()
    assert headlines("mùa") == []
    SearchDoc.objects.bulk_create(documents)
    assert headlines("mùa cốm") == ["Mùa cốm mới"]


def test_reindex_makes_what_is_missing_and_drops_what_is_too_much(capsys):
    kept, gone = story("Mùa sen nở"), story("Mùa sen tàn")
    withdraw(gone)
    SearchDoc.objects.all().delete()
    SearchDoc.objects.create(article=gone, published_at=hours(-1), headline="mua sen", headline_exact="mùa sen")
    call_command("reindex")
    assert list(SearchDoc.objects.values_list("article", flat=True)) == [kept.pk]
    assert headlines("mùa sen") == ["Mùa sen nở"]
    call_command("reindex")
    assert headlines("mùa sen") == ["Mùa sen nở"]


def test_the_document_says_what_publishing_wrote():
    article = story("Hoà bình cho “Đảng bộ”")
    document = search.document(article, article.live_revision.snapshot)
    assert document["headline"] == "hoa binh cho dang bo"
    assert document["headline_exact"] == "hòa bình cho đảng bộ"
    assert publishing.search is search
