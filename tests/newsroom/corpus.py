"""Lines of an import file, whole unless told otherwise."""


def a_line(number: int = 1, **fields) -> dict:
    return {
        "id": number,
        "slug": f"ha-noi-mo-pho-di-bo-{number}",
        "title": f"Hà Nội mở phố đi bộ số {number}",
        "lead": "Từ cuối tuần này.",
        "body": [{"t": "p", "text": "Phố dài 1,2 km."}],
        "section": "thoi-su",
        "author": "le-an",
        "image": "ho.jpg",
        "caption": "Hồ Gươm. Ảnh: An",
        "tags": ["Phố đi bộ"],
        "published_at": f"2021-01-14T23:{number % 60:02d}:00+07:00",
        "updated_at": f"2021-01-14T23:{number % 60:02d}:00+07:00",
        "comments": [],
        **fields,
    }


def a_comment(number: int, parent: int | None = None, **fields) -> dict:
    posted = f"2021-01-15T08:{number:02d}:00+07:00"
    return {"id": number, "parent": parent, "name": "Bạn đọc", "posted_at": posted, "text": f"Hay! {number}", **fields}
