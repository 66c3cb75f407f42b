"""Every kind of page of the editors' side: nothing for axe in both themes, whole at 1024 pixels, no complaint."""

import pytest

from ecosystem.models import User
from tests.browser.accessibility import violations
from tests.browser.newsroom_pages import addresses, begin
from tests.browser.test_every_page import LOOKS, OVERFLOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
DESKTOP, SMALL = {"width": 1440, "height": 900}, {"width": 1024, "height": 768}
# Links of Django's admin go over to their new color in a fraction of a second.
SETTLED = "() => Promise.all(document.getAnimations().map((one) => one.finished))"
GROUPS = ["the desk and lists", "forms", "what is asked before an act", "review and history"]


@pytest.fixture
def pages(server, signed_in, page) -> dict[str, dict[str, str]]:
    """The addresses, with the window of the test signed in as somebody who may see them all."""
    signed_in("chief", page=page)
    chief = User.objects.get(username="chief")
    return addresses(begin(chief), chief)


@pytest.mark.parametrize("group", GROUPS)
def test_pages_are_accessible_whole_and_quiet(group, pages, page, complaints):
    found = {}
    for name, address in pages[group].items():
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESKTOP)
        answer = page.goto(address)
        wrong = [] if answer.ok else [f"status {answer.status}"]
        page.wait_for_load_state("networkidle")
        wrong += complaints
        wrong += [f"light: {one}" for one in violations(page)]
        page.emulate_media(color_scheme="dark")
        page.evaluate(SETTLED)
        wrong += [f"dark: {one}" for one in violations(page, rules=LOOKS)]
        page.set_viewport_size(SMALL)
        wrong += [f"1024: {one}" for one in page.evaluate(OVERFLOW)]
        complaints.clear()  # what axe does is no fault of the page
        if wrong:
            found[name] = wrong
    assert found == {}


def test_every_group_is_looked_at(pages):
    assert list(pages) == GROUPS
