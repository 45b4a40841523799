"""Write the style sheet of picture colours anew: manage.py draw_tones > static/css/tones.css"""

from typing import Any

from django.core.management.base import BaseCommand

from articles import tones


class Command(BaseCommand):
    help = "Print the style sheet with the colours of pictures that are still on their way."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(tones.stylesheet(), ending="")
