"""Is every word that readers and editors see Vietnamese? The catalogues first, then the pages themselves."""

import re

import pytest
from django.conf import global_settings, settings
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from tests.newsroom.catalogues import LIBRARIES, OURS, read_mo, read_po, said_by_libraries

CATALOGUES = sorted(OURS.rglob("*.po"))
# Names of languages that the site does not speak.
LANGUAGES = {str(name) for _code, name in global_settings.LANGUAGES} - {"Vietnamese", "English"}
# django-otp's plug-in that sends codes by mail is not installed.
NEVER_SHOWN = {
    "sent by email",
    "Token generation is not allowed at this time",
    "Token generation cooldown period has not expired yet. Next generation allowed %s.",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")


def name_of(path):
    return str(path.relative_to(OURS))


def test_our_messages_are_all_translated():
    messages = list(read_po(OURS / "vi/LC_MESSAGES/django.po"))
    assert len(messages) > 400
    assert [message.text for message in messages if not message.translated] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=name_of)
def test_placeholders_survive(path):
    """A wording names what the code fills in, and nothing else; a plural may leave the number to one form."""
    for message in read_po(path):
        wanted = set(PLACEHOLDER.findall(message.text + message.plural))
        for said in filter(None, message.said):
            assert set(PLACEHOLDER.findall(said)) <= wanted, said
            assert message.plural or set(PLACEHOLDER.findall(said)) == wanted, said


@pytest.mark.parametrize("path", CATALOGUES, ids=name_of)
def test_compiled_as_written(path):
    written = {message.key: message.said[0] for message in read_po(path) if message.translated}
    assert read_mo(path.with_suffix(".mo")) == written, "run `make messages`"


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_libraries_leave_nothing_in_english(domain):
    catalogue = DjangoTranslation("vi", domain=domain)._catalog
    known = {key[0] if isinstance(key, tuple) else key for part in catalogue._catalogs for key in part}
    left = set(said_by_libraries(domain)) - known - LANGUAGES - NEVER_SHOWN
    assert left == set(), f"add them to {LIBRARIES.relative_to(settings.BASE_DIR)}"


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_is_kept_that_libraries_no_longer_say(domain):
    ours = {message.key for message in read_po(LIBRARIES / f"vi/LC_MESSAGES/{domain}.po")}
    assert ours - set(said_by_libraries(domain)) == set()


@pytest.mark.parametrize(
    ("message", "wording"),
    [
        ("Log out", "Đăng xuất"),
        ("History", "Lịch sử"),
        ("Add", "Thêm"),
        ("Password reset unsuccessful", "Không đặt lại được mật khẩu"),  # Django: "thành công"
        ("Sunday", "Chủ Nhật"),
        ("Thursday", "Thứ Năm"),
    ],
)
def test_wordings_better_than_django_s_own(message, wording):
    with translation.override("vi"):
        assert translation.gettext(message) == wording


def test_english_stays_english():
    """Neither the site's default language nor our catalogue shines through."""
    with translation.override("en"):
        for message in ("Log out", "History", "This field is required.", "Headline", "Newsroom"):
            assert translation.gettext(message) == message
