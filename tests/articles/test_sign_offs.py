"""Sign-offs: asked for by section or story, given to one text, lapsing with it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from articles import signing, writing
from articles.models import Article, Publication, SignOff, SignOffKind, Stage
from articles.workflow import NotReady, Refused, perform
from articles.writing import Conflict
from tests.builders import hours, make_article, make_draft, make_section, make_user

pytestmark = pytest.mark.django_db
LEGAL, PICTURES = SignOffKind.LEGAL, SignOffKind.PICTURES


def stored(article):
    return Article.objects.select_related("working_revision", "desk_section").get(pk=article.pk)


def in_stage(cast, stage, **fields):
    article = make_draft(cast.rita, **fields)
    Article.objects.filter(pk=article.pk).update(stage=stage)
    return stored(article)


def sign(article, kind, by, **given):
    return signing.sign(article.pk, kind, by=by, digest=stored(article).working_revision.digest, **given)


def lacking(article, verb, by):
    with pytest.raises(NotReady) as refusal:
        perform(article.pk, verb, by=by)
    return [(item.field, item.message) for item in refusal.value.missing]


def test_what_is_asked_for_a_story_is_needed_to_approve_and_to_publish(cast):
    article = in_stage(cast, Stage.REVIEW)
    signing.ask(article.pk, LEGAL, by=cast.ed)
    assert [field for field, _message in lacking(article, "approve", cast.pia)] == ["sign_offs"]
    sign(article, LEGAL, cast.ed, note="Đã xem hồ sơ")
    perform(article.pk, "approve", by=cast.pia)
    signing.take_back(article.pk, LEGAL, by=cast.ed)
    assert [field for field, _message in lacking(article, "publish", cast.pia)] == ["sign_offs"]
    sign(article, LEGAL, cast.cora)
    perform(article.pk, "publish", by=cast.pia)
    assert list(article.transitions.order_by("pk").values_list("verb", flat=True)) == [
        "ask_sign_off",
        "sign_off",
        "approve",
        "unsign",
        "sign_off",
        "publish",
    ]


def test_sections_ask_and_so_do_the_sections_above(cast):
    above = make_section("Pháp luật", sign_offs=["legal"])
    section = make_section("Pháp đình", parent=above, sign_offs=["pictures"])
    article = in_stage(cast, Stage.REVIEW, section=section.pk)
    assert len(lacking(article, "approve", cast.pia)) == 2
    sign(article, LEGAL, cast.ed)
    sign(article, PICTURES, cast.cora)
    perform(article.pk, "approve", by=cast.pia)
    with pytest.raises(Refused):
        signing.waive(article.pk, LEGAL, by=cast.cora)


def test_a_signature_lapses_with_any_word_and_comes_back_with_the_text(cast):
    article = in_stage(cast, Stage.REVIEW)
    first = article.working_revision.snapshot
    signing.ask(article.pk, LEGAL, by=cast.ed)
    sign(article, LEGAL, cast.cora)
    for change in ({"headline": "Tít khác"}, {"body": "<p>Khác.</p>"}, {"bylines": ()}, {"source": "TTXVN"}):
        writing.save_text(article, replace(first, **change), by=cast.pia, version=stored(article).version)
        assert signing.states(stored(article))[0].has_lapsed, change
        assert lacking(article, "approve", cast.cora)
    writing.save_text(article, first, by=cast.pia, version=stored(article).version)
    assert signing.states(stored(article))[0].is_valid


def test_nobody_signs_a_text_that_has_changed_meanwhile(cast):
    article = in_stage(cast, Stage.EDITING)
    read = article.working_revision.digest
    writing.save_text(article, replace(article.working_revision.snapshot, lead="Khác."), by=cast.pia, version=1 + 1)
    with pytest.raises(Conflict, match="pia"):
        signing.sign(article.pk, LEGAL, by=cast.ed, digest=read)
    assert not SignOff.objects.exclude(digest="").exists()


def test_who_signs(cast):
    section = make_section()
    article = in_stage(cast, Stage.EDITING)
    elsewhere = make_user("editor", section=make_section("Thể thao"))
    for person in (cast.rita, cast.mo, cast.ada, cast.nobody, elsewhere):
        with pytest.raises(Refused):
            sign(article, LEGAL, person)
        with pytest.raises(Refused):
            signing.ask(article.pk, LEGAL, by=person)
    for person in (make_user("editor", section=section), cast.pia, cast.cora):
        sign(article, LEGAL, person)
        with pytest.raises(Refused):
            sign(article, LEGAL, person)
        signing.take_back(article.pk, LEGAL, by=person)


def test_whoever_changed_the_text_last_does_not_sign_it(cast):
    article = in_stage(cast, Stage.EDITING)
    text = replace(article.working_revision.snapshot, lead="Biên tập lại.")
    writing.save_text(article, text, by=cast.ed, version=article.version)
    with pytest.raises(Refused):
        sign(article, LEGAL, cast.ed)
    Publication.objects.create(pk=1, name="Báo", four_eyes=False)
    assert sign(article, LEGAL, cast.ed).exception == "four_eyes"


def test_only_the_signer_or_the_chief_takes_a_signature_back(cast):
    article = in_stage(cast, Stage.EDITING)
    sign(article, LEGAL, cast.ed)
    with pytest.raises(Refused):
        signing.take_back(article.pk, LEGAL, by=cast.pia)
    signing.take_back(article.pk, LEGAL, by=cast.cora)
    with pytest.raises(Refused):
        signing.take_back(article.pk, LEGAL, by=cast.cora)


def test_signing_makes_no_open_form_stale(cast):
    article = in_stage(cast, Stage.EDITING)
    signing.ask(article.pk, LEGAL, by=cast.ed)
    sign(article, LEGAL, cast.ed)
    assert stored(article).version == article.version


def test_a_published_story_with_nothing_pending_is_not_signed(cast):
    article = make_article(hours(-1), by=cast.rita)
    with pytest.raises(Refused):
        sign(article, LEGAL, cast.cora)


def test_the_panel_offers_each_what_is_theirs(cast, client):
    article = in_stage(cast, Stage.EDITING)
    page, address = (reverse(f"admin:articles_article_{name}", args=[article.pk]) for name in ("change", "sign"))
    sent = {"kind": "legal", "digest": article.working_revision.digest}
    client.force_login(cast.rita)
    assert 'id="id_sign_offs"' not in client.get(page).content.decode()
    client.post(address, {**sent, "do": "sign"})
    assert not SignOff.objects.exists()
    client.force_login(cast.ed)
    client.post(address, {**sent, "do": "ask"})
    client.post(address, {**sent, "do": "sign", "note": "Đã đối chiếu"})
    shown = client.get(page).content.decode()
    assert "Đã đối chiếu" in shown
    assert 'value="take_back"' in shown
    assert client.get(address).status_code == 405
    client.post(address, {**sent, "do": "explode"})
    client.post(address, {**sent, "kind": "luck", "do": "sign"})
    assert SignOff.objects.count() == 1
    client.force_login(cast.mo)
    assert client.post(address, {**sent, "do": "take_back"}).status_code == 403


def test_the_page_of_a_section_sets_what_it_asks_for(cast, client):
    section = make_section("Pháp luật")
    client.force_login(make_user(is_superuser=True))
    address = reverse("admin:articles_section_change", args=[section.pk])
    sent = {
        "name": "Pháp luật",
        "slug": section.slug,
        "position": 0,
        "is_shown": "on",
        "sign_offs": ["legal", "facts"],
    }
    client.post(address, sent)
    section.refresh_from_db()
    assert [kind.value for kind in section.needed_sign_offs] == ["legal", "facts"]
    client.post(address, {**sent, "sign_offs": ["luck"]})
    section.refresh_from_db()
    assert section.sign_offs == ["legal", "facts"]
    client.post(address, {**sent, "sign_offs": []})
    section.refresh_from_db()
    assert section.sign_offs == []
