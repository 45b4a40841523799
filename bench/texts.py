"""What do the stories of the benchmark say? Headlines out of parts, with words that are frequent, rare or unique."""

import random
from dataclasses import dataclass
from typing import Any

from articles import search
from articles.models import Article, Snapshot
from articles.reading import text_columns
from newsroom.lib import text

FREQUENT, RARE = "Hà Nội", "xương rồng"  # in four of ten headlines; in three stories of any archive
PLACES = (
    *(FREQUENT,) * 4,
    *("Đà Nẵng", "Cần Thơ", "Hải Phòng", "Huế", "Quảng Ninh", "Sơn Tây"),
)
SUBJECTS = (
    "tuyến phố đi bộ|cây cầu mới|chợ đầu mối|trường mầm non|bệnh viện huyện|làng nghề gốm|đội bóng thiếu niên|"
    "mùa cốm|đường sắt trên cao|hồ điều hòa|lễ hội xuân|xe buýt điện|vườn hoa ven sông|thư viện thành phố|"
    "khu tập thể cũ|trận mưa lớn|đàn cò trắng|phiên tòa sơ thẩm|kỳ thi lớp 10|giá nhà ở"
).split("|")
ACTIONS = (
    "mở cửa trở lại|được sửa chữa|đón hàng nghìn người|thay đổi lịch hoạt động|chờ ngày hoàn thành|giảm một nửa|"
    "tăng nhanh|thu hút du khách|nhận giải thưởng|gây tranh luận|có diện mạo mới|dừng hoạt động"
).split("|")
SENTENCES = (
    "Sáng nay, nhiều người dân đã có mặt từ sớm để theo dõi.|Theo kế hoạch, công việc kéo dài trong ba tháng.|"
    "Đại diện ban quản lý cho biết các bước chuẩn bị đã xong.|Một số hộ kinh doanh mong được hỗ trợ thêm.|"
    "Cơ quan chức năng đề nghị mọi người thực hiện đúng hướng dẫn.|Con số này cao hơn cùng kỳ năm trước.|"
    "Chuyên gia cho rằng cần nhìn xa hơn một mùa.|Buổi chiều, trời hửng nắng, đường phố đông trở lại.|"
    "Phương án mới được lấy ý kiến đến cuối tháng.|Kinh phí lấy từ ngân sách và đóng góp của cộng đồng."
).split("|")
LEAD = "Sau nhiều tháng chờ đợi, câu chuyện được người dân quan tâm đã có những chuyển biến đầu tiên."
BODIES = 64  # different ones


@dataclass(frozen=True)
class Body:
    """A text with all that follows from it, worked out once for the many stories that have it."""

    html: str
    columns: dict[str, Any]
    words: dict[str, str]  # of the search document


def bodies(chance: random.Random) -> list[Body]:
    found = []
    for _n in range(BODIES):
        paragraphs = (" ".join(chance.sample(SENTENCES, 2)) for _paragraph in range(2))
        html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        snapshot = Snapshot(lead=LEAD, body=html)
        words = search.document(Article(), snapshot)
        columns = text_columns(snapshot)
        del columns["headline"], columns["headline_fold"]
        found.append(Body(html, columns, {name: words[name] for name in ("body", "body_exact")}))
    return found


def headline(chance: random.Random, number: int, of: int) -> str:
    """The number tells stories apart."""
    subject = RARE if is_rare(number, of) else chance.choice(SUBJECTS)
    line = f"{chance.choice(PLACES)}: {subject} {chance.choice(ACTIONS)} số {number}"
    return text.clean_line(line)


def is_rare(number: int, of: int) -> bool:
    """This story of so many has the rare word."""
    return number in (of // 7, of // 2, of - 7)
