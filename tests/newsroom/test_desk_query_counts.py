"""The desk's pages ask as many queries with sixty things to show as with nine (a list of the desk shows eight)."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, DeskNotice, Stage
from newsroom.lib.audit.models import record
from newsroom.roles import join_groups
from tests import builders

pytestmark = pytest.mark.django_db
MOST = 26
PAGES = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/?q=khongco",
    "/admin/articles/article/lich/",
    "/admin/articles/article/thong-bao/",
    "/admin/articles/image/",
    "/admin/articles/author/",
    "/admin/articles/tag/",
    "/admin/auth/user/",
    "/admin/nhat-ky/",
]


def fill(count, chief):
    """So many stories that are out, so many in each stage, and as many of all else that the pages list."""
    for n in range(count):
        section = builders.make_section(f"Mục {n}")
        person = builders.make_user("reporter", name=f"pv{n}-{count}")
        story = builders.make_article(by=person, section=section.pk, image=builders.make_image())
        for stage in (stage for stage in Stage if stage is not Stage.DONE):
            draft = builders.make_draft(person, section=section.pk)
            Article.objects.filter(pk=draft.pk).update(stage=stage)
        DeskNotice.objects.create(user=chief, kind="taken", article=story, text="Đã nhận", at=timezone.now())
        builders.make_author(f"Tác giả {n}")
        builders.catalogue.tag_named(f"Từ khóa {n}")
        record("section.changed", by=person, about=section)


def queries(client):
    counts = {}
    for address in PAGES:
        cache.clear()
        client.get(address)  # a person's first page also writes down that they came
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        counts[address] = len(captured)
    return counts


def test_pages_of_the_desk_ask_little_and_always_the_same(client):
    call_command("sync_roles", verbosity=0)
    chief = builders.make_user("chief", name="cora")
    builders.RoleGrant.objects.create(user=chief, role="administrator")
    join_groups(chief)
    client.force_login(chief)
    fill(9, chief)
    few = queries(client)
    fill(51, chief)
    many = queries(client)
    assert {address: count for address, count in many.items() if count > MOST} == {}
    assert many == few
