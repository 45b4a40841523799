"""Who changes the lists of terms?

Whoever moderates the whole paper edits them. Each change raises the epoch that comments.listed asks for.
"""

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.rights import Grants, Person, grants_of
from comments.listed import EPOCH
from comments.models import Term
from comments.moderation import ROLES
from newsroom.lib import text
from newsroom.lib.audit.models import record
from newsroom.lib.pagecache.models import bump


def may_edit(grants: Grants) -> bool:
    """A moderator, managing editor or chief of all sections: a term holds comments back everywhere."""
    return grants.sections_as(*ROLES) is None


def save(term: Term, by: Person) -> None:
    """Store a new term or a changed one; it counts from the next comment on. Raises PermissionDenied."""
    _check(by)
    with transaction.atomic():
        if term.pk is None:
            term.created_by_id = by.pk
        term.save()
        bump([EPOCH])


def add_many(terms: Iterable[Term], by: Person) -> int:
    """Store those that no list of their kind holds yet; returns how many. Raises PermissionDenied."""
    _check(by)
    with transaction.atomic():
        known = {(kind, text.identity(said)) for kind, said in Term.objects.values_list("kind", "text")}
        new = [term for term in terms if (term.kind, text.identity(term.text)) not in known]
        for term in new:
            term.created_by_id = by.pk
        Term.objects.bulk_create(new, batch_size=500)
        record("term.added", by=by, label=", ".join(term.text for term in new))
        bump([EPOCH])
    return len(new)


def remove(terms: Collection[int], by: Person) -> None:
    """Take terms off the lists, given by their keys. Raises PermissionDenied."""
    _check(by)
    with transaction.atomic():
        Term.objects.filter(pk__in=terms).delete()
        bump([EPOCH])


def _check(by: Person) -> None:
    if not may_edit(grants_of(by)):
        raise PermissionDenied
