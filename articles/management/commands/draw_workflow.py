"""Write docs/workflow.md anew from the table of the workflow, in the language of the newsroom.

manage.py draw_workflow > docs/workflow.md
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from articles import diagram


class Command(BaseCommand):
    help = "Print the page of docs/ that shows the workflow."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            self.stdout.write(diagram.page(), ending="")
