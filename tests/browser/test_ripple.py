"""One value changes: the editor sees two articles, a tile and a ranking before it does, and pins a third article."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from ecosystem.domain import figure_records, publishing
from ecosystem.models import Article, Observation
from tests.browser.accessibility import violations
from tests.factories import (
    LONG_AGO,
    DraftArticleFactory,
    EditorFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedRankingFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FIGURE = '<figure-ref metric="kilns"></figure-ref>'
RANK = '<figure-ref metric="looms" form="rank" ranking="workshops"></figure-ref>'
OLD, NEW = "4,000 companies", "6,000 companies"


@pytest.fixture
def value(server) -> Observation:
    """Of a metric with a tile on the home page, in a ranking behind another one."""
    kilns = PublishedMetricFactory(slug="kilns", name="Kilns", name_zh="窑", ledger_position=50)
    looms = PublishedMetricFactory(slug="looms", name="Looms", name_zh="织机", unit=kilns.unit)
    PublishedObservationFactory(metric=looms, period="2024", value=Decimal(5000))
    PublishedRankingFactory(slug="workshops", name="Workshops", metrics=[kilns, looms])
    return PublishedObservationFactory(metric=kilns, period="2024", value=Decimal(4000))


@pytest.fixture
def articles(value) -> list[Article]:
    """Public since long ago, so that their text of yesterday is known."""
    texts = {
        "first": f"There are {FIGURE}.",
        "second": f"It had {FIGURE}; looms are {RANK}.",
        "third": f"Once {FIGURE}.",
    }
    made = []
    for slug, text in texts.items():
        article = DraftArticleFactory(
            slug=slug, title=slug.capitalize(), standfirst=text, body="<p>Text.</p>"
        )
        with time_machine.travel(LONG_AGO, tick=False):
            publishing.publish(article, by=None)
        figure_records.record_references(article)
        made.append(article)
    return made


@pytest.fixture
def editor(page) -> None:
    made = EditorFactory(username="rippler")
    made.set_password("a long enough one")
    made.save()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("rippler")
    page.get_by_label("Password").fill("a long enough one")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def seen(page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text().replace("\u00a0", " ")


def test_change_is_seen_before_and_shown_everywhere_after(page, value, articles, editor):
    page.goto(f"/admin/ecosystem/observation/{value.pk}/correct/")
    page.locator("#id_value").fill("6000")
    page.locator("#id_supersede_reason").select_option("our-error")
    page.locator("#id_supersede_note").fill("Read in the wrong row.")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_text("Nothing has been done yet.").wait_for()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
        assert violations(page, ".ripple") == []
    headings = [one.inner_text() for one in page.locator(".ripple h3 a").all()]
    assert headings == ["First", "Second", "Third", "Kilns", "Kilns", "Workshops"]
    first = page.locator(".ripple article").first.inner_text().replace("\u00a0", " ")
    assert re.findall(r"There are .*", first) == [f"There are {OLD}.", f"There are {NEW}."]
    assert OLD in seen_in_another_tab(page, "/articles/first/")
    page.locator("article", has_text="Once").get_by_role("checkbox").check()
    page.get_by_role("button", name="Publish the correction").click()
    page.locator(".success").wait_for()
    now = {slug: seen(page, f"/articles/{slug}/") for slug in ("first", "second", "third")}
    assert f"There are {NEW}." in now["first"]
    assert f"It had {NEW}; looms are 2nd." in now["second"]
    assert f"Once {OLD}." in now["third"]
    assert "6,000" in seen(page, "/")
    assert re.search(rf"1\s+Kilns\s+{NEW}", seen(page, "/rankings/workshops/"))
    yesterday = f"?known_on={(timezone.localdate() - timedelta(days=1)).isoformat()}"
    assert f"There are {OLD}." in seen(page, f"/articles/first/{yesterday}")
    assert f"It had {OLD}; looms are 1st." in seen(page, f"/articles/second/{yesterday}")
    assert "4,000" in seen(page, f"/metrics/kilns/{yesterday}")
    assert re.search(r"1\s+Looms", seen(page, f"/rankings/workshops/{yesterday}"))


def seen_in_another_tab(page, address: str) -> str:
    other = page.context.new_page()
    other.goto(address)
    text = other.locator("main").inner_text().replace("\u00a0", " ")
    other.close()
    return text
