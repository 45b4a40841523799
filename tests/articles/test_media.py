"""Renditions over HTTP: what is served, how long it may be kept, and what is never given out."""

import pytest
from django.core.files.storage import default_storage, storages

from articles import pictures, renditions
from tests.picture_files import encoded, gradient, upload


@pytest.fixture
def image(db):
    return pictures.add_picture(upload(encoded(gradient(400, 300))), by=None)


@pytest.mark.parametrize(("fmt", "kind"), renditions.MIME.items())
def test_rendition_is_served_for_ever(client, image, fmt, kind):
    response = client.get(renditions.url(image, "full", 400, fmt))
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response and "Cookie" not in response.get("Vary", "")
    assert int(response["Content-Length"]) == len(b"".join(response.streaming_content))


def test_head_is_answered_and_other_methods_are_not(client, image):
    address = renditions.url(image, "full", 400)
    response = client.head(address)
    response.close()
    assert response.status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "p/00/none/full-400-aaaaaa.jpg",
        "p",
        "p/",
        "",
        "../settings.py",
        "p/../../secret-key.txt",
        "%2e%2e/%2e%2e/secret.jpg",
        "p/..%2f..%2fsecret.jpg",
        "P/A.JPG",
        "p/a.jpg%0a",
        "p/a.svg",
        "p/a.html",
        "p//a.jpg",
        "a" * 400 + ".jpg",
    ],
)
def test_anything_else_is_not_found(client, db, path):
    assert client.get(f"/media/{path}", follow=True).status_code == 404


@pytest.mark.parametrize("path", ["p/a%00.jpg", "p/%C3%A1.jpg", "p/%ff.jpg"])
def test_names_that_are_never_ours_are_refused(client, db, path):
    assert client.get(f"/media/{path}").status_code in (400, 404)


def test_folders_with_picture_names_are_not_found(client, db):
    default_storage.save("p/aa.jpg/x.jpg", encoded_file())
    assert client.get("/media/p/aa.jpg").status_code == 404


def test_originals_are_never_served(client, image):
    assert storages["originals"].exists(image.file.name)
    for address in (
        f"/media/{image.file.name}",
        f"/media/originals/{image.file.name}",
        f"/originals/{image.file.name}",
    ):
        assert client.get(address).status_code == 404


def encoded_file():
    return upload(encoded(gradient(20, 20)), "x.jpg")
