"""How is the home page of the demonstration arranged? A chosen lead with its own words, and a place for a section."""

from typing import Final

from articles import arranging
from articles.models import Arrangement, Filling, Front, ImportRecord, Section, Slot
from newsroom.demo.people import Staff

SOURCE: Final = "demo"
LEAD: Final = "du-lich/0"
HEADLINE: Final = "Hà Nội về đêm: Phố ẩm thực bỏ hộp xốp, khách quen dần với tiền cọc"
KICKER: Final = "Sống xanh"
PICTURES: Final = ("dang-bai/0", "van-hoa/0", "kinh-te/7", "giao-duc/0")
SECTION: Final = "the-thao"


def arrange_home(staff: Staff) -> None:
    """Launch the arrangement once; a home page that somebody arranged stays as it is."""
    if Front.objects.filter(section=None).exists():
        return
    stories = dict(ImportRecord.objects.filter(source=SOURCE).values_list("source_id", "article"))
    slots = {
        "lead-1": Slot(Filling.STORY, stories[LEAD], headline=HEADLINE, kicker=KICKER, drop_after=24 * 14),
        "beside-3": Slot(Filling.SECTION, Section.objects.get(slug=SECTION).pk),
        **{f"pictures-{n}": Slot(Filling.STORY, stories[key]) for n, key in enumerate(PICTURES, 1)},
    }
    by = staff["thuky"]
    version = arranging.save_draft(None, Arrangement(slots), by=by, version=0).version
    arranging.launch(None, by=by, version=version)
