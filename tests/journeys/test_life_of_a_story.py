"""A story's whole life over HTTP: written, edited, approved, published, found, commented on, moderated, withdrawn."""

import re
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles.models import Article, EditLock
from comments.models import Comment
from tests.builders import make_author, make_image, make_publication, make_section

pytestmark = pytest.mark.django_db
HEADLINE = "Đường đi đến Đà Nẵng: chuyện kể từ ga Hà Nội"
LEAD = "Sáng 14-1, chuyến tàu đầu tiên của năm rời ga Hà Nội với hơn 300 hành khách."
WAY_TO_APPROVAL = [("rita", "submit"), ("ed", "take"), ("ed", "forward"), ("pia", "approve")]
WORDS = "Mong có thêm toa cho người khuyết tật"


@pytest.fixture
def newsroom(cast):
    """A paper with a section bar, an author and a picture, and the staff signed in, each at an own browser."""
    call_command("sync_roles", verbosity=0)
    make_publication(dateline_place="Hà Nội")
    city = make_section("Đô thị")
    desk = {name: Client() for name in ("rita", "ed", "pia", "cora", "mo")}
    for name, client in desk.items():
        client.force_login(getattr(cast, name))
    traffic = make_section("Giao thông", parent=city)
    return SimpleNamespace(
        **desk, reader=Client(), section=traffic, author=make_author("Nguyễn Mai"), image=make_image()
    )


def write(newsroom) -> str:
    """Rita types the story; the address of its page in the admin is returned."""
    form = {
        "headline": HEADLINE,
        "lead": LEAD,
        "body": "<p>Ga Hà Nội đông từ 5 giờ.</p><script>alert(1)</script>"
        f'<figure class="image" data-image="{newsroom.image.pk}">'
        "<figcaption>Sân ga sáng sớm.</figcaption></figure><h2>Thêm chuyến</h2><p>Giá vé 1,2 triệu đồng.</p>",
        "picture": newsroom.image.pk,
        "byline_rows-author": [newsroom.author.pk, ""],
        "byline_rows-role": ["text", "text"],
        "primary_section": newsroom.section.pk,
        "tag_names": "Đường sắt, Tết",
    }
    response = newsroom.rita.post(reverse("admin:articles_article_add"), form)
    assert response.status_code == 302, response.context and response.context["errors"]
    return response.url


def press(client: Client, page: str, verb: str, **more: str) -> str:
    """Press a verb's button on the story's page; what the page says then is returned."""
    shown = client.get(page)
    assert f'value="{verb}"' in shown.content.decode(), f"no button {verb}"
    typed: dict[str, object] = {"seen_version": shown.context["article"].version}
    if shown.context["has_change_permission"]:  # every button of a form saves the text first
        form = shown.context["adminform"].form
        typed = {name: "" if value is None else value for name, value in form.initial.items()}
        rows = typed.pop("byline_rows", [])
        typed |= {"byline_rows-author": [ref.author for ref in rows], "byline_rows-role": [ref.role for ref in rows]}
    typed |= {"_verb": verb, **more}
    said = client.post(page, typed, follow=True).content.decode()
    EditLock.objects.all().delete()  # a browser says good-bye when it leaves a page
    return said


def press_all(newsroom, page: str, steps: list[tuple[str, str]]) -> None:
    for person, verb in steps:
        press(getattr(newsroom, person), page, verb)


