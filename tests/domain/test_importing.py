"""Mass loads on both databases: what is stored, what is left as it is, and what the ORM would have stored."""

import csv
import tracemalloc
from pathlib import Path

import pytest
from django.utils import timezone

from ecosystem.domain import importing, publishing, revisions
from ecosystem.domain.import_kinds import read_kinds
from ecosystem.domain.import_reading import look_over
from ecosystem.domain.import_writing import NOTE
from ecosystem.domain.importing import Report, Told, import_organizations
from ecosystem.domain.index import checking
from ecosystem.models import (
    Identifier,
    Organization,
    OrganizationName,
    Revision,
    SearchDocument,
    SeededKey,
    Status,
)
from tests.factories import IdentifierFactory, PublishedOrganizationFactory

HEADER = "id,name,name_zh,aliases,acronyms,kind,country,city,founded,website,lat,lon,source".split(",")
ROWS = [
    {"id": "ror:1", "name": "Fudan University", "name_zh": "复旦大学", "aliases": "復旦|Fuh Tan", "acronyms": "FDU"},
    {"id": "ror:2", "name": "Łódź 100 % Center", "kind": "company", "website": "https://a.org/%z", "founded": "1990"},
    {"id": "hanlp:3", "name": "韶关市第四中学", "name_zh": "韶关市第四中学", "source": "HanLP"},
    {"id": "grid:4", "name": "Fudan University", "aliases": 'A "quoted" \\ name', "founded": "2001"},
    {"id": "nsi:5", "name": "АО «Транснефть»", "kind": "operator"},
]  # fmt: skip


def file_of(folder: Path, rows: list[dict]) -> Path:
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER, restval="")
        table.writeheader()
        table.writerows({"kind": "education", **row} for row in rows)
    return path


class Load:
    """One run over rows, with what was told."""

    def __init__(self, folder: Path, rows: list[dict] = ROWS, **how: int) -> None:
        self.problems: list[str] = []
        self.left: list[tuple[str, str]] = []
        self.progress: list[tuple[int, int]] = []
        told = Told(
            lambda line, problems: self.problems.extend(map(str, problems)),
            lambda entry, why: self.left.append((f"{entry.scheme}:{entry.key}", why)),
            lambda done, count: self.progress.append((done, count)),
            lambda done, count: None,
        )
        table = look_over(file_of(folder, rows))
        self.report: Report = import_organizations(
            table, read_kinds(), told, **{"commit": True, "draft": False} | how
        )


