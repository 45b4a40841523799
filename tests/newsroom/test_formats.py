"""Dates and numbers in forms and templates, through Django itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format, get_format, number_format


class PaperForm(forms.Form):
    day = forms.DateField(localize=True, required=False)
    moment = forms.DateTimeField(localize=True, required=False)
    amount = forms.DecimalField(localize=True, required=False)


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def read(**data):
    form = PaperForm(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize("written", ["03/04/2021", "3/4/2021", "03-04-2021", "2021-04-03"])
def test_the_day_comes_first(language, written):
    assert read(day=written)["day"] == date(2021, 4, 3)


def test_a_day_over_twelve(language):
    assert read(day="14/01/2021")["day"] == date(2021, 1, 14)


@pytest.mark.parametrize("written", ["31/02/2021", "01/14/2021", "14/01/21", "ngày 14"])
def test_impossible_days_are_refused(language, written):
    assert "day" in PaperForm({"day": written}).errors


@pytest.mark.parametrize("written", ["14/01/2021 14:39", "14-01-2021 14:39:00", "2021-01-14 14:39"])
def test_moments_are_those_of_hanoi(language, written):
    assert read(moment=written)["moment"] == datetime(2021, 1, 14, 7, 39, tzinfo=UTC)


def test_a_form_shows_what_it_reads(language):
    shown = str(PaperForm(initial={"day": date(2021, 4, 3)})["day"])
    assert 'value="03/04/2021"' in shown


@pytest.mark.parametrize(("code", "written"), [("vi", "1.234,5"), ("en", "1,234.5")])
def test_numbers(code, written):
    with translation.override(code):
        assert read(amount=written)["amount"] == Decimal("1234.5")
        assert number_format(Decimal("1234.5"), use_l10n=True, force_grouping=True) == written


def test_weeks_begin_on_monday(language):
    assert get_format("FIRST_DAY_OF_WEEK") == 1


def test_vietnamese_dates_hold_no_words():
    moment = datetime(2021, 1, 14, 14, 39, tzinfo=UTC)
    with translation.override("vi"):
        assert date_format(moment, "DATETIME_FORMAT") == "14:39 14/01/2021"
        assert date_format(moment.date()) == "14/01/2021"
