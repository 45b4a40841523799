"""Text fields keep one spelling, when saved and when looked up."""

import unicodedata

from django.db import connection
from django.db.models.expressions import Col
from django.utils.functional import lazystr

from newsroom.lib.fields import NFCCharField, NFCTextField

DECOMPOSED = unicodedata.normalize("NFD", "Hà  Nội\nphố")


def test_line_field_cleans_to_one_line():
    field = NFCCharField(max_length=50)
    assert field.get_prep_value(DECOMPOSED) == "Hà Nội phố"
    assert field.to_python(f" {DECOMPOSED}\x00") == "Hà Nội phố"


def test_text_field_keeps_lines():
    field = NFCTextField()
    assert field.get_prep_value(DECOMPOSED + "\r\n") == "Hà  Nội\nphố\n"
    assert field.to_python(DECOMPOSED) == "Hà  Nội\nphố"


def test_none_stays_none():
    for field in (NFCCharField(max_length=5), NFCTextField()):
        assert field.get_prep_value(None) is None
        assert field.to_python(None) is None


def test_lookups_are_cleaned():
    field = NFCCharField(max_length=50, db_column="name")
    assert field.get_lookup("exact")(Col("stories", field), DECOMPOSED).rhs == "Hà Nội phố"
    assert field.get_lookup("in")(Col("stories", field), [DECOMPOSED]).rhs == ["Hà Nội phố"]


def test_saving_cleans_a_lazy_string():
    field = NFCCharField(max_length=50)
    assert field.get_db_prep_save(lazystr(DECOMPOSED), connection) == "Hà Nội phố"


def test_migrations_can_name_them():
    _, path, _, options = NFCCharField(max_length=50, blank=True).deconstruct()
    assert (path, options) == ("newsroom.lib.fields.NFCCharField", {"max_length": 50, "blank": True})
    assert NFCTextField().deconstruct()[1] == "newsroom.lib.fields.NFCTextField"


def test_length_is_measured_after_cleaning():
    assert NFCCharField(max_length=6).clean(unicodedata.normalize("NFD", "Hà Nội"), None) == "Hà Nội"