def test_a_story_from_the_first_word_to_the_last(newsroom):
    page = write(newsroom)
    press_all(newsroom, page, WAY_TO_APPROVAL)
    press(newsroom.pia, page, "publish", publish_at="14/01/2021 14:39")
    article = Article.objects.get()
    address = article.get_absolute_url()
    assert address == f"/duong-di-den-da-nang-chuyen-ke-tu-ga-ha-noi-{article.pk}.html"

    story = newsroom.reader.get(address)
    text = story.content.decode()
    order = [
        HEADLINE,
        "14/01/2021 14:39",
        f"(NSHN) - {LEAD}",
        "Sân ga sáng sớm.",
        "Nguyễn Mai",
        "Đường sắt",
        "Bình luận (0)</h2>",
    ]
    places = [text.index(piece, text.index("<h1")) for piece in order]
    assert places == sorted(places), "the order of the page that readers know"
    assert "alert(1)" not in text
    assert not story.cookies

    finders = [
        "/",
        "/do-thi/",
        "/do-thi/giao-thong/",
        "/tac-gia/nguyen-mai/",
        "/chu-de/duong-sat/",
        "/luu-tru/2021/01/14/",
    ]
    for found in [*finders, "/tim-kiem/?q=duong+di+den+da+nang", "/rss/home.rss", "/rss/do-thi.rss"]:
        assert address in newsroom.reader.get(found).content.decode(), found
    picked = newsroom.reader.get("/luu-tru/?ngay=14&thang=1&nam=2021")
    assert picked.url == "/luu-tru/2021/01/14/"

    comment_and_approve(newsroom, article)

    withdraw = reverse("admin:articles_article_withdraw", args=[article.pk])
    assert withdraw in newsroom.cora.get(page).content.decode()
    newsroom.cora.post(withdraw, {"reason": "false", "note": "Thông tin chưa kiểm chứng", "readers_get": "gone"})
    assert newsroom.reader.get(address).status_code == 410
    for left in [*finders, "/tim-kiem/?q=duong+di+den+da+nang", "/rss/home.rss"]:
        assert address not in newsroom.reader.get(left).content.decode(), left
    press(newsroom.cora, page, "republish")
    assert newsroom.reader.get(address).status_code == 200


def comment_and_approve(newsroom, article):
    """A reader comments without an account, sees it waiting; Mo approves it; everybody sees it and the count."""
    address, form_address = article.get_absolute_url(), f"/binh-luan/{article.pk}/gui/"
    typed = {"name": "Trần Bình", "email": "binh@example.org", "body": WORDS, "consent": "on"}
    preview = newsroom.reader.post(form_address, typed, headers={"origin": "http://testserver"})
    assert preview.status_code == 200
    assert Comment.objects.count() == 0, "the preview stores nothing"
    token = re.search(r'name="token" value="([^"]+)"', preview.content.decode())[1]
    sent = newsroom.reader.post(form_address, {**typed, "token": token}, headers={"origin": "http://testserver"})
    assert sent.status_code == 303
    assert WORDS in newsroom.reader.get(sent["Location"]).content.decode(), "the reader finds it again"
    assert WORDS not in Client().get(address).content.decode(), "others do not see it yet"

    queue = reverse("admin:comments_comment_changelist")
    assert WORDS in newsroom.mo.get(queue).content.decode()
    comment = Comment.objects.get()
    decide = reverse("admin:comments_comment_decide")
    newsroom.mo.post(decide, {"verb": "approve", "seen": f"{comment.pk}:{comment.version}"})
    shown = Client().get(address).content.decode()
    assert WORDS in shown
    assert re.search(r"14/01/2021 14:39.{0,200}\D1\D", shown, re.S), "the count beside the time"


def test_an_update_of_a_live_story_reaches_readers_only_when_published_again(newsroom):
    page = write(newsroom)
    for person, verb in [
        ("rita", "submit"),
        ("ed", "take"),
        ("ed", "forward"),
        ("pia", "approve"),
        ("pia", "publish"),
    ]:
        press(getattr(newsroom, person), page, verb)
    address = Article.objects.get().get_absolute_url()
    press(newsroom.ed, page, "revise")
    press(newsroom.ed, page, "forward", lead="Sáng 15-1, thêm hai chuyến tàu rời ga.")
    assert "thêm hai chuyến" not in newsroom.reader.get(address).content.decode()
    press(newsroom.pia, page, "approve")
    press(newsroom.pia, page, "publish", change_kind="update", change_line="Thêm hai chuyến tàu.")
    shown = newsroom.reader.get(address).content.decode()
    assert "thêm hai chuyến" in shown
    assert "Thêm hai chuyến tàu." in shown
