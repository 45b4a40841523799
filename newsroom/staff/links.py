"""What proves that whoever opens a link got it by our mail? Signed links: for one person, one purpose, one use.

A link dies with its use (the password changes), with its time, and with what it stands for: an invitation that was
withdrawn or sent anew, a second factor that is there again.
"""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from newsroom.staff.models import Invitation
from newsroom.staff.second_factor import has_one


class Links(PasswordResetTokenGenerator):
    """The links of one purpose, led to by the page of this name."""

    page: str
    lifetime: timedelta

    def make(self, person: Any) -> str:
        """The whole address, on the site's public host whatever host the request named."""
        uid = urlsafe_base64_encode(force_bytes(person.pk))
        return settings.SITE_URL + reverse(self.page, args=[uid, self.make_token(person)])

    def check_token(self, user: Any, token: str | None) -> bool:
        return bool(self.is_for(user) and super().check_token(user, token) and not self.is_late(str(token)))

    def is_late(self, token: str) -> bool:
        age = self._num_seconds(self._now()) - base36_to_int(token.split("-")[0])
        return bool(age > self.lifetime.total_seconds())

    def is_for(self, person: Any) -> bool:
        """Who may use such a link at all."""
        return bool(person and person.is_active and person.is_staff)


class InvitationLinks(Links):
    key_salt = "newsroom.staff.invitation"
    page = "admin:invitation_accept"
    lifetime = timedelta(days=3)

    def is_for(self, person: Any) -> bool:
        found = Invitation.objects.filter(user=person).first() if super().is_for(person) else None
        return found is not None and found.is_open

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        serial = Invitation.objects.values_list("serial", flat=True).get(user=user)
        return f"{super()._make_hash_value(user, timestamp)}:{serial}"


class PasswordLinks(Links):
    key_salt = "newsroom.staff.password"
    page = "admin:password_reset_confirm"
    lifetime = timedelta(hours=2)

    def is_for(self, person: Any) -> bool:
        return super().is_for(person) and bool(person.has_usable_password())


class SecondFactorLinks(Links):
    key_salt = "newsroom.staff.second_factor"
    page = "admin:second_factor_enrol"
    lifetime = timedelta(days=3)

    def is_for(self, person: Any) -> bool:
        return super().is_for(person) and bool(person.has_usable_password()) and not has_one(person)


invitations: Final = InvitationLinks()
passwords: Final = PasswordLinks()
second_factors: Final = SecondFactorLinks()
