"""A formal correction: who writes, publishes and takes it back, what it needs, when it is due, what is recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import correcting, proof
from articles.models import Correction, Publication
from articles.readiness import NotReady, Refused
from newsroom.lib.pagecache.models import Epoch
from tests.builders import hours, make_article, make_publication, make_section, make_user

pytestmark = pytest.mark.django_db
WORDS = {
    "work_title": "Phố đi bộ mới dài 12 km",
    "section_name": "Đô thị",
    "false_content": "Tuyến phố dài 12 km.",
    "corrected_content": "Tuyến phố dài 1,2 km.",
    "apology": "Tòa soạn thành thật xin lỗi ban quản lý và bạn đọc.",
}


def make_correction(by, **fields):
    correction = Correction(**{**WORDS, "false_on": timezone.localdate(), **fields})
    correcting.save(correction, by=by)
    return correction


@pytest.mark.parametrize(
    ("who", "writes", "publishes", "takes_back"),
    [
        ("rita", False, False, False),
        ("ed", True, False, False),
        ("pia", True, True, False),
        ("cora", True, True, True),
        ("mo", False, False, False),
        ("ada", False, False, False),
        ("nobody", False, False, False),
    ],
)
def test_who_may_do_what(cast, who, writes, publishes, takes_back):
    person = getattr(cast, who)
    deeds = {
        "write": lambda: make_correction(person),
        "publish": lambda: correcting.publish(make_correction(cast.pia).pk, by=person),
        "take back": lambda: correcting.take_back(published(cast).pk, by=person, note="Sai tên"),
    }
    for deed, may in zip(deeds, (writes, publishes, takes_back), strict=True):
        if may:
            deeds[deed]()
        else:
            with pytest.raises(Refused):
                deeds[deed]()


def published(cast, **fields):
    correction = make_correction(cast.pia, **fields)
    correcting.publish(correction.pk, by=cast.pia)
    correction.refresh_from_db()
    return correction


def test_a_role_in_a_section_holds_for_its_stories(cast):
    city, sport = make_section("Đô thị"), make_section("Thể thao")
    person = make_user("publisher", section=city)
    here = make_correction(cast.cora, article=make_article(section=city.pk))
    there = make_correction(cast.cora, article=make_article(section=sport.pk))
    correcting.publish(here.pk, by=person)
    with pytest.raises(Refused):
        correcting.publish(there.pk, by=person)


def test_it_is_due_within_the_hours_of_the_publication(cast):
    received = hours(-3)
    assert make_correction(cast.ed, received_at=received).due_at == received + timedelta(hours=24)
    make_publication(correction_hours=12)
    assert Publication.current().correction_hours == 12
    assert make_correction(cast.ed, received_at=received).due_at == received + timedelta(hours=12)
    assert make_correction(cast.ed, received_at=received, due_at=hours(1)).due_at > received + timedelta(hours=3)


def test_what_is_late_says_so_until_it_is_published(cast):
    correction = make_correction(cast.pia, received_at=hours(-30))
    assert correction.is_overdue
    correcting.publish(correction.pk, by=cast.pia)
    correction.refresh_from_db()
    assert not correction.is_overdue
    assert not make_correction(cast.pia).is_overdue


@pytest.mark.parametrize("part", WORDS)
def test_every_part_that_the_law_names_is_needed(cast, part):
    correction = make_correction(cast.pia)
    Correction.objects.filter(pk=correction.pk).update(**{part: ""})
    with pytest.raises(NotReady) as refusal:
        correcting.publish(correction.pk, by=cast.pia)
    assert [item.field for item in refusal.value.missing] == [part]
    assert not Correction.objects.get().is_published


def test_publishing_makes_its_pages_stale_and_is_recorded(cast):
    story = make_article()
    Epoch.objects.all().delete()
    correction = published(cast, article=story, basis="Kết luận 15/KL")
    assert {"home", "corrections", f"a{story.pk}"} <= set(Epoch.objects.values_list("key", flat=True))
    version = correction.public_versions.get()
    assert (version.kind, version.by, version.article) == ("first", cast.pia, None)
    assert {**WORDS, "basis": "Kết luận 15/KL"}.items() <= version.content.items()
    assert not proof.verify().broken


def test_what_is_published_is_not_changed_any_more(cast):
    correction = published(cast)
    correction.apology = "Khác"
    with pytest.raises(Refused):
        correcting.save(correction, by=cast.pia)
    with pytest.raises(Refused):
        correcting.publish(correction.pk, by=cast.cora)
    assert Correction.objects.get().apology == WORDS["apology"]


def test_taken_back_mended_and_published_again(cast):
    correction = published(cast)
    with pytest.raises(Refused):
        correcting.take_back(correction.pk, by=cast.cora, note=" ")
    correcting.take_back(correction.pk, by=cast.cora, note="Sai tên cơ quan")
    correction.refresh_from_db()
    correction.apology = "Tòa soạn xin lỗi."
    correcting.save(correction, by=cast.pia)
    correcting.publish(correction.pk, by=cast.pia)
    kinds = list(correction.public_versions.order_by("number").values_list("kind", flat=True))
    assert kinds == ["first", "withdrawal", "return"]
    assert not proof.verify().broken


# --- in the admin ---------------------------------------------------------------------------------------------------

ADD, LIST = reverse("admin:articles_correction_add"), reverse("admin:articles_correction_changelist")


def typed(**fields):
    now = timezone.localtime()
    sent = {"false_on": f"{now:%d/%m/%Y}", "received_at_0": f"{now:%d/%m/%Y}", "received_at_1": f"{now:%H:%M}"}
    return {**WORDS, **sent, **fields}


@pytest.fixture
def pia(client, cast):
    client.force_login(cast.pia)
    return client


def test_written_and_published_in_the_admin(pia):
    story = make_article()
    response = pia.post(ADD, typed(article=story.get_absolute_url(), _publish="1"))
    assert response.status_code == 302, response.context and response.context["errors"]
    correction = Correction.objects.get()
    assert (correction.article, correction.is_published) == (story, True)
    page = pia.get(response.url).content.decode()
    assert correction.get_absolute_url() in page
    assert 'name="_publish"' not in page
    assert 'name="_take_back"' not in page, "that is the chief's"


def test_the_chief_takes_it_back_in_the_admin(client, cast):
    correction = published(cast)
    client.force_login(cast.cora)
    page = reverse("admin:articles_correction_change", args=[correction.pk])
    assert 'name="_take_back"' in client.get(page).content.decode()
    client.post(page, {"_take_back": "1", "verb_note": "Sai tên"})
    assert not Correction.objects.get().is_published


def test_a_published_one_takes_no_form(pia, cast):
    correction = published(cast)
    page = reverse("admin:articles_correction_change", args=[correction.pk])
    assert pia.post(page, typed(apology="Khác")).status_code == 403
    assert Correction.objects.get().apology == WORDS["apology"]


@pytest.mark.parametrize("story", ["/khong-co-9999999.html", "chữ", "https://other.example/x-1.html", "9" * 400])
def test_a_story_that_is_not_there_is_told(pia, story):
    response = pia.post(ADD, typed(article=story))
    assert response.status_code == 200
    assert "article" in response.context["adminform"].form.errors


def test_due_before_it_was_known_is_told(pia):
    response = pia.post(ADD, typed(due_at_0="01/01/2020", due_at_1="08:00"))
    assert "due_at" in response.context["adminform"].form.errors


def test_what_is_late_is_flagged_in_the_list(pia, cast):
    make_correction(cast.pia, received_at=hours(-30))
    make_correction(cast.pia, work_title="Còn hạn")
    assert "Quá hạn" in pia.get(LIST).content.decode() or "Overdue" in pia.get(LIST).content.decode()
    only = pia.get(LIST, {"state": "overdue"}).content.decode()
    assert WORDS["work_title"] in only
    assert "Còn hạn" not in only


@pytest.mark.parametrize("who", ["rita", "mo", "ada", "nobody"])
def test_others_see_none_of_it(client, cast, who):
    correction = make_correction(cast.pia)
    client.force_login(getattr(cast, who))
    for page in (LIST, ADD, reverse("admin:articles_correction_change", args=[correction.pk])):
        assert client.get(page).status_code == 403
