"""What is the demonstration paper called, and which sections has it? Everything about it is invented and says so."""

from datetime import date
from typing import Final

from articles import catalogue
from articles.models import Publication, Section

MASTHEAD: Final = {
    "name": "Nếp Sống Hà Nội",
    "tagline": "Trang báo mẫu về đời sống Thủ đô",
    "tag": "NSHN",
    "governing_body": "Hội Bạn đọc Hà Nội (cơ quan hư cấu, dùng làm mẫu)",
    "licence": "số 00/GP-MẪU (mẫu, không có giá trị pháp lý)",
    "licence_date": date(2021, 1, 1),
    "editor_in_chief": "Phan Hữu Nghĩa",
    "address": "Số 1 phố Mẫu, phường Hoàn Kiếm, Hà Nội",
    "phone": "(024) 0000 0000",
    "hotline": "0900 000 000",
    "email": "toasoan@nepsonghanoi.example",
    "copyright_note": "Nội dung minh họa: nhân vật, sự việc và số liệu trong các bài đều được viết ra để làm mẫu.",
}

# Section -> what search engines are told about it -> its sub-sections
SECTIONS: Final = (
    (
        ("thoi-su", "Thời sự", "Chính sách mới và chuyện đời sống của người Hà Nội."),
        (("chinh-tri", "Chính trị"), ("xa-hoi", "Xã hội")),
    ),
    (
        ("do-thi", "Đô thị", "Giao thông, quy hoạch và môi trường của thành phố."),
        (("giao-thong", "Giao thông"), ("quy-hoach", "Quy hoạch"), ("moi-truong", "Môi trường")),
    ),
    (
        ("kinh-te", "Kinh tế", "Giá cả, thị trường và chuyện làm ăn."),
        (("thi-truong", "Thị trường"), ("doanh-nghiep", "Doanh nghiệp")),
    ),
    (
        ("giao-duc", "Giáo dục", "Tuyển sinh, trường lớp và đời sống học đường."),
        (("tuyen-sinh", "Tuyển sinh"), ("hoc-duong", "Học đường")),
    ),
    (
        ("van-hoa", "Văn hóa", "Di sản, nghệ thuật, sách và nếp sống."),
        (("giai-tri", "Giải trí"), ("sach", "Sách")),
    ),
    (
        ("the-thao", "Thể thao", "Bóng đá và thể thao phong trào của Thủ đô."),
        (("bong-da", "Bóng đá"), ("phong-trao", "Phong trào")),
    ),
    (
        ("suc-khoe", "Sức khỏe", "Y tế, dinh dưỡng và an toàn thực phẩm."),
        (("dinh-duong", "Dinh dưỡng"), ("an-toan-thuc-pham", "An toàn thực phẩm")),
    ),
    (
        ("du-lich", "Du lịch", "Điểm đến, món ngon trong và quanh Hà Nội."),
        (("diem-den", "Điểm đến"), ("am-thuc", "Ẩm thực")),
    ),
)


def set_up_paper() -> None:
    """The masthead, unless the paper has one, and the sections that are not there yet."""
    if not Publication.objects.exists():
        catalogue.save_publication(Publication(**MASTHEAD))
    for place, ((slug, name, description), subsections) in enumerate(SECTIONS, 1):
        top = set_up_section(Section(slug=slug, name=name, description=description, position=place))
        for sub_place, (sub_slug, sub_name) in enumerate(subsections, 1):
            set_up_section(Section(slug=sub_slug, name=sub_name, parent=top, position=sub_place))


def set_up_section(section: Section) -> Section:
    found = Section.objects.filter(slug=section.slug).first()
    if found is None:
        catalogue.save_section(section)
    return found or section
