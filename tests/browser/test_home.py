"""The home page opens in a real browser, at a phone's width, without scrolling sideways."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_it_works(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 800})
    response = page.goto(f"{live_server.url}/")
    assert response.status == 200
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
