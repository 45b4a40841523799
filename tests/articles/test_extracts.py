"""What a hit shows: its own words, with what was looked for marked, and the stretch that fits best."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import extracts, search
from articles.queries import Query
from newsroom.lib import text
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def story(headline, body="<p>Tin ngắn.</p>", **fields):
    return make_article(headline=headline, lead=fields.pop("lead", "Tin từ các phường."), body=body, **fields)


def marked(pieces):
    return [piece.text for piece in pieces if piece.marked]


def written(pieces):
    return "".join(piece.text for piece in pieces)


def test_words_are_marked_in_the_story_s_own_spelling():
    story("Thành phố Hà Nội xanh", body="<p>Ở <em>Hà Nội</em> có hà mã và bên nội.</p>")
    hit = search.search(Query.read("ha noi")).hits[0]
    assert marked(hit.headline) == ["Hà Nội"]
    assert written(hit.headline) == "Thành phố Hà Nội xanh"
    assert marked(hit.extract) == ["Hà Nội"]
    assert "có hà mã" in written(hit.extract)


def test_parts_of_words_are_not_marked():
    story("An toàn và bình an", body="<p>Ban quản lý.</p>")
    assert marked(search.search(Query.read("an")).hits[0].headline) == ["An", "an"]


def test_equal_spellings_are_marked():
    story("Kỹ sư hoà nhịp")
    assert marked(search.search(Query.read("kĩ sư hòa nhịp")).hits[0].headline) == ["Kỹ sư hoà nhịp"]


def test_the_extract_is_short_and_shows_the_best_place():
    far = "Câu mở đầu dài dòng không có gì. " * 40
    body = f"<p>{far} Báo viết. {far} Chính ở đây có bảo tàng cổ vật. {far}</p>"
    story("Tin văn hóa", body=body)
    shown = search.search(Query.read("bảo")).hits[0].extract
    assert marked(shown) == ["bảo"]
    assert written(shown).startswith("… ")
    assert written(shown).endswith(" …")
    assert "bảo tàng cổ vật" in written(shown)
    assert len(written(shown)) <= extracts.LENGTH + 4


def test_the_extract_prefers_different_words_to_one_word_often():
    far = "Câu mở đầu dài dòng không có gì. " * 20
    story("Tin môi trường", body=f"<p>Cây, cây, cây và cây. {far} Thêm cây cho phố.</p>")
    assert marked(search.search(Query.read("cây phố")).hits[0].extract) == ["cây", "phố"]


def test_without_a_hit_in_the_text_the_extract_is_its_beginning():
    story("Cầu Thê Húc", lead="Sơn lại màu đỏ.")
    shown = search.search(Query.read("cầu thê húc")).hits[0].extract
    assert written(shown).startswith("Sơn lại màu đỏ.")
    assert not marked(shown)


def test_markup_in_a_story_stays_text():
    story("So sánh 1 < 2 & 3", body="<p>&lt;script&gt;alert(1)&lt;/script&gt; họp</p>")
    assert "<script>alert(1)</script>" in written(search.search(Query.read("alert")).hits[0].extract)


def test_phrases_are_marked_as_one_and_their_words_nowhere_else():
    story("Cầu Long Biên, phố Hà Nội", body="<p>Biên tập viên ở phố.</p>")
    hit = search.search(Query.read('phố "long bien"')).hits[0]
    assert marked(hit.headline) == ["Long Biên", "phố"]
    assert marked(hit.extract) == ["phố"]


def test_letters_keep_the_marks_that_no_single_character_has():
    original = "Chữ viết n\u0302 và n" + "\u0302" * 3
    assert marked(extracts.extract(original, Query.read("n"))) == ["n\u0302", "n\u0302\u0302\u0302"]


LETTERS = ["Hà", "nội", "ha", " ", " ", ".", "\u0302", "x\u0323", "İ", "ß", "👩\u200d👩", "🎉", "a" * 50, "ỳ" * 30]


@given(st.lists(st.sampled_from(LETTERS), max_size=60), st.sampled_from(["ha noi", '"hà nội"', "x", "ß i", "ỳ"]))
def test_an_extract_is_a_whole_stretch_of_the_story(parts, typed):
    original = text.clean_line("".join(parts))
    query = Query.read(typed)
    shown = written(extracts.extract(original, query))
    stretch = shown.removeprefix("… ").removesuffix(" …")
    assert stretch in original
    assert len(stretch) <= extracts.LENGTH + 10
    rest = original[original.index(stretch) + len(stretch) :]
    assert not rest or unicodedata.combining(rest[0]) == 0 or not stretch
    assert written(extracts.pieces(original, extracts.spans(original, query))) == original
