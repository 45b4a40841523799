"""Taking a story down: why, what readers get instead, what leads to it, and that it is gone everywhere at once."""

import pytest
from django.core.management import call_command

from articles import links, workflow
from articles.models import PublicVersion, StoryLink
from articles.notices import Notice
from articles.workflow import Refused
from tests.builders import hours, make_article, make_draft, make_section, withdraw

pytestmark = pytest.mark.django_db
NOTE = "Nguồn tin chưa được kiểm chứng"


@pytest.fixture
def story(cast):
    return make_article(hours(-5), by=cast.rita, headline="Tin sẽ bị gỡ")


def take_down(article, cast, **notice):
    workflow.perform(article.pk, "withdraw", by=cast.cora, note=NOTE, notice=Notice(**notice))
    article.refresh_from_db()


def answer(client, article):
    return client.get(article.get_absolute_url())


def test_readers_get_410_by_default(client, cast, story):
    take_down(story, cast)
    assert answer(client, story).status_code == 410


def test_readers_are_led_to_another_story(client, cast, story):
    other = make_article(by=cast.rita)
    take_down(story, cast, redirect=other.pk)
    response = answer(client, story)
    assert (response.status_code, response["Location"]) == (301, other.get_absolute_url())
    assert {f"a{story.pk}", f"a{other.pk}"} <= set(response["Surrogate-Key"].split())


def test_a_story_that_is_led_to_and_goes_itself_leads_nowhere(client, cast, story):
    other = make_article(by=cast.rita)
    take_down(story, cast, redirect=other.pk)
    take_down(other, cast)
    assert answer(client, story).status_code == 410


def test_readers_are_led_past_a_story_that_went_too(client, cast, story):
    second, third = make_article(by=cast.rita), make_article(by=cast.rita)
    take_down(story, cast, redirect=second.pk)
    take_down(second, cast, redirect=third.pk)
    assert answer(client, story)["Location"] == third.get_absolute_url()


def test_stories_that_lead_back_to_each_other_are_gone(client, cast, story):
    other = make_article(by=cast.rita)
    take_down(story, cast, redirect=other.pk)
    type(story).objects.filter(pk=other.pk).update(withdrawn_at=hours(-1), withdrawn_to=story)
    assert answer(client, story).status_code == 410
    assert answer(client, other).status_code == 410


@pytest.mark.parametrize("what", ["itself", "draft", "withdrawn", "scheduled", "nothing", "no reason"])
def test_what_cannot_be_is_refused_and_changes_nothing(client, cast, story, what):
    if what == "withdrawn":
        gone = make_article(by=cast.rita)
        withdraw(gone)
    notices = {
        "itself": lambda: Notice(redirect=story.pk),
        "draft": lambda: Notice(redirect=make_draft(cast.rita).pk),
        "withdrawn": lambda: Notice(redirect=gone.pk),
        "scheduled": lambda: Notice(redirect=make_article(hours(2), by=cast.rita).pk),
        "nothing": lambda: Notice(redirect=10**12),
        "no reason": lambda: Notice(reason="vì thích"),
    }
    with pytest.raises(Refused):
        workflow.perform(story.pk, "withdraw", by=cast.cora, note=NOTE, notice=notices[what]())
    assert answer(client, story).status_code == 200


def test_publishing_again_forgets_where_readers_were_led(client, cast, story):
    take_down(story, cast, redirect=make_article(by=cast.rita).pk)
    workflow.perform(story.pk, "republish", by=cast.cora)
    story.refresh_from_db()
    assert story.withdrawn_to is None
    assert answer(client, story).status_code == 200


def test_the_reason_and_its_document_stay_in_the_house(client, cast, story):
    take_down(story, cast, reason="authority", basis="Công văn 12/CV-STTTT")
    gone = story.public_versions.get(kind=PublicVersion.Kind.WITHDRAWAL)
    assert {"reason": "authority", "basis": "Công văn 12/CV-STTTT", "note": NOTE}.items() <= gone.content.items()
    assert NOTE not in answer(client, story).content.decode()
    assert story.public_versions.get(kind="first").content["body"] == story.body


def test_it_is_off_every_page_at_once(client, cast):
    section = make_section("Đô thị")
    story = make_article(hours(-1), by=cast.rita, headline="Tin sẽ bị gỡ", section=section.pk)
    pages = ["/", "/do-thi/", "/rss/home.rss", f"/luu-tru/{story.published_on:%Y/%m/%d}/", "/tim-kiem/?q=gỡ"]
    assert all(f"-{story.pk}.html" in client.get(page).content.decode() for page in pages)
    take_down(story, cast)
    assert not any(f"-{story.pk}.html" in client.get(page).content.decode() for page in pages)


# --- what leads to a story ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/mot-bai-12.html", 12),
        ("http://127.0.0.1:8000/mot-bai-12.html?x=1#y", 12),
        (" 12 ".strip(), 12),
        ("#12", 12),
        ("https://other.example/mot-bai-12.html", None),
        ("/luu-tru/", None),
        ("http://[", None),
        ("", None),
        ("9" * 30, None),
    ],
)
def test_addresses_of_stories(settings, address, number):
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert links.story_number(address) == number


def test_stories_that_link_to_it_are_known(cast, story):
    linking = make_article(by=cast.rita, body=f'<p>Xem <a href="{story.get_absolute_url()}">bài trước</a>.</p>')
    make_article(by=cast.rita, body='<p><a href="https://example.org/">Nơi khác</a></p>')
    found = links.inbound(story)
    assert list(found.stories) == [linking]
    withdraw(linking)
    assert not links.inbound(story)


def test_stories_whose_readers_are_led_to_it_are_known(cast, story):
    other = make_article(by=cast.rita)
    take_down(other, cast, redirect=story.pk)
    assert list(links.inbound(story).redirects) == [other]


def test_links_follow_the_live_text(cast, story):
    linking = make_article(by=cast.rita, body=f'<p><a href="{story.get_absolute_url()}">x</a></p>')
    assert StoryLink.objects.get().article == linking
    linking.body = "<p>Không còn liên kết.</p>"
    links.write(linking)
    assert not StoryLink.objects.exists()


def test_reindex_finds_links_of_stories_that_were_published_before(cast, story):
    make_article(by=cast.rita, body=f'<p><a href="{story.get_absolute_url()}">x</a></p>')
    StoryLink.objects.all().delete()
    call_command("reindex", verbosity=0)
    call_command("reindex", verbosity=0)
    assert StoryLink.objects.get().target_id == story.pk
