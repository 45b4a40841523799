"""What stands where on a front page: chosen stories first, the rest by itself, no story twice, never a hidden one."""

import random
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import catalogue, editions, front_pages
from articles.models import Arrangement, Article, Filling, Slot
from articles.models.front_slots import HOME_AREAS
from tests import builders

PLACES = [place for area in HOME_AREAS for place in area.places]
HIDDEN = ["scheduled", "ended", "withdrawn"]


def hide(story, how):
    if how == "withdrawn":
        return builders.withdraw(story)
    if how == "ended":
        return Article.objects.filter(pk=story.pk).update(visible_until=timezone.now() - timedelta(seconds=1))
    for rows in (Article.objects.filter(pk=story.pk), story.placements, story.bylines, story.taggings):
        rows.update(published_at=timezone.now() + timedelta(hours=2))


def in_pictures(stories):
    """Make them photo stories, whose texts would need three pictures each."""
    Article.objects.filter(pk__in=[story.pk for story in stories]).update(presentation="photos")


def everywhere(front):
    """Every story of the home page, in the order of the page."""
    top = [*front.of(PLACES), *front.latest]
    return [*top, *(story for block in front.blocks for story in (block.lead, *block.stories))]


class AnyArrangement(TestCase):
    """Whatever is chosen, and whatever of it readers may not see."""

    @classmethod
    def setUpTestData(cls):
        cls.sections = [builders.make_section(name) for name in ("Thời sự", "Đô thị")]
        cls.tag = catalogue.tag_named("Bão")
        cls.stories = [
            builders.make_article(
                section=cls.sections[n % 2].pk,
                tags=(cls.tag.pk,) if n % 4 == 0 else (),
                image=builders.make_image() if n % 3 == 0 else None,
                published_at=builders.hours(-n - 1),
            )
            for n in range(36)
        ]
        in_pictures([story for story in cls.stories if story.lead_image_id])
        for n, how in enumerate(HIDDEN):
            hide(cls.stories[n], how)
        cls.gone = {story.pk for story in cls.stories[: len(HIDDEN)]}

    def slots(self, draw):
        kinds = draw.choice([Filling.STORY, Filling.STORY, Filling.SECTION, Filling.TAG])
        keys = {
            Filling.STORY: draw.choice(self.stories).pk,
            Filling.SECTION: draw.choice(self.sections).pk,
            Filling.TAG: self.tag.pk,
        }
        return Slot(kinds, keys[kinds], drop_after=draw.choice([None, None, 5]))

    @settings(max_examples=25, deadline=None)
    @given(st.randoms(use_true_random=False), st.sets(st.sampled_from(PLACES)))
    def test_no_story_twice_none_hidden_every_place_filled(self, draw: random.Random, arranged):
        arrangement = Arrangement({place: self.slots(draw) for place in sorted(arranged)})
        front = front_pages.home(editions.current(), arrangement)
        shown = [story.pk for story in everywhere(front)]
        assert len(shown) == len(set(shown))
        assert not self.gone & set(shown)
        assert [place for place in PLACES if place in front.at] == PLACES
        for place in arranged:
            slot, story = arrangement.at(place), front.at[place]
            repeated = [other for other in arranged if arrangement.at(other).key == slot.key]
            if slot.is_story and slot.key not in self.gone and not slot.drop_after and len(repeated) == 1:
                assert story.pk == slot.key


pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    builders.make_publication()
    return [builders.make_article(published_at=builders.hours(-n - 1)) for n in range(14)]


def home(**slots):
    arrangement = Arrangement({place.replace("_", "-"): slot for place, slot in slots.items()})
    return front_pages.home(editions.current(), arrangement)


def test_a_chosen_story_stands_where_it_was_put_with_its_own_words(stories):
    picture = builders.make_image("Ảnh riêng")
    slot = Slot(Filling.STORY, stories[9].pk, headline="Tít riêng", kicker="Nóng", image=picture.pk)
    lead = home(lead_1=slot).lead
    assert (lead.pk, lead.headline, lead.kicker, lead.lead_image) == (stories[9].pk, "Tít riêng", "Nóng", picture)
    assert Article.objects.get(pk=lead.pk).headline == stories[9].headline


