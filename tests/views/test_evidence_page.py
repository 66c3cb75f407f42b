"""The evidence page says of each value who decided on it, how it differs from the leading one, and how to cite it."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.utils.html import strip_tags

from ecosystem.models import Metric, Observation, Source, Standing
from tests.factories import (
    LONG_AGO,
    DisputedObservationFactory,
    EditorFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    StandingChangeFactory,
)

pytestmark = pytest.mark.django_db

PATH = "/metrics/wafers/2024/"
DECIDED = LONG_AGO + timedelta(days=30)


@pytest.fixture
def wafers() -> Metric:
    return PublishedMetricFactory(slug="wafers", name="Wafers", name_zh="晶圆")


def value(metric, number=400, **particulars) -> Observation:
    return PublishedObservationFactory(metric=metric, period="2024", value=Decimal(number), **particulars)


def verified(metric, **change) -> Observation:
    found = value(metric, standing=Standing.VERIFIED, standing_reason="Found in the yearbook.")
    StandingChangeFactory(observation=found, **change)
    return found


def proofs(client, path=PATH, **query) -> list:
    return client.get(path, query).context["proofs"]


def facts(client, path=PATH, **query) -> dict[str, str]:
    """What the first value's list says, by its headings."""
    html = client.get(path, query).content.decode()
    first = re.search(r'<article class="proof">.*?</article>', html, re.DOTALL)[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", first, re.DOTALL)
    return {name: words(text) for name, text in pairs}


def words(html: str) -> str:
    return " ".join(unescape(strip_tags(re.sub(r"<(br|li)\b", r" <\1", html))).split())


def test_standing_names_the_editor_and_the_day(client, wafers):
    verified(wafers, decided_by=EditorFactory(first_name="Wei", last_name="Li"))
    assert (
        facts(client)["Standing"] == "Verified Found in the yearbook. Decided by Wei Li on 5 February 2025."
    )


@pytest.mark.parametrize("editor", [EditorFactory, lambda: None])
def test_editor_without_a_name_is_an_editor(client, wafers, editor):
    verified(wafers, decided_by=editor())
    assert [proof.decided_by for proof in proofs(client)] == ["an editor"]


def test_history_begins_with_what_stood_before_any_decision(client, wafers):
    verified(wafers, reason_before="Read in the press.")
    assert facts(client)["History of the standing"] == (
        "6 January 2025 · Reported · Read in the press. 5 February 2025 · Verified · Found in the yearbook."
    )


def test_value_that_nobody_decided_on_has_no_history(client, wafers):
    value(wafers)
    shown = facts(client)
    assert (shown["Standing"], "History of the standing" in shown) == ("Reported", False)


def test_latest_decision_counts_up_to_the_day_that_is_asked_for(client, wafers):
    found = verified(wafers)
    later = StandingChangeFactory(
        observation=found,
        standing=Standing.DISPUTED,
        standing_before=Standing.VERIFIED,
        reason="Another office counts fewer.",
        decided_at=DECIDED + timedelta(days=10),
    )
    days = ("2025-02-04", "2025-02-10", "2025-03-01")
    shown = [proofs(client, known_on=day)[0] for day in days]
    assert [len(proof.decisions) for proof in shown] == [0, 1, 2]
    assert [proof.decision and proof.decision.standing for proof in shown] == [None, "verified", "disputed"]
    assert shown[-1].decision == later


def test_source_says_when_it_was_accessed(client, wafers):
    source = PublishedSourceFactory(title="Yearbook", url="", medium="print", identifier="ISBN 978-7-5037")
    value(wafers, source=source)
    assert facts(client)["Source"] == (
        "Yearbook Bureau of tests, 2024 · ISBN 978-7-5037 Accessed on 2 January 2025."
    )


def test_source_that_nobody_opened_has_no_day(client, wafers):
    value(wafers, source=PublishedSourceFactory(title="Yearbook", url="", accessed_on=None))
    assert facts(client)["Source"] == "Yearbook Bureau of tests, 2024"


def test_value_that_agrees_within_rounding_is_said_to_agree(client, wafers):
    value(wafers, 4721, standing=Standing.VERIFIED)
    value(wafers, 4700, qualifier="~")
    assert [proof.difference for proof in proofs(client)] == [
        "",
        "Agrees with the leading value within rounding.",
    ]


@pytest.mark.parametrize(
    ("particulars", "sentence", "sentence_zh"),
    [
        (
            {"method": "clean rooms", "method_zh": "洁净室"},
            "Differs from the leading value in coverage (clean rooms, not that of the metric).",
            "与首列数值的不同之处：口径（洁净室，而非指标本身的口径）。",
        ),
        (
            {"qualifier": "~", "release": "estimate"},
            "Differs from the leading value in qualifier (about, not exactly), release (estimate, not final).",
            None,
        ),
        (
            {},
            "Differs from the leading value in the number alone: coverage, qualifier, release and kind of source are"
            " the same.",
            "与首列数值仅数字不同：口径、限定词、数据版次和来源类型均相同。",
        ),
    ],
)
def test_rival_says_in_what_it_differs(client, wafers, particulars, sentence, sentence_zh):
    value(wafers, 400, standing=Standing.VERIFIED)
    value(wafers, 900, **particulars)
    assert proofs(client)[1].difference == sentence
    if sentence_zh:
        assert proofs(client, f"/zh-hans{PATH}")[1].difference == sentence_zh


def test_rival_names_the_kind_of_its_source(client, wafers):
    value(wafers, 400, standing=Standing.VERIFIED)
    DisputedObservationFactory(
        metric=wafers,
        period="2024",
        value=Decimal(900),
        source=PublishedSourceFactory(kind=Source.Kind.PRESS),
    )
    assert proofs(client)[1].difference == (
        "Differs from the leading value in kind of source (press, not official report)."
    )


def test_value_without_a_number_is_compared_with_nothing(client, wafers):
    value(wafers, 400)
    missing = PublishedObservationFactory(
        metric=wafers, period="2024", value=None, absence="missing", standing=Standing.VERIFIED
    )
    assert [(proof.value == missing, proof.difference) for proof in proofs(client)] == [
        (True, ""),
        (False, ""),
    ]


@pytest.mark.parametrize("path", [PATH, "/metrics/wafers/"])
def test_superseded_value_has_the_reason_and_the_day(client, wafers, path):
    newer = value(wafers, 420, supersede_reason="our-error", supersede_note="Read wrongly.")
    Observation.objects.filter(pk=newer.pk).update(recorded_at=DECIDED)
    value(wafers, 400, source=newer.source, superseded_by=newer)
    html = client.get(path).content.decode()
    reasons = re.findall(r"<small>(Our error.*?)</small>", html)
    assert [words(reason) for reason in reasons] == ["Our error: Read wrongly. · 5 February 2025"]


@time_machine.travel("2026-03-01T04:00:00Z", tick=False)
@pytest.mark.parametrize(("prefix", "names"), [("", ("English", "Chinese")), ("/zh-hans", ("英语", "中文"))])
def test_citation_stands_in_both_languages_on_every_page(client, wafers, settings, prefix, names):
    settings.SITE_URL = "https://tech.example.org"
    source = PublishedSourceFactory(title="Yearbook", title_zh="年鉴", publisher_zh="测试局")
    value(wafers, 1200, qualifier="~", source=source)
    assert client.get(prefix + PATH).context["plain_citations"] == [
        (
            "en",
            names[0],
            "Wafers, 2024: about 1,200 companies (reported). Source: Bureau of tests, Yearbook."
            " Shanghai Tech, https://tech.example.org/metrics/wafers/2024/ (accessed 1 March 2026).",
        ),
        (
            "zh-Hans",
            names[1],
            "晶圆，2024年：约1200家（据报道）。来源：测试局《年鉴》。"
            "Shanghai Tech，https://tech.example.org/zh-hans/metrics/wafers/2024/（2026年3月1日访问）。",
        ),
    ]


def test_citation_of_a_past_day_leads_to_that_day(client, wafers):
    value(wafers)
    texts = [
        text for _code, _name, text in client.get(PATH, {"known_on": "2025-03-01"}).context["plain_citations"]
    ]
    assert [text.count("/metrics/wafers/2024/?known_on=2025-03-01") for text in texts] == [1, 1]


def test_page_asks_for_a_past_day(client, wafers):
    value(wafers)
    html = client.get(PATH).content.decode()
    assert html.count('<details class="ask">') == 1
