"""While the house is closed for writing readers read; staff and comments meet a page that says when to come back."""

import pytest
from django.core.management import CommandError, call_command

from articles import releasing
from newsroom.lib.audit.models import AuditEvent
from newsroom.lib.maintenance import models as maintenance
from tests import builders

pytestmark = pytest.mark.django_db
TYPED = "Tôi chờ cây cầu này đã lâu. <b>"


@pytest.fixture(autouse=True)
def waits_for_nobody(monkeypatch):
    monkeypatch.setattr(maintenance, "KNOWN", 0)
    maintenance.known.forget()
    yield
    maintenance.known.row = None


def test_readers_read_and_others_wait(client, cast, capsys, caplog):
    story = builders.make_article()
    call_command("maintenance", "on", "--message", "Nâng cấp máy chủ đến 23 giờ.", "--minutes", "40")
    assert "đang bật" in capsys.readouterr().out
    for address in ("/", story.get_absolute_url(), f"/binh-luan/{story.pk}/", "/tim-kiem/?q=ha", "/readyz"):
        assert client.get(address).status_code == 200, address
    client.force_login(cast.ada)
    for response in (client.get("/admin/"), client.post(f"/binh-luan/{story.pk}/gui/", {"body": TYPED})):
        page = response.content.decode()
        assert response.status_code == 503 and response["Retry-After"] == "2400"
        assert "Nâng cấp máy chủ đến 23 giờ." in page and "40 phút" in page
        assert "no-store" in response["Cache-Control"]
    assert not [record for record in caplog.records if record.levelname == "ERROR"], "nobody is told of an error"
    assert "Tôi chờ cây cầu này đã lâu. &lt;b&gt;" in page, "what was typed can be copied"
    call_command("maintenance", "off")
    assert client.get("/admin/").status_code == 200
    assert list(AuditEvent.objects.values_list("kind", flat=True))[-2:] == ["maintenance.began", "maintenance.ended"]


def test_updates_wait_too(monkeypatch):
    monkeypatch.setattr(releasing, "release_all", lambda: pytest.fail("nothing is written meanwhile"))
    maintenance.begin()
    call_command("release_due", verbosity=0)


def test_a_process_asks_once_in_a_while(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(maintenance, "KNOWN", 60)
    with django_assert_num_queries(1):
        assert maintenance.current() is None and maintenance.current() is None
    maintenance.Maintenance.objects.create(pk=1)  # by another server
    assert maintenance.current() is None
    maintenance.known.forget()
    assert maintenance.current() is not None


def test_minutes_that_are_none():
    with pytest.raises(CommandError, match="1440"):
        call_command("maintenance", "on", "--minutes", "0")
