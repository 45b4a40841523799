"""By what is the list of stories narrowed? Each filter is a box to choose from, in one line above the list."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import STATE_LABELS
from articles.models import Article, Revision, RoleGrant, Section, Stage
from articles.rights import own
from articles.transitions import WRITERS
from newsroom.lib import text
from newsroom.lib.people import full_name
from newsroom.lib.plans import Unindexed


class BoxFilter(SimpleListFilter):
    """A filter drawn as a box."""

    template = "admin/articles/article/_filter.html"
    is_aside = False  # stands with the filters that are asked for less often
    errors: Sequence[str] = ()  # what was typed wrongly: a box has nothing to type

    def chips(self) -> list[tuple[list[str], str]]:
        """What is chosen: the parameters it takes away, and its words."""
        chosen = dict(self.lookup_choices).get(self.value() or "")
        return [([self.parameter_name or ""], str(chosen))] if chosen else []


class MineFilter(BoxFilter):
    """Whose stories are listed, or those that are held for later; the trash is apart."""

    title = _("Whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("my stories")), ("held", _("held stories")), ("trash", _("in the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "trash":
            return queryset.filter(trashed_at__isnull=False)
        queryset = queryset.filter(trashed_at=None)
        if self.value() == "held":
            return queryset.filter(held_until__isnull=False)
        return own(queryset, request.user) if self.value() == "mine" else queryset


class StageFilter(BoxFilter):
    """How far the working text is."""

    title = _("Stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(stage.value, stage.label) for stage in Stage if stage is not Stage.DONE]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(stage=self.value()) if self.value() in Stage.values else queryset


class ReadersFilter(BoxFilter):
    """What readers have of a story (the twin of Article.readers_state, in the database)."""

    title = _("Readers have it")
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATE_LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        shown = Q(published_at__isnull=False, withdrawn_at=None)
        going_on = Q(visible_until=None) | Q(visible_until__gt=now)
        to_come = Article.objects.filter(published_at__gt=now).values("pk")  # few, and found by their time
        choices = {
            "never": Q(published_at=None),
            "scheduled": shown & going_on & Q(pk__in=to_come),
            "live": shown & going_on & Q(since__lte=now),
            "ended": shown & Q(visible_until__isnull=False, until__lte=now),
            "withdrawn": Q(published_at__isnull=False, withdrawn_at__isnull=False),
        }
        chosen = choices.get(self.value() or "")
        if chosen is None:
            return queryset
        return queryset.alias(since=Unindexed("published_at"), until=Unindexed("visible_until")).filter(chosen)


class SectionFilter(BoxFilter):
    """The section of the working text, its sub-sections included."""

    title = _("Section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(section.pk), str(section)) for section in Section.objects.tree()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value() or ""
        if not (value.isascii() and value.isdecimal() and len(value) < 19):
            return queryset
        chosen = Section.objects.filter(Q(pk=int(value)) | Q(parent=int(value)))
        keys = list(chosen.values_list("pk", flat=True))  # instead of a join: what is looked for is known
        if len(keys) == 1:
            return queryset.filter(desk_section=keys[0])
        return queryset.alias(place=Unindexed("desk_section")).filter(place__in=keys)


class PersonFilter(BoxFilter):
    """One member of the newsroom, also one who has left; the choices come from people, not from stories."""

    is_aside = True
    column = ""

    def deeds(self) -> QuerySet[Any]:
        """What keeps a person (the outer row) among the choices who writes here no longer."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        writers = RoleGrant.objects.in_force().filter(user=OuterRef("pk"), role__in=WRITERS)
        people = get_user_model().objects.filter(Exists(writers) | Exists(self.deeds()))
        rows = [(person.is_active, full_name(person), str(person.pk)) for person in people]
        rows.sort(key=lambda row: (not row[0], text.sort_key(row[1])))
        return [(pk, name if is_here else _("%(name)s (left)") % {"name": name}) for is_here, name, pk in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        return queryset.filter(**{self.column: value}) if value in dict(self.lookup_choices) else queryset


class WriterFilter(PersonFilter):
    """Who began the story."""

    title, parameter_name, column = _("Written by"), "writer", "created_by"

    def deeds(self) -> QuerySet[Any]:
        return Article.objects.filter(created_by=OuterRef("pk"))


class EditorFilter(PersonFilter):
    """Who changed the working text last."""

    title, parameter_name, column = _("Last changed by"), "editor", "desk_author"

    def deeds(self) -> QuerySet[Any]:
        return Revision.objects.filter(author=OuterRef("pk"))
