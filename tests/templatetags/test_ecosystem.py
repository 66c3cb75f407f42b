"""Records are written in the language of the page, and what falls back to the other language is marked."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from ecosystem.domain.figures import resolve
from ecosystem.domain.rich_text import Renderer
from tests.factories import (
    DraftEventFactory,
    DraftOrganizationFactory,
    PublishedObservationFactory,
    UnitFactory,
)


def written(code: str, **context) -> tuple[str, str]:
    """What a piece of template writes on an English and on a Chinese page."""
    template = Template("{% load ecosystem %}" + code)
    english = template.render(Context(context))
    with override("zh-hans"):
        return english, template.render(Context(context))


def organization(**names):
    return DraftOrganizationFactory.build(**({"name": "Fudan", "name_zh": "复旦"} | names))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({}, ("Fudan", "复旦")),
        ({"name_zh": ""}, ("Fudan", '<span lang="en">Fudan</span>')),
        ({"name": ""}, ('<span lang="zh-Hans">复旦</span>', "复旦")),
        ({"name": "复旦"}, ('<span lang="zh-Hans">复旦</span>', "复旦")),
        ({"name": "IBM", "name_zh": "IBM"}, ("IBM", "IBM")),
        ({"name": "", "name_zh": ""}, ("", "")),
        ({"name": "R&D <b>"}, ("R&amp;D &lt;b&gt;", "复旦")),
    ],
)
def test_local_writes_the_name_of_the_language_and_marks_the_other(names, expected):
    assert written('{{ one|local:"name" }}', one=organization(**names)) == expected


def test_plain_writes_no_markup():
    one = organization(name="R&D", name_zh="")
    assert written('<i title="{{ one|plain:"name" }}">', one=one) == (
        '<i title="R&amp;D">',
        '<i title="R&amp;D">',
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({}, ('<span class="zh" lang="zh-Hans">复旦</span>', '<span class="latin" lang="en">Fudan</span>')),
        ({"name_zh": ""}, ("", "")),
        ({"name_zh": "Fudan"}, ("", "")),
    ],
)
def test_other_writes_the_name_in_the_other_language(names, expected):
    assert written('{{ one|other:"name" }}', one=organization(**names)) == expected


@pytest.mark.django_db
def test_rich_text_is_written_with_its_figures_or_a_dash():
    value = PublishedObservationFactory(metric__slug="wafers", value=Decimal(3))
    text = f'Makes <figure-ref metric="{value.metric.slug}"></figure-ref> &amp; <em>more</em>.'
    one = organization(summary=text, description=f"<p>{text}</p>", summary_zh="", description_zh="")
    renderer = Renderer(resolve([text]))
    english, _chinese = written('{% words one "summary" %}', one=one, renderer=renderer)
    assert english == "Makes 3 companies &amp; more."
    inline, _ = written('{% rich one "summary" %}', one=one, renderer=renderer)
    assert "<em>more</em>" in inline and ">3\u00a0companies</data>" in inline
    _, block = written('{% rich_block one "description" %}', one=one, renderer=renderer)
    assert block.startswith('<div lang="en"><p>Makes ')
    bare, _ = written('{% rich one "summary" %}', one=one)
    assert ">–</span>" in bare


@pytest.mark.parametrize(
    ("value", "expected"),
    [(date(2025, 7, 26), ("26 July 2025", "2025年7月26日")), (None, ("", ""))],
)
def test_day_is_written_as_it_is_said(value, expected):
    assert written("{{ value|day }}", value=value) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2025, 7, 26), None, ("26 July 2025", "2025年7月26日")),
        (date(2025, 7, 26), date(2025, 7, 26), ("26 July 2025", "2025年7月26日")),
    ],
)
def test_event_of_one_day_has_one_date(first, last, expected):
    event = DraftEventFactory.build(starts_on=first, ends_on=last)
    assert written("{{ event|days }}", event=event) == expected


@pytest.mark.parametrize(
    ("last", "english", "chinese"),
    [
        (date(2025, 7, 28), "26 to 28 July 2025", "2025年7月26日至28日"),
        (date(2025, 8, 2), "26 July to 2 August 2025", "2025年7月26日至8月2日"),
        (date(2026, 1, 2), "26 July 2025 to 2 January 2026", "2025年7月26日至2026年1月2日"),
    ],
)
def test_event_of_several_days_repeats_nothing(last, english, chinese):
    event = DraftEventFactory.build(starts_on=date(2025, 7, 26), ends_on=last)
    assert written("{{ event|days }}", event=event)[0] == english
    assert written("{{ event|days }}", event=event)[1] == chinese


def test_moment_is_the_day_in_shanghai():
    assert written("{{ value|moment }}", value=datetime(2025, 7, 25, 17, tzinfo=UTC))[0] == "26 July 2025"


def test_partial_date_is_as_exact_as_it_is_known():
    assert written("{{ text|partial_date }}", text="1990-04") == ("April 1990", "1990年4月")


@pytest.mark.django_db
def test_machines_get_the_value_in_base_units():
    unit = UnitFactory(factor=Decimal(10) ** 9)
    value = PublishedObservationFactory(metric__unit=unit, value=Decimal("5670.871"))
    assert written("{{ value|machine_number }}", value=value)[0] == "5670871000000"


@pytest.mark.parametrize(("names", "signs"), [({}, ("F", "复")), ({"name": "", "name_zh": ""}, ("·", "·"))])
def test_monogram_is_the_first_sign_of_the_name(names, signs):
    assert written("{{ one|monogram }}", one=organization(**names)) == signs


@pytest.mark.parametrize(("query", "expected"), [("", "?page=2"), ("q=a", "?q=a&amp;page=2")])
def test_query_gets_one_parameter_more(query, expected):
    assert written("{% query_with query 'page' 2 %}", query=query)[0] == expected
