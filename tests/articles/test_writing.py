"""Keeping the working text: every save is a whole revision, and of two at once one wins."""

import threading
import unicodedata

import pytest
from django.db import connection
from django.db.models import ProtectedError

from articles import writing
from articles.models import Article, BylineRef, ImageUse, PictureRef, Revision, Snapshot
from articles.workflow import perform
from articles.writing import Conflict
from newsroom.lib import html
from tests.builders import make_article, make_author, make_draft, make_image, make_section, make_snapshot, make_user

pytestmark = pytest.mark.django_db


def figure(image, caption=""):
    return f'<figure class="image" data-image="{image.pk}"><figcaption>{caption}</figcaption></figure>'


def test_a_revision_keeps_every_field_that_readers_see():
    image, other = make_image(), make_section("Văn hóa")
    snapshot = Snapshot(
        headline="Tít",
        subheadline="Tít phụ",
        lead="Sapo",
        body=f"<p>Một</p>\n{figure(image, 'Chú thích')}",
        source="TTXVN",
        section=make_section().pk,
        other_sections=(other.pk,),
        bylines=(BylineRef(make_author().pk, "photo"),),
        tags=(1, 2),
        picture=PictureRef(image.pk, "Riêng"),
        comment_policy="closed",
    )
    article = writing.create_story(snapshot, by=make_user())
    kept = Revision.objects.get(article=article)
    assert kept.snapshot == snapshot
    assert Snapshot.from_json(kept.content) == snapshot
    assert (kept.number, kept.digest) == (1, Revision.digest_of(snapshot))


def test_a_snapshot_of_a_schema_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="schema"):
        Snapshot.from_json({**Snapshot().to_json(), "schema": 99})


def test_equal_texts_have_equal_digests_and_every_field_counts():
    snapshot = Snapshot(headline="A", section=1, tags=(1, 2))
    assert Revision.digest_of(snapshot) == Revision.digest_of(Snapshot(headline="A", section=1, tags=(1, 2)))
    changes = [{"headline": "B"}, {"section": 2}, {"tags": (2, 1)}, {"picture": PictureRef(1)}, {"lead": "B"}]
    digests = {Revision.digest_of(Snapshot(**{"headline": "A", "section": 1, "tags": (1, 2)} | c)) for c in changes}
    assert len(digests | {Revision.digest_of(snapshot)}) == 6


def test_text_is_kept_in_one_spelling_and_clean():
    loose = make_snapshot(
        headline=unicodedata.normalize("NFD", " Đà\u00a0Nẵng  rộng "),
        lead="Hai\ndòng",
        body='<p onclick="x()">Nẵng</p><script>x</script>',
        picture=PictureRef(1, " Chú  thích "),
    )
    article = writing.create_story(loose, by=make_user())
    kept = article.working_revision.snapshot
    assert (kept.headline, kept.lead, kept.body) == ("Đà Nẵng rộng", "Hai dòng", "<p>Nẵng</p>")
    assert kept.picture.caption == "Chú thích"
    assert article.desk_headline == "Đà Nẵng rộng"
    assert article.desk_fold == "da nang rong"


def test_a_text_that_is_too_long_stores_nothing():
    with pytest.raises(html.TooLong):
        writing.create_story(make_snapshot(body="x" * (html.MAX_HTML + 1)), by=make_user())
    assert not Article.objects.exists()


def test_uses_of_pictures_follow_each_revision_and_protect_them():
    lead, first, second = make_image("Một"), make_image("Hai"), make_image("Ba")
    article = make_draft(image=lead, body=figure(first) + figure(first) + figure(second) + figure(lead))
    uses = set(article.working_revision.image_uses.values_list("image", "place"))
    assert uses == {(lead.pk, "lead"), (lead.pk, "body"), (first.pk, "body"), (second.pk, "body")}
    writing.save_text(article, make_snapshot(body="<p>Không ảnh</p>"), by=article.created_by, version=article.version)
    assert ImageUse.objects.count() == 4, "the first revision still shows them"
    with pytest.raises(ProtectedError):
        first.delete()


def test_a_picture_that_is_gone_is_no_use():
    article = make_draft(body='<p>A</p><figure class="image" data-image="999"></figure>')
    assert not ImageUse.objects.filter(revision__article=article).exists()


def test_saving_touches_nothing_that_readers_have():
    article = make_article(headline="Tít đang đăng")
    before = Article.objects.values("headline", "html", "published_at", "live_revision", "slug").get()
    perform(article.pk, "revise", by=make_user("editor"))
    article.refresh_from_db()
    writing.save_text(article, make_snapshot(headline="Tít mới"), by=article.created_by, version=article.version)
    assert Article.objects.values("headline", "html", "published_at", "live_revision", "slug").get() == before
    assert article.desk_headline == "Tít mới"
    assert article.working_revision_id != article.live_revision_id


def test_who_started_from_an_older_version_is_told_who_changed_it(cast):
    article = make_draft(cast.rita)
    seen = article.version
    writing.save_text(article, make_snapshot(headline="Nhanh"), by=cast.ed, version=seen)
    with pytest.raises(Conflict, match="^ed "):
        writing.save_text(article, make_snapshot(headline="Chậm"), by=cast.pia, version=seen)
    perform(article.pk, "submit", by=cast.rita)
    with pytest.raises(Conflict, match="^rita "):
        writing.save_text(article, make_snapshot(headline="Chậm"), by=cast.pia, version=article.version)
    assert article.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_moment_one_is_kept_and_the_others_are_told():
    article, people = make_draft(), [make_user() for _ in range(4)]
    results, start = [], threading.Barrier(len(people))

    def save(user):
        start.wait()
        try:
            mine = Article.objects.get(pk=article.pk)
            mine.version = article.version
            snapshot = Snapshot(headline=f"Của {user.username}")
            writing.save_text(mine, snapshot, by=user, version=article.version)
            results.append(user.username)
        except Conflict:
            results.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [name for name in results if name]
    article.refresh_from_db()
    assert article.desk_headline == article.working_revision.snapshot.headline == f"Của {winner}"
    assert list(article.revisions.values_list("number", flat=True)) == [2, 1]
