"""The picture library on the desk: who may do what, uploads one by one, focal point, uses, the picker."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse

from articles import pictures
from articles.models import Image
from tests import builders
from tests.picture_files import HOSTILE, encoded, gradient, upload

LIBRARY = reverse("admin:articles_image_changelist")
ADD = reverse("admin:articles_image_add")
PICK = reverse("admin:articles_image_pick")


@pytest.fixture
def image(cast):
    return pictures.add_picture(upload(encoded(gradient(960, 640)), "ho-guom.jpg"), by=cast.rita, title="Hồ Gươm")


@pytest.fixture
def rita(client, cast):
    client.force_login(cast.rita)
    return client


def change_of(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def delete_of(image):
    return reverse("admin:articles_image_delete", args=[image.pk])


def form_of(image, **changed):
    fields = ("title", "caption", "credit", "alt", "focal_x", "focal_y", "rights")
    return {**{field: getattr(image, field) for field in fields}, "rights_from": "", "rights_until": "", **changed}


# --- rights


def test_strangers_and_staff_who_do_not_write_see_nothing(client, cast, image):
    addresses = (
        LIBRARY,
        ADD,
        PICK,
        change_of(image),
        delete_of(image),
        reverse("admin:articles_image_card", args=[1]),
    )
    for address in addresses:
        assert client.get(address).status_code == 302
    for person in (cast.mo, cast.ada, cast.nobody):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == 403, (person, address)
        assert client.post(ADD, {"files": upload(encoded(gradient(50, 50)))}).status_code == 403
    assert Image.objects.count() == 1


def test_reporters_look_at_all_pictures_and_change_their_own(client, cast, image):
    other = builders.make_user("reporter")
    client.force_login(other)
    assert client.get(change_of(image)).status_code == 200
    assert client.post(change_of(image), form_of(image, title="Khác")).status_code == 403
    assert client.post(delete_of(image), {"post": "yes"}).status_code == 403
    client.force_login(cast.ed)
    assert client.post(change_of(image), form_of(image, title="Hồ Gươm sáng")).status_code == 302
    image.refresh_from_db()
    assert image.title == "Hồ Gươm sáng"
    assert "sang" in image.fold


def test_token_is_asked_for(cast, image):
    client = strict_client(cast.rita)
    assert client.post(ADD, {"files": upload(encoded(gradient(50, 50)))}).status_code == 403
    assert client.post(change_of(image), form_of(image, title="x")).status_code == 403
    assert client.post(delete_of(image), {"post": "yes"}).status_code == 403


def strict_client(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


# --- library


def test_tiles_search_without_marks_and_filters(rita, cast, image):
    other = builders.make_image("Cầu Long Biên", rights_until=datetime.date(2020, 1, 1), credit="")
    page = rita.get(LIBRARY).content.decode()
    assert "Hồ Gươm" in page and "Cầu Long Biên" in page and "picture-grid" in page
    for query, found, lost in (
        ("?q=ho+guom", "Hồ Gươm", "Cầu Long Biên"),
        ("?q=ho-guom.jpg", "Hồ Gươm", "Cầu Long Biên"),
        ("?may=ended", "Cầu Long Biên", "Hồ Gươm"),
        ("?lacks=alt", "Hồ Gươm", "Cầu Long Biên"),
        (f"?uploaded_by__id__exact={cast.rita.pk}", "Hồ Gươm", "Cầu Long Biên"),
    ):
        page = rita.get(LIBRARY + query).content.decode()
        assert change_of(image if found == "Hồ Gươm" else other) in page, query
        assert change_of(other if found == "Hồ Gươm" else image) not in page, (query, lost)


def test_used_and_unused(rita, cast, image):
    other = builders.make_image("Cầu Long Biên")
    builders.make_draft(cast.rita, image=image)
    assert change_of(other) not in rita.get(LIBRARY + "?used=yes").content.decode()
    assert change_of(image) not in rita.get(LIBRARY + "?used=no").content.decode()


def test_number_of_queries_does_not_grow(rita, django_assert_max_num_queries):
    rita.get(LIBRARY)  # the first page of a session also writes down who came
    for count in (1, 30):
        for _turn in range(count):
            builders.make_image()
        with django_assert_max_num_queries(11):
            rita.get(LIBRARY)
        with django_assert_max_num_queries(6):
            rita.get(PICK)


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=%ff", "?p=99999999", "?p=-1", "?p=٣", "?used=x", "?may=%27", "?q=" + "a" * 5000]
)
def test_bad_input_is_no_error(rita, query):
    assert rita.get(LIBRARY + query).status_code in (200, 302, 400)
    assert rita.get(PICK + query).status_code in (200, 400)


# --- upload


def test_each_file_has_its_own_outcome(rita, image):
    files = [
        upload(encoded(gradient(300, 200)), "một.jpg"),
        upload(HOSTILE["html"](), "hai.jpg"),
        upload(encoded(gradient(960, 640)), "ba.jpg"),
        upload(encoded(gradient(310, 200), "PNG"), "bốn.png"),
    ]
    response = rita.post(ADD, {"files": files, "credit": "Hòa Bình"})
    page = response.content.decode()
    assert response.status_code == 200
    assert Image.objects.count() == 3
    assert set(Image.objects.exclude(pk=image.pk).values_list("credit", flat=True)) == {"Hòa Bình"}
    assert page.count("is-added") == 2 and page.count("is-refused") == 2
    assert change_of(image) in page
    assert 'value="Hòa Bình"' in page


@pytest.mark.parametrize(
    ("data", "status"),
    [(HOSTILE["svg"](), 400), (HOSTILE["bomb in the header"](), 413), (encoded(gradient(960, 640)), 409)],
)
def test_refusals_as_json(rita, image, data, status):
    response = rita.post(ADD, {"files": upload(data)}, headers={"accept": "application/json"})
    assert response.status_code == status
    outcome = response.json()["outcomes"][0]
    assert outcome["picture"] is None and outcome["reason"]
    assert (outcome["duplicate"] or {}).get("id") == (image.pk if status == 409 else None)


def test_nothing_chosen_and_words_too_long(rita, cast):
    assert rita.post(ADD, {}).status_code == 400
    response = rita.post(ADD, {"files": upload(encoded(gradient(50, 50))), "credit": "a" * 10_000})
    assert response.status_code == 400
    assert not Image.objects.exists()


def test_upload_is_logged(rita, cast):
    rita.post(ADD, {"files": upload(encoded(gradient(50, 50)))})
    history = reverse("admin:articles_image_history", args=[Image.objects.get().pk])
    assert cast.rita.username in rita.get(history).content.decode()


# --- one picture


def test_focal_point_moves_the_crops(rita, image):
    before = image.renditions["card"]["v"]
    assert rita.post(change_of(image), form_of(image, focal_x=10, focal_y=90)).status_code == 302
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (10, 90)
    assert image.renditions["card"]["v"] != before


def test_wrong_values_keep_the_form(rita, image):
    response = rita.post(change_of(image), form_of(image, focal_x=101, title="", caption="Chữ đã gõ"))
    assert response.status_code == 200
    assert "Chữ đã gõ" in response.content.decode()
    image.refresh_from_db()
    assert image.title == "Hồ Gươm"


def test_uses_are_shown_before_deletion_and_block_it(rita, cast, image):
    draft = builders.make_draft(cast.rita, image=image, headline="Bài đang viết")
    desk = reverse("admin:articles_article_change", args=[draft.pk])
    assert desk in rita.get(change_of(image)).content.decode()
    response = rita.post(delete_of(image), {"post": "yes"})
    assert response.status_code == 200
    assert desk in response.content.decode()
    assert Image.objects.filter(pk=image.pk).exists()


def test_unused_picture_is_deleted(rita, image):
    assert rita.get(delete_of(image)).status_code == 200
    assert rita.post(delete_of(image), {"post": "yes"}).status_code == 302
    assert not Image.objects.exists()


def test_what_is_not_there(rita, db):
    for pk in ("999", "abc", "9" * 30):
        assert rita.get(f"{LIBRARY}{pk}/change/").status_code in (302, 404)
        assert rita.get(f"{LIBRARY}{pk}/delete/").status_code in (302, 404)
        assert rita.get(f"{LIBRARY}{pk}/card/").status_code in (302, 404)


def test_no_inline_code_in_the_pages(rita, image):
    for address in (LIBRARY, ADD, change_of(image), PICK):
        page = rita.get(address).content.decode()
        assert " style=" not in page and "<style" not in page and " onclick=" not in page


# --- picker


def test_picker_pages_and_finds(rita, image):
    for _turn in range(30):
        builders.make_image("Cầu Long Biên")
    first = rita.get(PICK).content.decode()
    assert first.count("data-picture=") == 24
    assert "p=2" in first
    assert rita.get(PICK + "?p=2").content.decode().count("data-picture=") == 7
    assert rita.get(PICK + "?q=ho guom").content.decode().count("data-picture=") == 1
    assert rita.get(PICK + "?p=900").content.decode().count("data-picture=") == 0


def test_one_picture_as_json(rita, image):
    response = rita.get(reverse("admin:articles_image_card", args=[image.pk]))
    answer = json.loads(response.content)
    assert answer["id"] == image.pk
    assert answer["thumb"].endswith(".jpg") and answer["url"].startswith("/media/p/")
    assert rita.post(reverse("admin:articles_image_card", args=[image.pk])).status_code == 405
