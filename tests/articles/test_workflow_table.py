"""Every verb of the table does what its row says wherever it may; and one that fails half-way changes nothing."""

from dataclasses import replace

import pytest

from articles import placing, publishing, record, search, workflow, writing
from articles.models import Article, DayCount, Placement, PublicVersion, Revision, Role, SearchDoc, Stage, Transition
from articles.notices import Notice
from articles.transitions import ANY, FORWARD, TRANSITIONS, Time
from articles.workflow import fits, perform
from newsroom.lib import dates
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, make_draft, withdraw

pytestmark = pytest.mark.django_db
NOTICE = Notice(kind="update", line="Thêm số liệu")
PEOPLE = {
    Role.REPORTER: "rita",
    Role.EDITOR: "ed",
    Role.PUBLISHER: "pia",
    Role.CHIEF: "cora",
}
CELLS = [
    (verb.name, stage, readers)
    for verb in TRANSITIONS.values()
    for stage in verb.sources
    for readers in sorted(verb.readers)
    if verb.roles and (stage is not Stage.DONE or readers != "never")
]


def put(article, **columns):
    Article.objects.filter(pk=article.pk).update(**columns)
    article.refresh_from_db()
    return article


def story_at(cast, stage, readers, verb):
    """A whole story in this stage, of which readers have this; it is what the verb is about."""
    if readers == "never":
        article = make_draft(cast.rita)
    else:
        article = make_article(hours(5) if readers == "scheduled" else hours(-5), by=cast.rita)
        if readers == "withdrawn":
            withdraw(article)
        if stage is not Stage.DONE:
            put(article, stage=stage)
            text = replace(article.working_revision.snapshot, lead="Dẫn viết lại.")
            writing.save_text(article, text, by=cast.ed, version=article.version)
    columns = {"visible_until": hours(-1)} if readers == "ended" else {}
    if verb.from_trash:
        columns["trashed_at"] = hours(-1)
    if verb.of_update:
        columns |= {"due_at": hours(1), "due_revision": article.working_revision, "due_by": cast.pia}
    if verb.of_held:
        columns["held_until"] = dates.today()
    return put(article, stage=stage, **columns)


def given(article, verb):
    """What comes with the button."""
    text = None
    if verb.name == "hotfix":
        text = replace(article.live_revision.snapshot, source="TTXVN")
    at = (
        hours(2)
        if verb.time in (Time.UPDATE, Time.EMBARGO, Time.HOLD)
        else hours(9)
        if verb.time in (Time.END, Time.MOVE)
        else None
    )
    return {"note": "Theo yêu cầu", "at": at, "notice": NOTICE, "snapshot": text}


@pytest.mark.parametrize(("name", "stage", "readers"), CELLS)
def test_each_cell_of_the_table(cast, name, stage, readers):
    verb = TRANSITIONS[name]
    article = story_at(cast, stage, readers, verb)
    assert fits(verb, article)
    person = getattr(cast, PEOPLE[verb.roles_at(stage)[0]])
    before = article.version
    step = perform(article.pk, name, by=person, **given(article, verb)).step
    article.refresh_from_db()
    assert article.stage == (verb.target or stage)
    assert article.version > before
    logged = Transition.objects.get(pk=step.pk)
    assert (logged.verb, logged.actor, logged.from_stage, logged.to_stage) == (name, person, stage, article.stage)


def test_the_table_is_whole():
    for verb in TRANSITIONS.values():
        assert verb.sources, verb.name
        assert verb.readers <= ANY, verb.name
        assert verb.roles or verb.name == "release", "only the clock acts without a role"
        assert len(verb.name) <= Transition._meta.get_field("verb").max_length
    reached = {verb.target for verb in TRANSITIONS.values()} - {None}
    assert reached == set(Stage), "every stage can be reached"
    left = {stage for verb in TRANSITIONS.values() if verb.target for stage in verb.sources}
    assert left == set(Stage), "and left"


# --- half-way ---------------------------------------------------------------------------------------------------

STEPS = [
    (publishing, "live_columns"),
    (publishing, "write"),
    (publishing, "credit"),
    (placing, "place"),
    (placing, "add_to_days"),
    (search, "index"),
    (record, "add_live"),
    (workflow, "bump"),
]


def everything():
    """The rows that publishing touches."""
    articles = Article.objects.order_by("pk").values_list("pk", "stage", "version", "headline", "published_at", "slug")
    return [
        list(articles),
        *(list(model.objects.order_by("pk").values()) for model in (Transition, Placement, DayCount, Epoch)),
        *(list(model.objects.order_by("pk").values_list("pk")) for model in (Revision, SearchDoc, PublicVersion)),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["publish", "update", "hotfix"])
def test_a_verb_that_fails_half_way_changes_nothing(cast, monkeypatch, verb):
    name = "publish" if verb == "update" else verb
    stage, readers = (Stage.APPROVED, "never" if verb == "publish" else "live")
    article = story_at(cast, stage, readers, TRANSITIONS[name])
    before = everything()
    for module, step in STEPS:
        with monkeypatch.context() as patch:
            done = getattr(module, step)

            def fail(*args, _done=done, **kwargs):
                _done(*args, **kwargs)
                raise RuntimeError("mất điện")

            patch.setattr(module, step, fail)
            with pytest.raises(RuntimeError):
                perform(article.pk, name, by=cast.pia, **given(article, TRANSITIONS[name]))
        assert everything() == before, step
    perform(article.pk, name, by=cast.pia, **given(article, TRANSITIONS[name]))


def test_from_each_stage_one_verb_at_most_has_the_keys_that_lead_on():
    sources = [stage for verb in TRANSITIONS.values() if verb.keys == FORWARD for stage in verb.sources]
    assert len(sources) == len(set(sources)) and set(sources) == set(Stage) - {Stage.DONE}
