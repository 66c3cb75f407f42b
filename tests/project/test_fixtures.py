"""The fixtures themselves: complete, sourced, clean, and what the script makes of the data."""

import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Model

from ecosystem.domain import figure_errors, figures
from ecosystem.domain.formula_checks import formula_errors
from ecosystem.domain.observations import attach_values
from ecosystem.domain.seed_rows import read_rows
from ecosystem.domain.seeding import Report, seed
from ecosystem.models import (
    Article,
    Citation,
    Event,
    EventSeries,
    Initiative,
    Metric,
    Observation,
    Organization,
    Place,
    Source,
    Standing,
    Status,
    Topic,
    Unit,
)
from ecosystem.values.markup import sanitize

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
PAGES = {
    "articles": Article,
    "events": Event,
    "initiatives": Initiative,
    "metrics": Metric,
    "organizations": Organization,
    "places": Place,
    "sources": Source,
}
OTHER_ADDRESSES = {
    "/about/",
    "/contact/",
    "/corrections/",
    "/method/",
    "/reuse/",
    "/privacy/",
    "/accessibility/",
}
OTHER_ADDRESSES |= {f"/{plural}/" for plural in PAGES}


@pytest.fixture(scope="module")
def report(django_db_setup, django_db_blocker) -> Iterator[Report]:
    """Everything seeded once for all tests of this module, and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed(FIXTURES)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def seeded(report, db) -> None:
    """Each test sees the seeded database."""


def data(name: str) -> list[dict[str, str]]:
    with (FIXTURES / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def stored() -> Iterator[Model]:
    """Every seeded object."""
    for model in dict.fromkeys(row.model for row in read_rows(FIXTURES)):
        yield from model.objects.all()


def texts() -> Iterator[tuple[str, str]]:
    """Every rich text with the place where it stands."""
    for item in stored():
        for name in figures.rich_text_fields(item):
            if getattr(item, name):
                yield f"{item._meta.model_name} {item.natural_key()[0]} {name}", getattr(item, name)


def test_fixtures_are_what_the_script_makes():
    run = subprocess.run(
        [sys.executable, str(FIXTURES / "build.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "model", "count"),
    [
        ("organizations", Organization, 243),
        ("initiatives", Initiative, 36),
        ("places", Place, 50),
        ("events", Event, 55),
        ("metrics", Metric, 51),
        ("observations", Observation, 230),
        ("sources", Source, 153),
    ],
)
def test_every_row_of_the_data_is_seeded(name, model, count):
    found = Metric.objects.filter(formula="") if model is Metric else model.objects
    assert found.count() == len(data(name)) == count


def test_computed_metrics_are_seeded_with_formulas_that_hold():
    computed = attach_values(Metric.objects.exclude(formula="").select_related("unit"))
    assert {metric.slug: formula_errors(metric, metric.inputs) for metric in computed} == {
        "gdp-per-resident": [],
        "star-listed-share": [],
    }


def test_every_topic_and_unit_is_seeded():
    assert (Topic.objects.count(), Unit.objects.count(), EventSeries.objects.count()) == (36, 27, 16)


def test_seeding_kept_and_left_out_nothing(report):
    assert (sum(report.kept.values()), report.notes) == (0, [])
    assert sum(report.seeded.values()) == len(read_rows(FIXTURES))


def test_every_seeded_object_is_valid():
    for item in stored():
        item.full_clean()


def test_what_was_found_nowhere_is_a_draft():
    drafts = [
        *Organization.objects.filter(status=Status.DRAFT),
        *Initiative.objects.filter(status=Status.DRAFT),
    ]
    assert [item.slug for item in drafts] == [
        "shanghai-tech-innovation-institute",
        "university-enterprise-alliance",
    ]


def test_recalled_values_are_drafts_and_all_others_public():
    drafts = Observation.objects.filter(status=Status.DRAFT)
    assert {draft.standing for draft in drafts} == {Standing.UNVERIFIED}
    assert drafts.count() == 53
    assert Observation.objects.published().count() == 230 - 53
    assert not Observation.objects.published().filter(standing=Standing.UNVERIFIED).exists()


def test_standings_and_releases_follow_the_data():
    public = Observation.objects.published()
    assert Counter(public.values_list("standing", flat=True)) == {"reported": 166, "disputed": 11}
    assert public.filter(release="forecast").count() == 2
    assert not public.filter(source__access=Source.Access.NOT_OPENED).exists()


def test_superseded_value_stays_current_until_its_successor_is_public():
    value = Observation.objects.get(superseded_by__isnull=False)
    assert (value.metric.slug, value.period, value.superseded_by.status) == (
        "rd-intensity",
        "2022",
        Status.DRAFT,
    )
    assert value in Observation.objects.current()


def test_nothing_is_cited_from_a_source_that_nobody_opened_as_reported():
    unread = Citation.objects.filter(source__access=Source.Access.NOT_OPENED)
    assert set(unread.values_list("standing", flat=True)) == {Standing.UNVERIFIED}


def test_public_remarks_stand_in_both_languages():
    for value in Observation.objects.published():
        for name in ("note", "method", "standing_reason"):
            assert bool(getattr(value, name)) == bool(getattr(value, f"{name}_zh")), (value.uid, name)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Article, "title_zh"),
        (Article, "standfirst_zh"),
        (Event, "summary_zh"),
        (Event, "organizer_zh"),
        (EventSeries, "summary_zh"),
        (Initiative, "summary_zh"),
        (Metric, "definition_zh"),
        (Organization, "summary_zh"),
        (Place, "summary_zh"),
        (Topic, "description_zh"),
        (Unit, "name_zh"),
    ],
)
def test_public_records_can_be_read_in_chinese(model, field):
    english = field.removesuffix("_zh")
    public = model.objects.published() if hasattr(model.objects, "published") else model.objects.all()
    lacking = [item.slug for item in public if getattr(item, english) and not getattr(item, field)]
    assert lacking == []


def test_every_figure_in_text_has_a_public_value_and_every_note_its_source():
    errors = {place: found for place, text in texts() if (found := figure_errors.reference_errors(text))}
    assert errors == {}


def test_articles_show_figures():
    shown = {article.slug: article.figurereferences.count() for article in Article.objects.all()}
    assert len(shown) >= 8
    assert [slug for slug, count in shown.items() if not count] == []


def test_sanitiser_takes_nothing_from_a_text():
    tags = re.compile(r"<[^>]*>")
    for row in read_rows(FIXTURES):
        for field in row.model._meta.get_fields():
            text = row.fields.get(field.name)
            if text and field.name in figures.rich_text_fields(row.model):
                kept = sanitize(text, inline=field.inline)
                assert Counter(tags.findall(kept)) == Counter(tags.findall(text)), row.label


def test_every_link_in_text_leads_to_a_public_page():
    for place, text in texts():
        for address in re.findall(r'href="([^"]*)"', text):
            if address.startswith("/") and address not in OTHER_ADDRESSES:
                _empty, plural, slug, end = address.split("/")
                assert end == "" and PAGES[plural].objects.published().filter(slug=slug).exists(), (
                    place,
                    address,
                )


def test_public_texts_do_not_speak_of_how_the_data_was_made():
    inside = re.compile(
        r"(?<![-\w])seed(?![-\w])|needs verification|public knowledge|find the original", re.IGNORECASE
    )
    for item in stored():
        for field in item._meta.concrete_fields:
            if field.name not in {"internal_note", "slug", "uid", "body", "standfirst"}:
                assert not inside.search(str(field.value_from_object(item))), (item.natural_key(), field.name)


def test_home_page_has_its_ledger_in_order():
    ledger = Metric.objects.filter(ledger_position__isnull=False).order_by("ledger_position")
    assert [metric.ledger_position for metric in ledger] == list(range(1, 9))
