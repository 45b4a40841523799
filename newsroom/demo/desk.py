"""How do the stories of the demonstration come into the paper, each to the stage that it was written for?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles import catalogue, workflow, writing
from articles.loading import Loaded, load_published
from articles.models import Article, Author, BylineRef, ImportRecord, PictureRef, Section, Snapshot
from newsroom.demo.afterwards import set_up_afterwards
from newsroom.demo.letters import add_comments
from newsroom.demo.library import Keys
from newsroom.demo.people import Staff
from newsroom.demo.texts import LIVE, Text, all_texts

SOURCE: Final = "demo"
PICTURE: Final = re.compile(r'data-image="([a-z][a-z0-9-]*)"')
AHEAD: Final = timedelta(hours=4)
HELD_FOR: Final = timedelta(days=2)

# Stage of a text -> the steps that lead there: verb, who does it, what is noted.
WAYS: Final[dict[str, list[tuple[str, str, str]]]] = {"draft": []}
WAYS["submitted"] = [("submit", "phongvien", "")]
WAYS["editing"] = [*WAYS["submitted"], ("take", "bientapvien", "")]
WAYS["held"] = [*WAYS["editing"], ("hold", "bientapvien", "Đợi kết quả kiểm nghiệm phẩm màu rồi hãy đăng.")]
WAYS["returned"] = [
    *WAYS["editing"],
    (
        "return",
        "bientapvien",
        "Bài còn thiếu số người tham dự và ý kiến của ban tổ chức. Nhờ bổ sung trước 16 giờ.",
    ),
]
WAYS["review"] = [*WAYS["editing"], ("forward", "bientapvien", "")]
WAYS["approved"] = [*WAYS["review"], ("approve", "thuky", "")]
WAYS["scheduled"] = [*WAYS["approved"], ("publish", "thuky", "")]
WAYS["withdrawn"] = [
    *WAYS["scheduled"],
    ("withdraw", "tongbientap", "Đơn vị vận hành đề nghị kiểm tra lại lộ trình; tạm gỡ để xác minh thông tin."),
]


@dataclass(frozen=True)
class Desk:
    """Everything that a text names, by that name, and the moment that all times are counted from."""

    staff: Staff
    sections: Keys
    authors: Keys
    pictures: Keys
    now: datetime


def set_up_stories(staff: Staff, pictures: Keys, advance: Callable[[int], object]) -> None:
    """The stories that are not there yet, with their comments. `advance` counts them; the caller has a transaction."""
    sections = dict(Section.objects.values_list("slug", "pk"))
    authors = dict(Author.objects.values_list("slug", "pk"))
    desk = Desk(staff, sections, authors, pictures, timezone.now())
    there = set(ImportRecord.objects.filter(source=SOURCE).values_list("source_id", flat=True))
    texts = {text.key: text for text in all_texts() if text.key not in there}
    advance(len(there))
    for username in ("phongvien", "bientapvien"):  # a reporter's own stories, and everybody else's
        chosen = [text for text in texts.values() if text.stage == LIVE and writer_of(text, staff) == username]
        publish(desk, chosen, by=staff[username], texts=texts)
        advance(len(chosen))
    for text in texts.values():
        if text.stage != LIVE:
            bring(desk, text)
            advance(1)
    if not there:
        set_up_afterwards(staff, desk.now)


def writer_of(text: Text, staff: Staff) -> str:
    own = Author.objects.filter(user_id=staff["phongvien"].pk).values_list("slug", flat=True)
    return "phongvien" if set(own) & set(text.content["authors"]) else "bientapvien"


def publish(desk: Desk, chosen: list[Text], *, by: AbstractBaseUser, texts: dict[str, Text]) -> None:
    """Stories that readers have had for hours, days or years."""

    def comment(article: Article, loaded: Loaded) -> None:
        add_comments(article, texts[loaded.source_id].remarks, moderator=desk.staff["kiemduyet"], now=desk.now)

    stories = (
        Loaded(snapshot(desk, text), text.published_at(desk.now), source=SOURCE, source_id=text.key) for text in chosen
    )
    load_published(stories, by=by, then=comment)


def bring(desk: Desk, text: Text) -> Article:
    """A story on its way through the newsroom, every step done by somebody who may do it."""
    reporter, editor = desk.staff["phongvien"], desk.staff["bientapvien"]
    final = snapshot(desk, text)
    article = writing.create_story(replace(final, tags=()), by=reporter)
    for verb, username, note in WAYS[text.stage]:
        at = None
        if verb == "publish":
            at = desk.now + AHEAD if text.stage == "scheduled" else text.published_at(desk.now)
        elif verb == "hold":
            at = desk.now + HELD_FOR
        workflow.perform(article.pk, verb, by=desk.staff[username], note=note, at=at)
        article.refresh_from_db()
        if verb == "take":  # the editor adds the keywords: a second version to compare with
            writing.save_text(article, final, by=editor, version=article.version)
    ImportRecord.objects.create(source=SOURCE, source_id=text.key, article=article)
    return article


def snapshot(desk: Desk, text: Text) -> Snapshot:
    """The text with keys for names."""
    content = text.content
    bylines = [BylineRef(desk.authors[slug]) for slug in content["authors"]]
    if content["photographer"]:
        bylines.append(BylineRef(desk.authors[content["photographer"]], "photo"))
    image = content["image"]
    return Snapshot(
        headline=content["headline"],
        subheadline=content["subheadline"],
        lead=content["lead"],
        body=PICTURE.sub(lambda found: f'data-image="{desk.pictures[found[1]]}"', content["body"]),
        section=desk.sections[content["section"]],
        bylines=tuple(bylines),
        tags=tuple(catalogue.tag_named(name).pk for name in content["tags"]),
        picture=PictureRef(desk.pictures[image], content["caption"]) if image else None,
        presentation=content.get("presentation", ""),
    )
