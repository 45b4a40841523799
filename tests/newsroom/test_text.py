"""Vietnamese text: golden words first, then what holds for any text."""

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib import text

ANY_TEXT = st.text(st.characters(), max_size=60)
VIETNAMESE = st.text(
    "aăâeêioôơuưyđAĂÂĐ hklmstqng \u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u200d\U0001f469", max_size=40
)
TEXTS = ANY_TEXT | VIETNAMESE
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"


def nfd(word):
    return unicodedata.normalize("NFD", word)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (nfd("Hà Nội"), "Hà Nội"),
        ("ti\u00ea\u0301ng", "tiếng"),  # half-composed, as Windows-1258 leaves it
        ("\u00f0i \u00d0\u00e0 N\u1eb5ng \u0189\u00f4ng", "đi Đà Nẵng Đông"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\x00\x08\x1b\x7f\x85", "a\tb"),
        ("Phúc\u200b\u200c\ufeff\u00ad Thọ\u202e\u2066", "Phúc Thọ"),
        ("a\ud800b\udfff", "ab"),
        ("không\u200dgian", "khônggian"),
        ("Gia đình \U0001f468\u200d\U0001f469\u200d\U0001f467", "Gia đình \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
        ("\U0001f642\u200d\u2194\ufe0f", "\U0001f642\u200d\u2194\ufe0f"),
        ("năm\u00a02021 ½ №", "năm\u00a02021 ½ №"),
    ],
)
def test_clean(raw, expected):
    assert text.clean(raw) == expected


def test_clean_line_has_single_spaces():
    assert text.clean_line(" Hà\u00a0 Nội\n\tphố \u3000") == "Hà Nội phố"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Đường đi đến Đà Nẵng", "duong di den da nang"),
        ("HUYỆN ỦY PHÚC THỌ", "huyen uy phuc tho"),
        ("toàn khoá", "toan khoa"),
        ("kỹ sư Lý", "ki su li"),
        ("tỷ", "ti"),
        ("quý thủy ngày", "quy thuy ngay"),
        ("½ № Ｈà", "1⁄2 no ha"),
        ("straße Łódź", "strasse lodz"),
    ],
)
def test_fold(raw, expected):
    assert text.fold(raw) == expected
    assert text.fold(nfd(raw)) == expected


@pytest.mark.parametrize(("one", "other"), [("hòa", "hoà"), ("thúy", "thuý"), ("kỹ", "kĩ"), ("mỹ lý", "mĩ lí")])
def test_fold_makes_spellings_equal(one, other):
    assert text.fold(one) == text.fold(other)


def test_fold_chars_keeps_positions():
    assert text.fold_chars("Đống Đa: ễ ½ ß Ａ") == "dong da: e ½ ß a"


@pytest.mark.parametrize(
    "ordered",
    [
        list(LETTERS),
        ["ba", "bà", "bả", "bã", "bá", "bạ"],
        ["an", "ăn", "ân"],
        ["Dương", "Đan", "Thanh"],
        ["an", "An Bình", "ân"],
        ["an b", "ana"],
        ["bà ca", "bá ca", "ba cá em"],  # letters of the whole text before any tone
        ["Lê Ban", "Lê Bàn", "Lệ Ban"],  # then the tones, from the left
        ["", "2021", "3 sạch", "a", "z", "я", "中"],
        ["khoa", "khóa", "khoan"],
    ],
)
def test_sort_key_puts_in_vietnamese_order(ordered):
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=text.sort_key) == ordered


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hoà"), ("Đan", "đan"), (nfd("Nguyễn"), "Nguyễn"), ("Covid-19", "COVID 19")]
)
def test_sort_key_ignores(one, other):
    assert text.sort_key(one) == text.sort_key(other)


def test_sort_key_never_outgrows_its_column():
    assert len(text.sort_key("中" * 5000)) == text.SORT_KEY_LENGTH


def test_identity_keeps_marks():
    assert text.identity(" BẢO  Anh") == "bảo anh"
    assert text.identity("Bảo") != text.identity("Bão")


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("Đường đi đến Đà Nẵng", "duong-di-den-da-nang"),
        (nfd("Đường đi đến Đà Nẵng"), "duong-di-den-da-nang"),
        ("Huyện ủy Phúc Thọ: 6 chương trình “3 sạch”", "huyen-uy-phuc-tho-6-chuong-trinh-3-sach"),
        ("Mỹ, Lý & kỹ sư", "my-ly-ky-su"),
        ("\u00d0\u00e0 N\u1eb5ng", "da-nang"),
        ("中文 …", ""),
        ("", ""),
    ],
)
def test_slugify(raw, slug):
    assert text.slugify(raw) == slug


def test_slug_is_cut_between_words():
    assert text.slugify("một hai ba bốn", max_length=10) == "mot-hai-ba"
    assert text.slugify("một hai ba bốn", max_length=9) == "mot-hai"
    assert text.slugify("nghiêngngả", max_length=5) == "nghie"


@pytest.mark.parametrize(
    ("new", "old"),
    [
        *zip(
            "hoà hoá hoả hoã hoạ khoẻ xoè thuý uỷ thuỵ luỹ".split(),
            "hòa hóa hỏa hõa họa khỏe xòe thúy ủy thụy lũy".split(),
            strict=True,
        ),
        ("HOÀ Hoà Uỷ", "HÒA Hòa Ủy"),
        ("toàn khoá", "toàn khóa"),
    ],
)
def test_old_tone_placement_moves_the_mark(new, old):
    assert text.old_tone_placement(new) == old
    assert text.old_tone_placement(nfd(new)) == old


@pytest.mark.parametrize("word", "quý quỷ Quỳ hoàn ngoáy khuỷu thuyền hòa ủy loài huỳnh".split())
def test_old_tone_placement_leaves(word):
    assert text.old_tone_placement(word) == word


def test_word_count_counts_syllables():
    assert text.word_count("(NSHN) - Ngày 14-1, Huyện ủy\u00a0Phúc Thọ…") == 8


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (482, 2), (2300, 10)])
def test_reading_minutes(words, minutes):
    assert text.reading_minutes(words) == minutes


def test_excerpt():
    assert text.excerpt("Quang cảnh\nhội nghị.", 40) == "Quang cảnh hội nghị."
    assert text.excerpt("Quang cảnh, hội nghị.", 14) == "Quang cảnh…"
    assert text.excerpt("nghiêngnghiêng", 6) == "nghiê…"


@given(TEXTS)
def test_cleaning_twice_changes_nothing(raw):
    cleaned = text.clean(raw)
    assert text.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert text.clean_line(text.clean_line(raw)) == text.clean_line(raw)


@given(TEXTS)
def test_composed_and_decomposed_are_one(raw):
    composed, decomposed = unicodedata.normalize("NFC", raw), nfd(raw)
    for function in (text.clean, text.fold, text.identity, text.sort_key, text.slugify):
        assert function(composed) == function(decomposed)


@given(TEXTS, st.integers(1, 40))
def test_slugs_are_addresses(raw, max_length):
    slug = text.slugify(raw, max_length)
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= max_length


@given(TEXTS)
def test_folding(raw):
    folded = text.fold(raw)
    assert text.fold(folded) == folded
    cleaned = text.clean(raw)
    assert len(text.fold_chars(cleaned)) == len(cleaned)


@given(TEXTS)
def test_sort_keys_are_plain(raw):
    assert re.fullmatch("[0-9a-z]*", text.sort_key(raw))


@given(TEXTS, st.integers(2, 50))
def test_excerpts_fit(raw, length):
    assert len(text.excerpt(raw, length)) <= length
