"""When two values of a period are one number, and which of two equal candidates stands for a metric."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.domain.headlines import Headline, Rule, agree, headline_of
from ecosystem.domain.wording import why
from ecosystem.models import Metric, Observation, Source, Standing, Unit

MOMENT = datetime(2025, 2, 1, tzinfo=UTC)
TRUSTED = {Standing.VERIFIED, Standing.REPORTED}
ABOUT, MORE, UP_TO = "~", ">", "<"


def metric(nature="stock") -> Metric:
    return Metric(nature=nature, unit=Unit(pattern="{number} companies", pattern_zh="{number}家"))


def value(number, qualifier="=", *, pk=1, trust="primary", **particulars) -> Observation:
    number = None if number is None else Decimal(number)
    source = Source(publisher=f"Bureau {pk}", trust=trust)
    given = {"period": "2024", "standing": "reported", "recorded_at": MOMENT} | particulars
    return Observation(pk=pk, value=number, qualifier=qualifier, source=source, metric=metric(), **given)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("4720", ABOUT), ("4721.866", "=")),
        (("5390.000000", ABOUT), ("5392.671", "=")),
        (("24.8", ABOUT), ("24.803", "=")),
        (("4721.9", "="), ("4721.866", "=")),
        (("5", "="), ("5.4", "=")),
        (("200", ABOUT), ("204", "=")),
        (("300", MORE), ("304", "=")),
        (("300", UP_TO), ("296", "=")),
        (("4", ABOUT), ("4.3", "=")),
        (("0", "="), ("0.000000", ABOUT)),
        (("-4720", ABOUT), ("-4721.866", "=")),
    ],
)
def test_finer_number_that_rounds_to_the_rounder_one_agrees_with_it(one, other):
    assert (agree(value(*one), value(*other)), agree(value(*other), value(*one))) == (True, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("100", "="), ("140", "=")),
        (("4720", "="), ("4721.866", "=")),
        (("200", ABOUT), ("224.6", "=")),
        (("200", ABOUT), ("207.1", "=")),
        (("4.4", ABOUT), ("4.34", "=")),
        (("47.5", "="), ("47.4", "=")),
        (("300", MORE), ("296", "=")),
        (("300", UP_TO), ("304", "=")),
        (("10", ABOUT), ("14", "=")),
        (("0", "="), ("1", "=")),
    ],
)
def test_zeros_of_an_exact_number_and_the_first_two_digits_are_meant(one, other):
    assert (agree(value(*one), value(*other)), agree(value(*other), value(*one))) == (False, False)


def test_nothing_agrees_with_an_absent_value_another_method_or_a_forecast():
    counted = value(5)
    others = [value(None, absence="missing"), value(5, method="outdoor"), value(5, release="forecast")]
    assert [agree(counted, other) for other in others] == [False, False, False]


NUMBERS = st.decimals(-(10**9), 10**9, places=3)
QUALIFIED = st.builds(value, NUMBERS, st.sampled_from(Observation.Qualifier.values))


@given(QUALIFIED, QUALIFIED)
def test_agreement_does_not_depend_on_who_is_asked(one, other):
    assert agree(one, other) == agree(other, one)


@given(QUALIFIED)
def test_every_value_agrees_with_itself(one):
    assert agree(one, one) is True


def chosen(values) -> Headline:
    return headline_of(metric(), values)


def test_between_equals_the_more_trusted_source_decides():
    copied, primary, edited = (
        value(number, pk=pk, trust=trust)
        for pk, (number, trust) in enumerate([(5, "copy"), (7, "primary"), (9, "edited")], start=1)
    )
    for order in permutations([copied, primary, edited]):
        found = chosen(order)
        assert (found.observation, set(found.ties)) == (primary, {copied, edited})


def test_between_sources_of_equal_trust_the_first_entry_decides():
    first, second = value(5, pk=1), value(7, pk=2)
    assert [chosen(order).observation for order in permutations([first, second])] == [first, first]


def test_lower_standing_earlier_record_and_agreement_are_no_ties():
    headline = value(5, pk=1)
    others = [
        value(7, pk=2, standing=Standing.UNVERIFIED),
        value(9, pk=3, recorded_at=datetime(2025, 1, 1, tzinfo=UTC)),
        value(5, pk=4),
    ]
    found = chosen([headline, *others])
    assert (found.observation, found.rivals, found.ties) == (headline, tuple(others[:2]), ())


@pytest.mark.parametrize("standing", [Standing.REPORTED, Standing.UNVERIFIED])
def test_page_says_that_a_rival_of_equal_rank_exists(standing):
    found = chosen([value(5, pk=1, standing=standing), value(7, pk=2, standing=standing)])
    assert why(found).replace("\u00a0", " ").partition(". ")[2] == (
        "A rival of equal rank exists: 7 companies (Bureau 2); "
        "the more trusted source decided, then the first entry."
    )


ABSENT = st.builds(lambda absence: (None, absence), st.sampled_from(Observation.Absence.values))
NUMBERED = st.builds(lambda number: (number, ""), st.decimals(-100, 100, places=1))


@st.composite
def observations(draw):
    count, found = draw(st.integers(0, 8)), []
    for pk in range(1, count + 1):
        number, absence = draw(st.one_of(NUMBERED, NUMBERED, NUMBERED, ABSENT))
        found.append(
            value(
                number,
                pk=pk,
                absence=absence,
                period=draw(st.sampled_from(["2022", "2023", "2024", "2024-Q4", "2025-H1"])),
                standing=draw(st.sampled_from(Standing.values)),
                release=draw(st.sampled_from(Observation.Release.values)),
                method=draw(st.sampled_from(["", "outdoor"])),
                trust=draw(st.sampled_from(Source.Trust.values)),
            )
        )
    return found


@given(observations(), st.sampled_from(Metric.Nature.values), st.integers())
def test_headline_keeps_the_published_rule(values, nature, seed):
    found = headline_of(metric(nature), values)
    usable = [one for one in values if one.value is not None and one.release != "forecast"]
    trusted = [one for one in usable if one.standing in TRUSTED]
    assert found.rule == (Rule.TRUSTED if trusted else Rule.MARKED if usable else Rule.NONE)
    shuffled = list(values)
    Random(seed).shuffle(shuffled)
    assert headline_of(metric(nature), shuffled).observation == found.observation
    if not usable:
        return
    headline, candidates = found.observation, trusted or usable
    assert headline in candidates
    if nature == "flow" and any(one.period == "2023" for one in candidates):
        assert not headline.span.is_part_of_year
    if nature != "flow":
        assert headline.span.recency == max(one.span.recency for one in candidates)
    periods = [one.period for one in found.line]
    assert (found.line[-1], len(set(periods))) == (headline, len(periods))
    assert {one.method for one in found.line} == {headline.method}
    assert set(found.line) <= set(candidates)
    same = [
        one for one in values if one.period == headline.period and one.value is not None and one != headline
    ]
    assert set(found.rivals) == {one for one in same if not agree(one, headline)}
    assert set(found.ties) <= set(found.rivals)
