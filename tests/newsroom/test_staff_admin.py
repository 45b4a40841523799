"""An administrator keeps the staff and lends roles, never superuser, groups or permissions by hand."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from articles.models import Role, RoleGrant
from newsroom.roles import PERMISSIONS
from tests import builders

pytestmark = pytest.mark.django_db
LIST = reverse("admin:auth_user_changelist")


@pytest.fixture
def ada(cast, client):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.ada)
    return cast.ada


@pytest.fixture
def root(db):
    return builders.make_user(name="root", is_superuser=True)


def page(person, name="change"):
    return reverse(
        "admin:auth_user_password_change" if name == "password" else f"admin:auth_user_{name}", args=[person.pk]
    )


def form(person, roles=(), **extra):
    """What the form of a member of staff sends; `roles` are rows of (role, section)."""
    rows = list(RoleGrant.objects.filter(user=person))
    data = {"username": person.username, "email": person.email, "is_active": "on", "is_staff": "on"}
    data |= {"role_grants-TOTAL_FORMS": len(rows) + len(roles), "role_grants-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        data |= {f"role_grants-{number}-id": row.pk, f"role_grants-{number}-user": person.pk}
        data |= {f"role_grants-{number}-role": row.role, f"role_grants-{number}-section": row.section_id or ""}
    for number, (role, section) in enumerate(roles, len(rows)):
        data |= {f"role_grants-{number}-user": person.pk, f"role_grants-{number}-role": role}
        data |= {f"role_grants-{number}-section": section or ""}
    return data | extra


def test_every_role_has_a_group_with_its_permissions(ada):
    call_command("sync_roles", verbosity=0)  # a second time changes nothing
    for role in Role:
        held = Group.objects.get(name=role.value).permissions.values_list("content_type__app_label", "codename")
        assert {f"{app}.{codename}" for app, codename in held} == set(PERMISSIONS[role])
    assert Group.objects.count() == len(Role)


def test_a_role_is_lent_and_taken(client, cast, ada):
    response = client.post(page(cast.nobody), form(cast.nobody, [("reporter", None)]))
    assert response.status_code == 302
    assert list(cast.nobody.groups.values_list("name", flat=True)) == ["reporter"]
    data = form(cast.nobody)
    assert client.post(page(cast.nobody), {**data, "role_grants-0-DELETE": "on"}).status_code == 302
    assert not RoleGrant.objects.filter(user=cast.nobody).exists() and not cast.nobody.groups.exists()


def test_extra_fields_lend_nothing(client, cast, ada):
    every = Permission.objects.values_list("pk", flat=True)
    extra = {"is_superuser": "on", "groups": [Group.objects.get(name="chief").pk], "user_permissions": list(every)}
    for person in (cast.nobody, ada):
        assert client.post(page(person), form(person, **extra)).status_code == 302
        person.refresh_from_db()
        assert not person.is_superuser and not person.user_permissions.exists()
        assert not person.groups.filter(name="chief").exists()
    new = {
        "username": "moi",
        "usable_password": "true",
        "password1": builders.PASSWORD,
        "password2": builders.PASSWORD,
    }
    assert client.post(reverse("admin:auth_user_add"), new | extra).status_code == 302
    made = type(ada).objects.get(username="moi")
    assert not made.is_superuser and not made.groups.exists() and not made.user_permissions.exists()


def test_nobody_lends_a_role_to_oneself(client, cast, ada):
    assert 'name="role_grants-0-role"' not in client.get(page(ada)).content.decode()
    client.post(page(ada), form(ada, [("chief", None), ("publisher", None)]))
    assert list(RoleGrant.objects.filter(user=ada).values_list("role", flat=True)) == ["administrator"]
    data = form(ada)
    client.post(page(ada), {**data, "role_grants-0-role": "chief"})
    assert list(RoleGrant.objects.filter(user=ada).values_list("role", flat=True)) == ["administrator"]


def test_a_role_row_cannot_be_pointed_at_oneself(client, cast, ada):
    data = form(cast.nobody, [("chief", None)])
    client.post(page(cast.nobody), {**data, "role_grants-0-user": ada.pk})
    assert not RoleGrant.objects.filter(user=ada, role="chief").exists()
    rita = RoleGrant.objects.get(user=cast.rita)
    data = form(cast.nobody) | {"role_grants-TOTAL_FORMS": 1, "role_grants-INITIAL_FORMS": 1}
    stolen = {"role_grants-0-id": rita.pk, "role_grants-0-user": cast.nobody.pk, "role_grants-0-role": "chief"}
    client.post(page(cast.nobody), data | stolen)
    rita.refresh_from_db()
    assert rita.user == cast.rita and rita.role == "reporter"


@pytest.mark.parametrize("name", ["change", "password", "delete"])
def test_a_superuser_is_out_of_reach(client, ada, root, name):
    before = type(root).objects.values().get(pk=root.pk)
    new = {
        "password1": "khác hẳn mật khẩu",
        "password2": "khác hẳn mật khẩu",
        "usable_password": "true",
        "post": "yes",
    }
    assert client.post(page(root, name), form(root, [("chief", None)], email="x@example.org") | new).status_code == 403
    assert type(root).objects.values().get(pk=root.pk) == before
    assert not RoleGrant.objects.filter(user=root).exists()


def test_nobody_is_deleted(client, cast, ada, root):
    client.force_login(root)
    assert client.get(page(cast.rita, "delete")).status_code == 403
    response = client.post(LIST, {"action": "delete_selected", "_selected_action": [cast.rita.pk], "post": "yes"})
    assert type(root).objects.filter(pk=cast.rita.pk).exists() and response.status_code in {200, 302, 403}


@pytest.mark.parametrize("who", ["rita", "ed", "pia", "cora", "mo", "nobody"])
def test_only_administrators_see_the_staff(client, cast, ada, who):
    client.force_login(getattr(cast, who))
    for where in (LIST, reverse("admin:auth_user_add"), page(ada), page(ada, "history"), page(ada, "password")):
        assert client.get(where).status_code == 403, where
        assert client.post(where, {"is_superuser": "on"}).status_code == 403, where


def test_the_list_gives_no_hashes_away(client, ada, root):
    for query in (
        "password__startswith=md5",
        "q=md5",
        "is_superuser__exact=1",
        "o=1.2.3.4.5.6.7",
        "user_permissions=1",
    ):
        response = client.get(f"{LIST}?{query}", follow=True)
        assert root.password not in response.content.decode()
    assert client.get(f"{LIST}?password__startswith=md5").status_code == 400


def test_groups_and_permissions_have_no_pages(client, root):
    client.force_login(root)
    for where in (
        "auth/group/",
        "auth/permission/",
        "axes/accessattempt/",
        "sessions/session/",
        "articles/rolegrant/",
    ):
        assert client.get(f"/admin/{where}").status_code == 404, where


def test_more_rows_of_roles_than_anybody_holds_are_not_read(client, ada, cast):
    data = {"username": "rita", "email": "r@example.org", "is_staff": "on"}
    data |= {"role_grants-TOTAL_FORMS": "9" * 40, "role_grants-INITIAL_FORMS": 0}
    response = client.post(page(cast.rita), data)
    roles = response.context["inline_admin_formsets"][0].formset
    assert len(roles.forms) == 50 and roles.non_form_errors()
