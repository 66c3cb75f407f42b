"""Each conflict between sources in the project's own content stands on its metric page as it should."""

import pytest
from django.test import Client

from ecosystem.models import Observation, Status
from tests.factories import LONG_AGO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded_site")]

EMPTY: list[list[str]] = []


def page_of(slug: str) -> dict:
    answer = Client().get(f"/metrics/{slug}/")
    assert answer.status_code == 200
    return answer.context


def said(value: Observation) -> str:
    number = f"{value.qualifier}{value.value.normalize():f}".removeprefix("=")
    return f"{number} {value.release if value.release == 'forecast' else value.standing}"


def headline(page) -> tuple[str, str, list[str]]:
    found = page["headline"].headline
    return found.observation.period, said(found.observation), [said(value) for value in found.rivals]


def rows(page) -> dict[str, list[list[str]]]:
    """The rows of the table by period; the first of several empty periods in a row stands before a dash."""
    return {
        f"{group.since.text}–{group.span.text}" if group.since else group.span.text: [
            [said(value) for value in row.values] for row in group.rows
        ]
        for group in page["groups"]
    }


def lines(page) -> list[tuple[str, str]]:
    return [(line.kind, " ".join(one.period for one in line.values)) for line in page["chart"].lines]


def key(page) -> list[str]:
    return [entry.kind for entry in page["chart"].key]


def publish_recalled_values(slug: str) -> None:
    """What was recalled and not yet compared with its document is a draft; the page must bear it too."""
    drafts = Observation.objects.filter(metric__slug=slug, status=Status.DRAFT)
    drafts.update(status=Status.PUBLISHED, published_at=LONG_AGO, recorded_at=LONG_AGO)


def test_scale_of_the_ai_industry():
    page = page_of("ai-industry")
    assert headline(page) == ("2024", ">450 reported", [])
    assert (lines(page), key(page)) == ([], ["reported", "disputed", "rivals", "not-recorded"])
    assert page["chart"].rivals.count("M") == 2
    assert rows(page) == {
        "2024": [[">450 reported"]],
        "2022–2023": EMPTY,
        "2021": [["~280 disputed"]],
        "2020": [["~200 reported"], [">150 disputed"]],
        "2019": EMPTY,
        "2018": [["133.98 reported"], ["~70 disputed"]],
    }


def test_scale_of_the_ai_industry_with_recalled_values():
    publish_recalled_values("ai-industry")
    page = page_of("ai-industry")
    assert headline(page) == ("2024", ">450 reported", [])
    assert (lines(page), page["chart"].rivals.count("M")) == ([], 3)
    assert rows(page) == {
        "2024": [[">450 reported"]],
        "2023": EMPTY,
        "2022": [["382.1 unverified"]],
        "2021": [["305.7 unverified"], ["~280 disputed"]],
        "2020": [["~200 reported"], ["224.6 unverified"], [">150 disputed"]],
        "2019": EMPTY,
        "2018": [["133.98 reported"], ["~70 disputed"]],
    }


def test_scale_of_the_chip_industry():
    page = page_of("ic-industry")
    assert headline(page) == ("2021", "~250 reported", [])
    assert lines(page) == [("main", "2019 2020 2021")]
    assert rows(page)["2023"] == [["~250 disputed"]]
    publish_recalled_values("ic-industry")
    page = page_of("ic-industry")
    assert headline(page) == ("2021", "~250 reported", [])
    assert (lines(page), key(page)) == (
        [("main", "2019 2020 2021")],
        ["reported", "unverified", "disputed", "rivals"],
    )
    assert rows(page) == {
        "2023": [["~325 unverified"], ["~250 disputed"]],
        "2022": [[">300 unverified"]],
        "2021": [["~250 reported"]],
        "2020": [["~200 reported"], ["207.1 unverified"]],
        "2019": [[">170 reported"]],
    }


