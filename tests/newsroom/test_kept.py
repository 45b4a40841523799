"""What a process keeps between pages: never another story's, never older than the last change, gone in time."""

import re
from datetime import timedelta

import pytest
from django.template import Context, engines
from django.utils import timezone, translation

from articles import catalogue, editions, fronts, heads, readership
from articles.models import Article, Author, Filling, Image, Ranking, ReadCount
from articles.pictures import upkeep
from newsroom.lib.folding import Folded, fold
from newsroom.lib.pagecache.models import Epoch
from newsroom.lib.pieces import Shelf
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    builders.make_publication()
    return [builders.make_article(published_at=builders.hours(-n - 1), headline=f"Tin số {n}") for n in range(4)]


def shown(client, story):
    return client.get(story.get_absolute_url()).content.decode()


def test_stories_that_never_changed_are_not_taken_for_each_other(client, stories):
    Epoch.objects.all().delete()
    for story in stories:
        assert f'<h1 class="article-headline">{story.headline}</h1>' in shown(client, story)


def test_a_new_name_is_on_the_story_at_once(client, stories):
    author = stories[0].bylines.get().author
    assert author.name in shown(client, stories[0])
    author = Author.objects.get(pk=author.pk)
    author.name = "Tên Mới"
    catalogue.save_author(author)
    assert "Tên Mới" in shown(client, stories[0])


def test_a_story_that_went_is_in_no_list(client, stories):
    gone, *others = stories
    addresses = ["/", "/thoi-su/", others[0].get_absolute_url()]
    assert all(gone.headline in client.get(address).content.decode() for address in addresses)
    builders.withdraw(gone)
    assert not any(gone.headline in client.get(address).content.decode() for address in addresses)


def test_files_made_later_are_in_every_list(client, cast, monkeypatch):
    builders.make_publication()
    image = builders.make_image()
    builders.make_article(image=image)
    before = client.get("/thoi-su/").content.decode()
    row = Image.objects.get(pk=image.pk)
    row.renditions = {**row.renditions, "card": {"v": "new", "widths": [320], "bytes": {"320": 1}}}
    assert upkeep.keep(row, image.renditions)
    assert "card-320-new" in client.get("/thoi-su/").content.decode() and "card-320-new" not in before


def test_what_was_read_most_changes_with_its_exchange(client, stories):
    for count, story in enumerate(stories):
        ReadCount.objects.create(article=story, hour=readership.hour_of(timezone.now()), count=count + 1)
    readership.rank_due()
    first = editions.current()
    assert heads.heads(first, {("paper24h", 0): 1})[("paper24h", 0)][0].story == stories[3].pk
    ReadCount.objects.filter(article=stories[0]).update(count=99)
    Ranking.objects.update(ranked_at=timezone.now() - timedelta(days=1))
    readership.rank_due()
    second = editions.current()
    assert second != first
    assert heads.heads(second, {("paper24h", 0): 1})[("paper24h", 0)][0].story == stories[0].pk


def test_a_story_appears_and_ends_at_its_moment(stories):
    coming = builders.make_article(published_at=builders.hours(1))
    Article.objects.filter(pk=stories[0].pk).update(visible_until=builders.hours(2))
    found = {}
    for at in (0, 1.5, 2.5):
        edition = editions.current(builders.hours(at))
        source = (Filling.SECTION, stories[0].section_id)
        found[at] = [head.story for head in heads.heads(edition, {source: 1})[source]]
        assert fronts.page_keys(stories[0].section, 1, edition)[0] == found[at]
    old = [story.pk for story in stories]
    assert found == {0: old, 1.5: [coming.pk, *old], 2.5: [coming.pk, *old[1:]]}


def test_apart_nothing_is_kept(stories):
    assert editions.apart() != editions.apart() != editions.current()


def test_a_shelf_holds_one_version_and_not_too_much():
    asked = []
    shelf = Shelf(2)
    for version, keys in ((1, "ab"), (1, "ab"), (1, "bc"), (2, "a"), (1, "a"), (1, "abcd"), (1, "a")):
        found = shelf.fetch(version, keys, lambda keys: asked.append("".join(keys)) or dict.fromkeys(keys, 0))
        assert set(found) == set(keys)
    assert asked == ["ab", "c", "a", "a", "bcd", "a"]


def test_a_folded_template_says_the_same(stories):
    source = """{% load i18n %}<p>
      {% translate "Home" %} {{ name }}
      {% if name %}<b>{{ name }}</b> <i>{% url 'archive' %}</i>{% endif %}
    </p>
    <ul>
      <li>{% url 'article' 'a' 1 %}</li>
    </ul>"""
    django = engines["django"].engine
    plain, folded = django.from_string(source), django.from_string(source)
    fold(folded.nodelist)
    assert any(isinstance(node, Folded) for node in folded.nodelist)
    for language in ("vi", "en", "vi"):
        with translation.override(language):
            context = Context({"name": "A & B"})
            assert words(folded.render(context)) == words(plain.render(context))


def words(html):
    """As a browser shows it: space around blocks is nothing, other space is one."""
    return " ".join(re.sub(r"\s*(</?(?:p|ul|li)>)\s*", r"\1", html).split())
