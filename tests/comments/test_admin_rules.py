"""The rules for comments are set by those who answer for the paper."""

import pytest
from django.urls import reverse

from comments.models import ThreadRules
from tests.builders import make_article, make_user

pytestmark = pytest.mark.django_db
ADD = reverse("admin:comments_threadrules_add")
LIST = reverse("admin:comments_threadrules_changelist")


@pytest.mark.parametrize(("role", "status"), [("chief", 200), ("publisher", 200), ("moderator", 403), ("editor", 403)])
def test_who_may(client, role, status):
    client.force_login(make_user(role))
    assert client.get(ADD).status_code == client.get(LIST).status_code == status


def test_one_row_a_place(client):
    client.force_login(make_user("chief"))
    story = make_article()
    fields = {"slow_seconds": "30", "identity": ""}
    assert client.post(ADD, {**fields, "article": story.pk}).status_code == 302
    assert client.post(ADD, {**fields, "article": story.pk}).status_code == 200
    both = client.post(ADD, {**fields, "article": story.pk, "section": story.section.pk})
    assert both.status_code == 200
    assert client.post(ADD, fields).status_code == 302
    assert client.post(ADD, fields).status_code == 200
    assert ThreadRules.objects.count() == 2
    assert story.headline in client.get(LIST).content.decode()
