"""Who was asked to join, and where is each member of staff signed in?"""

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DEVICE_LENGTH: Final = 60


class Invitation(models.Model):
    """A person was asked by mail to choose a password. One row a person: asked again, `serial` is raised.

    The account is there from the first moment, with no password that could open it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("member of staff"), related_name="invitation"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("invited by"), related_name="+"
    )
    serial = models.PositiveIntegerField(default=1)  # part of the link: earlier links are dead
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    sent_at = models.DateTimeField(_("mail sent"), null=True, blank=True)  # None: the mail server did not take it
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("invitation withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None


class StaffSessionQuerySet(models.QuerySet["StaffSession"]):
    def of(self, user_id: int) -> Self:
        return self.filter(user=user_id).order_by("-last_seen", "-pk")


class StaffSession(models.Model):
    """A browser in which somebody is signed in to the admin: Django's own sessions do not know whose they are."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)  # of Django's session; shown to nobody
    created_at = models.DateTimeField(_("signed in"), default=timezone.now)
    last_seen = models.DateTimeField(_("last seen"), default=timezone.now)  # to within five minutes
    device = models.CharField(_("device"), max_length=DEVICE_LENGTH, blank=True)  # "Firefox, Windows"
    network = models.CharField(_("network"), max_length=50, blank=True)  # 203.0.113.0/24, never the whole address

    objects = StaffSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = ()
        indexes = [models.Index(fields=["user", "-last_seen"], name="staffsession_by_user")]

    def __str__(self) -> str:
        return f"{self.device} {self.network}"
