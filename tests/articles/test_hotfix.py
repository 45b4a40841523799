"""The quick correction: readers have it at once, the text being worked on gets it too, and nothing is guessed."""

from dataclasses import replace

import pytest
from django.urls import reverse

from articles import hotfix, releasing, writing
from articles.models import Article, Collision, SignOff, Stage
from articles.notices import Notice
from articles.workflow import NotReady, Refused, perform
from articles.writing import Conflict
from tests.builders import hours, make_article, make_section

pytestmark = pytest.mark.django_db
TYPO = Notice(kind="typo")
UPDATE = Notice(kind="update", line="Thêm số liệu")


def stored(article):
    return Article.objects.get(pk=article.pk)


def corrected(article, **fields):
    return replace(article.live_revision.snapshot, **fields)


def fix(article, by, notice=TYPO, **fields):
    perform(article.pk, "hotfix", by=by, notice=notice, snapshot=corrected(stored(article), **fields))
    return stored(article)


def rewritten(cast, **fields):
    """A live story whose text is being rewritten in these fields."""
    article = make_article(hours(-5), by=cast.rita)
    perform(article.pk, "revise", by=cast.ed)
    article.refresh_from_db()
    text = replace(article.working_revision.snapshot, **fields)
    writing.save_text(article, text, by=cast.ed, version=article.version)
    return stored(article)


def test_a_story_with_nothing_pending_has_the_correction_in_both_texts(cast):
    article = make_article(hours(-5), by=cast.rita)
    after = fix(article, cast.pia, lead="Dẫn đã sửa.")
    assert (after.lead, after.stage, after.published_at) == ("Dẫn đã sửa.", Stage.DONE, article.published_at)
    assert after.working_revision == after.live_revision != article.live_revision
    step = after.transitions.first()
    assert (step.verb, step.revision, step.from_stage, step.to_stage) == (
        "hotfix",
        after.live_revision,
        "done",
        "done",
    )


def test_a_rewrite_in_other_fields_gets_the_correction_and_stays_where_it_was(cast):
    article = rewritten(cast, headline="Tít viết lại")
    after = fix(article, cast.pia, lead="Dẫn đã sửa.")
    draft = after.working_revision.snapshot
    assert (after.lead, after.headline) == ("Dẫn đã sửa.", article.headline), "readers have the correction alone"
    assert (draft.lead, draft.headline, after.stage) == ("Dẫn đã sửa.", "Tít viết lại", Stage.EDITING)
    assert not Collision.objects.exists()


def test_words_of_one_text_merge_by_blocks(cast):
    article = rewritten(cast)
    body = article.working_revision.snapshot.body
    rewrite = replace(article.working_revision.snapshot, body=body.replace("Mở cửa cuối tuần", "Giờ mở cửa"))
    writing.save_text(article, rewrite, by=cast.ed, version=article.version)
    after = fix(article, cast.pia, body=body.replace("19 giờ", "20 giờ"))
    draft = after.working_revision.snapshot.body
    assert "Giờ mở cửa" in draft
    assert "20 giờ" in draft


def test_the_same_place_is_published_kept_and_shown_until_somebody_chooses(cast):
    article = rewritten(cast, headline="Tít viết lại", lead="Dẫn viết lại.")
    after = fix(article, cast.pia, headline="Tít đã sửa", source="TTXVN")
    assert after.headline == "Tít đã sửa"
    assert after.working_revision == article.working_revision, "the draft stays as it was"
    _collision, merged = hotfix.open_collision(after)
    assert [(each.field, each.mine, each.theirs) for each in merged.conflicts] == [
        ("headline", "Tít viết lại", "Tít đã sửa")
    ]
    perform(article.pk, "forward", by=cast.ed)
    with pytest.raises(NotReady) as refusal:
        perform(article.pk, "approve", by=cast.pia)
    assert [item.field for item in refusal.value.missing] == ["collision"]
    with pytest.raises(Refused):
        hotfix.choose(article.pk, {}, by=cast.cora, version=stored(article).version)
    hotfix.choose(article.pk, {"headline": "Tít đã sửa"}, by=cast.cora, version=stored(article).version)
    draft = stored(article).working_revision.snapshot
    assert (draft.headline, draft.lead, draft.source) == ("Tít đã sửa", "Dẫn viết lại.", "TTXVN")
    assert Collision.objects.get().settled_by == cast.cora
    perform(article.pk, "approve", by=cast.pia)


