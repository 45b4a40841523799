"""Sections, authors, tags, the masthead and roles in the admin: what is refused, and what follows from a change."""

import unicodedata

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from articles import catalogue
from articles.models import Author, BylineRef, PreviousSlug, Publication, RoleGrant, Section, Tag
from newsroom.roles import join_groups
from tests.articles.story_form import LIST
from tests.builders import make_article, make_author, make_publication, make_section, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client, cast):
    call_command("sync_roles", verbosity=0)
    join_groups(cast.ada)
    client.force_login(cast.ada)
    return client


def add(client, model, **fields):
    return client.post(reverse(f"admin:articles_{model}_add"), fields_of(model, **fields))


def change(client, thing, **fields):
    model = thing._meta.model_name
    now = {name: getattr(thing, name) for name in ("name", "slug")}
    if model == "section":
        now |= {"position": thing.position, "is_shown": thing.is_shown and "on", "parent": thing.parent_id or ""}
    now |= {name: value for name, value in fields.items() if value is not None}
    address = reverse(f"admin:articles_{model}_change", args=[thing.pk])
    return client.post(address, {name: value for name, value in now.items() if value is not False})


def fields_of(model, **fields):
    defaults = {"section": {"position": 0, "is_shown": "on"}, "author": {"is_active": "on"}, "tag": {}}
    return {"slug": "", **defaults[model], **fields}


def errors(response):
    assert response.status_code == 200
    return " ".join(error for found in response.context["adminform"].form.errors.values() for error in found)


# --- names and addresses