def test_patents_of_one_year_have_a_table_and_no_chart():
    page = page_of("invention-patents")
    assert headline(page) == ("2018", "47.5 reported", ["47.4 disputed"])
    assert (page["chart"], rows(page)) == (None, {"2018": [["47.5 reported"], ["47.4 disputed"]]})


def test_share_of_research_in_gdp():
    page = page_of("rd-intensity")
    assert headline(page) == ("2025", "~4.5 reported", [])
    assert lines(page)[-1] == ("main", "2021 2022 2023 2024 2025")
    assert (key(page), rows(page)["2022"]) == (["reported", "not-recorded"], [["~4.2 reported"]])


def test_share_of_research_in_gdp_with_recalled_values():
    """The final value of 2022 takes the place of the early one; of 2023 both stand."""
    publish_recalled_values("rd-intensity")
    page = page_of("rd-intensity")
    assert headline(page) == ("2025", "~4.5 reported", [])
    assert lines(page) == [("main", "2012 2013 2014"), ("main", "2018 2019"), ("main", "2023 2024 2025")]
    assert key(page) == ["reported", "unverified", "rivals", "not-recorded"]
    assert list(rows(page).items())[2:6] == [
        ("2023", [["~4.4 reported"], ["4.34 unverified"]]),
        ("2022", [["4.44 unverified"]]),
        ("2021", [["4.21 reported"]]),
        ("2020", [["4.17 unverified"]]),
    ]
    assert rows(page)["2015–2017"] == EMPTY


def test_outdoor_stations_do_not_continue_all_stations():
    page = page_of("5g-base-stations")
    assert headline(page) == ("2024-12", ">83000 reported", [])
    assert lines(page) == [("other", "2022-04 2022-12 2023-08 2024-02")]
    assert key(page) == ["reported", "forecast", "other"]
    assert [label.text for label in page["chart"].labels] == [
        *("83,000 outdoor stations only", "77,000 forecast", "92,000")
    ]
    assert rows(page) == {
        "2024-12": [[">83000 reported"]],
        "2024-02": [["92000 reported"]],
        "2023-12": [["77000 forecast"]],
        "2023-08": [["88000 reported"]],
        "2022-12": [[">68000 reported"]],
        "2022-04": [["51716 reported"]],
    }


def test_ai_companies_are_counted_in_three_ways():
    page = page_of("ai-companies")
    assert headline(page) == ("2022", ">5000 reported", [])
    assert lines(page) == [("other", "2019 2020-12")]
    assert [label.text for label in page["chart"].labels] == [
        *("5,000 company register search", "1,100 official list of key companies", "7,000 disputed")
    ]
    assert rows(page) == {
        "2025": [[">7000 disputed"]],
        "2022": [[">5000 reported"]],
        "2020-12": [["~1100 reported"]],
        "2019": [["1116 reported"]],
    }


def test_venture_capital_of_one_year_has_a_table_and_no_chart():
    page = page_of("vc-investment-usd")
    assert headline(page) == ("2024", "13.2 reported", ["32 disputed"])
    assert (page["chart"], rows(page)) == (None, {"2024": [["13.2 reported"], ["32 disputed"]]})


def test_users_of_the_citizen_cloud():
    page = page_of("citizen-cloud-users")
    assert headline(page) == ("2019-04", ">10 reported", [])
    assert (lines(page), key(page)) == ([("main", "2018-08 2019-04")], ["reported", "disputed"])
    assert rows(page) == {
        "2025": [[">30 disputed"]],
        "2019-04": [[">10 reported"]],
        "2018-08": [[">9.1 reported"]],
    }


def test_gross_domestic_product_is_one_number_in_two_precisions():
    publish_recalled_values("gdp")
    page = page_of("gdp")
    found = rows(page)
    assert (found["2024"], found["2023"]) == (
        [["~5390 reported", "5392.671 unverified"]],
        [["~4720 reported", "4721.866 unverified"]],
    )
    assert page["chart"].rivals == ""
