"""Who may act as what on which story? Reads role grants and nothing else; a superuser has no right by that alone."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from articles.models import Article, Author, Role, RoleGrant, Section

Person = AbstractBaseUser | AnonymousUser


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
    """Who began the story, or stands in its byline."""
    if article.created_by_id == user.pk:
        return True
    revision = article.working_revision
    names = [ref.author for ref in revision.snapshot.bylines] if revision else []
    return bool(names) and Author.objects.filter(pk__in=names, user_id=user.pk).exists()


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
