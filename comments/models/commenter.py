"""Who writes comments, how far are they trusted, and who is kept out?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.words import NAME_LENGTH
from newsroom.lib.fields import NFCCharField, NFCTextField


class Commenter(models.Model):
    """Whoever writes with one e-mail address. Until the address is confirmed it is a claim, never a proof."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("as everybody")
        HELD = "held", _("always checked first")
        BANNED = "banned", _("may not comment")

    name = NFCCharField(_("name"), max_length=NAME_LENGTH)
    email = models.EmailField(_("e-mail"), blank=True)
    # Keyed hash of the address. NULL, not "": many have none (the newsroom's own, the erased), and all others differ.
    email_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    confirmed_at = models.DateTimeField(_("e-mail confirmed"), null=True, blank=True)
    consent_at = models.DateTimeField(_("consent"), null=True, blank=True)  # when, and to which words
    consent_text = models.CharField(max_length=64, blank=True, editable=False)  # digest of the words agreed to
    user = models.OneToOneField(  # a member of staff who comments while signed in
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    status_until = models.DateTimeField(_("until"), null=True, blank=True)  # empty: for good
    is_trusted = models.BooleanField(_("trusted by the desk"), default=False)
    # Human decisions only: what rules decided says nothing about a person.
    approved_count = models.PositiveIntegerField(_("approved"), default=0)
    rejected_count = models.PositiveIntegerField(_("rejected"), default=0)
    spam_count = models.PositiveIntegerField(_("spam"), default=0)
    upheld_count = models.PositiveIntegerField(_("reports upheld"), default=0)  # reports that this person made
    dismissed_count = models.PositiveIntegerField(_("reports dismissed"), default=0)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    legal_hold = NFCTextField(_("legal hold"), blank=True)  # why nothing may be erased; empty: it may

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")
        indexes = [
            models.Index(fields=["status_until"], name="commenter_until", condition=Q(status_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Block(models.Model):
    """A device, network, e-mail domain or name that is kept out, or always checked first."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        DOMAIN = "domain", _("e-mail domain")
        NETWORK = "network", _("network")
        DEVICE = "device", _("device")
        NAME = "name", _("name")

    class Action(models.TextChoices):
        HOLD = "hold", _("checked first")
        REFUSE = "refuse", _("refused")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value_key = models.CharField(max_length=64)  # keyed hash; of a network or a domain, itself
    shown = NFCCharField(_("what"), max_length=80, blank=True)  # as far as the desk may read it
    action = models.CharField(_("effect"), max_length=10, choices=Action.choices, default=Action.REFUSE)
    reason = NFCTextField(_("why"), blank=True)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    batch = models.ForeignKey("comments.Batch", models.PROTECT, null=True, blank=True, related_name="blocks")

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["kind", "value_key"], condition=Q(lifted_at=None), name="block_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.shown}"
