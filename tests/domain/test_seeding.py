"""Seeding: inserts once, never touches what editors did, and is all or nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ecosystem.domain.renaming import rename
from ecosystem.domain.seed_rows import RowRefused, UnusableFixtures
from ecosystem.domain.seeding import Report, seed
from ecosystem.models import (
    Article,
    Citation,
    Event,
    FigureReference,
    Observation,
    Organization,
    OrganizationName,
    Place,
    Revision,
    SeededKey,
    Source,
    Status,
    Topic,
)
from tests.factories import PublishedOrganizationFactory

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]


def row(model: str, **fields: Any) -> dict[str, Any]:
    return {"model": f"ecosystem.{model}", "fields": fields}


TOPICS = [row("topic", slug="ai", name="AI"), row("topic", slug="chips", name="Chips")]
SOURCES = [
    row("source", slug="bulletin", title="Bulletin", publisher="Bureau", kind="official-statistics",
        trust="primary", access="read", status="published"),
    row("source", slug="unread", title="Report", publisher="Office", kind="official-report",
        trust="primary", access="not_opened", status="published"),
]  # fmt: skip
PLACES = [
    row("place", slug="pudong", name="Pudong", kind="district", admin_code="310115", status="published")
]
ORGANIZATIONS = [
    row("organization", slug="fabco", name="Fabco", kind="company", founded="2000", district=["pudong"],
        topics=[["ai"], ["chips"]], status="published"),
    row("organizationname", organization=["fabco"], text="FC", language="en", kind="acronym"),
    row("citation", uid="organization/fabco/bulletin", organization=["fabco"], source=["bulletin"]),
    row("organization", slug="rumor", name="Rumor", kind="company", status="draft"),
]  # fmt: skip
FIGURES = [
    row("unit", slug="companies", name="companies", pattern="{number} companies", pattern_zh="{number}家"),
    row("metric", slug="firms", name="Firms", unit=["companies"], nature="stock", status="published"),
    row("observation", uid="firms/2024/bulletin", metric=["firms"], period="2024", value="100",
        standing="reported", source=["bulletin"], status="published"),
    row("observation", uid="firms/2023/unread", metric=["firms"], period="2023", value="90",
        standing="unverified", source=["unread"], status="draft"),
]  # fmt: skip
ARTICLES = [
    row("article", slug="story", title="Story", status="published",
        body='<p>It counts <figure-ref metric="firms" period="2024" form="unit"></figure-ref>.</p>'),
]  # fmt: skip
ALL = [*TOPICS, *SOURCES, *PLACES, *ORGANIZATIONS, *FIGURES, *ARTICLES]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as the only fixture file, and says in which directory."""

    def write_rows(rows: Any = ALL) -> Path:
        (tmp_path / "01-all.json").write_text(json.dumps(rows), encoding="utf-8")
        return tmp_path

    return write_rows


def changed(rows: list[dict], number: int, **fields: Any) -> list[dict]:
    """The rows with some fields of one row (counted from 1) changed; a field set to None is taken out."""
    wanted = rows[number - 1]["fields"] | fields
    new = {"model": rows[number - 1]["model"], "fields": {k: v for k, v in wanted.items() if v is not None}}
    return [*rows[: number - 1], new, *rows[number:]]


def totals(report: Report) -> tuple[int, int, int]:
    return tuple(sum(part.values()) for part in (report.seeded, report.kept, report.skipped))


def everything() -> dict[str, list]:
    models = (
        Topic,
        Source,
        Organization,
        OrganizationName,
        Citation,
        Observation,
        Article,
        Revision,
        SeededKey,
    )
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_seed_inserts_every_row_with_its_links(write):
    assert totals(seed(write())) == (len(ALL), 0, 0)
    fabco = Organization.objects.get(slug="fabco")
    assert fabco.district.name == "Pudong"
    assert sorted(topic.slug for topic in fabco.topics.all()) == ["ai", "chips"]
    assert [name.text for name in fabco.names.all()] == ["FC"]
    assert fabco.citations.get().source.slug == "bulletin"


def test_seed_publishes_what_is_marked_and_leaves_drafts(write):
    seed(write())
    assert [item.slug for item in Organization.objects.published()] == ["fabco"]
    assert Organization.objects.get(slug="rumor").status == Status.DRAFT
    public, draft = Observation.objects.order_by("-period")
    assert public.recorded_at == public.published_at is not None
    assert (draft.status, draft.recorded_at) == (Status.DRAFT, None)


def test_seed_records_first_revisions_with_parts(write):
    seed(write())
    revision = Revision.objects.get(kind="organization", key="fabco")
    assert [part["model"] for part in revision.data] == [
        "ecosystem.organization",
        "ecosystem.organizationname",
        "ecosystem.citation",
    ]
    assert sorted(revision.data[0]["fields"]["topics"]) == [["ai"], ["chips"]]
    assert Revision.objects.count() == 12


def test_seed_records_which_page_shows_which_metric(write):
    seed(write())
    reference = FigureReference.objects.get()
    assert (reference.article.slug, reference.shown.slug, reference.period) == ("story", "firms", "2024")


