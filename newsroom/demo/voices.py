"""What lies on the moderators' desk of the demonstration? Comments of today, each sent through the front door.

Those that came with the stories were loaded in bulk: what the rules say of them is added here.
"""

from typing import Final, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles import catalogue
from articles.models import CommentPolicy, ImportRecord, Publication, Section
from comments import bans, hits, judging, moderation, own, posting, writers
from comments.bans import Measure
from comments.judging import Circumstances
from comments.models import Batch, Comment, State, Verb
from comments.policy import policy_of, rules_of
from newsroom.lib import text


class Voice(NamedTuple):
    """Who writes what under which story of the demonstration."""

    story: str
    name: str
    text: str


OPEN: Final = "the-thao"  # a section whose comments appear at once, and are looked at afterwards
PETITION: Final = "Đề nghị công khai toàn bộ chi phí, bà con cùng ký tên ủng hộ kiến nghị này!"
TODAY: Final = (
    Voice("thoi-su/0", "Chú Năm", "Hồ sơ của tôi kẹt ba tuần rồi, ai rành thủ tục gọi giúp số 0900 000 002."),
    Voice("kinh-te/0", "Minh Quân", "Bảng giá đầy đủ của các chợ: www.gia-cho-tet.example, bà con vào xem."),
    Voice("do-thi/0", "Bạn đọc bức xúc", "ỨNG DỤNG QUÉT MÃ CHẬM QUÁ, CHIỀU NÀO CŨNG ĐỨNG CHỜ MỎI CHÂN!"),
    Voice("do-thi/4", "Nguyễn Lân", "Xe máy leo hết lên vỉa hè, khốn nạn cho người đi bộ."),
    Voice("thoi-su/3", "Tòa soạn", "Thông tin trong bài đã được kiểm chứng."),
    Voice("do-thi/0", "Trần Hòa", PETITION),
    Voice("do-thi/1", "Thủy Tiên 88", PETITION),
    Voice("thoi-su/0", "Cư dân phía nam", PETITION),
    Voice("kinh-te/0", "Hoàng Gia", PETITION.replace("!", ".")),
    Voice("the-thao/2", "Người Sơn Tây", "Lượt về nhớ mở thêm cửa phía đông, lượt đi chen mãi mới vào được sân."),
    Voice("the-thao/0", "Thành Long Biên", "Người đi bộ có được qua cầu lúc 5 giờ sáng không ban tổ chức ơi?"),
)
CHANGED: Final = Voice("the-thao/2", "Khán đài B", "Bàn thứ ba đẹp nhất mùa giải, xem lại mấy lần vẫn thích.")
CHANGED_INTO: Final = "Bàn thứ ba đẹp nhất mùa giải, ai chưa xem vào www.ban-thang-dep.example nhé."
TURNED_DOWN: Final = Voice("thoi-su/0", "Lê Quang Vinh", "Chỗ nào cũng khen nhau, đọc phát ngán với mấy ông cán bộ.")
APPEAL: Final = "Tôi chê cách làm chứ không xúc phạm ai. Nhờ tòa soạn xem lại giúp."
BANNED: Final = (
    Voice("do-thi/2", "Vay nhanh uy tín", "Cần vốn sửa nhà gọi ngay 0900 000 003, giải ngân trong ngày."),
    Voice("kinh-te/4", "Vay nhanh uy tín", "Nợ xấu vẫn vay, gọi 0900 000 003 gặp em Ngân, lãi thấp nhất."),
)


def set_up_voices(staff: dict[str, AbstractBaseUser]) -> None:
    """Every queue of the desk gets something to decide, in one transaction; nothing where somebody was banned."""
    if Batch.objects.exists():
        return
    with transaction.atomic():
        screen_loaded()
        section = Section.objects.get(slug=OPEN)
        section.comment_policy = CommentPolicy.OPEN
        catalogue.save_section(section)
        for voice in TODAY:
            send(voice)
        own.edit(send(CHANGED).pk, own.Owner(CHANGED.name), CHANGED_INTO)
        refused = send(TURNED_DOWN)
        moderation.reject(refused.pk, refused.version, staff["thuky"], "insult")
        own.appeal(refused.pk, own.Owner(TURNED_DOWN.name), APPEAL)
        unwelcome = [send(voice) for voice in BANNED][0].commenter_id
        note = "Rao cho vay dưới nhiều bài, đã nhắc một lần."
        bans.take(unwelcome or 0, Measure(Verb.BAN, 30, note, hides_days=7), staff["kiemduyet"])


def send(voice: Voice) -> Comment:
    """Its writer has confirmed the address, so no letter asks for that."""
    email = f"{text.fold(voice.name).replace(' ', '.')}@example.org"
    writer = own.confirm(writers.locked(email, voice.name).pk)
    story = ImportRecord.objects.get(source="demo", source_id=voice.story)
    place = f"198.51.100.{writer.pk % 250}"
    envelope = posting.Envelope(f"demo{story.pk}-{writer.pk}", voice.name, place, 60, writer=writer.pk)
    return posting.post(story.article_id, posting.Letter(voice.name, email, voice.text), envelope)


def screen_loaded() -> None:
    """Findings, and hits of terms, for what came with the stories and is not shown."""
    rows = Comment.objects.filter(state__in=(State.PENDING, State.REJECTED, State.SPAM), findings=[])
    for comment in rows.select_related("thread__article__section__parent"):
        story = comment.thread.article
        rules = rules_of(story)
        around = Circumstances(policy_of(story, Publication.current(), rules), rules)
        _state, findings = judging.judge(comment, around, timezone.now())
        Comment.objects.filter(pk=comment.pk).update(findings=comment.findings)
        hits.count(findings)
        if comment.state != State.PENDING:
            hits.judge(((), ""), (comment.findings, Verb.REJECT))
