"""From which templates do the reporters of the demonstration paper start their stories?"""

from typing import Final

from articles import story_templates
from articles.models import Section, Snapshot, StoryTemplate

# Name, for what it is, section (by address), text
TEMPLATES: Final = (
    (
        "Tin vắn",
        "Tin ngắn 150-200 chữ: một sự việc, một con số, một nguồn.",
        "thoi-su",
        Snapshot(
            headline="{địa điểm}: {sự việc}",
            lead="Ngày {ngày tháng}, {cơ quan} cho biết {điều mới nhất}.",
            body=(
                "<p>Theo {cơ quan}, {sự việc} diễn ra lúc {giờ} tại {địa điểm}.</p>"
                "<p>Số liệu chính: {con số}, so với {kỳ trước}.</p>"
                "<p>{Việc tiếp theo} dự kiến trong {thời gian}.</p>"
            ),
        ),
    ),
    (
        "Thông cáo báo chí",
        "Đăng lại thông cáo: giữ nguyên ý, ghi rõ nơi phát hành, không có bút danh.",
        "thoi-su",
        Snapshot(
            headline="{cơ quan} thông báo {nội dung}",
            lead="{thứ}, ngày {ngày tháng}, {cơ quan} phát đi thông cáo về {nội dung}.",
            body=(
                "<p>Thông cáo nêu:</p><blockquote><p>{đoạn trích nguyên văn}</p></blockquote>"
                "<h2>Người dân cần biết</h2><ul><li>Áp dụng từ: {ngày áp dụng}</li><li>Đối tượng: {đối tượng}</li>"
                "<li>Nơi hỏi thêm: {số điện thoại}</li></ul>"
                '<aside class="box"><p>Tòa soạn đã gọi lại {cơ quan} để xác nhận thông cáo này.</p></aside>'
            ),
            source="Theo {cơ quan}",
        ),
    ),
    (
        "Phỏng vấn",
        "Hỏi và đáp với một nhân vật: câu hỏi in đậm, câu trả lời là lời nguyên văn đã được đồng ý.",
        "van-hoa",
        Snapshot(
            headline="{nhân vật}: “{câu nói đắt nhất}”",
            subheadline="{chức danh} trả lời về {chủ đề}",
            lead="Nhân {dịp}, {nhân vật} trò chuyện với {tác giả} về {chủ đề}.",
            body=(
                "<p><strong>Thưa {ông hay bà}, điều gì khiến {ông hay bà} bắt đầu việc này?</strong></p>"
                "<p>- {câu trả lời}</p>"
                "<p><strong>Khó khăn lớn nhất là gì?</strong></p><p>- {câu trả lời}</p>"
                '<blockquote class="pull"><p>{câu nói đắt nhất}</p></blockquote>'
                "<p><strong>Sắp tới bạn đọc có thể chờ đợi điều gì?</strong></p><p>- {câu trả lời}</p>"
                "<p>Xin cảm ơn {ông hay bà}!</p>"
            ),
        ),
    ),
    (
        "Tường thuật hội nghị",
        "Hội nghị, kỳ họp, tọa đàm: ai nói gì, quyết điều gì, việc gì tiếp theo.",
        "chinh-tri",
        Snapshot(
            headline="{hội nghị}: {quyết định chính}",
            lead="Sáng {thứ}, ngày {ngày tháng}, tại {địa điểm}, {đơn vị tổ chức} họp bàn về {chủ đề}.",
            body=(
                "<p>Chủ trì {hội nghị} có {người chủ trì}. Tham dự có {số đại biểu} đại biểu.</p>"
                "<h2>Ý kiến tại hội nghị</h2><p>{người phát biểu} cho rằng {ý kiến}.</p>"
                "<h2>Những điều đã thống nhất</h2><ul><li>{điều thứ nhất}</li><li>{điều thứ hai}</li></ul>"
                "<h2>Việc tiếp theo</h2><p>{đơn vị} hoàn thành {việc} trước ngày {hạn}.</p>"
            ),
        ),
    ),
)


def set_up_templates() -> None:
    """The templates that are not there yet; the sections must be."""
    there = set(StoryTemplate.objects.values_list("name", flat=True))
    sections = dict(Section.objects.values_list("slug", "pk"))
    for position, (name, description, slug, text) in enumerate(TEMPLATES, 1):
        if name not in there:
            content = Snapshot(**{**vars(text), "section": sections[slug]})
            story_templates.keep(StoryTemplate(name=name, description=description, position=position), content)
