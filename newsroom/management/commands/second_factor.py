"""Give a member of staff a second factor: a key for the app on the phone, and recovery codes for when it is lost."""

import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from newsroom.lib.audit.models import record
from newsroom.staff.second_factor import AlreadyEnrolled, Enrolment, enrol, take_away


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
            if taken:
                record("second_factor.reset", by=None, about=person)
            said = _("%(user)s: the second factor is gone.") if taken else _("%(user)s had no second factor.")
            self.stdout.write(said % {"user": user})
            return
        try:
            enrolment = enrol(person)
        except AlreadyEnrolled:
            said = _("%(user)s has a second factor, which is never shown again. First: --reset.")
            raise CommandError(said % {"user": user}) from None
        record("second_factor.enrolled", by=None, about=person)
        self.show(enrolment)

    def show(self, enrolment: Enrolment) -> None:
        """The only time that the secrets are told."""
        enrolment.qr().print_ascii(out=self.stdout._out, invert=sys.stdout.isatty())
        self.stdout.write(_("Scan this with the app on the phone, or enter:"))
        self.stdout.write(f"{enrolment.address}\n\n")
        self.stdout.write(_("Recovery codes, each good for one sign-in without the phone. Keep them on paper:"))
        self.stdout.write("\n".join(f"  {code}" for code in enrolment.codes))
