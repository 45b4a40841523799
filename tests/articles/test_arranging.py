"""Draft, launch, discard, undo, restore: each on the version that its user saw; whoever is second is told by whom."""

import pytest
from django.core.exceptions import PermissionDenied

from articles import arranging, keys
from articles.models import Arrangement, Filling, Front, FrontVersion, Slot
from articles.readiness import Refused
from articles.writing import Conflict
from newsroom.lib.audit.models import AuditEvent
from newsroom.lib.pagecache.models import Epoch
from tests import builders
from tests.articles.test_workflow_races import at_once

pytestmark = pytest.mark.django_db


def leads_with(story, **fields):
    return Arrangement({"lead-1": Slot(Filling.STORY, story.pk, **fields)})


@pytest.fixture
def story():
    return builders.make_article()


def launched(story, by, section=None):
    version = arranging.front_of(section).version
    version = arranging.save_draft(section, leads_with(story), by=by, version=version).version
    return arranging.launch(section, by=by, version=version)


def epochs():
    return dict(Epoch.objects.values_list("key", "version"))


def stale_since(before):
    return {key for key, version in epochs().items() if before.get(key) != version}


def test_readers_have_a_draft_only_when_it_is_launched(cast, story):
    before = epochs()
    front = arranging.save_draft(None, leads_with(story), by=cast.pia, version=0)
    assert (front.live_arrangement, front.drafted) == (Arrangement(), leads_with(story))
    assert stale_since(before) == set()
    front = arranging.launch(None, by=cast.pia, version=1)
    assert (front.live_arrangement, front.draft) == (leads_with(story), None)
    assert stale_since(before) == {keys.HOME}
    version = FrontVersion.objects.get()
    assert (version.number, version.by, version.shown[0]) == (1, cast.pia, ["lead-1", story.pk, story.headline])
    assert AuditEvent.objects.filter(kind="front.launched", actor=cast.pia).count() == 1


def test_a_section_front_makes_only_its_own_page_stale(cast, story):
    before = epochs()
    launched(story, cast.pia, story.section)
    assert stale_since(before) == {keys.section(story.section.pk)}


def test_discard_brings_back_what_is_live(cast, story):
    front = launched(story, cast.pia)
    front = arranging.save_draft(None, Arrangement(), by=cast.pia, version=front.version)
    front = arranging.discard(None, by=cast.pia, version=front.version)
    assert (front.draft, front.drafted) == (None, leads_with(story))


def test_a_draft_like_the_live_page_is_none(cast, story):
    front = launched(story, cast.pia)
    front = arranging.save_draft(None, Arrangement(), by=cast.pia, version=front.version)
    assert arranging.save_draft(None, leads_with(story), by=cast.pia, version=front.version).draft is None


def test_undo_goes_back_launch_by_launch(cast):
    first, second, third = (builders.make_article() for _each in range(3))
    for story in (first, second, third):
        front = launched(story, cast.pia)
    seen = []
    for _each in range(3):
        front = arranging.undo(None, by=cast.pia, version=front.version)
        seen.append(next(front.live_arrangement.of(Filling.STORY), None))
    assert seen == [second.pk, first.pk, None]
    assert [version.restores for version in front.versions.all()][:3] == [0, 1, 2]
    with pytest.raises(Refused):
        arranging.undo(None, by=cast.pia, version=front.version)


def test_undo_keeps_the_draft(cast, story):
    other = builders.make_article()
    front = launched(story, cast.pia)
    front = arranging.save_draft(None, leads_with(other), by=cast.pia, version=front.version)
    assert arranging.undo(None, by=cast.pia, version=front.version).drafted == leads_with(other)


def test_restore_puts_a_launch_into_the_draft(cast, story):
    launched(story, cast.pia)
    front = launched(builders.make_article(), cast.pia)
    front = arranging.restore(None, 1, by=cast.pia, version=front.version)
    assert front.drafted == leads_with(story)
    assert front.live_arrangement != leads_with(story)


@pytest.mark.parametrize("verb", [arranging.launch, arranging.discard, arranging.undo])
def test_nothing_to_do_is_said(cast, verb):
    with pytest.raises(Refused):
        verb(None, by=cast.pia, version=0)


@pytest.mark.parametrize(
    "slot",
    [
        Slot(Filling.STORY, 999999),
        Slot(Filling.STORY),
        Slot(Filling.SECTION, 999999),
        Slot(Filling.TAG, 999999),
        Slot("anything", 1),
        "image",
        "past",
        "hours",
        "headline",
    ],
)
def test_what_cannot_be_is_refused(cast, story, slot):
    wrong = {
        "image": {"image": 999999},
        "past": {"pinned_until": builders.hours(-1)},
        "hours": {"drop_after": 0},
        "headline": {"headline": "x" * 201},
    }
    given = Slot(Filling.STORY, story.pk, **wrong[slot]) if isinstance(slot, str) else slot
    with pytest.raises(Refused):
        arranging.save_draft(None, Arrangement({"lead-1": given}), by=cast.pia, version=0)
    assert not Front.objects.exclude(draft=None).exists()


@pytest.mark.parametrize("place", ["next-1", "beside-4", "block-999999", "", "lead"])
def test_a_page_has_its_own_places(cast, story, place):
    with pytest.raises(Refused):
        arranging.save_draft(None, Arrangement({place: Slot(Filling.STORY, story.pk)}), by=cast.pia, version=0)


@pytest.mark.parametrize(
    ("role", "of", "home", "own", "other"),
    [
        ("reporter", None, False, False, False),
        ("editor", None, False, True, True),
        ("editor", "own", False, True, False),
        ("publisher", None, True, True, True),
        ("publisher", "own", False, True, False),
        ("chief", None, True, True, True),
        ("moderator", None, False, False, False),
        ("administrator", None, False, False, False),
    ],
)
def test_who_may_arrange_what(db, role, of, home, own, other):
    section, elsewhere = builders.make_section("Đô thị"), builders.make_section("Văn hóa")
    user = builders.make_user(role, section=section if of else None)
    for place, may in ((None, home), (section, own), (elsewhere, other)):
        assert arranging.may_arrange(user, place) is may
        if not may:
            with pytest.raises(PermissionDenied):
                arranging.save_draft(place, Arrangement(), by=user, version=0)


def test_a_stale_save_is_told_who_was_faster(cast, story):
    arranging.save_draft(None, leads_with(story), by=cast.pia, version=0)
    with pytest.raises(Conflict, match="pia"):
        arranging.save_draft(None, Arrangement(), by=cast.cora, version=0)
    assert arranging.front_of(None).drafted == leads_with(story)


@pytest.mark.django_db(transaction=True)
def test_of_two_launches_at_once_one_is_told(cast, story):
    front = arranging.save_draft(None, leads_with(story), by=cast.pia, version=0)
    deeds = [lambda by=by: arranging.launch(None, by=by, version=front.version) for by in (cast.pia, cast.cora)]
    results = at_once(*deeds)
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [Conflict]
    assert FrontVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_first_drafts_at_once_one_is_kept_whole(cast, story):
    other = builders.make_article()
    pairs = [(cast.pia, story), (cast.cora, other)]
    deeds = [lambda by=by, it=it: arranging.save_draft(None, leads_with(it), by=by, version=0) for by, it in pairs]
    results = at_once(*deeds)
    kept = [result for result in results if isinstance(result, Front)]
    assert len(kept) == 1
    assert arranging.front_of(None).drafted == kept[0].drafted
