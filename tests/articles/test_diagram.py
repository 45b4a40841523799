"""The page of docs/ that shows the workflow says what the table says."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

PAGE = Path(__file__).resolve().parents[2] / "docs" / "workflow.md"


def test_the_page_is_drawn_from_the_table():
    drawn = StringIO()
    call_command("draw_workflow", stdout=drawn)
    assert PAGE.read_text() == drawn.getvalue(), "manage.py draw_workflow > docs/workflow.md"
