"""The showcase in a real browser: in light, in dark and in both, whatever the device prefers; at a phone's width."""

import pytest

from articles.models import Role
from tests import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GROUND = "() => getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(255, 254, 251)", "rgb(20, 21, 24)"


@pytest.fixture
def desk(sign_in, live_server):
    builders.make_user(Role.EDITOR, name="thiet-ke")
    tab = sign_in("thiet-ke")
    faults = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab.goto(f"{live_server.url}/admin/giao-dien/")
    yield tab
    assert faults == []


def grounds(desk):
    frames = desk.locator(".preview-frame")
    return [frames.nth(n).content_frame.locator("html").evaluate(GROUND) for n in range(frames.count())]


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_colours_are_chosen_by_buttons(desk, kind):
    desk.emulate_media(color_scheme=kind)
    assert grounds(desk) == [LIGHT if kind == "light" else DARK]
    for choice, shown in (("dark", [DARK]), ("light", [LIGHT]), ("both", [LIGHT, DARK]), ("dark", [DARK])):
        desk.click(f"label[for=scheme-{choice}]")
        desk.wait_for_timeout(500)
        assert grounds(desk) == shown, choice


@pytest.mark.parametrize(("kind", "width"), [("phone", 375), ("tablet", 768), ("desktop", 1280)])
def test_stands_at_every_width(desk, kind, width):
    desk.click(f"label[for=width-{kind}]")
    page = desk.frame_locator(".preview-frame").locator("html")
    assert page.evaluate("() => innerWidth") in (width, width - 2)
    assert page.evaluate("root => root.scrollWidth - root.clientWidth") <= 0