@pytest.mark.parametrize("model", ["section", "author", "tag"])
def test_the_address_is_made_from_the_name_and_numbered_on_collision(ada, model):
    kind = {"section": Section, "author": Author, "tag": Tag}[model]
    for name in ("Đường sắt", "Dương sat", "Đuong Sát"):
        assert add(ada, model, name=name).status_code == 302
    slugs = list(kind.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs == ["duong-sat", "duong-sat-2", "duong-sat-3"]


@pytest.mark.parametrize("model", ["section", "author", "tag"])
def test_a_name_is_taken_in_every_spelling_of_it_but_marks_make_another(ada, model):
    assert add(ada, model, name="Bảo").status_code == 302
    for same in (unicodedata.normalize("NFD", "Bảo"), "bảo", " BẢO ", "Bảo\u200b"):
        assert "Đã có “" in errors(add(ada, model, name=same))
    assert add(ada, model, name="Bão").status_code == 302


@pytest.mark.parametrize("model", ["section", "author", "tag"])
@pytest.mark.parametrize("name", ["", "   ", "!!!", "—"])
def test_a_name_needs_a_letter(ada, model, name):
    assert errors(add(ada, model, name=name))


@pytest.mark.parametrize("slug", ["admin", "tim-kiem", "luu-tru", "rss"])
def test_addresses_of_the_house_are_refused_and_never_made(ada, slug):
    assert "địa chỉ riêng" in errors(add(ada, "section", name="Mục mới", slug=slug))
    name = {"tim-kiem": "Tìm kiếm", "luu-tru": "Lưu trữ"}.get(slug, slug)
    add(ada, "section", name=name)
    assert Section.objects.get().slug == f"{slug}-2"


@pytest.mark.parametrize("slug", ["Hoa", "có-dấu", "a--b", "-a", "a_b", "a b", "a/b", "a\n"])
def test_an_address_is_small_letters_digits_and_single_hyphens(ada, slug):
    response = add(ada, "tag", name="Từ khóa", slug=slug)
    assert response.status_code == 200 or Tag.objects.get().slug == slug.strip()


def test_a_renamed_thing_answers_at_its_old_address(ada):
    section, author, tag = make_section("Đô thị"), make_author("Lê An"), Tag(name="Bão số 3")
    from_address = {section: "/do-thi/", author: "/tac-gia/le-an/"}
    assert add(ada, "tag", name=tag.name).status_code == 302
    tag = Tag.objects.get()
    make_article(section=section.pk, bylines=(BylineRef(author.pk),), tags=(tag.pk,))
    from_address[tag] = "/chu-de/bao-so-3/"
    for thing, address in from_address.items():
        assert ada.get(address).status_code == 200
        assert change(ada, thing, name=f"{thing.name} mới", slug="").status_code == 302
        moved = ada.get(address)
        assert (moved.status_code, moved.url) == (301, address.rstrip("/") + "-moi/")
        assert ada.get(moved.url).status_code == 200


def test_an_address_that_moved_is_not_given_to_another(ada):
    author = make_author("Lê An")
    change(ada, author, name="Lê Bình", slug="")
    assert "còn dẫn" in errors(add(ada, "author", name="Người khác", slug="le-an"))
    add(ada, "author", name="Lê Ấn")
    assert Author.objects.get(name="Lê Ấn").slug == "le-an-2"


def test_who_takes_back_an_old_address_loses_the_redirect(ada):
    author = make_author("Lê An")
    change(ada, author, slug="le-an-bao")
    author.refresh_from_db()
    change(ada, author, slug="le-an")
    assert list(PreviousSlug.objects.values_list("slug", flat=True)) == ["le-an-bao"]


# --- sections


def test_sections_have_two_levels(ada):
    city, sport = make_section("Đô thị"), make_section("Thể thao")
    traffic = make_section("Giao thông", parent=city)
    assert errors(add(ada, "section", name="Xe buýt", parent=traffic.pk))
    assert "mục con" in errors(change(ada, city, parent=sport.pk))
    assert errors(change(ada, sport, parent=sport.pk))
    assert change(ada, traffic, parent=sport.pk).status_code == 302


def test_two_sections_may_share_a_name_under_different_parents(ada):
    for parent in (make_section("Đô thị"), make_section("Thể thao")):
        assert add(ada, "section", name="Tin ngắn", parent=parent.pk).status_code == 302
    assert sorted(Section.objects.filter(name="Tin ngắn").values_list("slug", flat=True)) == ["tin-ngan", "tin-ngan-2"]


def test_hiding_a_section_hides_its_stories_and_showing_it_brings_them_back(ada, client):
    city = make_section("Đô thị")
    traffic = make_section("Giao thông", parent=city)
    article = make_article(section=traffic.pk, headline="Chuyện giao thông")
    assert change(ada, city, is_shown=False).status_code == 302
    for address in ("/do-thi/", "/do-thi/giao-thong/", article.get_absolute_url()):
        assert client.get(address).status_code == 404
    assert "Chuyện giao thông" not in client.get("/").content.decode()
    city.refresh_from_db()
    change(ada, city, is_shown="on")
    assert client.get(article.get_absolute_url()).status_code == 200
    assert "Chuyện giao thông" in client.get("/do-thi/").content.decode()


def test_the_list_of_sections_stands_in_the_order_of_the_section_bar(ada):
    make_section("Thể thao", position=2)
    city = make_section("Đô thị", position=1)
    make_section("Giao thông", parent=city, position=5)
    response = ada.get(reverse("admin:articles_section_changelist"))
    assert [str(section) for section in response.context["cl"].result_list] == [
        "Đô thị",
        "Đô thị › Giao thông",
        "Thể thao",
    ]


# --- tags, authors, masthead


def test_names_are_found_without_marks(ada):
    make_author("Nguyễn Đức Hà")
    response = ada.get(reverse("admin:articles_author_changelist"), {"q": "duc ha"})
    assert [author.name for author in response.context["cl"].result_list] == ["Nguyễn Đức Hà"]


def test_tags_are_suggested_while_one_types(client, cast):
    call_command("sync_roles", verbosity=0)
    join_groups(cast.rita)
    for name in ("Giao thông", "An toàn giao thông", "Hồ Gươm"):
        catalogue.tag_named(name)
    address = reverse("admin:articles_tag_suggest")
    client.force_login(cast.rita)
    assert client.get(address, {"q": "gia"}).json()["names"] == ["An toàn giao thông", "Giao thông"]
    assert client.get(address, {"q": "thong"}).json()["names"] == ["An toàn giao thông", "Giao thông"]
    for nothing in ("", "zzz", "%", "\u0110" * 200):
        assert client.get(address, {"q": nothing}).json()["names"] == []
    client.force_login(cast.nobody)
    assert client.get(address, {"q": "gia"}).status_code == 403


def test_a_tag_without_stories_can_be_deleted_and_one_with_stories_not(ada):
    used, spare = catalogue.tag_named("Dùng"), catalogue.tag_named("Thừa")
    make_article(tags=(used.pk,))
    for tag in (used, spare):
        ada.post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes"})
    assert list(Tag.objects.values_list("name", flat=True)) == ["Dùng"]


def test_the_masthead_is_one_row_and_every_page_shows_it(ada, client):
    make_publication()
    address = reverse("admin:articles_publication_changelist")
    assert ada.get(address).url == reverse("admin:articles_publication_change", args=[1])
    form = ada.get(ada.get(address).url).context["adminform"].form
    fields = {name: "" if value is None else value for name, value in form.initial.items() if value is not False}
    ada.post(reverse("admin:articles_publication_change", args=[1]), {**fields, "name": "Báo Mới"})
    assert Publication.objects.get().name == "Báo Mới"
    assert "Báo Mới" in client.get("/").content.decode()
    assert ada.get(reverse("admin:articles_publication_add")).status_code == 403


# --- roles


def grant(client, user, role, section=""):
    """Give a role on the page of the member of staff, as the administrator does."""
    fields = {"username": user.username, "is_active": "on", "is_staff": "on"}
    fields |= {"last_name": "", "first_name": "", "email": ""}
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0-user": user.pk, "0-role": role, "0-section": section}
    fields |= {f"role_grants-{name}": value for name, value in rows.items()}
    return client.post(reverse("admin:auth_user_change", args=[user.pk]), fields)


def test_a_role_opens_the_pages_that_belong_to_it(ada, client, cast):
    user = make_user(name="moi")
    assert grant(ada, user, "reporter").status_code == 302
    assert RoleGrant.objects.get(user=user).role == "reporter"
    assert list(user.groups.all()) == [Group.objects.get(name="reporter")]
    client.force_login(user)
    assert client.get(LIST).status_code == 200
    assert client.get(reverse("admin:articles_image_changelist")).status_code == 200
    assert client.get(reverse("admin:articles_section_add")).status_code == 403


def test_nobody_gives_a_role_to_oneself(ada, cast):
    grant(ada, cast.ada, "chief")
    assert not RoleGrant.objects.filter(user=cast.ada, role="chief").exists()


def test_who_is_not_an_administrator_changes_no_names_of_others(client, cast):
    call_command("sync_roles", verbosity=0)
    section = make_section()
    for person in (cast.rita, cast.ed, cast.pia, cast.cora, cast.mo):
        join_groups(person)
        client.force_login(person)
        assert change(client, section, name="Đổi tên").status_code == 403
        assert grant(client, cast.nobody, "chief").status_code in (302, 403)
    assert not RoleGrant.objects.filter(user=cast.nobody).exists()
    section.refresh_from_db()
    assert section.name == "Thời sự"
