"""What happened to stories of the demonstration since they were written? Changes, corrections, notes, times to come.

Each deed is the verb that a person at the desk would use; only the end of one story is set by hand, as it is past.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from articles import correcting, previewing, signing, telling, workflow, writing
from articles.models import Article, Correction, ImportRecord, SignOffKind
from articles.notices import Notice
from newsroom.demo.people import Staff
from newsroom.lib import dates
from newsroom.staff import delegation

# Story -> the kind of change, the line for readers, what stood there, what stands there now.
CHANGES: Final = (
    ("suc-khoe/4", "typo", "", "tập giấy tờ dày cộp", "tập giấy tờ dày cộm"),
    (
        "the-thao/0",
        "update",
        "Bổ sung số điện thoại hỏi đáp về phân luồng trong buổi sáng diễn ra giải.",
        "chủ động chọn lộ trình.",
        "chủ động chọn lộ trình; số hỏi đáp 0900 000 001 trực từ 4 giờ.",
    ),
    (
        "suc-khoe/2",
        "correction",
        "Bản đăng đầu viết đợt kiểm tra kết thúc ngày 30-10; đúng là ngày 31-10.",
        "kết thúc ngày 30-10",
        "kết thúc ngày 31-10",
    ),
    (
        "kinh-te/3",
        "correction",
        "Đã sửa số container mà một công ty nội thất gửi đi: 40 mỗi tháng, không phải mỗi tuần.",
        "gửi 40 container mỗi tuần",
        "gửi 40 container mỗi tháng",
    ),
)
NOTES: Final = (
    ("do-thi/8", "bientapvien", "@phongvien Nhờ hỏi thêm giá vé tháng liên thông sau khi có trạm mới."),
    ("do-thi/8", "phongvien", "@bientapvien Đơn vị vận hành hẹn trả lời sau 15 giờ, em sẽ bổ sung ngay."),
    ("thoi-su/8", "thuky", "@bientapvien Chờ luật sư đọc đoạn xã hội hóa rồi mới duyệt. @phongvien giữ máy nhé."),
)
CORRECTION: Final = {
    "work_title": "Cảng thủy nội địa đón chuyến sà lan container thứ 1.000",
    "section_name": "Kinh tế",
    "false_content": "Bài viết nêu một công ty nội thất ở xã Phú Nghĩa “gửi 40 container mỗi tuần”.",
    "corrected_content": "Công ty này gửi 40 container mỗi tháng, chiếm hai phần ba lượng hàng xuất khẩu của mình.",
    "apology": "Nếp Sống Hà Nội xin lỗi công ty, bà Chử Thu Giang và bạn đọc về thông tin sai nêu trên.",
    "basis": "Công văn số 00/CV-MẪU của công ty (văn bản minh họa)",
    "party": "Công ty nội thất nêu trong bài",
    "notified_how": "Thư điện tử của Tòa soạn",
}
COMPLAINT: Final = {
    "work_title": "Cuộc thi phim ngắn “Ngõ nhỏ” nhận gần 500 tác phẩm",
    "section_name": "Văn hóa",
    "false_content": "Ban tổ chức phản ánh: giải Nhất trị giá 40 triệu đồng, không phải 50 triệu đồng.",
    "party": "Ban tổ chức cuộc thi",
}
UPDATED: Final = ("suc-khoe/3", "<p>Danh sách trạm y tế tiêm đợt một được niêm yết tại các phường, xã.</p>")
REWRITTEN: Final = ("van-hoa/5", "Cuộc thi phim ngắn “Ngõ nhỏ”: 30 phim vào vòng chung khảo")
ENDED: Final = "du-lich/6"
OPINION: Final = "Đoạn xã hội hóa nên ghi rõ đơn vị tài trợ và hình thức công khai."


def set_up_afterwards(staff: Staff, now: datetime) -> None:
    """All of it, once: for stories that have just been made. The caller has a transaction."""
    stories = {row.source_id: row.article_id for row in ImportRecord.objects.filter(source="demo")}
    change_live_stories(staff, stories)
    correct_formally(staff, stories, now)
    set_times(staff, stories, now)
    ask_around(staff, stories)
    delegation.delegate(
        staff["thuky"],
        None,
        start=now + timedelta(days=1),
        end=now + timedelta(days=4),
        by=staff["tongbientap"],
        note="Tổng biên tập đi công tác",
    )


def change_live_stories(staff: Staff, stories: dict[str, int]) -> None:
    """A typo, an update and a correction that readers are told of."""
    for key, kind, line, old, new in CHANGES:
        article = Article.objects.select_related("live_revision").get(pk=stories[key])
        live = article.live_revision.snapshot  # type: ignore[union-attr]
        text = replace(live, lead=live.lead.replace(old, new), body=live.body.replace(old, new))
        notice = Notice(kind=kind, line=line)
        workflow.perform(article.pk, "hotfix", by=staff["thuky"], snapshot=text, notice=notice)


def correct_formally(staff: Staff, stories: dict[str, int], now: datetime) -> None:
    """One correction with its apology that readers have, and a complaint that waits for one."""
    published = Correction(
        article_id=stories["kinh-te/3"],
        false_on=dates.local(now).date() - timedelta(days=14),
        received_at=now - timedelta(hours=20),
        notified_at=now - timedelta(hours=1),
        **CORRECTION,
    )
    waiting = Correction(
        article_id=stories[REWRITTEN[0]],
        false_on=dates.local(now).date() - timedelta(days=21),
        received_at=now - timedelta(hours=3),
        **COMPLAINT,
    )
    for correction in (published, waiting):
        correcting.save(correction, by=staff["bientapvien"])
    correcting.publish(published.pk, by=staff["thuky"])


def set_times(staff: Staff, stories: dict[str, int], now: datetime) -> None:
    """An update that waits for its time, a rewrite under way, an embargo, a story that has ended."""
    updated = revise(staff, stories[UPDATED[0]], body=UPDATED[1])
    for verb, who in (("forward", "bientapvien"), ("approve", "thuky")):
        workflow.perform(updated.pk, verb, by=staff[who])
    notice = Notice(kind="update", line="Bổ sung nơi xem danh sách trạm y tế tiêm đợt một.")
    workflow.perform(updated.pk, "schedule_update", by=staff["thuky"], at=now + timedelta(hours=6), notice=notice)
    revise(staff, stories[REWRITTEN[0]], headline=REWRITTEN[1])
    until, why = now + timedelta(hours=20), "Đơn vị vận hành công bố chính thức vào giờ này."
    workflow.perform(stories["do-thi/8"], "embargo", by=staff["bientapvien"], at=until, note=why)
    Article.objects.filter(pk=stories[ENDED]).update(visible_until=now - timedelta(days=1))


def revise(staff: Staff, article_id: int, *, body: str = "", headline: str = "") -> Article:
    """Begin to rewrite a live story: another headline, or a paragraph more."""
    workflow.perform(article_id, "revise", by=staff["bientapvien"])
    article = Article.objects.select_related("working_revision").get(pk=article_id)
    text = article.working_revision.snapshot  # type: ignore[union-attr]
    text = replace(text, headline=headline or text.headline, body=text.body + body)
    writing.save_text(article, text, by=staff["bientapvien"], version=article.version)
    return article


def ask_around(staff: Staff, stories: dict[str, int]) -> None:
    """Notes among colleagues, a sign-off asked for, and a preview that somebody outside has answered."""
    for key, who, words in NOTES:
        telling.add_note(Article.objects.get(pk=stories[key]), words, by=staff[who])
    signing.ask(stories["thoi-su/8"], SignOffKind.LEGAL, by=staff["thuky"])
    link = previewing.make_link(
        stories["thoi-su/8"], by=staff["thuky"], lasts=timedelta(days=7), pinned=False, note="Luật sư của Tòa soạn"
    )
    shown = Article.objects.select_related("working_revision").get(pk=link.article_id).working_revision
    previewing.log_opening(link, "192.0.2.17", "Mozilla/5.0 Firefox/140.0")
    if shown is not None and (sealed := previewing.unseal(link, previewing.seal(link, shown))):
        previewing.answer(link, sealed, name="Luật sư Hà Kiều", verdict="note", remark=OPINION)
