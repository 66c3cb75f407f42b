"""Every kind of page in a browser: no error, nothing refused, nothing for axe, no scrolling sideways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.browser.conftest import WIDE, Complaints
from tests.browser.kinds import PAGES, STATUS

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NARROW, NARROWEST = {"width": 390, "height": 844}, {"width": 320, "height": 568}
# What may differ between themes and screens; the other rules are about the document, and one look is enough.
LOOKS = [
    "color-contrast",
    "target-size",
    "link-in-text-block",
    "scrollable-region-focusable",
    "css-orientation-lock",
]
LOOKS += ["aria-hidden-focus", "bypass", "region", "meta-viewport"]
# Where the page is wider than the window, the elements that stand out are named.
OVERFLOW = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => `${e.tagName.toLowerCase()}.${e.className}: ${e.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(scope="module", params=PAGES)
def opened(request, browser, server, django_db_blocker) -> Iterator[tuple[str, Page, Complaints]]:
    """A page of each kind, opened once for the tests of this module."""
    context = browser.new_context(base_url=server.url, viewport=WIDE, color_scheme="light")
    page = context.new_page()
    complaints = Complaints(page)
    with django_db_blocker.unblock():
        answer = page.goto(PAGES[request.param])
        assert answer.status == STATUS.get(request.param, 200)
        yield request.param, page, complaints
    context.close()


def test_page_is_accessible_in_both_themes_on_both_screens(opened):
    _name, page, _complaints = opened
    found = {"light 1440": violations(page)}
    for look, theme, size in (
        ("dark 1440", "dark", WIDE),
        ("dark 390", "dark", NARROW),
        ("light 390", "light", NARROW),
    ):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        found[look] = violations(page, rules=LOOKS)
    assert {look: wrong for look, wrong in found.items() if wrong} == {}


def test_page_does_not_scroll_sideways_at_320_pixels(opened):
    _name, page, _complaints = opened
    page.set_viewport_size(NARROWEST)
    assert page.evaluate(OVERFLOW) == []


def test_page_makes_the_browser_complain_of_nothing(opened):
    """No error in a script, nothing that the content security policy refuses, nothing missing."""
    _name, page, complaints = opened
    page.wait_for_load_state("networkidle")
    assert list(complaints) == []
