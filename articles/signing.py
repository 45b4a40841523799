"""Who vouches for a story? Sign-offs are asked for, given to exactly one text, and taken back.

Signing needs the chief, a managing editor, or an editor of the section; never whoever changed the text last, unless
the paper has relaxed four eyes (the log then says so). Nothing here moves the story or makes an open form stale.
"""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import gates, writing
from articles.models import Article, Publication, Role, SignOff, SignOffKind, Stage, Transition
from articles.readiness import Refused
from articles.rights import Grants, Person, acting_role
from newsroom.lib import text

SIGNERS: Final = (Role.CHIEF, Role.PUBLISHER, Role.EDITOR)
# The steps of the log that this module writes; they move nothing and stand in no table.
LABELS: Final[dict[str, str | Promise]] = {
    "ask_sign_off": gettext_lazy("Sign-off asked for"),
    "waive_sign_off": gettext_lazy("Sign-off no longer asked for"),
    "sign_off": gettext_lazy("Signed"),
    "unsign": gettext_lazy("Signature taken back"),
}


@dataclass(frozen=True)
class State:
    """One kind of sign-off as it stands for the working text of a story."""

    kind: SignOffKind
    row: SignOff | None
    is_needed: bool
    by_section: bool  # the section asks for it: nobody can waive it for one story
    is_valid: bool
    has_lapsed: bool  # it was given to an earlier text


def states(article: Article) -> list[State]:
    """Every kind, needed or not."""
    rows = {row.kind: row for row in article.sign_offs.select_related("signed_by", "asked_by", "revision")}
    digest = article.working_revision.digest if article.working_revision else ""
    needed = gates.needed(article)
    of_section = article.desk_section.needed_sign_offs if article.desk_section else []
    found = []
    for kind in SignOffKind:
        row = rows.get(kind)
        is_valid = row is not None and row.digest != "" and row.digest == digest
        has_lapsed = row is not None and row.digest not in ("", digest)
        found.append(State(kind, row, kind in needed, kind in of_section, is_valid, has_lapsed))
    return found


def may_sign(user: Person, article: Article, grants: Grants | None = None) -> bool:
    """The right to ask, to sign and to take back, as the story stands."""
    is_open = article.trashed_at is None and article.stage != Stage.DONE and article.working_revision is not None
    return is_open and acting_role(user, article, SIGNERS, grants) is not None


def keeps_four_eyes() -> bool:
    return Publication.current().four_eyes


def changed_last(user: Person, article: Article) -> bool:
    return article.working_revision is not None and article.working_revision.author_id == user.pk


def ask(article_id: int, kind: SignOffKind, *, by: AbstractBaseUser) -> Transition:
    """Ask for a sign-off of this story: without it the text is not approved."""
    with transaction.atomic():
        article, role = locked(article_id, by)
        row, _made = SignOff.objects.get_or_create(article=article, kind=kind)
        if not SignOff.objects.filter(pk=row.pk, asked_at=None).update(asked_by=by, asked_at=timezone.now()):
            raise Refused(_("This sign-off is asked for already."))
        return log(article, "ask_sign_off", kind, by, role)


def waive(article_id: int, kind: SignOffKind, *, by: AbstractBaseUser) -> Transition:
    """Ask no longer; what the section asks for stays."""
    with transaction.atomic():
        article, role = locked(article_id, by)
        asked = SignOff.objects.filter(article=article, kind=kind, asked_at__isnull=False)
        if not asked.update(asked_by=None, asked_at=None):
            raise Refused(_("This sign-off was not asked for."))
        return log(article, "waive_sign_off", kind, by, role)


def sign(article_id: int, kind: SignOffKind, *, by: AbstractBaseUser, digest: str, note: str = "") -> Transition:
    """Vouch for the text with this digest, the one that was read. Raises Conflict if it has changed meanwhile."""
    with transaction.atomic():
        article, role = locked(article_id, by)
        revision = article.working_revision
        if revision is None or revision.digest != digest:
            raise writing.conflict(article)
        exception = four_eyes(article, by)
        row, _made = SignOff.objects.get_or_create(article=article, kind=kind)
        signature = {"signed_by": by, "signed_at": timezone.now(), "revision": revision, "digest": digest}
        unsigned = SignOff.objects.filter(Q(pk=row.pk) & ~Q(digest=digest))
        if not unsigned.update(**signature, note=text.clean(note).strip()):
            raise Refused(_("This text is signed already."))
        return log(article, "sign_off", kind, by, role, note=note, exception=exception)


def take_back(article_id: int, kind: SignOffKind, *, by: AbstractBaseUser) -> Transition:
    """Take a signature back; whoever gave it may, and the chief."""
    with transaction.atomic():
        article, role = locked(article_id, by)
        given = SignOff.objects.filter(article=article, kind=kind).exclude(digest="")
        mine = given if role is Role.CHIEF else given.filter(signed_by=by.pk)
        if not mine.update(signed_by=None, signed_at=None, revision=None, digest="", note=""):
            raise Refused(_("Only whoever signed takes it back, or the editor-in-chief."))
        return log(article, "unsign", kind, by, role)


def locked(article_id: int, by: AbstractBaseUser) -> tuple[Article, Role]:
    """The story, its row locked until the end of the transaction, and the role of the person. Raises Refused."""
    Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    article = Article.objects.select_related("desk_section", "working_revision").get(pk=article_id)
    role = acting_role(by, article, SIGNERS) if may_sign(by, article) else None
    if role is None:
        raise Refused(_("You may not sign this story, or not now."))
    return article, role


def four_eyes(article: Article, by: AbstractBaseUser) -> str:
    """The relaxed rule for the log, if whoever changed the text last signs it. Raises Refused where that is not so."""
    if not changed_last(by, article):
        return ""
    if keeps_four_eyes():
        raise Refused(_("Whoever changed the text last does not sign it: ask a colleague."))
    return "four_eyes"


def log(  # noqa: PLR0913 - the columns of a step
    article: Article,
    verb: str,
    kind: SignOffKind,
    by: AbstractBaseUser,
    role: Role,
    *,
    note: str = "",
    exception: str = "",
) -> Transition:
    """A step of the story's log that moves nothing; its note begins with the kind."""
    return Transition.objects.create(
        article=article,
        verb=verb,
        actor=by,
        role=role,
        from_stage=article.stage,
        to_stage=article.stage,
        note=": ".join(filter(None, [str(SignOffKind(kind).label), text.clean(note).strip()])),
        exception=exception,
        revision=article.working_revision,
        at=timezone.now(),
    )
