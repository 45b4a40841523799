"""Which paper stands on the showcase? One that exists nowhere: no row of the database is read or written for it."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Byline,
    Correction,
    Presentation,
    Publication,
    PublicVersion,
    Section,
    Tag,
    Window,
)
from articles.pages import Chrome
from articles.readership import TopList
from articles.reading import Reading
from articles.rendering import Layout, render_body
from comments import marking
from comments.models import Comment, Thread
from comments.threads import Branch, ThreadPage
from newsroom.lib import dates
from newsroom.showcase.pictures import drawn

NUMBER: Final = 900_000_000  # no story, comment or correction has such a key
LONG: Final = (
    "Ễ Ộ Ẫ Ặ: Huyện ủy tiếp tục tập trung thực hiện sáu chương trình công tác toàn khóa, quyết liệt tháo gỡ vướng mắc "
    "về đất đai, giải phóng mặt bằng và chuyển đổi số trong năm đầu nhiệm kỳ đại hội"
)
LEAD: Final = (
    "Ngày 14-1, phường tổ chức hội nghị tổng kết công tác năm và bàn phương hướng, nhiệm vụ trọng tâm của năm sau."
)
HEADLINES: Final = (
    "Phường ven sông mở thêm ba lối xuống bãi giữa",
    "Chợ đêm nói không với cốc nhựa",
    "Học sinh được nghỉ khi trời dưới 10 độ C",
    "Vé liên thông tàu và buýt bán từ thứ Hai",
    "Thư viện mở cửa đến 21 giờ",
    "Làng hoa vào vụ Tết",
)
VIDEO: Final = "https://www.youtube.com/watch?v=M7lc1UVf-VE"
BODY: Final = (
    "<p>Năm qua, phường vừa chăm lo sản xuất, vừa giữ gìn cảnh quan ven sông. Đại diện tổ dân phố cho biết "
    '<a href="https://example.com/">kế hoạch</a> đã được lấy ý kiến ba lần.</p>'
    "<h2>Ba lối xuống, một con đường</h2><p>Mỗi lối có ram dốc cho xe lăn và đèn chiếu thấp.</p>"
    '<figure class="image" data-image="1"><figcaption>Bãi giữa lúc sáng sớm.</figcaption></figure>'
    "<h3>Bao giờ xong?</h3><ul><li>Lối thứ nhất: tháng 3;</li><li>hai lối còn lại: tháng 9.</li></ul>"
    '<blockquote class="pull"><p>Sông là mặt tiền của chúng tôi, không phải sân sau.</p></blockquote>'
    "<blockquote><p>“Chúng tôi đi bộ ra sông mỗi sáng”, bà Hòa nói.</p></blockquote>"
    '<aside class="box"><h3>Con số</h3><p>Bãi giữa rộng 23 ha; mỗi cuối tuần có khoảng 2.000 lượt người.</p></aside>'
    "<table><thead><tr><th>Lối</th><th>Chiều dài</th><th>Kinh phí</th></tr></thead><tbody>"
    "<tr><td>Phía bắc</td><td>120 m</td><td>1,2 tỷ đồng</td></tr>"
    "<tr><td>Phía nam</td><td>90 m</td><td>0,9 tỷ đồng</td></tr></tbody></table>"
    '<figure class="image" data-image="2"><figcaption>Ảnh đứng: cây gạo đầu bãi.</figcaption></figure>'
)
EMBED: Final = f'<figure class="embed" data-embed="{VIDEO}"><figcaption>Một phút trên bãi giữa.</figcaption></figure>'


class Paper:
    """The paper and all that stands in it, as the templates ask for it."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.wide, self.tall = drawn("wide"), drawn("tall")
        self.section = Section(pk=NUMBER, name="Đô thị", slug="do-thi")
        self.sub = Section(pk=NUMBER + 1, name="Giao thông", slug="giao-thong", parent=self.section)
        self.tags = [Tag(pk=1, name=name, slug="mau") for name in ("Sông Hồng", "Quy hoạch", "Không gian công cộng")]
        self.author = Author(pk=NUMBER, name="Nguyễn Mai", slug="nguyen-mai")
        self.stories = [self.story(n, headline) for n, headline in enumerate(HEADLINES)]
        self.long = self.story(20, LONG)
        self.bare = self.story(21, HEADLINES[1], image=None)
        self.upright = self.story(22, HEADLINES[5], image=self.tall)
        self.forms = [
            self.story(30 + n, HEADLINES[n], presentation=form) for n, form in enumerate(Presentation) if form
        ]
        self.story_at_hand = self.story(
            40,
            HEADLINES[0],
            subheadline="Người dân góp ý ba lần, bản vẽ đổi hai lần",
            source="Tổng hợp từ các tổ dân phố",
            html=self.body(BODY),
            updated_at=self.ago(hours=1),
        )

    def ago(self, **span: float) -> datetime:
        return self.now - timedelta(**span)

    def story(self, number: int, headline: str, **fields: Any) -> Article:
        at = self.ago(minutes=25 + 190 * number)
        shown = {"image": self.wide, **fields}
        image = shown.pop("image")
        plain = {"lead": LEAD, "slug": "mau", "section": self.sub, "published_at": at, "word_count": 900}
        return Article(pk=NUMBER + number, headline=headline, lead_image=image, **{**plain, **shown})

    def body(self, body: str, poster: bool = False) -> str:
        layout = Layout(poster=self.wide.pk if poster else None)
        return render_body(body, {self.wide.pk: self.wide, self.tall.pk: self.tall}, layout)

    @property
    def publication(self) -> Publication:
        return Publication(
            name="Nhật báo Mẫu", tag="NBM", tagline="Trang trình bày của tòa soạn", governing_body="Hội Bạn đọc mẫu",
            licence="Số 00/GP-MẪU", licence_date=date(2021, 1, 1), editor_in_chief="Phan Hữu Nghĩa",
            address="Số 1 phố Mẫu, Hà Nội", phone="(024) 0000 0000", email="toasoan@example.com",
            dateline_place="Hà Nội",
        )  # fmt: skip

    @property
    def chrome(self) -> Chrome:
        others = [
            Section(pk=NUMBER + 2 + n, name=name, slug="mau")
            for n, name in enumerate(["Thời sự", "Kinh tế", "Giáo dục", "Văn hóa", "Thể thao", "Sức khỏe", "Du lịch"])
        ]
        for section in [self.section, *others]:
            section.shown_subsections = [self.sub] if section is self.section else []  # type: ignore[attr-defined]
        return Chrome(self.publication, [self.section, *others], dates.dateline(dates.today()), None)

    @property
    def reading(self) -> Reading:
        """The story at hand, changed twice and once corrected in form."""
        bylines = [Byline(author=self.author), Byline(author=self.author, role=Byline.Role.PHOTO)]
        told = [
            PublicVersion(kind="update", line="Thêm kinh phí của từng lối.", at=self.ago(hours=1)),
            PublicVersion(kind="correction", line="Bãi giữa rộng 23 ha, không phải 32 ha.", at=self.ago(hours=3)),
        ]
        return Reading(self.story_at_hand, bylines, self.tags, told, [self.correction])

    @property
    def correction(self) -> Correction:
        return Correction(
            pk=NUMBER,
            article=self.story_at_hand,
            work_title=HEADLINES[0],
            section_name="Đô thị",
            false_on=dates.today(),
            false_content="Bài viết nêu bãi giữa rộng 32 ha.",
            corrected_content="Bãi giữa rộng 23 ha.",
            apology="Tòa soạn xin lỗi bạn đọc về sai sót này.",
            basis="Công văn số 12/UBND ngày 14-1-2021",
            published_at=self.ago(hours=2),
        )

    @property
    def most_read(self) -> list[TopList]:
        return [TopList(Window.DAY, self.stories[:5]), TopList(Window.WEEK, self.stories[1:6])]

    @property
    def thread(self) -> ThreadPage:
        """A comment, two replies to it of which one answers the other, and more behind."""
        first = self.comment(1, "Ông Khải", "Gửi xe bao nhiêu tiền vậy?\n\nTôi ở xa, mang theo hai cháu nhỏ.", days=2)
        answer = self.comment(2, "Ngọc Diệp", "Sáng Chủ nhật không thu bác ạ.", root=first, parent=first, hours=30)
        third = self.comment(3, "Ông Khải", "Cảm ơn chị.", root=first, parent=answer, hours=3)
        return ThreadPage(23, [Branch(first, [answer, third], more=4)], next="mau")

    def comment(self, number: int, name: str, body: str, *, root: Any = None, parent: Any = None, **ago: float) -> Any:
        told = {
            "author_name": name,
            "body": body,
            "published_at": self.ago(**ago),
            "root": root,
            "parent": parent,
            "thread_id": NUMBER,
        }
        return Comment(pk=NUMBER + number, state="visible", **told)

    @property
    def questions(self) -> list[str]:
        """What a writer is asked before sending, and the text with the words in question marked."""
        return marking.sentences([{"code": "phone"}])

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        return [("Gọi tôi theo số ", False), ("0900 000 000", True), (" nhé.", False)]

    @property
    def own_comment(self) -> Any:
        """Turned down, with everything that its writer may still do."""
        own = self.comment(5, "Ông Khải", "Gửi xe bao nhiêu tiền vậy?", days=1)
        own.state, own.reason, own.thread = "rejected", "off-topic", Thread(article=self.stories[0])
        vars(own)["deeds"] = {"edit": True, "withdraw": True, "appeal": True, "proposed": "Gửi xe bao nhiêu tiền?"}
        return own

    @property
    def hit(self) -> SimpleNamespace:
        words = [SimpleNamespace(text="Phường ven "), SimpleNamespace(text="sông", marked=True)]
        more = [*words, SimpleNamespace(text=" mở thêm ba lối xuống bãi giữa ...")]
        return SimpleNamespace(article=self.stories[0], headline=more, extract=more)
