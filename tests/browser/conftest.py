"""Debian's Chromium for the tests marked `browser`: pytest-playwright drives it against Django's live server."""

import os
import shutil

import pytest

# Without these Chromium calls its maker's servers when it starts.
QUIET = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")


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
    args = [*QUIET, "--disable-component-update", *sandbox]
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