def test_own_picture_that_is_gone_leaves_the_story_its_own(stories):
    assert home(lead_1=Slot(Filling.STORY, stories[9].pk, image=99999)).lead.pk == stories[9].pk


@pytest.mark.parametrize("how", HIDDEN)
def test_what_readers_may_not_see_leaves_and_the_place_refills(stories, how):
    hide(stories[9], how)
    assert home(lead_1=Slot(Filling.STORY, stories[9].pk)).lead == stories[0]


def test_a_pin_ends_at_its_second(stories):
    at = timezone.now() + timedelta(minutes=5)
    arrangement = Arrangement({"lead-1": Slot(Filling.STORY, stories[9].pk, pinned_until=at)})
    before = front_pages.home(editions.current(at - timedelta(microseconds=1)), arrangement)
    after = front_pages.home(editions.current(at), arrangement)
    assert (before.lead.pk, before.next_change) == (stories[9].pk, at)
    assert (after.lead, after.next_change) == (stories[0], None)


def test_a_story_is_let_go_when_too_old(stories):
    arrangement = Arrangement({"lead-1": Slot(Filling.STORY, stories[9].pk, drop_after=12)})
    too_old = stories[9].published_at + timedelta(hours=12)
    assert front_pages.home(editions.current(), arrangement).next_change == too_old
    assert front_pages.home(editions.current(too_old), arrangement).lead != stories[9]


def test_places_fill_themselves_with_a_section_or_a_keyword(stories):
    section, tag = builders.make_section("Văn hóa"), catalogue.tag_named("Sách")
    other = builders.make_article(section=section.pk, published_at=builders.hours(-90))
    tagged = builders.make_article(tags=(tag.pk,), published_at=builders.hours(-80))
    front = home(beside_1=Slot(Filling.SECTION, section.pk), beside_2=Slot(Filling.TAG, tag.pk))
    assert front.beside[:2] == [other, tagged]


def test_photo_stories_make_a_row(client, stories):
    assert "picture-row" not in page(client, "/")
    photos = [
        builders.make_article(image=builders.make_image(), published_at=builders.hours(-n - 90)) for n in range(3)
    ]
    in_pictures(photos)
    stories += [builders.make_article(published_at=builders.hours(-n - 20)) for n in range(12)]
    assert home().pictures == photos
    assert "picture-row" in page(client, "/")


def test_blocks_stand_in_the_order_that_was_set():
    first, second = builders.make_section("Thời sự", position=1), builders.make_section("Đô thị", position=2)
    for n in range(30):
        builders.make_article(section=(first, second)[n % 2].pk, published_at=builders.hours(-n - 1))
    blocks = front_pages.home(editions.current(), Arrangement(order=(second.pk,))).blocks
    assert [block.section for block in blocks] == [second, first]


def test_the_lead_of_a_block_may_be_chosen():
    section = builders.make_section("Đô thị")
    stories = [builders.make_article(section=section.pk, published_at=builders.hours(-n - 1)) for n in range(25)]
    place = front_pages.block_place(section)
    front = front_pages.home(editions.current(), Arrangement({place: Slot(Filling.STORY, stories[20].pk)}))
    assert front.blocks[0].lead == stories[20]


def test_section_front_shows_what_was_chosen_and_loses_nothing():
    section = builders.make_section("Đô thị")
    own = [builders.make_article(section=section.pk, published_at=builders.hours(-n - 1)) for n in range(8)]
    other = builders.make_article(published_at=builders.hours(-50))
    arrangement = Arrangement({"lead-1": Slot(Filling.STORY, other.pk)})
    front = front_pages.section_front(section, 1, editions.current(), arrangement)
    assert (front.lead, front.next) == (other, own[:5])
    assert front.stories == own[5:]


def page(client, address):
    cache.clear()
    return client.get(address).content.decode()
