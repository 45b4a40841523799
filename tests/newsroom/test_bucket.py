"""Pictures in a bucket of S3-compatible storage, over real HTTP: the same for people as in a folder."""

import zipfile

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command

from articles import pictures, renditions
from articles.models import Image
from newsroom import checks, health, sharing
from newsroom.lib import stores
from tests import builders, services
from tests.newsroom.test_deploy_check import python
from tests.picture_files import encoded, gradient, upload


@pytest.fixture(scope="module")
def server():
    with services.bucket() as bucket:
        yield bucket


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """The site keeps its pictures there; readers get them through the site."""
    for found in server.client.list_objects_v2(Bucket=server.name).get("Contents", []):
        server.client.delete_object(Bucket=server.name, Key=found["Key"])
    use(server.url, settings, monkeypatch)
    return server


def use(url, settings, monkeypatch):
    places = stores.places(url)
    settings.STORAGE_URL, settings.MEDIA_ROOT, settings.MEDIA_URL = places.name, "", places.media_url
    settings.STORAGES = {**settings.STORAGES, "default": places.media, "originals": places.originals}
    monkeypatch.setattr(Image._meta.get_field("file"), "storage", storages["originals"])


def keys_in(bucket):
    return [found["Key"] for found in bucket.client.list_objects_v2(Bucket=bucket.name).get("Contents", [])]


def add(**words):
    return pictures.add_picture(upload(encoded(gradient(500, 300))), by=None, **words)


def story_with_picture():
    builders.make_publication()
    words = {"alt": "Mặt nước", "caption": "Hồ Gươm sáng nay.", "credit": "Minh Hà"}
    return builders.make_article(image=add(**words))


@pytest.mark.django_db
def test_a_picture_lives_and_goes(bucket, client, cast, django_capture_on_commit_callbacks):
    image = add()
    assert {key.partition("/")[0] for key in keys_in(bucket)} == {"media", "originals"}
    answer = client.get(renditions.url(image, "full", 480, "avif"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
    assert int(answer["Content-Length"]) == len(b"".join(answer.streaming_content))
    assert client.get("/media/p/aa/none/full-480-abcdef.jpg").status_code == 404
    before = set(keys_in(bucket))
    pictures.change_picture(image, by=cast.ed, focal_x=5)
    assert before < set(keys_in(bucket)), "new crops, made from the original there"
    with pytest.raises(pictures.PictureRefused):
        add()
    with django_capture_on_commit_callbacks(execute=True):
        pictures.delete_picture(image, by=cast.ed)
    assert keys_in(bucket) == []


@pytest.mark.django_db
def test_readers_may_get_them_where_the_bucket_is(bucket, settings, monkeypatch, client):
    use(f"{bucket.url}?media={bucket.public}", settings, monkeypatch)
    story = story_with_picture()
    assert f'src="{bucket.public}/p/' in client.get(story.get_absolute_url()).content.decode()
    status, headers, content = services.fetched(renditions.url(story.lead_image, "full", 480, "webp"))
    assert (status, headers["Content-Type"]) == (200, "image/webp") and len(content) > 100
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    original = f"http://127.0.0.1:{bucket.server.port}/{bucket.name}/originals/{story.lead_image.file.name}"
    assert services.fetched(original)[0] == 403
    with pytest.raises(ValueError, match="not accessible"):
        assert story.lead_image.file.url


def test_pages_let_browsers_go_there(tmp_path):
    say = "from django.conf import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']); "
    say += "from articles.admin.widgets import PICTURES; print(PICTURES); print(settings.STORAGE_URL)"
    where = {"STORAGE_URL": "s3://K:S%2F@s3.example.vn/bao/ha-noi?media=https://anh.example.vn/media"}
    done = python("manage.py", "shell", "--no-imports", "-c", say, VAR_DIR=str(tmp_path), **where)
    host = "[\"'self'\", 'https://anh.example.vn']"
    assert done.stdout.splitlines() == [host, host, "s3://s3.example.vn/bao"], done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_them_and_brings_them_back(bucket, tmp_path, client):
    story = story_with_picture()
    before = client.get(story.get_absolute_url()).content
    kept = {key: bucket.client.get_object(Bucket=bucket.name, Key=key)["Body"].read() for key in keys_in(bucket)}
    call_command("backup", str(tmp_path), verbosity=0)
    (path,) = tmp_path.glob("newsroom-*.zip")
    assert set(kept) <= set(zipfile.ZipFile(path).namelist())
    bucket.client.delete_object(Bucket=bucket.name, Key=next(iter(kept)))
    default_storage.save("ab/later.webp", ContentFile(b"later"))
    call_command("restore", str(path), "--force", verbosity=0)
    assert keys_in(bucket) == list(kept) and client.get(story.get_absolute_url()).content == before


@pytest.mark.django_db
def test_a_bucket_that_does_not_answer(bucket, settings, monkeypatch, client, cast):
    use(f"s3+http://KEY:S@127.0.0.1:{services.free_port()}/bao", settings, monkeypatch)
    client.force_login(cast.rita)
    files = {"files": [upload(encoded(gradient(60, 60)))]}
    answer = client.post("/admin/articles/image/add/", files, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert "Kho ảnh đầy hoặc không trả lời" in answer.json()["outcomes"][0]["reason"]
    assert not Image.objects.exists()
    assert client.get("/media/p/aa/none/full-480-abcdef.jpg").status_code == 404
    assert (health.media_trouble(), checks.check_folders()) == ("", []), "other hosts would have it no better"


@pytest.mark.parametrize(
    "url", ["s3://bucket", "s3://K:S@host", "s3://K@host/bao", "gs://K:S@host/bao", "s3://K:S@host/bao?region=a&acl=x"]
)
def test_addresses_that_are_none(url):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL") as refusal:
        stores.places(url)
    assert "S@" not in str(refusal.value)


def told():
    return [finding.id for finding in sharing.bucket_works()]


def test_the_doctor_tries_it(bucket, settings, monkeypatch):
    assert told() == [] and keys_in(bucket) == [], "it takes away what it wrote"
    use(f"{bucket.url}?media={bucket.public}", settings, monkeypatch)
    assert told() == []
    bucket.allow("originals/*")
    assert told() == ["doctor.E012", "doctor.E013"]
    bucket.allow("media/*")
    use(bucket.url.replace("/bao", "/khong-co"), settings, monkeypatch)
    assert told() == ["doctor.E011"]
