"""An editor corrects a value, and every page that shows it says the new one."""

import pytest

from ecosystem.models import Observation

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
METRIC = "star-listed-shanghai"
WHERE = {
    "article": "/articles/ecosystem-story/",
    "tile": "/",
    "metric": f"/metrics/{METRIC}/",
    "Chinese home": "/zh-hans/",
}


@pytest.fixture
def value(server) -> Observation:
    """The newest public value of a metric that the story and the home page show."""
    return Observation.objects.current().filter(metric__slug=METRIC).order_by("-period_end").first()


def shown(page, address: str) -> set[str]:
    """The machine values of all figures of the page."""
    page.goto(address)
    return {figure.get_attribute("value") for figure in page.locator("data").all()}


def test_a_corrected_value_is_right_everywhere(signed_in, value):
    """A stored value has no field to change; “Correct” asks for a reason, and then the pages change together."""
    page = signed_in("corrector")
    page.goto(f"/admin/ecosystem/observation/{value.pk}/change/")
    assert page.locator("#id_value").count() == 0
    page.get_by_role("link", name="Correct…").click()
    page.locator("#id_value").fill("94")
    page.locator("#id_supersede_reason").select_option("our-error")
    page.locator("#id_supersede_note").fill("The page counts 94 companies; we had copied 93.")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Publish the correction").click()
    page.locator(".success").wait_for()
    for address in WHERE.values():
        figures = shown(page, address)
        assert ("94" in figures, address) == (True, address)
    assert "93" not in shown(page, WHERE["tile"])
    page.goto(f"/metrics/{METRIC}/{value.period}/")
    assert page.get_by_text("The page counts 94 companies; we had copied 93.").count() >= 1
