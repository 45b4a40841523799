"""One paper for all checks of pages: `make check-pages` fills it once and serves it as in production."""

import pytest

from tests.browser.conftest import own
from tests.browser.pages.paper import told


@pytest.fixture(scope="session")
def paper():
    return told()


@pytest.fixture
def page(browser, browser_context_args, paper):
    """A page that fails its test when it calls a host other than ours or its script breaks."""
    context = browser.new_context(**browser_context_args, reduced_motion="reduce")
    page, faults = context.new_page(), []
    page.on("request", lambda request: None if own(request.url, paper.url) else faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults, "the page called another host or its script failed"


@pytest.fixture
def desk(page, paper):
    """Opens the desk for one of the demo staff, in the browser of `page`."""

    def sign_in(name):
        page.goto(f"{paper.url}/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", paper.password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{paper.url}/admin/")
        return page

    return sign_in
