"""Who works in the newsroom of the benchmark, and what do its stories refer to?"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from articles import catalogue, record
from articles.models import Author, Image, Publication, RoleGrant, Section, Tag
from articles.pictures.verbs import search_key
from bench.rows import Writer
from newsroom.roles import join_groups

PEOPLE = {"reporter": 40, "editor": 10, "publisher": 4, "chief": 1, "moderator": 3, "administrator": 1}
TREE = {
    "Thời sự": ("Chính trị", "Giao thông"),
    "Đô thị": ("Quy hoạch", "Môi trường", "Nhà đất"),
    "Kinh tế": ("Tài chính", "Doanh nghiệp"),
    "Văn hóa": ("Sách", "Điện ảnh", "Di sản"),
    "Giáo dục": ("Tuyển sinh",),
    "Thể thao": ("Bóng đá",),
    "Pháp luật": (),
    "Sức khỏe": (),
}
TAGS = 400
FEWEST_PICTURES, MOST_PICTURES = 2_000, 100_000  # two digits fill a page of the library in an archive of any size
STORIES_A_PICTURE = 10


@dataclass(frozen=True)
class House:
    """What rows point to. `names` is what their keys stand for in the record."""

    staff: dict[str, list[int]]  # by role
    sections: list[Section]
    authors: list[int]
    tags: list[int]
    images: list[int]
    names: record.Names


def build(stories: int, writer: Writer) -> House:
    """Made through the catalogue's verbs, the pictures in bulk. The first of each role is named after it."""
    catalogue.save_publication(Publication(name="Nhịp sống Hà Nội", tag="NSHN", governing_body="Thành ủy Hà Nội"))
    sections = []
    for place, (name, parts) in enumerate(TREE.items()):
        parent = Section(name=name, position=place)
        catalogue.save_section(parent)
        sections.append(parent)
        for part in parts:
            section = Section(name=part, parent=parent)
            catalogue.save_section(section)
            sections.append(section)
    tags = [catalogue.tag_named(f"Từ khóa {n}").pk for n in range(TAGS)]
    staff = hire(sections)
    authors = [sign(f"Cây bút {n}", user) for n, user in enumerate(staff["reporter"])]
    pictures = min(max(stories // STORIES_A_PICTURE, FEWEST_PICTURES), MOST_PICTURES)
    images = [picture(n, writer) for n in range(pictures)]
    writer.flush()
    names = record.Names(
        Section.objects.select_related("parent").in_bulk(),
        dict(Author.objects.values_list("pk", "name")),
        dict(Tag.objects.values_list("pk", "name")),
        Image.objects.only("digest", "key", "title", "caption", "credit", "alt").in_bulk(images),
    )
    return House(staff, sections, authors, tags, images, names)


def hire(sections: list[Section]) -> dict[str, list[int]]:
    """Publishers and the chief hold their role everywhere, editors in one section each."""
    call_command("sync_roles", verbosity=0)
    staff: dict[str, list[int]] = {}
    for role, count in PEOPLE.items():
        for n in range(count):
            user = get_user_model().objects.create(username=role if n == 0 else f"{role}{n}", is_staff=True)
            section = sections[n % len(sections)] if role == "editor" else None
            RoleGrant.objects.create(user=user, role=role, section=section)
            join_groups(user)
            staff.setdefault(role, []).append(user.pk)
    return staff


def sign(name: str, user: int) -> int:
    author = Author(name=name, user_id=user)
    catalogue.save_author(author)
    return author.pk


def picture(n: int, writer: Writer) -> int:
    """A row of the library whose files do not exist: pages only name them."""
    shown = Image(title=f"Ảnh {n} ở phố {n % 97}", caption=f"Góc phố số {n % 97}.", credit="Minh Hà", alt="Góc phố")
    columns = {name: getattr(shown, name) for name in ("title", "caption", "credit", "alt")}
    return writer.add(
        Image,
        **columns,
        file=f"{n:032x}.jpg",
        key=f"{n:032x}",
        digest=f"{n:064x}",
        fold=search_key(shown),
        width=1600,
        height=1067,
        bytes=300_000,
        format="JPEG",
        renditions={"full": {"v": "1", "widths": [480, 800]}, "card": {"v": "1", "widths": [320, 640]}},
        uploaded_at=timezone.now() - timedelta(minutes=n),
    )
