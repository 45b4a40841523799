"""Give a member of staff a second factor: a key for the app on the phone, and recovery codes for when it is lost."""

import sys
from typing import Any

import qrcode
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10


class Command(BaseCommand):
    help = "Make a second factor for a member of staff and show it once; --reset takes the old one away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the name with which the person signs in")
        parser.add_argument("--reset", action="store_true", help="take the person's second factor away")

    def handle(self, *args: Any, user: str, reset: bool, **options: Any) -> None:
        person = get_user_model().objects.filter(username=user, is_staff=True).first()
        if person is None:
            raise CommandError(_("No member of staff signs in as %(user)s.") % {"user": repr(user)})
        if reset:
            taken = take_away(person)
            said = _("%(user)s: the second factor is gone.") if taken else _("%(user)s had no second factor.")
            self.stdout.write(said % {"user": user})
            return
        try:
            device, codes = enrol(person)
        except AlreadyEnrolled:
            said = _("%(user)s has a second factor, which is never shown again. First: --reset.")
            raise CommandError(said % {"user": user}) from None
        self.show(device, codes)

    def show(self, device: TOTPDevice, codes: list[str]) -> None:
        """The only time that the secrets are told."""
        code = qrcode.QRCode(border=2)
        code.add_data(device.config_url)
        code.print_ascii(out=self.stdout._out, invert=sys.stdout.isatty())
        self.stdout.write(_("Scan this with the app on the phone, or enter:"))
        self.stdout.write(f"{device.config_url}\n\n")
        self.stdout.write(_("Recovery codes, each good for one sign-in without the phone. Keep them on paper:"))
        self.stdout.write("\n".join(f"  {code}" for code in codes))


class AlreadyEnrolled(Exception):
    """The person has a second factor."""


def enrol(person: Any) -> tuple[TOTPDevice, list[str]]:
    """Make the device and the recovery codes. Raises AlreadyEnrolled."""
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=person.pk)  # two at once would make two keys
        if TOTPDevice.objects.filter(user=person).exists() or StaticDevice.objects.filter(user=person).exists():
            raise AlreadyEnrolled
        device = TOTPDevice.objects.create(user=person, name="phone")
        paper = StaticDevice.objects.create(user=person, name="paper")
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    return device, codes


def take_away(person: Any) -> bool:
    """Delete devices and codes; whoever signed in with them is out at the next request. False if there were none."""
    with transaction.atomic():
        gone = [TOTPDevice.objects.filter(user=person).delete(), StaticDevice.objects.filter(user=person).delete()]
    return any(number for number, _kinds in gone)
