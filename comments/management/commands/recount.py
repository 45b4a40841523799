"""Do the counters of comments say what the comments say? Every night with --check: drift is an alarm."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments import counting
from comments.models import Thread


class Command(BaseCommand):
    help = "Compare every counter of comments with the comments, and set right what is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail if anything is wrong")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        wrong = 0
        for drift in counting.drifted(Thread.objects.all()):
            wrong += 1
            self.stdout.write(f"#{drift.thread_id} {drift.counter}: {drift.says}, counted {drift.counted}")
            if not check:
                counting.mend(drift)
        for about in counting.drifted_comments():
            wrong += 1
            self.stdout.write(f"comment #{about.comment_id} {about.counter}: {about.says}, counted {about.counted}")
            if not check:
                counting.mend_comment(about)
        if wrong and check:
            raise CommandError(f"{wrong} counters are wrong")
        if options["verbosity"]:
            self.stdout.write(f"{wrong} counters were wrong")
