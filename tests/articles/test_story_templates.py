"""Templates of stories: kept by managing editors, chosen by writers, filled in when used; nothing is saved by that."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from articles import blanks, catalogue, pictures, readiness, story_templates
from articles.models import Article, Autosave, BylineRef, PictureRef, Section, Snapshot, StoryTemplate, Tag
from newsroom.lib import dates
from newsroom.lib.audit.models import AuditEvent
from tests.articles.story_form import ADD, typed
from tests.builders import make_author, make_draft, make_image, make_section, make_snapshot

pytestmark = pytest.mark.django_db
BEGIN = reverse("admin:articles_article_begin")
NEW = reverse("admin:articles_storytemplate_add")


def make_template(name="Tin vắn", **fields):
    template = StoryTemplate(name=name, description=fields.pop("description", ""))
    story_templates.keep(template, Snapshot(**fields))
    return template


def filled(client, template):
    """The fields of the form that opens from the template."""
    return client.get(ADD, {"mau": template.pk}).context["adminform"].form.initial


# --- blanks


@pytest.mark.parametrize("written", ["{ngày}", "{Ngày}", "{ngay}", "{NGÀY}"])
def test_a_blank_is_found_however_it_is_typed(written):
    assert blanks.filled(f"Sáng {written}.", {"ngay": "26-11-2026"}) == "Sáng 26-11-2026."


def test_blanks_that_nobody_knows_stay():
    assert blanks.filled("{địa điểm}, {tac_gia}", {"tac gia": "Mai"}) == "{địa điểm}, Mai"
    assert blanks.left("{địa điểm} và {địa điểm}, {x}, {}, {1}, {a<b>}") == ["{địa điểm}", "{x}"]


def test_a_story_with_blanks_is_not_published():
    snapshot = make_snapshot(headline="{địa điểm}: mở phố", body="<p>Lúc {giờ mở}.</p>")
    assert [(item.field, item.message) for item in readiness.for_readers(snapshot)] == [
        ("headline", "Còn chỗ trống chưa điền: {địa điểm}."),
        ("body", "Còn chỗ trống chưa điền: {giờ mở}."),
    ]


# --- writing from one


def test_a_story_begins_with_the_text_filled_in_and_nothing_is_saved(client, cast):
    author = make_author("Rita & Mai", user=cast.rita)
    section, tag = make_section(), catalogue.tag_named("Bão")
    template = make_template(
        headline="Bản tin ngày {ngày}",
        body="<p>{thứ}, {ngày tháng}: {tác giả} có mặt tại {địa điểm}.</p>",
        section=section.pk,
        tags=(tag.pk,),
        comment_policy="closed",
    )
    client.force_login(cast.rita)
    form, today = filled(client, template), dates.today()
    assert form["headline"] == f"Bản tin ngày {dates.dateline(today)}"
    assert (
        f"{dates.weekday_name(today)}, {today.day}-{today.month}: Rita &amp; Mai có mặt tại {{địa điểm}}."
        in form["body"]
    )
    assert form["byline_rows"] == [BylineRef(author.pk)]
    assert (form["primary_section"], form["tag_names"], form["comments"]) == (section.pk, "Bão", "closed")
    assert not Article.objects.exists() and not Autosave.objects.exists()
    client.post(f"{ADD}?mau={template.pk}", typed(headline=form["headline"], _save="1"))
    assert Article.objects.get().desk_headline == form["headline"]


def test_a_template_with_names_or_a_source_keeps_them(client, cast):
    make_author("Rita", user=cast.rita)
    other = make_author("Bút nhóm")
    client.force_login(cast.rita)
    assert filled(client, make_template(bylines=(BylineRef(other.pk),)))["byline_rows"] == [BylineRef(other.pk)]
    assert filled(client, make_template("Thông cáo", source="TTXVN"))["byline_rows"] == []


def test_who_has_no_byline_is_named_all_the_same(client, cast):
    cast.rita.last_name, cast.rita.first_name = "Nguyễn", "Rita"
    cast.rita.save()
    client.force_login(cast.rita)
    form = filled(client, make_template(lead="{tác giả} ghi"))
    assert (form["lead"], form["byline_rows"]) == ("Nguyễn Rita ghi", [])


def test_what_is_gone_is_left_out(client, cast):
    section, tag, author, image = make_section("Cũ"), catalogue.tag_named("Cũ"), make_author("Cũ"), make_image()
    kept = make_image("Còn")
    template = make_template(
        headline="Còn tít",
        section=section.pk,
        other_sections=(section.pk,),
        tags=(tag.pk,),
        bylines=(BylineRef(author.pk),),
        picture=PictureRef(image.pk),
        body="".join(f'<figure class="image" data-image="{one.pk}"></figure>' for one in (image, kept)) + "<p>Còn</p>",
    )
    for gone in (author, image):
        gone.delete()
    catalogue.delete_tag(Tag.objects.get(pk=tag.pk))
    Section.objects.filter(pk=section.pk).delete()
    template.refresh_from_db()
    assert template.section is None
    client.force_login(cast.pia)
    call_command("sync_roles", verbosity=0)
    for form in (
        filled(client, template),
        client.get(reverse("admin:articles_storytemplate_change", args=[template.pk]))
        .context["adminform"]
        .form.initial,
    ):
        assert form["headline"] == "Còn tít"
        assert (form["primary_section"], form["other_sections"], form["tag_names"]) == (None, [], "")
        assert (form["byline_rows"], form["picture"]) == ([], None)
        assert f'data-image="{kept.pk}"' in form["body"] and f'data-image="{image.pk}"' not in form["body"]


@pytest.mark.parametrize("number", ["x", "0", "9" * 30, "²"])
def test_a_template_that_is_none_opens_an_empty_form_and_says_so(client, cast, number):
    client.force_login(cast.rita)
    page = client.get(ADD, {"mau": number})
    assert page.status_code == 200
    assert "Mẫu này không còn" in page.content.decode()


# --- choosing


def test_writers_choose_among_those_that_are_offered(client, cast):
    make_template("Phỏng vấn", description="Hỏi và đáp", section=make_section("Văn hóa").pk)
    hidden = make_template("Cũ")
    StoryTemplate.objects.filter(pk=hidden.pk).update(is_active=False)
    client.force_login(cast.rita)
    page = client.get(BEGIN).content.decode()
    assert "Bài trắng" in page and "Phỏng vấn" in page and "Hỏi và đáp" in page and "Văn hóa" in page
    assert "Cũ" not in page and "Quản lý mẫu bài" not in page
    assert "Mẫu này không còn" in client.get(ADD, {"mau": hidden.pk}).content.decode()


def test_without_templates_the_form_opens_at_once(client, cast):
    client.force_login(cast.rita)
    assert client.get(BEGIN).url == ADD


def test_desk_and_list_lead_to_the_choice(client, cast):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.rita)
    for address in (reverse("admin:index"), reverse("admin:articles_article_changelist")):
        page = client.get(address).content.decode()
        assert f'<a href="{BEGIN}" class="addlink"' in page and page.count(f'href="{BEGIN}"') > 1
        assert f'href="{reverse("admin:articles_article_add")}"' not in page


def test_pictures_of_a_template_stay_as_long_as_it_does(cast):
    lead, body = make_image(), make_image()
    text = f'<figure class="image" data-image="{body.pk}"></figure><p>Chữ.</p>'
    template = make_template(picture=PictureRef(lead.pk), body=text)
    for image in (lead, body):
        with pytest.raises(ValidationError, match=template.name):
            pictures.delete_picture(image, by=cast.ed)
        assert [use.url for use in pictures.uses_of(image, cast.ed)] == [""], "editors do not keep templates"
        (use,) = pictures.uses_of(image, cast.pia)
        assert use.url == reverse("admin:articles_storytemplate_change", args=[template.pk])
    template.delete()
    pictures.delete_picture(lead, by=cast.ed)


def test_a_text_that_was_not_saved_is_offered_before_the_choice(client, cast):
    make_template()
    client.force_login(cast.rita)
    client.post(reverse("admin:articles_article_autosave_new"), typed(headline="Viết dở", tab="a1", user=cast.rita.pk))
    row = Autosave.objects.get()
    assert f'href="{ADD}?khoi-phuc={row.pk}&amp;' in client.get(BEGIN).content.decode()
    restored = client.get(ADD, {"khoi-phuc": row.pk, "mau": StoryTemplate.objects.get().pk}).context["adminform"]
    assert restored.form.initial["headline"] == "Viết dở", "what was typed comes before the template"


@pytest.mark.parametrize("who", ["mo", "ada", "nobody"])
def test_who_does_not_write_chooses_nothing(client, cast, who):
    make_template()
    client.force_login(getattr(cast, who))
    assert client.get(BEGIN).status_code == 403


# --- keeping them


@pytest.fixture
def keeper(client, cast):
    call_command("sync_roles", verbosity=0)
    client.force_login(cast.pia)
    return client


def test_a_template_is_made_changed_and_deleted_and_all_of_it_is_logged(keeper):
    section = make_section()
    data = typed(name="Tin vắn", headline="{địa điểm}", primary_section=section.pk, position="3", is_active="on")
    assert keeper.post(NEW, data).status_code == 302
    template = StoryTemplate.objects.get()
    assert (template.section, template.snapshot.headline, template.position) == (section, "{địa điểm}", 3)
    page = reverse("admin:articles_storytemplate_change", args=[template.pk])
    keeper.post(page, {**data, "name": "Tin ngắn", "headline": "{nơi}", "body": "<p>a</p><script>x</script>"})
    template.refresh_from_db()
    assert (template.name, template.snapshot.headline, template.snapshot.body) == ("Tin ngắn", "{nơi}", "<p>a</p>")
    keeper.post(reverse("admin:articles_storytemplate_delete", args=[template.pk]), {"post": "yes"})
    log = list(AuditEvent.objects.filter(kind__startswith="template.").order_by("pk").values_list("kind", "detail"))
    assert log == [
        ("template.added", {}),
        ("template.changed", {"fields": {"name": ["Tin vắn", "Tin ngắn"]}, "parts": ["Tít", "Nội dung"]}),
        ("template.deleted", {}),
    ]


def test_saved_unchanged_it_is_not_logged(keeper):
    template = make_template(headline="{địa điểm}", body="<p>a</p>")
    page = reverse("admin:articles_storytemplate_change", args=[template.pk])
    keeper.post(page, typed(name="Tin vắn", headline="{địa điểm}", body="<p>a</p>\n", position="0", is_active="on"))
    assert not AuditEvent.objects.filter(kind="template.changed").exists()


def test_what_was_typed_wrongly_is_kept_and_told(keeper):
    make_template("Tin vắn")
    page = keeper.post(NEW, typed(name="Tin vắn", headline="ế" * 300, lead="Giữ lại", position="x")).content.decode()
    assert "Giữ lại" in page and "Hãy sửa các lỗi dưới đây." in page
    assert page.count('class="errorlist"') >= 3
    assert StoryTemplate.objects.count() == 1


def test_a_story_becomes_a_template(keeper, cast):
    article = make_draft(cast.rita, headline="Bài gốc")
    page = keeper.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    address = f"{NEW}?bai={article.pk}"
    assert f'href="{address}"' in page
    form = keeper.get(address).context["adminform"].form
    assert (form.initial["headline"], form.initial["position"]) == ("Bài gốc", 1)
    assert not StoryTemplate.objects.exists()


@pytest.mark.parametrize(("number", "status"), [("x", 200), ("0", 404), ("9" * 30, 200)])
def test_a_story_that_is_none_becomes_none(keeper, number, status):
    assert keeper.get(NEW, {"bai": number}).status_code == status


@pytest.mark.parametrize("who", ["rita", "ed", "mo", "ada"])
def test_only_managing_editors_and_the_chief_keep_them(client, cast, who):
    call_command("sync_roles", verbosity=0)
    template, article = make_template(), make_draft(cast.rita)
    client.force_login(getattr(cast, who))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, typed(name="Của tôi", position="1")).status_code == 403
    change = reverse("admin:articles_storytemplate_change", args=[template.pk])
    assert client.post(change, typed(name="Đổi")).status_code == 403
    assert NEW not in client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
