"""How does a formal correction come into being, before its readers, and away from them again?

Whoever edits may write one; publishers and the chief publish; only the chief takes one back. What was published goes
into the record (`articles.record`), and is not changed any more: take it back, mend it, publish it again.
"""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import keys, record
from articles.models import Correction, Publication, PublicVersion, Role
from articles.readiness import Missing, NotReady, Refused
from articles.rights import Person, grants_of, reach
from newsroom.lib import text
from newsroom.lib.pagecache.models import bump

WRITERS = (Role.EDITOR, Role.PUBLISHER, Role.CHIEF)
PUBLISHERS = (Role.PUBLISHER, Role.CHIEF)
CHIEF = (Role.CHIEF,)
FIELDS = (
    "article_id work_title section_name false_on false_content corrected_content apology basis party notified_at "
    "notified_how received_at due_at"
).split()
NEEDED = "work_title section_name false_on false_content corrected_content apology".split()


def may(user: Person, roles: tuple[Role, ...], correction: Correction | None = None) -> bool:
    """One of these roles is held where the mistake stood: in the story's section, or (elsewhere) in any."""
    grants = grants_of(user)
    if correction is None or correction.article is None:
        return grants.anywhere(*roles)
    return any(grants.has(role, correction.article.section or correction.article.desk_section) for role in roles)


def shown_to(user: Person) -> QuerySet[Correction]:
    """What is published, and the drafts that the person may write (the twin of `may` for writers)."""
    sections, corrections = grants_of(user).sections_as(*WRITERS), Correction.objects.all()
    if sections is None:
        return corrections
    place = Coalesce("article__section", "article__desk_section")
    free = Q(stage=Correction.Stage.PUBLISHED) | Q(article=None)
    return corrections.alias(place=place).filter(free | Q(place__in=reach(sections)))


def save(correction: Correction, *, by: AbstractBaseUser) -> None:
    """Keep a draft. Raises Refused for whoever may not write here, and for a correction that is published."""
    if not may(by, WRITERS, correction):
        raise Refused(_("You may not write corrections here."))
    if correction.due_at is None:
        correction.due_at = correction.received_at + timedelta(hours=Publication.current().correction_hours)
    if correction.pk is None:
        correction.created_by_id = by.pk
        correction.save(force_insert=True)
        return
    values = {name: getattr(correction, name) for name in FIELDS}
    if not Correction.objects.filter(pk=correction.pk, stage=Correction.Stage.DRAFT).update(**values):
        raise Refused(_("This correction is published: it is not changed any more."))


def missing(correction: Correction) -> list[Missing]:
    """What the law asks for and the correction does not say."""
    labels = {field.name: field.verbose_name for field in Correction._meta.concrete_fields if field.name in NEEDED}
    return [
        Missing(name, _("The correction lacks: %s.") % label)
        for name, label in labels.items()
        if not getattr(correction, name)
    ]


def publish(correction_id: int, *, by: AbstractBaseUser) -> None:
    """Show the correction to readers: on its page, the home page, the list, and with the story concerned.

    Raises Refused; NotReady where a part is lacking.
    """
    now = timezone.now()
    with transaction.atomic():
        correction = found(correction_id)
        if not may(by, PUBLISHERS, correction):
            raise Refused(_("You may not publish corrections here."))
        if lacking := missing(correction):
            raise NotReady(lacking)
        move(correction, Correction.Stage.DRAFT, Correction.Stage.PUBLISHED, published_at=now, published_by=by)
        kind = PublicVersion.Kind.RETURN if correction.public_versions.exists() else PublicVersion.Kind.FIRST
        record.add(correction, kind, record.content_of_correction(correction), by=by, at=now)
        bump(shown_on(correction))


def take_back(correction_id: int, *, by: AbstractBaseUser, note: str) -> None:
    """Make a published correction a draft again; the record keeps what was public, and why it went. Raises Refused."""
    note, now = text.clean(note).strip(), timezone.now()
    with transaction.atomic():
        correction = found(correction_id)
        if not may(by, CHIEF, correction):
            raise Refused(_("Only the editor-in-chief takes a published correction back."))
        if not note:
            raise Refused(_("Please say why."))
        move(correction, Correction.Stage.PUBLISHED, Correction.Stage.DRAFT, published_at=None, published_by=None)
        content = {"schema": record.SCHEMA, "address": correction.get_absolute_url(), "note": note}
        record.add(correction, PublicVersion.Kind.WITHDRAWAL, content, by=by, at=now)
        bump(shown_on(correction))


def found(correction_id: int) -> Correction:
    return Correction.objects.select_related("article__section", "article__desk_section").get(pk=correction_id)


def move(correction: Correction, source: str, target: str, **columns: object) -> None:
    """Set the state if it is still the one that was seen. Raises Refused otherwise."""
    moved = Correction.objects.filter(pk=correction.pk, stage=source).update(stage=target, **columns)
    if not moved:
        correction.refresh_from_db(fields=["stage"])
        raise Refused(_("This correction has changed meanwhile: it is “%s” now.") % correction.get_stage_display())
    correction.stage = target
    for name, value in columns.items():
        setattr(correction, name, value)


def shown_on(correction: Correction) -> set[str]:
    """The pages that show the correction."""
    story = {keys.article(correction.article_id)} if correction.article_id else set()
    return {keys.CORRECTIONS, keys.HOME, *story}
