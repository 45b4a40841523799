"""What does the demonstration paper say about itself? Its pages at /trang/…/, read from newsroom/demo/pages.json."""

import json
from pathlib import Path
from typing import Final

from articles import catalogue
from articles.models import StaticPage

FILE: Final = Path(__file__).parent / "pages.json"


def write_pages() -> None:
    """Those that are not there yet."""
    known = set(StaticPage.objects.values_list("slug", flat=True))
    for place, content in enumerate(json.loads(FILE.read_text(encoding="utf-8"))):
        if content["slug"] not in known:
            catalogue.save_page(StaticPage(**content, position=place))