def stored() -> dict[str, list[dict]]:
    """All that an import writes, field by field."""
    models = (Organization, OrganizationName, Identifier, Revision, SeededKey)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_all_fields_are_those_that_the_orm_stores(either_database, tmp_path, monkeypatch):
    """The same rows once by the import and once by `save()`, with the same keys and moments: no column may differ."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    Load(tmp_path)
    ours = stored()
    for model in (Organization, Revision, SeededKey):
        model.objects.all().delete()
    for kept, names, identifier in by_organization(ours):
        save_by_the_orm(kept, names, identifier, moment)
    for name, rows in stored().items():
        by_the_import = ours[name]
        if name in {"Revision", "SeededKey"}:  # their own keys are those that came next
            pairs = zip(by_the_import, rows, strict=True)
            by_the_import = [{**one, "id": row["id"]} for one, row in pairs]
        assert rows == by_the_import


def by_organization(rows):
    for kept, identifier in zip(rows["Organization"], rows["Identifier"], strict=True):
        yield (
            kept,
            [one for one in rows["OrganizationName"] if one["organization_id"] == kept["id"]],
            identifier,
        )


def save_by_the_orm(kept, names, identifier, moment) -> None:
    said = ("slug", "name", "name_zh", "kind", "founded", "website")
    item = Organization(**{name: kept[name] for name in said})
    item.full_clean()
    publishing.begin_public(item, at=moment)
    item.pk = kept["id"]
    item.save(force_insert=True)
    for part in [*(OrganizationName(**one) for one in names), Identifier(**identifier)]:
        part.full_clean()
        part.save(force_insert=True)
    revisions.record(Organization.objects.get(pk=item.pk), by=None, note=NOTE)
    SeededKey.objects.create(kind="identifier", key=f"{identifier['scheme']} | {identifier['value']}")


def test_rows_become_public_organizations_with_names_and_identifier(either_database, tmp_path):
    Load(tmp_path)
    public = Organization.objects.published().get(slug="fudan-university")
    names = [(name.kind, name.text, name.language) for name in public.names.all()]
    assert names == [("acronym", "FDU", "en"), ("other", "Fuh Tan", "en"), ("other", "復旦", "zh-hant")]
    assert [(one.scheme, one.value) for one in public.identifiers.all()] == [("ror", "1")]


def test_addresses_come_from_names_and_from_keys_where_names_do_not_suffice(either_database, tmp_path):
    Load(tmp_path)
    slugs = dict(Identifier.objects.order_by("pk").values_list("value", "organization__slug"))
    assert slugs == {
        "1": "fudan-university",
        "2": "lodz-100-center",
        "3": "shao-guan-shi-di-si-zhong-xue",
        "grid:4": "fudan-university-grid4",
        "5": "nsi-5",
    }


def test_report_counts_what_was_done(either_database, tmp_path):
    load = Load(
        tmp_path, [*ROWS, {"id": "ror:6", "name": ""}, {"id": "ror:7", "name": "X", "aliases": "X|Y|Y"}]
    )
    report = load.report
    assert report.new == {"university": 3, "company": 1, "other": 2}
    assert report.keys == {"ror": 3, "hanlp": 1, "nsi": 1, "other": 1}
    assert (report.names, report.repeated, report.kept, report.left_out, report.refused) == (5, 2, 0, 0, 1)
    assert load.problems == ["row 7, name “”: Give a name; where there is only a Chinese one, that one."]
    assert load.progress == [(7, 7)]


def test_dry_run_says_the_same_and_stores_nothing(either_database, tmp_path):
    before = stored()
    dry = Load(tmp_path, commit=False)
    assert stored() == before
    assert dry.report == Load(tmp_path).report


def test_drafts_are_stored_on_request(either_database, tmp_path):
    Load(tmp_path, draft=True)
    assert set(Organization.objects.values_list("status", "published_at")) == {(Status.DRAFT, None)}
    assert not Organization.objects.published().exists()


def test_second_run_changes_nothing(either_database, tmp_path):
    Load(tmp_path)
    before = stored()
    again = Load(tmp_path)
    assert stored() == before
    assert (again.report.kept, again.report.new.total()) == (5, 0)


def test_organization_with_the_identifier_keeps_what_editors_wrote(either_database, tmp_path):
    own = PublishedOrganizationFactory(name="Fudan", slug="fudan")
    IdentifierFactory(organization=own, scheme="ror", value="1")
    load = Load(tmp_path)
    own.refresh_from_db()
    assert (own.name, own.names.count()) == ("Fudan", 0)
    assert load.left == [("ror:1", "kept, an organization has this identifier")]
    assert Organization.objects.count() == 5


def test_organization_that_was_deleted_does_not_come_back(either_database, tmp_path):
    Load(tmp_path)
    Organization.objects.get(slug="fudan-university").delete()
    again = Load(tmp_path)
    assert not Organization.objects.filter(slug="fudan-university").exists()
    assert again.left[0] == ("ror:1", "left out, it was here once and was removed")
    assert (again.report.kept, again.report.left_out) == (4, 1)


def test_organization_that_was_merged_into_another_does_not_come_back(either_database, tmp_path):
    """Whoever merges moves the identifier: the other one has it from then on."""
    Load(tmp_path)
    merged, into = (Organization.objects.get(slug=slug) for slug in ("nsi-5", "fudan-university"))
    merged.identifiers.update(organization=into)
    merged.delete()
    assert Load(tmp_path).report.kept == 5


def test_seeded_organization_that_was_deleted_does_not_come_back(either_database, tmp_path):
    SeededKey.objects.create(kind="identifier", key="ror | 1")
    assert Load(tmp_path).report.left_out == 1


def test_key_of_a_suppressed_name_is_known_although_it_cannot_be_read(either_database, tmp_path):
    SeededKey.objects.create(kind="identifier", key=importing.hidden_key("identifier", "ror | 1"))
    assert Load(tmp_path).report.left_out == 1


def test_new_rows_of_a_longer_file_are_added(either_database, tmp_path):
    Load(tmp_path, ROWS[:2])
    assert (Load(tmp_path).report.new.total(), Organization.objects.count()) == (3, 5)


def test_same_id_twice_in_the_file_is_refused_once(either_database, tmp_path):
    load = Load(tmp_path, [*ROWS, {"id": "ROR: 2", "name": "Somebody else"}])
    assert load.problems == ["row 7, id “ror:2”: Row 3 has the same id. Keep one of them."]
    assert not Organization.objects.filter(name="Somebody else").exists()


def test_id_of_a_refused_row_may_come_again(either_database, tmp_path):
    load = Load(tmp_path, [{"id": "ror:1", "name": ""}, {"id": "ror:1", "name": "Right"}])
    assert (len(load.problems), Organization.objects.get().name) == (1, "Right")


@pytest.mark.parametrize("size", [1, 2, 3])
def test_size_of_the_batches_makes_no_difference(either_database, tmp_path, size):
    def addresses() -> list:
        return list(Identifier.objects.order_by("scheme", "value").values_list("value", "organization__slug"))

    rows = [*ROWS, {"id": "ror:8", "name": "Fudan University"}, {"id": "ror:9", "name": "Fudan University 8"}]
    Load(tmp_path, rows)
    whole = addresses()
    for model in (Organization, SeededKey):
        model.objects.all().delete()
    load = Load(tmp_path, rows, batch=size)
    assert addresses() == whole
    assert load.progress[-1] == (len(rows), len(rows))


def test_keys_are_those_that_come_next_and_are_never_given_twice(either_database, tmp_path):
    last = PublishedOrganizationFactory()
    key = last.pk
    last.delete()
    Load(tmp_path)
    after = PublishedOrganizationFactory()
    keys = sorted(Organization.objects.values_list("pk", flat=True))
    assert keys == list(range(key + 1, key + len(ROWS) + 2))
    assert after.pk == keys[-1]


@pytest.mark.parametrize("few", [0, importing.FEW], ids=["of a long file", "of a short file"])
def test_search_knows_all_organizations_that_were_stored(either_database, tmp_path, monkeypatch, few):
    monkeypatch.setattr(importing, "FEW", few)
    Load(tmp_path, commit=False)
    assert not SearchDocument.objects.exists()
    Load(tmp_path)
    found = set(SearchDocument.objects.values_list("document", flat=True))
    assert found == set(Organization.objects.values_list("pk", flat=True))
    assert list(checking.faults()) == []


def test_drafts_are_not_searched(either_database, tmp_path):
    Load(tmp_path, draft=True)
    assert not SearchDocument.objects.exists()


def test_index_is_not_made_anew_where_nothing_is_new(either_database, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "FEW", 0)
    Load(tmp_path)
    monkeypatch.delattr(importing.rebuilding, "rebuild")
    assert Load(tmp_path).report.kept == 5


def test_run_that_was_stopped_before_the_search_knew_is_finished_by_the_next(
    either_database, tmp_path, monkeypatch
):
    def stopped(**options) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "FEW", 0)
    with monkeypatch.context() as broken:
        broken.setattr(importing.rebuilding, "rebuild", stopped)
        with pytest.raises(KeyboardInterrupt):
            Load(tmp_path)
    assert Load(tmp_path).report.kept == 5
    assert SearchDocument.objects.count() == 5
    assert not SeededKey.objects.filter(kind="import").exists()


def test_memory_does_not_grow_with_the_file(db, tmp_path):
    def peak(count: int) -> int:
        rows = [{"id": f"ror:{number}", "name": f"Institute {number}"} for number in range(count)]
        path = file_of(tmp_path, rows)
        del rows
        tracemalloc.start()
        try:
            silent = Told(*[lambda *told: None] * 4)
            import_organizations(look_over(path), read_kinds(), silent, commit=False, draft=False)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)  # what is made once
    assert peak(20_000) < 1.2 * peak(5_000)