def test_a_second_correction_is_compared_with_what_the_rewrite_started_from(cast):
    article = rewritten(cast, headline="Tít viết lại")
    fix(article, cast.pia, headline="Sửa lần một")
    fix(article, cast.pia, headline="Sửa lần hai", lead="Dẫn đã sửa.")
    _collision, merged = hotfix.open_collision(stored(article))
    assert [each.theirs for each in merged.conflicts] == ["Sửa lần hai"]
    assert merged.snapshot.lead == "Dẫn đã sửa."
    fix(article, cast.pia, headline="Tít viết lại")
    assert hotfix.open_collision(stored(article)) is None, "both say the same now"
    assert stored(article).working_revision.snapshot.lead == "Dẫn đã sửa."


def test_discarding_the_rewrite_ends_the_collision(cast):
    article = rewritten(cast, headline="Tít viết lại")
    fix(article, cast.pia, headline="Tít đã sửa")
    perform(article.pk, "discard", by=cast.ed)
    assert hotfix.open_collision(stored(article)) is None
    assert stored(article).desk_headline == "Tít đã sửa"


def test_a_stale_choice_changes_nothing(cast):
    article = rewritten(cast, headline="Tít viết lại")
    fix(article, cast.pia, headline="Tít đã sửa")
    with pytest.raises(Conflict):
        hotfix.choose(article.pk, {"headline": "Khác"}, by=cast.ed, version=article.version)
    with pytest.raises(Refused):
        hotfix.choose(article.pk, {"headline": "Khác"}, by=cast.rita, version=stored(article).version)


def test_a_scheduled_story_is_mended_and_keeps_its_time(cast):
    article = make_article(hours(5), by=cast.rita)
    after = fix(article, cast.pia, Notice(), headline="Hết lỗi gõ")
    assert (after.headline, after.published_at, after.readers_state) == (
        "Hết lỗi gõ",
        article.published_at,
        "scheduled",
    )
    assert after.updated_at is None


def test_a_correction_of_a_live_story_says_what_it_is_and_a_scheduled_update_carries_it(cast):
    article = rewritten(cast, headline="Tít viết lại")
    with pytest.raises(NotReady):
        fix(article, cast.pia, Notice(), lead="Dẫn đã sửa.")
    perform(article.pk, "forward", by=cast.ed)
    perform(article.pk, "approve", by=cast.pia)
    perform(article.pk, "schedule_update", by=cast.pia, at=hours(2), notice=UPDATE)
    after = fix(article, cast.pia, lead="Dẫn đã sửa.")
    assert after.due_revision == after.working_revision
    releasing.release_all(hours(2.01))
    assert (stored(article).headline, stored(article).lead) == ("Tít viết lại", "Dẫn đã sửa.")


def test_a_scheduled_update_never_undoes_a_correction(cast):
    article = rewritten(cast, headline="Tít viết lại")
    perform(article.pk, "forward", by=cast.ed)
    perform(article.pk, "approve", by=cast.pia)
    perform(article.pk, "schedule_update", by=cast.pia, at=hours(2), notice=UPDATE)
    fix(article, cast.pia, headline="Tít đã sửa")
    _released, failures = releasing.release_all(hours(2.01))
    assert len(failures) == 1
    assert (stored(article).headline, stored(article).due_tries) == ("Tít đã sửa", 1)
    hotfix.choose(article.pk, {"headline": "Tít viết lại"}, by=cast.pia, version=stored(article).version)
    released, _failures = releasing.release_all(hours(2.2))
    assert (len(released), stored(article).headline) == (1, "Tít viết lại")


