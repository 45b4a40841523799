"""How does a reader who found a mistake get to the story's editors, and how are they thanked once it is corrected?

Comments look at what the story's record says of changes; the story knows nothing of comments. The note to the editors
names the comment and repeats none of its words: notes are kept for ever, a reader's words are not.
"""

from datetime import datetime
from typing import Final, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import telling
from articles.models import Article, Correction, PublicVersion, Role
from articles.rights import Person, grants_of, reach
from comments.models import Comment, Letter, Pointer
from comments.moderation import ROLES, may_moderate
from newsroom.lib import text

MENDS: Final = (PublicVersion.Kind.TYPO, PublicVersion.Kind.CORRECTION)
WORDS_MAX: Final = 1000  # of what the moderator adds


def point(comment_id: int, kind: str, words: str, by: Person) -> Pointer:
    """Hand a comment on to the editors of its story, with a note that mentions them; handing on twice changes nothing.

    Raises Comment.DoesNotExist, PermissionDenied, ValueError for a kind that is none.
    """
    if kind not in dict(Pointer.KINDS):
        raise ValueError(kind)
    with transaction.atomic():
        comment = Comment.objects.select_related("thread__article__section__parent").get(pk=comment_id)
        article = Article.objects.select_for_update(of=("self",)).get(pk=comment.thread_id)
        if not may_moderate(grants_of(by), comment.thread.article):
            raise PermissionDenied
        there = Pointer.objects.filter(comment=comment).first()
        if there:
            return there
        note, _unread = telling.add_note(article, _note(article, comment, kind, words), by=cast(AbstractBaseUser, by))
        return Pointer.objects.create(comment=comment, kind=kind, note=note, by_id=by.pk)


def _note(article: Article, comment: Comment, kind: str, words: str) -> str:
    people = {person.username for person in telling.holders(article, (Role.EDITOR,))}
    people |= {person.username for person in telling.writers(article)}
    mentioned = " ".join(f"@{name}" for name in sorted(people)[: telling.MOST_MENTIONED])
    said = _("A reader points at a mistake (%(kind)s), comment #%(number)d: %(address)s") % {
        "kind": dict(Pointer.KINDS)[kind],
        "number": comment.pk,
        "address": comment.get_absolute_url() if comment.is_shown else _card(comment),
    }
    return "\n".join(part for part in (f"{mentioned} {said}".strip(), text.clean(words).strip()[:WORDS_MAX]) if part)


def _card(comment: Comment) -> str:
    return reverse("admin:comments_comment_change", args=[comment.pk])


def open_pointers(by: Person) -> QuerySet[Pointer]:
    """Those that nobody was thanked for, in the sections of this person; `is_mended`: the story has been corrected."""
    rows = _with_mended(Pointer.objects.filter(thanked_at=None))
    sections = grants_of(by).sections_as(*ROLES)
    if sections is not None:
        rows = rows.filter(comment__thread__article__section__in=reach(sections))
    related = ("comment__thread__article", "comment__commenter", "by", "note")
    return rows.select_related(*related).order_by("at", "pk")


def due() -> QuerySet[Pointer]:
    """Pointers whose story was corrected after them."""
    return _with_mended(Pointer.objects.filter(thanked_at=None)).filter(is_mended=True)


def _with_mended(rows: QuerySet[Pointer]) -> QuerySet[Pointer]:
    story, since = OuterRef("comment__thread"), OuterRef("at")
    versions = PublicVersion.objects.filter(article=story, kind__in=MENDS, at__gt=since)
    formal = Correction.objects.filter(article=story, published_at__gt=since)
    return rows.annotate(is_mended=Q(Exists(versions) | Exists(formal)))


def thank_all(now: datetime | None = None) -> int:
    """Owe a letter of thanks for each pointer that was right; returns how many."""
    return sum(thank(pk, now) for pk in due().values_list("pk", flat=True))


def thank(pointer_id: int, now: datetime | None = None) -> bool:
    """Note that the reader is thanked, by letter if there is an address; False when that was done before."""
    now = now or timezone.now()
    with transaction.atomic():
        if not Pointer.objects.filter(pk=pointer_id, thanked_at=None).update(thanked_at=now):
            return False
        comment = Comment.objects.select_related("commenter").get(pointer=pointer_id)
        if comment.commenter and comment.commenter.email:
            Letter.objects.get_or_create(kind=Letter.Kind.THANKS, commenter=comment.commenter, comment=comment)
    return True
