"""Parts of words: what the index finds is what is in the texts, whatever the word."""

import pytest
from django.db import connection

from articles.models import Image
from newsroom.lib.parts import holding, parts_of
from tests.builders import make_image

FOLDS = ["pho 42", "phở", "đa nang 1042", "o", "", "50% off_line", "an", "han hoan", 'a\'b "c" \\d {e,f}', "ha noi"]
WORDS = ["pho", "42", "o", "an", "noi", "0%", "_", "f_l", "104", "a'b", '"c"', "\\d", "{e,f}", "đa", "xyz"]


@pytest.mark.django_db
@pytest.mark.parametrize("word", [" ".join(WORDS), *WORDS])
def test_a_word_is_found_wherever_it_stands(word):
    Image.objects.bulk_create(
        Image(title=fold, fold=fold, key=f"{n}", digest=f"{n}", width=1, height=1, bytes=1)
        for n, fold in enumerate(FOLDS)
    )
    condition = holding("fold", word)
    found = set(Image.objects.filter(condition).values_list("title", flat=True))
    assert found == {fold for fold in FOLDS if word in fold}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such index")
def test_the_index_answers():
    make_image()
    with connection.cursor() as cursor:
        # Of few rows any way is cheap: this one is left.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        plan = Image.objects.filter(holding("fold", "guom"), holding("fold", "ho")).explain()
        assert "image_parts" in plan
        cursor.execute("SELECT newsroom_parts('pho o 42')")
        assert set(cursor.fetchone()[0]) == {"ph", "ho", "pho", "42"}


def test_parts_are_the_threes_of_a_word():
    found = {word: parts_of(word) for word in ("", "o", "ha", "pho", "hanoi")}
    assert found == {"": [], "o": [], "ha": ["ha"], "pho": ["pho"], "hanoi": ["han", "ano", "noi"]}
