"""Keys that were typed where no input method was on become the word that was meant; everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib import text
from newsroom.lib.proofreading.keystrokes import decoded
from newsroom.lib.proofreading.syllables import is_word

TELEX = (
    "tieengs tiếng Vieetj Việt VIEETJ VIỆT ddeer để dduwowngf đường DDuwowngf Đường Nguyeenx Nguyễn nghieepj nghiệp "
    "hoaf hòa thuys thúy toans toán muaw mưa quawng quăng nguwowif người giowf giờ quys quý quoocs quốc gif gì "
    "huyeenj huyện khuyur khuỷu thuowr thuở chuongw chương"
).split()
VNI = "tie61ng tiếng Vie65t Việt d9o61ng đống D9a2 Đà thu7o7ng thương ho2a hòa tro72i trời gia2u giàu na8m năm".split()
PAIRS = [*zip(TELEX[::2], TELEX[1::2], strict=True), *zip(VNI[::2], VNI[1::2], strict=True)]


@pytest.mark.parametrize(("keys", "word"), PAIRS)
def test_decodes(keys, word):
    assert decoded(keys) == word


@pytest.mark.parametrize(
    "word", "tiếng ha noi hello next news covid19 19h30 2021 h5n1 x dd ssss 🎉 A/B".split() + ["", "a b"]
)
def test_leaves_alone(word):
    assert decoded(word) is None


@pytest.mark.parametrize("word", "Hà Nội tiếng Việt hòa hoà ủy uỷ quý gì giếng quỳnh khuya xoong nghiêng ý kỹ".split())
def test_syllables(word):
    assert is_word(word)


@pytest.mark.parametrize("word", ["tóan", "tac", "hello", "kả", "ngề", "gẻ", "x", "", "tiếngs", "aàá", "14", "hà nội"])
def test_no_syllables(word):
    assert not is_word(word)


@given(st.text(max_size=20))
def test_takes_anything(typed):
    meant = decoded(typed)
    assert meant is None or (is_word(meant) and decoded(meant) is None)


@given(st.text(alphabet="aeioudgnhtwsfrxj123456789", max_size=9))
def test_what_it_makes_is_a_syllable(typed):
    meant = decoded(typed)
    assert meant is None or (is_word(meant) and text.clean(meant) == meant)
