"""Debian's Chromium for the tests marked `browser`: pytest-playwright drives it against Django's live server."""

import os
import shutil

import pytest

from tests.browser.chromium import QUIET
from tests.builders import PASSWORD


@pytest.fixture(scope="session", autouse=True)
def _database_beside_playwright():
    """Playwright keeps an event loop in this thread; Django would refuse the database there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next((found for found in map(shutil.which, filter(None, names)) if found), None)
    if not path:
        pytest.fail("Chromium is missing: apt-get install chromium fonts-noto-core")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    args = [*QUIET, *sandbox]
    return {**browser_type_launch_args, "executable_path": path, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def page(page, live_server):
    """A page that fails its test when it calls a host other than ours or its console reports an error."""
    faults = []
    page.on("request", lambda request: None if own(request.url, live_server.url) else faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert not faults, "the page called another host or its script failed"


def own(url, site):
    return url.startswith((f"{site}/", "data:", "blob:", "about:"))


@pytest.fixture
def sign_in(browser, browser_context_args, live_server):
    """A browser of one's own for each person."""
    contexts = []

    def open_browser(name):
        context = browser.new_context(**browser_context_args, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{live_server.url}/admin/")
        return page

    yield open_browser
    for context in contexts:
        context.close()


def open_story(page, address):
    """The form of a story, once its editor takes keys."""
    page.goto(address)
    page.wait_for_function("() => window.CKEDITOR?.instances.id_body?.status === 'ready'")


def sideways(page):
    """How many pixels of the page stand beyond its right edge."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
