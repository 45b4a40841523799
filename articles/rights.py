"""Who may act as what on which story, and who may read it? Reads role grants and nothing else.

Unpublished text (the working text with its versions, notes, times and previews) is read by whoever could have it in
hand at one of its stages: the authors of the story, and the editors, managing editors and chief of its section. It is
said twice: `may_read` for a story at hand, `readable` for lists. A superuser has no right by that alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import In

from articles.models import Article, Author, Byline, Role, RoleGrant, Section, WorkingByline
from articles.transitions import EDITORS, WRITERS

Person = AbstractBaseUser | AnonymousUser
PROLIFIC = 3000  # bylines of one person


@dataclass(frozen=True)
class Grants:
    """A person's roles, each in one section (by key) or in all (None)."""

    held: frozenset[tuple[str, int | None]]

    def has(self, role: Role, section: Section | None = None) -> bool:
        """The role in this section or in its parent; without a section only a role in all sections counts."""
        places = {None} if section is None else {None, section.pk, section.parent_id}
        return any((role.value, place) in self.held for place in places)

    def anywhere(self, *roles: Role) -> bool:
        return any(role in roles for role, _place in self.held)

    def sections_as(self, *roles: Role) -> set[int] | None:
        """Keys of the sections where one of the roles is held; None means all."""
        places = {place for role, place in self.held if role in roles}
        return None if None in places else {place for place in places if place is not None}


def grants_of(user: Person) -> Grants:
    """The roles in force at this moment, in one query. Who is not active staff has none."""
    kept = getattr(user, "kept_grants", None)
    if isinstance(kept, Grants):
        return kept
    if not (user.is_authenticated and user.is_active and getattr(user, "is_staff", False)):
        return Grants(frozenset())
    return Grants(frozenset(RoleGrant.objects.in_force().filter(user_id=user.pk).values_list("role", "section_id")))


def keep_grants(user: Person) -> None:
    """Ask once for the whole of a request: its user object ends with it, and with that what was kept."""
    user.kept_grants = grants_of(user)  # type: ignore[union-attr]


def is_author_of(user: Person, article: Article) -> bool:
    """Who began the story, or stands in the byline of its working text."""
    if article.created_by_id == user.pk:
        return True
    names = working_names(article)
    return bool(names) and Author.objects.filter(pk__in=names, user_id=user.pk).exists()


def working_names(article: Article) -> list[int]:
    """The authors in the byline of the working text, by key."""
    revision = article.working_revision
    return [ref.author for ref in revision.snapshot.bylines] if revision else []


def acting_role(user: Person, article: Article, roles: tuple[Role, ...], grants: Grants | None = None) -> Role | None:
    """The first of the roles that the person holds for this story; a reporter must be its author."""
    grants = grants or grants_of(user)
    for role in roles:
        if role is Role.REPORTER:
            if grants.anywhere(Role.REPORTER) and is_author_of(user, article):
                return role
        elif grants.has(role, article.desk_section):
            return role
    return None


# --- reading ----------------------------------------------------------------------------------------------------


def may_read(user: Person, article: Article, grants: Grants | None = None) -> bool:
    """The right to read what readers do not have of this story."""
    grants = grants or grants_of(user)
    if reads(grants, article, article.created_by_id == user.pk):
        return True
    return grants.anywhere(*WRITERS) and user.pk in authors_of(article)


def authors_of(article: Article) -> set[int]:
    """The logins of who began the story, or stands in the byline of its working text or of what readers have."""
    signed = Q(pk__in=working_names(article)) | Q(pk__in=Byline.objects.filter(article=article.pk).values("author"))
    logins = Author.objects.filter(signed, user__isnull=False).values_list("user", flat=True)
    return {article.created_by_id, *logins}


def readers_among(people: Iterable[Any], article: Article) -> list[Any]:
    """Those of the members of staff who may read the story; two queries for any number of them."""
    known = [person for person in people if person.is_active and person.is_staff]
    held: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    rows = RoleGrant.objects.in_force().filter(user__in=[person.pk for person in known])
    for pk, role, place in rows.values_list("user", "role", "section"):
        held[pk].add((role, place))
    authors = authors_of(article)
    return [person for person in known if reads(Grants(frozenset(held[person.pk])), article, person.pk in authors)]


def reads(grants: Grants, article: Article, is_author: bool) -> bool:
    """An author who writes here, or an editor of the story's section."""
    return grants.anywhere(*WRITERS) and (is_author or any(grants.has(role, article.desk_section) for role in EDITORS))


def readable(stories: QuerySet[Article], user: Person, grants: Grants | None = None) -> QuerySet[Article]:
    """Those of the stories that the person may read: the twin of `may_read`, found by indexes."""
    return stories.filter(reduce(or_, ways_to_read(user, grants)))


def ways_to_read(user: Person, grants: Grants | None = None) -> list[Q]:
    """Why the person may read a story: each a condition by itself that an index serves, together what is readable."""
    grants = grants or grants_of(user)
    if not grants.anywhere(*WRITERS):
        return [Q(pk__in=[])]
    sections = grants.sections_as(*EDITORS)
    if sections is None:
        return [Q()]
    of_sections = [Q(desk_section__in=reach(sections))] if sections else []
    return [*of_sections, *begun_or_worked_on(user), signed(user)]


def begun_or_worked_on(user: Person) -> list[Q]:
    """What the person began, and working texts in whose byline they stand: each a condition that an index serves."""
    names = WorkingByline.objects.filter(author__user=user.pk).order_by().values("article")
    return [Q(created_by=user.pk), Q(Gathered(F("pk"), names))]


def signed(user: Person) -> Q:
    """What the person has signed and readers have, as a condition that an index serves."""
    names = Byline.objects.filter(author__user=user.pk).order_by().values("article")
    # Own stories of who signed very many are met soon in any list, if each is quickly looked up.
    is_met_soon = names[:PROLIFIC].count() == PROLIFIC
    return Q(pk__in=names) if is_met_soon else Q(Gathered(F("pk"), names))


def in_hand(stories: QuerySet[Article], user: Person) -> QuerySet[Article]:
    """Those of the stories that the person began, or whose working text names them."""
    return stories.filter(reduce(or_, begun_or_worked_on(user)))


def own(stories: QuerySet[Article], user: Person) -> QuerySet[Article]:
    """Those of the stories that the person began or signs."""
    return stories.filter(reduce(or_, [*begun_or_worked_on(user), signed(user)]))


def reach(sections: set[int]) -> list[int]:
    """The keys of these sections and of those below them.

    Keys instead of a join: the database knows what to look for, and how much it will find.
    """
    below = Section.objects.filter(Q(pk__in=sections) | Q(parent__in=sections))
    return list(below.values_list("pk", flat=True)) if sections else []


def readable_keys(stories: QuerySet[Article], user: Person, grants: Grants | None = None) -> set[int]:
    """The keys of those of some few stories that the person may read."""
    return set(readable(stories, user, grants).values_list("pk", flat=True))


class Gathered(In):
    """As `in` a subquery; PostgreSQL gathers its keys first, so that an index serves inside an OR too."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY(ARRAY{right})", (*left_params, *right_params)
