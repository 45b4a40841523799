"""The proof of the record: whatever was changed, left out or made up is found; days that ended are sealed."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import proof, record, workflow
from articles.models import Article, PublicVersion, RecordSeal
from articles.notices import Notice
from newsroom.lib import append_only, dates
from tests.builders import hours, make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded(db):
    """Somebody with the keys of the database took the triggers away."""
    append_only.take_triggers("articles_publicversion", "articles_recordseal")


def put(pk, **columns):
    Article.objects.filter(pk=pk).update(**columns)


def published_again(article):
    put(article.pk, stage="approved")
    notice = Notice(kind="update", line="Bổ sung.")
    workflow.perform(article.pk, "publish", by=make_user("publisher"), notice=notice)


def broken():
    return str(proof.verify().broken or "")


# --- what does not hold is found --------------------------------------------------------------------------------


def test_an_empty_record_holds():
    assert proof.verify() == proof.Verdict(0, 0, None)


@pytest.mark.parametrize(
    "columns",
    [
        {"line": "Khác"},
        {"kind": "typo"},
        {"at": hours(-1)},
        {"digest": "0" * 64},
        {"previous": "0" * 64},
        {"number": 9},
    ],
)
def test_a_changed_version_is_found(unguarded, columns):
    article = make_article()
    published_again(article)
    make_article()
    PublicVersion.objects.filter(article=article, number=1).update(**columns)
    assert f"story {article.pk} #" in broken()


def test_changed_content_is_found(unguarded):
    version = make_article().public_versions.get()
    version.content["headline"] = "Tít khác"
    version.save()
    assert f"story {version.article_id} #1" in broken()


def test_a_missing_version_is_found(unguarded):
    article = make_article()
    published_again(article)
    published_again(article)
    PublicVersion.objects.filter(article=article, number=2).delete()
    assert f"story {article.pk} #3" in broken()


def test_a_version_made_up_with_a_digest_of_its_own_is_found_by_the_next(unguarded):
    article = make_article()
    published_again(article)
    first = article.public_versions.get(number=1)
    first.content["headline"] = "Tít khác"
    first.digest = record.digest_of(first.envelope())
    first.save()
    assert f"story {article.pk} #2" in broken()


def test_a_live_text_that_was_changed_past_the_record_is_found():
    article = make_article()
    assert not broken()
    put(article.pk, body="<p>Sửa trộm.</p>")
    assert f"story {article.pk}" in broken()


# --- seals ------------------------------------------------------------------------------------------------------


def seal(days=1):
    return proof.seal_days(timezone.now() + timedelta(days=days))


def test_days_that_ended_are_sealed_once():
    make_article()
    make_article()
    assert proof.seal_days() == [], "today is not over"
    made = seal()
    assert [(each.day, each.count) for each in made] == [(timezone.localdate(), 2)]
    assert seal() == []
    assert proof.verify() == proof.Verdict(2, 1, None)


def test_a_day_is_sealed_an_hour_after_its_end():
    make_article()
    _start, end = dates.day_bounds(timezone.localdate())
    assert proof.seal_days(end + timedelta(minutes=59)) == []
    assert len(proof.seal_days(end + timedelta(minutes=61))) == 1


def test_seals_are_chained(unguarded):
    make_article()
    (first,) = seal()
    article = make_article()
    tomorrow = timezone.now() + timedelta(days=1)
    version = article.public_versions.get()
    version.at = tomorrow
    version.digest = record.digest_of(version.envelope())
    version.save()
    (second,) = seal(days=2)
    assert second.previous == first.digest
    assert not broken()
    RecordSeal.objects.filter(pk=first.pk).update(count=7)
    assert "niêm" in broken() or "seal" in broken()


def test_a_story_that_vanished_whole_breaks_the_seal_of_its_day(unguarded):
    gone = make_article()
    make_article()
    seal()
    PublicVersion.objects.filter(article=gone).delete()
    put(gone.pk, withdrawn_at=timezone.now())
    assert f"{timezone.localdate():%d/%m/%Y}" in broken()


def test_what_was_live_before_the_record_began_is_recorded_first(unguarded):
    article = make_article()
    PublicVersion.objects.all().delete()
    assert f"story {article.pk}" in broken()
    call_command("seal_record", verbosity=0)
    assert article.public_versions.get().kind == "first"
    assert not broken()
    assert proof.record_what_is_live(timezone.now()) == 0


def test_the_command_says_what_holds_and_what_does_not(capsys, unguarded):
    article = make_article()
    call_command("verify_record")
    assert "1" in capsys.readouterr().out
    PublicVersion.objects.update(line="x")
    with pytest.raises(CommandError, match=f"story {article.pk} #1"):
        call_command("verify_record")


def test_a_seal_that_was_kept_elsewhere_must_be_there():
    make_article()
    (made,) = seal()
    call_command("verify_record", seal=made.digest)
    with pytest.raises(CommandError):
        call_command("verify_record", seal="0" * 64)
