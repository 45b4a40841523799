"""Make what older pictures lack: files, a colour, a focal point. Safe to stop and repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.pictures import upkeep

BATCH = 100


class Command(BaseCommand):
    help = "Make the files, colour and focal point that pictures from before an upgrade lack. Safe to stop and repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = upkeep.incomplete()
        done, failed = 0, []
        with tqdm(total=lacking.count(), unit="", disable=not options["verbosity"]) as bar:
            last = 0
            while batch := list(lacking.filter(pk__gt=last)[:BATCH]):
                for image in batch:
                    try:
                        done += upkeep.complete(image)
                    except OSError as error:
                        failed.append(f"#{image.pk} {image}: {error}")
                    bar.update(1)
                last = batch[-1].pk
        if options["verbosity"]:
            self.stdout.write(f"{done} pictures completed.")
        if failed:
            raise CommandError("These pictures could not be read:\n" + "\n".join(failed))