def test_second_run_changes_nothing(write, django_assert_max_num_queries):
    seed(write())
    before = everything()
    with django_assert_max_num_queries(5):
        report = seed(write())
    assert totals(report) == (0, 0, len(ALL))
    assert everything() == before


def test_edited_record_stays_as_the_editor_left_it(write):
    seed(write())
    Organization.objects.filter(slug="fabco").update(name="Fabco Limited", founded="1999-05")
    seed(write(changed(ALL, 6, summary="New words of the seed.")))
    fabco = Organization.objects.get(slug="fabco")
    assert (fabco.name, fabco.founded, fabco.summary) == ("Fabco Limited", "1999-05", "")


def test_deleted_record_stays_deleted(write):
    seed(write())
    Organization.objects.get(slug="rumor").delete()
    OrganizationName.objects.all().delete()
    seed(write())
    assert not Organization.objects.filter(slug="rumor").exists()
    assert not OrganizationName.objects.exists()


def test_renamed_record_is_not_inserted_again(write):
    seed(write())
    Organization.objects.filter(slug="fabco").update(slug="fabco-group")
    seed(write())
    assert sorted(Organization.objects.values_list("slug", flat=True)) == ["fabco-group", "rumor"]


def test_record_renamed_by_a_verb_stays_renamed_and_is_found_by_new_rows(write):
    seed(write())
    fabco = Organization.objects.get(slug="fabco")
    rename(fabco, "fab-company", by=None)
    fabco.names.all().delete()
    rows = [
        *ALL,
        row("organizationname", organization=["fabco"], text="Fab", language="en", kind="short"),
        row("organizationname", organization=["fab-company"], text="FC", language="en", kind="acronym"),
        row("article", slug="news", title="News", organizations=[["fabco"]]),
    ]
    assert totals(seed(write(rows))) == (2, 0, len(ALL) + 1)
    assert Article.objects.get(slug="news").organizations.get() == fabco
    assert list(fabco.names.values_list("text", flat=True)) == ["Fab"]


def test_row_at_the_former_address_of_an_editors_record_is_kept_out(write):
    rename(PublishedOrganizationFactory(slug="fabco"), "fab", by=None)
    report = seed(write())
    assert Organization.objects.filter(slug="fabco").count() == 0
    assert "organization fabco: not seeded, an editor has made a record with this key." in report.notes


def test_new_key_is_inserted_while_the_rest_stays(write):
    seed(write())
    Organization.objects.filter(slug="fabco").update(name="Edited")
    former = row("organizationname", organization=["fabco"], text="Old Fab", language="en", kind="former")
    newco = row("organization", slug="newco", name="Newco", kind="company", status="published")
    assert totals(seed(write([*ALL, former, newco]))) == (2, 0, len(ALL))
    assert Organization.objects.get(slug="newco").is_public
    assert Organization.objects.get(slug="fabco").name == "Edited"
    latest = Revision.objects.filter(kind="organization", key="fabco").first()
    assert "Old Fab" in json.dumps(latest.data)


def test_record_that_an_editor_made_first_is_kept(write):
    Topic.objects.create(slug="ai", name="Our own AI")
    report = seed(write())
    assert Topic.objects.get(slug="ai").name == "Our own AI"
    assert report.kept == {"topic": 1}
    assert report.notes == ["topic ai: not seeded, an editor has made a record with this key."]
    assert totals(seed(write())) == (0, 0, len(ALL))


def test_value_that_an_editor_entered_first_is_kept(write):
    seed(write())
    firms, bulletin = Observation.objects.first().metric, Source.objects.get(slug="bulletin")
    Observation.objects.create(metric=firms, source=bulletin, period="2025", value=120, standing="reported")
    fresh = row("observation", uid="firms/2025/bulletin", metric=["firms"], period="2025", value="119",
                standing="reported", source=["bulletin"], status="published")  # fmt: skip
    report = seed(write([*ALL, fresh]))
    assert report.kept == {"observation": 1}
    assert Observation.objects.get(period="2025").value == 120


WHOLE = "(the row as a whole)"
GONE = "which was seeded once and has been renamed or deleted since."


def test_row_that_needs_a_deleted_record_is_left_out_and_reported(write):
    seed(write())
    Observation.objects.get(period="2023").delete()
    Source.objects.get(slug="unread").delete()
    cited = row("citation", uid="organization/rumor/unread", organization=["rumor"], source=["unread"])
    report = seed(write([*ALL, cited]))
    assert report.notes == [
        f"citation organization/rumor/unread: not seeded, because it needs source unread, {GONE}"
    ]
    assert not Citation.objects.filter(uid="organization/rumor/unread").exists()


