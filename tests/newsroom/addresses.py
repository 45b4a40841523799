"""Every address of the site, found in the URL resolver: what is added later is tested from its first day."""

import re
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver, reverse

from articles import catalogue
from articles.models import Tag
from tests import builders


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver: its name with namespace, its whole route, and the parameters it takes."""

    name: str
    route: str
    parameters: tuple[str, ...]

    def __str__(self):
        return self.name or self.route


def every_address(resolver=None, namespace="", prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_address(pattern, inner, route)
        else:
            parameters = tuple(pattern.pattern.regex.groupindex)
            yield Address(f"{namespace}{pattern.name}" if pattern.name else "", route, parameters)


READERS = [address for address in every_address() if not address.route.startswith("admin/")]
DESK = [address for address in every_address() if address.route.startswith("admin/")]


# Pages of the desk that stand open: to sign in, and for links from mails.
DOORS = {
    f"admin:{name}"
    for name in (
        *("login", "password_reset", "password_reset_sent", "password_reset_complete", "password_reset_confirm"),
        *("invitation_accept", "second_factor_enrol"),
    )
}


def path(address, samples):
    """The address with its parameters filled in from `samples`: by "name.parameter" or by the parameter alone."""
    values = {}
    for parameter in address.parameters:
        known = [samples[key] for key in (f"{address.name}.{parameter}", parameter) if key in samples]
        assert known, f"give tests/newsroom/addresses.py a sample for {parameter!r} of {address}"
        values[parameter] = known[0]
    if address.name:
        return reverse(address.name, kwargs=values)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), address.route)


def reader_samples():
    """A small paper, and what fills the parameters of its addresses."""
    section = builders.make_section("Thời sự")
    sub = builders.make_section("Đô thị", parent=section)
    author = builders.make_author("Nguyễn Mai")
    tag = Tag(name="Phố đi bộ")
    catalogue.save_tag(tag)
    story = builders.make_article(section=sub.pk, tags=(tag.pk,), published_at=builders.hours(-2))
    return {
        "section": section.slug,
        "subsection": sub.slug,
        "article.slug": story.slug,
        "id": story.pk,
        "article_id": story.pk,
        "autosave_id": 1,
        "author.slug": author.slug,
        "feed_author.slug": author.slug,
        "tag.slug": tag.slug,
        "feed_tag.slug": tag.slug,
        "slug": section.slug,
        "path": "none.webp",
        "name": "chuyen-muc",
        "year": "2021",
        "month": "01",
        "day": "14",
        "token": "none",
        "comment_id": 1,
    }


def desk_samples(story):
    """The first row of each model in the admin, by the names of its pages; `story` is the one that is looked for."""
    samples = {
        "article_id": story.pk,
        "autosave_id": 1,
        "comment_id": 1,
        "writer_id": 1,
        "number": 1,
        "old": 1,
        "new": 1,
        "object_id": story.pk,
        "pk": 1,
        "page": 0,
        "place": "lead-1",
        "url": "nothing",
    }
    samples |= {"uidb64": "MQ", "token": "c0ffee-0123456789abcdef"}
    samples |= {"content_type_id": ContentType.objects.get_for_model(story).pk, "app_label": "articles"}
    samples["id"] = get_user_model().objects.order_by("pk").first().pk
    for model in admin.site._registry:
        row = model._default_manager.order_by("pk").first()
        for page in ("change", "delete", "history"):
            samples[f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}.object_id"] = row.pk if row else 1
    samples["admin:articles_image_card.pk"] = samples["admin:articles_image_change.object_id"]
    samples |= {f"admin:articles_article_{page}.object_id": story.pk for page in ("change", "delete", "history")}
    return samples
