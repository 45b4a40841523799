"""axe finds nothing against WCAG 2.2 AA on any kind of page, light and dark, on a phone and on a desk."""

from pathlib import Path

import pytest

from tests.browser.conftest import sideways
from tests.browser.pages.paper import Paper

pytestmark = pytest.mark.pages

AXE = Path(__file__).with_name("node_modules") / "axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # all that can differ in the dark
STORY = r"/[^/]*-\d+\.html"
READERS = {  # name: the address, or what it looks like and something that only such a page has
    "home": "/",
    "section": "/thoi-su/",
    "subsection": "/thoi-su/chinh-tri/",
    "story": (STORY, "form-standard"),
    "photo story": (STORY, "form-photos"),
    "long read": (STORY, "form-long"),
    "video": (STORY, "form-video"),
    "story that was corrected": (STORY, 'class="correction"'),
    "authors": "/tac-gia/",
    "author": (r"/tac-gia/[^/]+/", ""),
    "tag": (r"/chu-de/[^/]+/", ""),
    "archive": "/luu-tru/",
    "year": (r"/luu-tru/\d+/", ""),
    "month": (r"/luu-tru/\d+/\d+/", ""),
    "day": (r"/luu-tru/\d+/\d+/\d+/", ""),
    "day without stories": "/luu-tru/2021/01/14/",
    "impossible day": "/luu-tru/?ngay=31&thang=2&nam=2026",
    "search": "/tim-kiem/",
    "hits": "/tim-kiem/?q=hà+nội",
    "no hits": "/tim-kiem/?q=zzqqx",
    "thread": (r"/binh-luan/\d+/", ""),
    "reply": (r"/binh-luan/\d+/gui/.*", ""),
    "own comments": "/binh-luan/cua-toi/",
    "corrections": "/dinh-chinh/",
    "correction": (r"/dinh-chinh/\d+/", ""),
    "static page": "/trang/gioi-thieu/",
    "contact": "/trang/lien-he/",
    "most read": "/doc-nhieu/",
    "feeds": "/rss/",
    "400": "/?q=%00",
    "403": "/hong/403/",
    "404": "/khong-co-trang-nay/",
    "405": "/doc/1/",
    "410": Paper.withdrawn,
    "413": f"/tim-kiem/?q={'a' * 20_000}",
    "500": "/hong/500/",
    "500 without a database": "/static/500.html",
    "sign in": "/admin/login/",
    "forgotten password": "/admin/quen-mat-khau/",
}
DESK = [  # who looks at which pages
    (
        "tongbientap",
        ["", "tai-khoan/", "password_change/", "articles/section/", "articles/tag/", "articles/correction/"],
    ),
    ("tongbientap", [f"articles/{name}/1/change/" for name in ("author", "publication", "staticpage")]),
    ("tongbientap", ["articles/storytemplate/", "articles/image/", "articles/image/add/", "articles/image/1/change/"]),
    ("tongbientap", ["articles/article/", "articles/article/?q=hà", "articles/article/add/"]),
    ("tongbientap", [f"articles/article/{name}/" for name in ("lich", "thong-bao", "bai-moi", "bo-loc")]),
    ("tongbientap", ["articles/front/", "articles/front/0/", "articles/front/0/o/lead-1/"]),
    ("kiemduyet", ["", *(f"comments/comment/{page}" for page in ("", "?hang=chua-xem", "cum/", "so-lieu/", "chan/"))]),
    ("quantri", ["", "auth/user/", "auth/user/1/change/", "auth/user/2/quyen-truy-cap/", "loi-moi/", "nhat-ky/"]),
]
STORY_PAGES = ("change/", "history/", "lich-su-truong/", "so-sanh/1/1/", "sua-nhanh/", "xem-truoc/", "go-bai/")


def address(paper, place):
    if isinstance(place, tuple):
        return paper.first(*place)
    return place(paper) if callable(place) else place


@pytest.mark.parametrize("name", READERS)
def test_readers_pages(page, paper, name):
    page.goto(paper.url + address(paper, READERS[name]))
    assert faults(page) == []


def test_comment_before_it_is_sent(page, paper):
    page.goto(paper.url + paper.first(STORY, 'id="comment-form"'))
    form = page.locator("#comment-form")
    form.locator("[name=body]").fill("Con đường này lẽ ra phải xong từ năm ngoái.")
    form.locator("[name=name]").fill("Bạn đọc Hà Đông")
    form.locator("[name=email]").fill("ban-doc@vi-du.example")
    form.locator("[name=consent]").check()
    form.evaluate("form => form.submit()")  # past the script that shows the preview in place
    page.wait_for_url("**/gui/**")
    assert faults(page) == []


def test_too_many_searches(page, paper):
    reader = {"X-Forwarded-For": "192.0.2.7"}  # the other tests search from another address
    page.set_extra_http_headers(reader)
    searches = (f"{paper.url}/tim-kiem/?q=mưa+{number}" for number in range(200))  # what was asked before is kept
    refused = next(url for url in searches if page.request.get(url, headers=reader).status == 429)
    assert page.goto(refused).status == 429
    assert faults(page) == []


@pytest.mark.parametrize(("name", "paths"), DESK)
def test_desk(desk, paper, name, paths):
    page, found = desk(name), {}
    for path in paths:
        assert page.goto(f"{paper.url}/admin/{path}").status == 200, path
        found[path] = faults(page)
    assert {path: told for path, told in found.items() if told} == {}


def test_pages_of_a_story_at_the_desk(desk, paper):
    story = paper.first(STORY, "form-long").removesuffix(".html").rpartition("-")[2]
    page, found = desk("tongbientap"), {}
    for part in STORY_PAGES:
        assert page.goto(f"{paper.url}/admin/articles/article/{story}/{part}").status == 200, part
        found[part] = faults(page)
    assert {path: told for path, told in found.items() if told} == {}


def faults(page):
    """What axe finds in both colour schemes and at both widths: `rule: element, why`; and scrolling sideways."""
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for scheme, rules in (("light", WCAG), ("dark", OF_COLOURS)):
        for width in (375, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.evaluate("document.getAnimations().forEach((each) => each.cancel())")  # colours that still change
            result = page.evaluate("(tags) => axe.run({ runOnly: tags, resultTypes: ['violations'] })", rules)
            found += [
                f"{scheme} {width}: {rule['id']}: {node['html'][:200]} {node['failureSummary']}"
                for rule in result["violations"]
                for node in rule["nodes"]
            ]
            if sideways(page) > 0:
                found.append(f"{scheme} {width}: scrolls sideways")
    return found