@pytest.mark.parametrize(("fields", "reason"), [({}, Refused), ({"headline": ""}, NotReady), ({"body": ""}, NotReady)])
def test_nothing_changed_or_something_missing_is_refused(cast, fields, reason):
    article = make_article(hours(-5), by=cast.rita)
    with pytest.raises(reason):
        fix(article, cast.pia, **fields)
    assert stored(article).version == article.version


def test_without_the_sign_offs_of_the_section_only_the_chief_corrects_and_the_log_says_so(cast):
    section = make_section("Pháp đình", sign_offs=["legal"])
    article = make_article(hours(-5), by=cast.rita)
    text = replace(article.live_revision.snapshot, section=section.pk)
    Article.objects.filter(pk=article.pk).update(desk_section=section)
    with pytest.raises(NotReady):
        perform(article.pk, "hotfix", by=cast.pia, notice=TYPO, snapshot=text)
    perform(article.pk, "hotfix", by=cast.cora, notice=TYPO, snapshot=text)
    assert article.transitions.first().exception == "sign_offs"
    assert not SignOff.objects.exists()


# --- the pages --------------------------------------------------------------------------------------------------


def shown(client, article, **changed):
    """What the form on the page sends, with these fields changed."""
    form = client.get(reverse("admin:articles_article_hotfix", args=[article.pk])).context["form"]
    fields = {name: "" if value is None else value for name, value in form.initial.items()}
    bylines = fields.pop("byline_rows")
    authors, roles = [ref.author for ref in bylines], [ref.role for ref in bylines]
    hidden = {"seen_version": stored(article).version, "byline_rows-author": authors, "byline_rows-role": roles}
    return {**fields, **hidden, **changed}


def test_the_page_takes_the_corrected_text_and_leads_to_what_collides(cast, client):
    article = rewritten(cast, headline="Tít viết lại")
    address = reverse("admin:articles_article_hotfix", args=[article.pk])
    client.force_login(cast.pia)
    refused = client.post(address, shown(client, article, headline="Tít đã sửa"))
    assert (refused.status_code, stored(article).headline) == (400, article.headline), "the kind is missing"
    fields = shown(client, article, headline="Tít đã sửa", change_kind="update", change_line="Sửa tít")
    answer = client.post(address, fields)
    assert answer.url == reverse("admin:articles_article_collision", args=[article.pk])
    assert (stored(article).headline, stored(article).desk_headline) == ("Tít đã sửa", "Tít viết lại")
    assert client.post(address, fields).status_code == 400, "the second press is of an older version"


def test_the_page_is_for_publishers_of_stories_that_readers_have(cast, client):
    article = make_article(hours(-5), by=cast.rita)
    address = reverse("admin:articles_article_hotfix", args=[article.pk])
    for person, status in ((cast.rita, 302), (cast.ed, 302), (cast.pia, 200), (cast.mo, 403)):
        client.force_login(person)
        assert client.get(address).status_code == status, person
        if status != 200:
            client.post(address, {"headline": "Không được"})
    assert stored(article).headline == article.headline


def test_the_page_of_a_collision_shows_both_texts_and_takes_the_choice(cast, client):
    article = rewritten(cast, headline="Tít viết lại")
    fix(article, cast.pia, headline="Tít đã sửa")
    address = reverse("admin:articles_article_collision", args=[article.pk])
    client.force_login(cast.rita)
    seen = client.get(address).content.decode()
    assert "Tít viết lại" in seen
    assert "Tít đã sửa" in seen
    assert 'name="choice_headline"' not in seen, "not hers to choose at this stage"
    client.post(address, {"version": stored(article).version, "choice_headline": "theirs"})
    assert hotfix.open_collision(stored(article)) is not None
    client.force_login(cast.ed)
    assert address in client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    client.post(address, {"version": stored(article).version, "choice_headline": "theirs", "edit_headline": ""})
    assert hotfix.open_collision(stored(article)) is None
    assert stored(article).desk_headline == "Tít đã sửa"
