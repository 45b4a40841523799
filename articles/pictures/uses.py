"""Where is a picture used: on pages that readers see, in drafts, in templates, or only in earlier versions?"""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article, Author, Front, Image, ImageUse, Role, StoryTemplate
from articles.rights import Person, grants_of, readable_keys
from articles.writing import pictures_of


@dataclass(frozen=True)
class Use:
    """A story, an author, a front page or a template that shows the picture, and how: `where` is for people to read.

    A story that the person may not read (`is_open` False) is told as readers know it, or not at all.
    """

    thing: Article | Author | Front | StoryTemplate
    where: str
    is_live: bool
    is_open: bool = True

    def __str__(self) -> str:
        if self.is_open or not isinstance(self.thing, Article):
            return str(self.thing)
        return self.thing.public_headline or _("(a story that you may not read)")

    @property
    def url(self) -> str:
        """The page at the desk, or else that of readers; empty where the person may open neither."""
        if isinstance(self.thing, Front):
            return self.thing.desk_url
        if self.is_open:
            return reverse(f"admin:articles_{self.thing._meta.model_name}_change", args=[self.thing.pk])
        return "" if isinstance(self.thing, StoryTemplate) or not self.is_live else self.thing.get_absolute_url()


def stories_showing(image: Image) -> QuerySet[Article]:
    """The stories whose published text shows the picture, scheduled ones included."""
    shown = ImageUse.objects.filter(image=image, revision=OuterRef("live_revision"))
    return Article.objects.filter(Q(lead_image=image) | Exists(shown), published_at__isnull=False).order_by("pk")


def uses_of(image: Image, user: Person, limit: int = 100) -> list[Use]:
    """Every place that would lose the picture, newest stories first, at most `limit` stories, as the person knows it.

    As many queries for any number of them.
    """

    def in_version(pointer: str) -> Exists:
        return Exists(ImageUse.objects.filter(image=image, revision=OuterRef(pointer)))

    in_any_version = ImageUse.objects.filter(image=image, revision__article=OuterRef("pk"))
    stories = (
        Article.objects.filter(Q(lead_image=image) | Exists(in_any_version))
        .annotate(in_live=in_version("live_revision"), in_due=in_version("due_revision"))
        .annotate(in_work=in_version("working_revision"))
        .defer("body", "html")
        .select_related("section")
        .order_by("-desk_changed_at", "-pk")
    )
    shown = stories[:limit]
    open_ones = readable_keys(Article.objects.filter(pk__in=[story.pk for story in shown]), user)
    portraits = [Use(author, _("portrait"), True) for author in Author.objects.filter(portrait=image).order_by("sort")]
    on_stories = [replace(_use(story), is_open=story.pk in open_ones) for story in shown]
    return [*_on_fronts(image), *_in_templates(image, user), *portraits, *on_stories]


def fronts_showing(image: Image) -> list[Front]:
    """The front pages that show the picture in place of a story's own, in the draft or live."""
    fronts = Front.objects.select_related("section__parent")
    return [front for front in fronts if image.pk in {*front.live_arrangement.images, *front.drafted.images}]


def _on_fronts(image: Image) -> list[Use]:
    return [Use(front, _("front page"), image.pk in front.live_arrangement.images) for front in fronts_showing(image)]


def _in_templates(image: Image, user: Person) -> list[Use]:
    is_open = grants_of(user).anywhere(Role.PUBLISHER, Role.CHIEF)  # who keeps them (newsroom.roles)
    showing = (each for each in StoryTemplate.objects.all() if image.pk in dict(pictures_of(each.snapshot)))
    return [Use(template, _("story template"), False, is_open) for template in showing]


def _use(story: Article) -> Use:
    live = bool(getattr(story, "in_live", False)) and story.published_at is not None
    if live:
        states = {"scheduled": _("scheduled"), "withdrawn": _("withdrawn"), "ended": _("ended")}
        return Use(story, states.get(story.readers_state, _("published")), story.readers_state == "live")
    if getattr(story, "in_due", False):
        return Use(story, _("scheduled update"), False)
    if getattr(story, "in_work", False):
        return Use(story, _("draft"), False)
    return Use(story, _("earlier version"), False)
