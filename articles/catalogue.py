"""How are sections, authors, tags and the masthead changed so that the pages know?

Each verb writes the derived columns (address, keys for comparing and sorting), keeps the old address answering, and
makes the pages that show the thing stale. The admin calls these instead of `save()`.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import keys, placing
from articles.models import Article, Author, Placement, PreviousSlug, Publication, Section, StaticPage, Tag, free_slug
from newsroom.lib import text
from newsroom.lib.pagecache.models import bump

Named = Section | Author | Tag


def settle_name(thing: Named) -> None:
    """Fill address and keys from the name; remember the address that the thing had before."""
    thing.name = text.clean_line(thing.name)
    thing.name_key, thing.sort = key_of(thing), text.sort_key(thing.name)
    if not isinstance(thing, Section):
        thing.name_fold = text.fold(thing.name)[: thing._meta.get_field("name_fold").max_length]
    thing.slug = thing.slug or free_slug(type(thing), thing.name, keep=thing.pk)
    keep_old_address(thing)


def keep_old_address(thing: Named | StaticPage) -> None:
    """Where the address changes, the one before leads on to it."""
    if thing.pk is None:
        return
    kind, before = thing._meta.model_name or "", type(thing)._default_manager.values_list("slug", flat=True)
    old = before.get(pk=thing.pk)
    PreviousSlug.objects.filter(kind=kind, slug=thing.slug).delete()
    if old != thing.slug:
        PreviousSlug.objects.update_or_create(kind=kind, slug=old, defaults={"target_id": thing.pk})


def key_of(thing: Named) -> str:
    """The name as it must be unique, as long as its column: a few letters ("İ") are longer in lower case."""
    return text.identity(thing.name)[: thing._meta.get_field("name_key").max_length]


def check(thing: Named) -> None:
    """Raise ValidationError, by field, where the verbs below could not save the thing."""
    if not text.slugify(thing.name):
        raise ValidationError({"name": _("A name needs at least one letter or digit.")})
    others = type(thing)._default_manager.filter(name_key=key_of(thing)).exclude(pk=thing.pk)
    if isinstance(thing, Section):
        check_levels(thing)
        others = others.filter(parent=thing.parent)
    if others.exists():
        raise ValidationError({"name": _("“%(name)s” is there already.") % {"name": thing.name}})
    moved = PreviousSlug.objects.filter(kind=thing._meta.model_name, slug=thing.slug).exclude(target_id=thing.pk or 0)
    if thing.slug and moved.exists():
        raise ValidationError({"slug": _("This address still leads to another page.")})


def check_levels(section: Section) -> None:
    """Raise ValidationError where the section bar would get a third level."""
    if section.parent is None:
        return
    if section.parent == section or section.parent.parent_id is not None:
        raise ValidationError({"parent": _("Sections have two levels: choose a main section.")})
    if section.pk and section.subsections.exists():
        raise ValidationError({"parent": _("This section has sub-sections of its own.")})


def save_section(section: Section) -> None:
    """Save a section; where it moved or was hidden, its stories move or hide with it."""
    check_levels(section)
    with transaction.atomic():
        before = Section.objects.filter(pk=section.pk).first()
        settle_name(section)
        section.is_public = section.is_shown and (section.parent is None or section.parent.is_shown)
        section.save()
        for sub in section.subsections.all():
            sub.is_public = sub.is_shown and section.is_shown
            sub.save(update_fields=["is_public"])
        if before and (before.is_public, before.parent_id) != (section.is_public, section.parent_id):
            place_again([section.pk, *section.subsections.values_list("pk", flat=True)])
        bump({keys.CHROME, keys.ARCHIVE, keys.section(section.pk)})  # all pages, and the calendar's counts


def place_again(section_ids: list[int]) -> None:
    """List the stories of these sections anew."""
    placed = Placement.objects.filter(section__in=section_ids).values("article")
    stories = Article.objects.filter(Q(section__in=section_ids) | Q(pk__in=placed), published_at__isnull=False)
    for article in stories.select_related("live_revision").defer("body", "html").iterator(chunk_size=200):
        placing.place(article, article.live_revision.snapshot.other_sections if article.live_revision else ())


def save_author(author: Author) -> None:
    """Save an author; every story with this byline shows the new name."""
    with transaction.atomic():
        settle_name(author)
        author.save()
        stories = author.bylines.values_list("article", flat=True)
        bump({keys.author(author.pk), keys.AUTHORS, *showing(stories)})


def save_tag(tag: Tag) -> None:
    """Save a tag; every story that carries it shows the new name."""
    with transaction.atomic():
        settle_name(tag)
        tag.save()
        bump({keys.tag(tag.pk), keys.TAGS, *showing(tag.taggings.values_list("article", flat=True))})


def showing(stories: Iterable[int]) -> set[str]:
    """The pages of these stories, and the feeds that name whoever and whatever stands on them."""
    found = set(map(keys.article, stories))
    return found | {keys.HOME} if found else found


def delete_tag(tag: Tag) -> None:
    """Forget a tag that no story carries; its addresses are free again. Raises ProtectedError for one that is used."""
    with transaction.atomic():
        stale = keys.tag(tag.pk)
        PreviousSlug.objects.filter(kind="tag", target_id=tag.pk).delete()
        tag.delete()
        bump({stale, keys.TAGS})


def tag_named(name: str) -> Tag:
    """The tag of this name, made if there is none. Raises ValidationError for a name that leaves nothing."""
    key = key_of(Tag(name=name))
    if not key:
        raise ValidationError(_("A tag needs a name."))
    tag = Tag.objects.filter(name_key=key).first()
    if tag is None:
        tag = Tag(name=name)
        tag.full_clean(exclude=["slug", "name_key", "name_fold", "sort"])
        try:
            save_tag(tag)
        except IntegrityError:  # somebody else made it, or took its address, a moment ago
            return tag_named(name)
    return tag


def save_page(page: StaticPage) -> None:
    """Save a page that the paper has about itself; its old address leads on, and the foot of every page follows."""
    with transaction.atomic():
        page.slug = page.slug or free_slug(StaticPage, page.name, keep=page.pk)
        keep_old_address(page)
        page.updated_at = timezone.now()
        page.save()
        link_at_the_foot()
        bump({keys.CHROME, keys.static_page(page.pk)})


def delete_page(page: StaticPage) -> None:
    with transaction.atomic():
        stale = keys.static_page(page.pk)
        PreviousSlug.objects.filter(kind="staticpage", target_id=page.pk).delete()
        page.delete()
        link_at_the_foot()
        bump({keys.CHROME, stale})


def link_at_the_foot() -> None:
    """Write the links that every page has at its foot beside the masthead, which every page reads anyway."""
    shown = StaticPage.objects.filter(is_shown=True, is_in_footer=True)
    Publication.objects.update(foot_links=[[page.name, page.get_absolute_url()] for page in shown])


def save_publication(publication: Publication) -> None:
    """Save the masthead: every page shows it."""
    with transaction.atomic():
        publication.pk = 1
        publication.save()
        link_at_the_foot()
        bump({keys.CHROME, keys.HOME})
