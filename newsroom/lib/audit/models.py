"""Who did what to which thing, when and from where, as far as no log of its own holds it?

Steps of a story are articles.Transition, decisions about a comment comments.ModAction; the rest is here. `record` is
called inside the transaction of the deed: what is undone is not logged, and what is not logged is not done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AbstractUser, AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.lib import text
from newsroom.lib.people import full_name

LABEL_LENGTH: Final = 200
_address: ContextVar[str] = ContextVar("address", default="")


class AuditEvent(models.Model):
    """One deed. `kind` is noun.deed ("section.changed"); `label` names the thing as it was then."""

    at = models.DateTimeField(_("at"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )  # nobody: a failed sign-in, a command
    kind = models.CharField(_("deed"), max_length=40)
    object_type = models.CharField(max_length=60, blank=True)  # "articles.section"
    object_id = models.CharField(max_length=40, blank=True)
    label = models.CharField(_("thing"), max_length=LABEL_LENGTH, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    fold = models.TextField(blank=True, editable=False)  # label and details, for searching

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        default_permissions = ()
        indexes = [
            models.Index(fields=["-at", "-id"], name="auditevent_newest"),
            models.Index(fields=["actor", "-at"], name="auditevent_by_actor"),
            models.Index(fields=["kind", "-at"], name="auditevent_by_kind"),
            models.Index(fields=["object_type", "object_id", "-at"], name="auditevent_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}".strip()


@contextmanager
def acting_from(address: str) -> Iterator[None]:
    """Whatever is recorded within was done from this address."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def record(
    kind: str,
    *,
    by: AbstractBaseUser | AnonymousUser | None,
    about: models.Model | None = None,
    label: str | None = None,
    **detail: Any,
) -> AuditEvent:
    """Write down a deed in the caller's transaction.

    `label` is the name of the thing unless told otherwise; "" for a story, whose headline is not everybody's to see.
    """
    said = text.excerpt(text.clean_line(name_of(about) if label is None else label), LABEL_LENGTH - 1)
    return AuditEvent.objects.create(
        kind=kind,
        actor_id=by.pk if by is not None else None,
        object_type=about._meta.label_lower if about else "",
        object_id=str(about.pk) if about else "",
        label=said,
        detail=detail,
        address=_address.get() or None,
        fold=text.fold(" ".join([said, *_words(detail)])),
    )


def name_of(thing: models.Model | None) -> str:
    """A person by name and sign-in name, anything else as it calls itself."""
    if not isinstance(thing, AbstractUser):
        return str(thing) if thing else ""
    name, username = full_name(thing), thing.get_username()
    return name if name == username else f"{name} ({username})"


def _words(value: Any) -> Iterator[str]:
    """Every text inside nested details."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)
