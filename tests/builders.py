"""Valid things for tests, public unless told otherwise; names follow the words of the newsroom."""

import io
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PIL

from articles import catalogue, workflow, writing
from articles.models import Article, Author, BylineRef, Image, PictureRef, Publication, RoleGrant, Section, Snapshot
from newsroom.lib import text

numbers = count(1)
PASSWORD = "một mật khẩu dài"


def make_user(role: str | None = None, section: Section | None = None, name: str = "", **fields: Any):
    """A member of staff who holds this role, in this section or in all."""
    username = name or f"nguoi{next(numbers)}"
    user = get_user_model()(username=username, is_staff=True, email=f"{username}@example.org", **fields)
    user.set_password(PASSWORD)
    user.save()
    if role:
        RoleGrant.objects.create(user=user, role=role, section=section)
    return user


def make_publication(**fields: Any) -> Publication:
    publication = Publication(name="Nhịp sống Hà Nội", tag="NSHN", governing_body="Thành ủy Hà Nội", **fields)
    catalogue.save_publication(publication)
    return publication


def make_section(name: str = "Thời sự", parent: Section | None = None, **fields: Any) -> Section:
    found = Section.objects.filter(name_key=text.identity(name), parent=parent).first()
    section = found or Section(name=name, parent=parent)
    for field, value in fields.items():
        setattr(section, field, value)
    catalogue.save_section(section)
    return section


def make_author(name: str = "Nguyễn Mai", **fields: Any) -> Author:
    author = Author.objects.filter(name_key=text.identity(name)).first() or Author(name=name, **fields)
    catalogue.save_author(author)
    return author


def make_image(title: str = "Hồ Gươm", **fields: Any) -> Image:
    """A row of the library with a small real file, without renditions unless `renditions` is given."""
    number = next(numbers)
    content = io.BytesIO()
    PIL.new("RGB", (60, 40), (number % 256, 90, 120)).save(content, "JPEG")
    defaults = {
        "key": f"{number:032x}",
        "digest": f"{number:064x}",
        "caption": "Hồ Gươm sáng sớm.",
        "credit": "Minh Hà",
        "alt": "Mặt hồ và Tháp Rùa",
        "width": 60,
        "height": 40,
        "bytes": content.tell(),
        "format": "JPEG",
        "renditions": {"full": {"v": "1", "widths": [60]}, "card": {"v": "1", "widths": [60]}},
        "fold": text.fold(title),
    }
    image = Image(title=title, **{**defaults, **fields})
    image.file.save(f"{image.key}.jpg", ContentFile(content.getvalue()), save=False)
    image.save()
    return image


def make_snapshot(**fields: Any) -> Snapshot:
    """A text that lacks nothing."""
    defaults: dict[str, Any] = {
        "headline": f"Hà Nội mở thêm tuyến phố đi bộ số {next(numbers)}",
        "lead": "Từ cuối tuần này, người dân có thêm một không gian đi bộ quanh hồ.",
        "body": "<p>Tuyến phố dài 1,2 km, có cây xanh và ghế nghỉ.</p><h2>Mở cửa cuối tuần</h2><p>Từ 19 giờ.</p>",
    }
    if "section" not in fields:
        defaults["section"] = make_section().pk
    if "bylines" not in fields:
        defaults["bylines"] = (BylineRef(make_author().pk),)
    picture = fields.pop("image", None)
    if picture is not None:
        fields["picture"] = PictureRef(picture.pk)
    return Snapshot(**{**defaults, **fields})


def make_draft(by: Any = None, **fields: Any) -> Article:
    return writing.create_story(make_snapshot(**fields), by=by or make_user("reporter"))


def make_article(published_at: datetime | None = None, by: Any = None, **fields: Any) -> Article:
    """A story that readers have (or will have, with a time to come), without going through every hand."""
    article = make_draft(by, **fields)
    Article.objects.filter(pk=article.pk).update(stage="approved")
    article.refresh_from_db()
    workflow.perform(article.pk, "publish", by=make_user("publisher"), at=published_at)
    article.refresh_from_db()
    return article


def withdraw(article: Article) -> None:
    workflow.perform(article.pk, "withdraw", by=make_user("chief"), note="Thông tin chưa kiểm chứng")
    article.refresh_from_db()


def hours(n: float) -> datetime:
    """That many hours from now; negative for the past."""
    return timezone.now() + timedelta(hours=n)
