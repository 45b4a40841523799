"""How does a member of staff get a second factor, and how is it taken away?"""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.module_loading import import_string
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES: Final = 10


class AlreadyEnrolled(Exception):
    """The person has a second factor."""


@dataclass(frozen=True)
class Enrolment:
    """The secrets of a new second factor, told once: the key for the app on the phone, and codes on paper."""

    device: TOTPDevice
    codes: list[str]

    @property
    def address(self) -> str:
        return str(self.device.config_url)

    def qr(self) -> Any:
        code = import_string("qrcode.QRCode")(border=2)  # 1 MB of a process that draws one
        code.add_data(self.address)
        code.make()
        return code

    @property
    def drawing(self) -> dict[str, Any]:
        """The QR code for an SVG: its size in modules, and the path of the black ones."""
        rows = self.qr().get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, black in enumerate(row) if black)
        return {"size": len(rows), "path": path}


def has_one(person: Any) -> bool:
    return any(kind.objects.filter(user=person).exists() for kind in (TOTPDevice, StaticDevice))


def enrol(person: Any) -> Enrolment:
    """Make the device and the recovery codes. Raises AlreadyEnrolled."""
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=person.pk)  # two at once would make two keys
        if has_one(person):
            raise AlreadyEnrolled
        device = TOTPDevice.objects.create(user=person, name="phone")
        paper = StaticDevice.objects.create(user=person, name="paper")
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    return Enrolment(device, codes)


def take_away(person: Any) -> bool:
    """Delete devices and codes; whoever signed in with them is out at the next request. False if there were none."""
    with transaction.atomic():
        gone = [TOTPDevice.objects.filter(user=person).delete(), StaticDevice.objects.filter(user=person).delete()]
    return any(number for number, _kinds in gone)
