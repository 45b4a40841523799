"""Let scheduled updates appear and tell pages what began or ended. Every minute, by cron or a timer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import alarms, releasing
from newsroom.lib import dates
from newsroom.lib.maintenance import models as maintenance


class Command(BaseCommand):
    help = "Publish the updates whose time has come. Safe to run twice and in parallel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what is due, and the next 24 hours; do nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["dry_run"]:
                return self.show()
            if maintenance.current():  # nothing is written; what is due appears afterwards
                return None
            released, failures = releasing.release_all()
            turned = releasing.announce()
            releasing.clear()
            alarms.tell(released, failures)
        if options["verbosity"] and (released or failures or turned):
            self.stdout.write(f"{len(released)} released, {len(failures)} failed, {len(turned)} began or ended")
        if failures:
            raise CommandError("; ".join(f"{failure.article.pk}: {failure.error}" for failure in failures))
        return None

    def show(self) -> None:
        """What is due now, and what happens by the clock in the next 24 hours."""
        now = timezone.now()
        kinds = {"first": _("first publication"), "update": _("update"), "end": _("end")}
        for article in releasing.due(now):
            self.stdout.write(f"{dates.stamp(article.due_at or now)}  {kinds['update']}  #{article.pk} {article}")
        for at, kind, article in releasing.ahead(now):
            self.stdout.write(f"{dates.stamp(at)}  {kinds[kind]}  #{article.pk} {article}")
