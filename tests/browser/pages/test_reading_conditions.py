"""What reading costs and under which conditions it works: weight, no script, small screens, large text, paper."""

import gzip
import re
import time

import brotli
import pytest

from newsroom.lib.pagecache.kept import BROTLI
from tests.browser.conftest import sideways

pytestmark = pytest.mark.pages

KB = 1024
STORY = r"/[^/]*-\d+\.html"
PLACES = {
    "home": "/",
    "section": "/thoi-su/",
    "story": (STORY, "form-standard"),
    "long read": (STORY, "form-long"),
    "photo story": (STORY, "form-photos"),
    "day": (r"/luu-tru/\d+/\d+/\d+/", ""),
    "search": "/tim-kiem/?q=hà+nội",
    "thread": (r"/binh-luan/\d+/", ""),
}
INLINE = re.compile(r"""<style|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|<script(?![^>]*(?:\ssrc=|ld\+json))""")
COMMENTS = re.compile(r'<div class="article-after">.*?(?=<aside class="article-aside|</main>)', re.DOTALL)

NOTE_SHIFTS = """
    window.shifts = [];
    const moved = (source) => source.node?.outerHTML?.slice(0, 90);
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    const note = (shift) => shift.hadRecentInput || shifts.push([shift.value, shift.sources.map(moved)]);
    observer.observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(params=PLACES)
def place(request, paper):
    found = PLACES[request.param]
    return paper.url + (found if isinstance(found, str) else paper.first(*found))


@pytest.fixture
def story(paper):
    return paper.url + paper.first(STORY, "form-standard")


def read_to_the_end(page):
    at_the_end = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"
    for _screen in range(40):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(30)
        if page.evaluate(at_the_end):
            break
    page.wait_for_load_state("networkidle")


def test_weight_and_cookies(page, place):
    """At most 100 KB on the wire without pictures, 15 KB of it scripts; no cookie for who only reads."""
    weights = {"image": 0, "script": 0, "other": 0}

    def weigh(request):
        kind = request.resource_type if request.resource_type in weights else "other"
        is_page = request.resource_type == "document"  # compressed by the proxy in front
        body = len(gzip.compress(request.response().body(), 6)) if is_page else request.sizes()["responseBodySize"]
        weights[kind] += body

    page.on("requestfinished", weigh)
    page.goto(place)
    read_to_the_end(page)
    assert 0 < weights["script"] <= 15 * KB
    assert weights["script"] + weights["other"] <= 100 * KB
    assert page.context.cookies() == []


def test_weight_of_stories(paper):
    """Without its comments no story of the demo paper has more than 36 KB of HTML, 9.9 KB as it is sent."""
    sizes = {}
    for path, answer in paper.pages.items():
        if re.fullmatch(STORY, path):
            text = COMMENTS.sub("", answer.html, count=1).encode()
            sizes[path] = (len(text), len(brotli.compress(text, quality=BROTLI)))
    assert len(sizes) > 40
    assert {path: size for path, size in sizes.items() if size[0] > 36 * KB or size[1] > 9.9 * KB} == {}


def test_nothing_inline(paper):
    assert {path: found[0] for path, answer in paper.pages.items() if (found := INLINE.search(answer.html))} == {}


def test_complete_without_javascript(page, place, browser, browser_context_args):
    plain = browser.new_context(**browser_context_args, java_script_enabled=False)
    try:
        assert text_of(plain.new_page(), place) == text_of(page, place)
    finally:
        plain.close()


def text_of(page, place):
    """What can be read on the page, without the times that scripts put in words and the tools that need scripts."""
    page.goto(place)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('main :is(time, .tools, .date-picker)').forEach((each) => each.remove())")
    text = page.locator("main").inner_text().split()
    assert len(text) > 50
    return text


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_jumps(page, place, width):
    """Fonts and pictures come late, the reader scrolls on: layout shifts stay under 0.01 together."""
    page.set_viewport_size({"width": width, "height": 800})
    page.route(re.compile(r"\.(woff2|webp|avif|jpg)$"), late)
    page.add_init_script(NOTE_SHIFTS)
    page.goto(place)
    read_to_the_end(page)
    shifts = page.evaluate("shifts")
    assert sum(value for value, _nodes in shifts) < 0.01, shifts


def late(route):
    time.sleep(0.05)
    route.continue_()


@pytest.mark.parametrize("size", [(320, 568, 1), (320, 256, 4)], ids=["320 px", "400 % zoom"])
def test_small_and_enlarged(browser, browser_context_args, place, size):
    width, height, scale = size
    context = browser.new_context(
        **browser_context_args, viewport={"width": width, "height": height}, device_scale_factor=scale
    )
    try:
        page = context.new_page()
        page.goto(place)
        assert sideways(page) <= 0
    finally:
        context.close()


def test_size_of_text_is_remembered(page, story):
    def size():
        return page.locator(".article-body p").first.evaluate("(each) => parseFloat(getComputedStyle(each).fontSize)")

    page.goto(story)
    before = size()
    page.locator("[data-size='1']").click()
    larger = size()
    assert larger > before
    page.reload()
    assert size() == larger
    page.locator("[data-size='-1']").click()
    assert size() == before


def test_dark(page, place):
    def brightness(what):
        colour = page.evaluate(f"getComputedStyle(document.body).{what}")
        return sum(map(float, re.findall(r"[\d.]+", colour)[:3]))

    page.emulate_media(color_scheme="dark")
    page.goto(place)
    assert brightness("backgroundColor") < 150 < 500 < brightness("color")
    page.emulate_media(color_scheme="light")
    assert brightness("color") < 150 < 500 < brightness("backgroundColor")


def test_nothing_moves_for_who_asked_for_rest(page, place):
    page.goto(place)
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((each) => { const style = getComputedStyle(each);"
        " return [style.transitionDuration, style.animationDuration].some((time) => parseFloat(time) > 0.01)"
        " || style.scrollBehavior === 'smooth'; }).map((each) => each.outerHTML.slice(0, 90))"
    )
    assert moving == []


def test_on_paper(page, story):
    """The whole text on white, nothing cut at the edge of an A4 sheet, none of what can only be clicked."""
    page.goto(story)
    words = page.locator(".article-body").inner_text().split()
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 less margins of a centimetre, in CSS pixels
    assert page.locator(".article-body").inner_text().split() == words
    assert page.locator("h1.article-headline").is_visible()
    assert not page.locator(".tools, .bar, .search-box, .article-after").locator("visible=true").count()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    cut = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((each) => each.checkVisibility() && !each.closest('.unseen')"
        " && (each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1"
        " || (getComputedStyle(each).overflow !== 'visible' && each.scrollHeight > each.clientHeight + 1)))"
        ".map((each) => each.outerHTML.slice(0, 90))"
    )
    assert cut == []
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= 1