def test_row_that_can_do_without_a_deleted_record_is_seeded_without_it(write):
    seed(write())
    Organization.objects.get(slug="fabco").delete()
    Place.objects.get(slug="pudong").delete()
    Topic.objects.get(slug="chips").delete()
    fair = row("event", slug="fair", name="Fair", starts_on="2025-01-01", place=["pudong"],
               topics=[["ai"], ["chips"]])  # fmt: skip
    report = seed(write([*ALL, fair]))
    assert report.notes == [
        f"event fair: seeded without place pudong, {GONE}",
        f"event fair: topics goes without chips, {GONE}",
    ]
    stored = Event.objects.get(slug="fair")
    assert stored.place is None
    assert [topic.slug for topic in stored.topics.all()] == ["ai"]


@pytest.mark.parametrize(
    ("number", "fields", "field", "reason"),
    [
        (6, {"founded": "19x"}, "founded", "“19x” is not a date."),
        (6, {"kind": "shop"}, "kind", "Value 'shop' is not a valid choice."),
        (6, {"name": None}, "name", "This field cannot be blank."),
        (6, {"colour": "red"}, "colour", "there is no such field in the model organization."),
        (6, {"district": "pudong"}, "district", "it must be the key of a record"),
        (6, {"district": ["puxi"]}, "district", "there is no place “puxi” in the rows before this one."),
        (6, {"district": ["pu", "dong"]}, "district", "there is no place “pu, dong”"),
        (6, {"topics": ["ai"]}, "topics", "it must be a list of keys"),
        (6, {"name": ["Fabco"]}, "name", "it must be one plain value."),
        (6, {"closed": "1990"}, WHOLE, "It cannot close before it was founded."),
        (6, {"status": "withdrawn"}, "status", "“withdrawn” cannot be seeded."),
        (9, {"slug": "fabco"}, "slug", "the same key stands in 01-all.json, row 6."),
        (12, {"value": "many"}, "value", "“many” value must be a decimal number."),
        (12, {"period": "2024-Q9"}, "period", "“2024-Q9” is not a period."),
        (12, {"source": ["unread"]}, "standing", "Nobody has opened this source yet"),
        (12, {"standing": "disputed"}, WHOLE, "Say why the value is disputed."),
        (13, {"period": "2024", "source": ["bulletin"]}, WHOLE, "This source already has a value"),
    ],
)
def test_broken_row_stops_with_its_place_and_loads_nothing(write, number, fields, field, reason):
    rows = changed(ALL, number, **fields)
    key = rows[number - 1]["fields"].get("slug") or rows[number - 1]["fields"]["uid"]
    with pytest.raises(RowRefused) as refusal:
        seed(write(rows))
    kind = rows[number - 1]["model"].removeprefix("ecosystem.")
    assert str(refusal.value).startswith(f"01-all.json, row {number} ({kind} {key}), field {field}: {reason}")
    assert not any(everything().values())


def test_row_without_its_key_is_refused(write):
    with pytest.raises(RowRefused, match=r"row 6 \(organization\), field slug: it must be a text"):
        seed(write(changed(ALL, 6, slug=None)))


def test_row_of_an_unknown_model_is_refused(write):
    with pytest.raises(
        RowRefused, match="row 1, field model: “ecosystem.shop” is nothing that can be seeded"
    ):
        seed(write([row("shop", slug="x")]))


def test_row_without_fields_is_refused(write):
    with pytest.raises(RowRefused, match="row 2, field fields: a row is"):
        seed(write([TOPICS[0], {"model": "ecosystem.topic"}]))


def test_refusal_undoes_what_a_later_run_began(write):
    seed(write())
    before = everything()
    newco = row("organization", slug="newco", name="Newco", kind="company")
    broken = row("organization", slug="badco", name="Badco", kind="nothing")
    with pytest.raises(RowRefused):
        seed(write([*ALL, newco, broken]))
    assert everything() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[{", "01-all.json is not JSON"),
        (b"{}", "01-all.json must hold a list of records."),
        (b"\xff\xfe", "01-all.json is not UTF-8 text"),
    ],
)
def test_file_that_is_no_fixture_is_unusable(tmp_path, content, message):
    (tmp_path / "01-all.json").write_bytes(content)
    with pytest.raises(UnusableFixtures, match=message):
        seed(tmp_path)


def test_command_reports_each_kind(write, capsys):
    call_command("seed", fixtures=write())
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["topic", "2", "0", "0"]
    assert lines[-1] == f"{len(ALL)} records seeded, 0 kept as editors made them, 0 skipped as seeded before."
    call_command("seed", fixtures=write())
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"Nothing new: all {len(ALL)} records were seeded before and stay as they are."
    )


def test_command_checks_without_writing(write, capsys):
    call_command("seed", fixtures=write(), check=True)
    assert "nothing was written" in capsys.readouterr().out
    assert not any(everything().values())


def test_command_exits_with_1_for_a_refused_row_and_says_what_to_do(write):
    with pytest.raises(CommandError, match="Nothing was loaded. Correct the row") as refusal:
        call_command("seed", fixtures=write(changed(ALL, 6, founded="soon")))
    assert refusal.value.returncode == 1


def test_command_exits_with_2_where_there_are_no_fixtures(tmp_path):
    with pytest.raises(CommandError, match="There are no fixtures in") as refusal:
        call_command("seed", fixtures=tmp_path / "nowhere")
    assert refusal.value.returncode == 2
