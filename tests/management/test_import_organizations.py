"""`manage.py import_organizations`: reports, refused rows, exit codes, and a run that is killed and run again."""

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from ecosystem.models import Identifier, Organization, OrganizationName, Revision
from tests.load_file import load_file
from tests.project import source_code as code
from tests.real_names import first_names, missed, mistyped

HEADER = "id,name,kind,founded,lat\n"
GOOD = "ror:1,Fudan University,education,1905,31.3\nnsi:2,Brand & Co,brand,,\n"
BAD = 'ror:3,"Bad\nYear",education,97,\n,,brand,,\nror:1,Again,education,,\n'


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + GOOD)
    return path


def run(file: Path, **options) -> str:
    out = StringIO()
    call_command("import_organizations", file, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refused(file: Path, **options) -> tuple[int, str, str]:
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_organizations", file, stdout=out, stderr=StringIO(), **options)
    return caught.value.returncode, str(caught.value), out.getvalue()


@pytest.mark.django_db
def test_dry_run_reports_and_stores_nothing(file):
    assert run(file).splitlines() == [
        "new, kind university                    1",
        "new, kind company                       1",
        "new, identifier ror                     1",
        "new, identifier nsi                     1",
        "0 more names with them; 0 that a row repeats were left out.",
        "Columns of which nothing is kept: lat.",
        "2 rows: 2 would be stored published, 0 kept as they are, 0 refused. Nothing was stored; --commit stores it.",
    ]
    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_commit_stores(file):
    assert run(file, commit=True).endswith("2 rows: 2 stored published, 0 kept as they are, 0 refused.\n")
    assert set(Organization.objects.published().values_list("slug", flat=True)) == {
        "fudan-university",
        "brand-co",
    }


@pytest.mark.django_db
def test_draft_stores_what_the_public_does_not_see(file):
    assert "2 stored as drafts" in run(file, commit=True, draft=True)
    assert (Organization.objects.count(), Organization.objects.published().count()) == (2, 0)


@pytest.mark.django_db
def test_what_is_left_as_it_is_is_named_on_request(file):
    run(file, commit=True)
    Organization.objects.get(slug="brand-co").delete()
    assert run(file, commit=True, verbosity=2).splitlines()[:2] == [
        "row 2, ror:1: kept, an organization has this identifier",
        "row 3, nsi:2: left out, it was here once and was removed",
    ]


@pytest.mark.django_db
def test_refused_rows_are_told_and_go_to_a_file_beside_the_input_the_others_are_stored(file):
    file.write_text(HEADER + GOOD + BAD)
    exit_code, _message, said = refused(file, commit=True)
    assert exit_code == 1
    assert [line for line in said.splitlines() if line.startswith("refused")] == [
        "refused: row 4, founded “97”: “97” is not a date. Write 1990, 1990-04 or 1990-04-18.",
        "refused: row 5, id “”: Write the register and the key in it, as ror:013q1eq08.",
        "refused: row 5, name “”: Give a name; where there is only a Chinese one, that one.",
        "refused: row 6, id “ror:1”: Row 2 has the same id. Keep one of them.",
    ]
    with file.with_name("list.refused.csv").open(encoding="utf-8-sig", newline="") as beside:
        rows = list(csv.DictReader(beside))
    assert [(row["id"], row["name"], row["row"], row["column"]) for row in rows] == [
        ("ror:3", "Bad\nYear", "4", "founded"),
        ("", "", "5", "id, name"),
        ("ror:1", "Again", "6", "id"),
    ]
    assert Organization.objects.count() == 2


@pytest.mark.django_db
def test_file_of_refused_rows_can_be_mended_and_imported(file):
    file.write_text(HEADER + GOOD + BAD)
    refused(file, commit=True)
    beside = file.with_name("list.refused.csv")
    beside.write_text(beside.read_text("utf-8-sig").replace(",97,", ",1970,"), "utf-8")
    assert refused(beside, commit=True)[0] == 1
    assert Organization.objects.get(slug="bad-year").founded == "1970"


@pytest.mark.django_db
def test_file_of_refused_rows_goes_when_none_are_refused_any_more(file):
    file.write_text(HEADER + GOOD + BAD)
    refused(file)
    file.write_text(HEADER + GOOD)
    run(file)
    assert [path.name for path in file.parent.iterdir()] == ["list.csv"]


@pytest.mark.django_db
def test_refused_rows_of_a_place_that_cannot_be_written_go_to_the_data_of_the_site(
    file, settings, tmp_path, monkeypatch
):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    file.write_text(HEADER + BAD)
    touch = Path.touch

    def only_in_data(path: Path, *args, **options) -> None:
        if path.parent == tmp_path:
            raise PermissionError
        touch(path, *args, **options)

    monkeypatch.setattr(Path, "touch", only_in_data)
    target = settings.DATA_DIR / "list.refused.csv"
    assert str(target) in refused(file)[1]
    assert target.exists()


@pytest.mark.django_db
def test_kinds_of_ones_own(file, tmp_path):
    kinds = tmp_path / "kinds.toml"
    kinds.write_text('[kinds]\nbrand = ""\neducation = "association"\n')
    exit_code, _message, said = refused(file, commit=True, kinds=kinds)
    assert exit_code == 1
    assert "refused: row 3, kind “brand”: No kind of ours stands for it." in said
    assert Organization.objects.get().kind == "association"


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"name\nX\n", HEADER.encode() + b"ror:1,\xff,brand,,\n"])
def test_file_that_cannot_be_used_ends_with_2_and_leaves_nothing_behind(file, content):
    file.write_bytes(content)
    exit_code, message, said = refused(file, commit=True)
    assert (exit_code, said) == (2, "")
    assert str(file) in message
    assert [path.name for path in file.parent.iterdir()] == ["list.csv"]


@pytest.mark.django_db
def test_table_of_kinds_that_cannot_be_used_ends_with_2(file):
    assert refused(file, kinds=file)[0] == 2


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.django_db
def test_progress_is_a_bar_on_a_terminal(file):
    screen = Terminal()
    call_command("import_organizations", file, stdout=StringIO(), stderr=screen)
    assert "\r[##############################] 2 of 2 rows\x1b[K" in screen.getvalue()


@pytest.mark.django_db
def test_progress_is_silent_in_a_log_while_it_is_quick(file):
    log = StringIO()
    call_command("import_organizations", file, stdout=StringIO(), stderr=log)
    assert log.getvalue() == ""


# A run in a process of its own.


def command(folder: Path, *arguments: str, url: str = "") -> subprocess.Popen:
    site = {"DJANGO_SETTINGS_MODULE": "shanghai_tech.settings", "DATA_DIR": str(folder), "DATABASE_URL": url}
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=code.ROOT,
        env={**os.environ, **site},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def done(folder: Path, *arguments: str) -> int:
    return command(folder, *arguments).wait(timeout=120)


def many(path: Path, count: int) -> Path:
    names = ("Institute of Optics", "Bank", "上海研究院", "Łódź Works")
    rows = (f"ror:{n:05},{names[n % 4]} {n // 8},brand,,\n" for n in range(count))
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


CONTENTS = """
    SELECT o.id, o.slug, o.name, o.kind, o.status, i.scheme, i.value, r.note, length(r.data)
    FROM ecosystem_organization o JOIN ecosystem_identifier i ON i.organization_id = o.id
    JOIN ecosystem_revision r ON r.kind = 'organization' AND r.key = o.slug ORDER BY o.id
"""


def asked(folder: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(folder / "database.sqlite3", timeout=20)) as database:
        return database.execute(sql).fetchall()


def test_run_that_is_killed_leaves_whole_batches_and_the_next_one_ends_as_one_run_would(tmp_path):
    count, batch = 6_000, ("--batch", "200")
    file = many(tmp_path / "list.csv", count)
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    assert done(whole, "migrate") == 0
    shutil.copytree(whole, killed)
    process = command(killed, "import_organizations", str(file), "--commit", *batch)
    while not asked(killed, "SELECT 1 FROM ecosystem_organization LIMIT 1"):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    left = asked(killed, CONTENTS)
    assert len(left) in range(200, count + 1, 200)
    assert done(killed, "import_organizations", str(file), "--commit", *batch) == 0
    assert done(whole, "import_organizations", str(file), "--commit") == 0
    assert asked(killed, CONTENTS) == asked(whole, CONTENTS)
    assert len(asked(whole, CONTENTS)) == count


def test_two_runs_at_once_store_each_row_once_and_neither_fails(postgres_url, tmp_path):
    count = 2_000
    file = many(tmp_path / "list.csv", count)
    runs = [
        command(tmp_path, "import_organizations", str(file), "--commit", "--batch", "200", url=postgres_url)
        for _run in range(2)
    ]
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    with psycopg.connect(postgres_url) as database:
        found = "SELECT count(*), count(DISTINCT organization_id), count(DISTINCT value) FROM ecosystem_identifier"
        assert database.execute(found).fetchone() == (count, count, count)


@pytest.mark.django_db
def test_real_list_is_stored_but_for_the_rows_that_are_wrong_and_found(tmp_path):
    """All 95,330 real rows, with the dirt in them, and looked up as a reader would."""
    file = tmp_path / "organizations.csv.gz"
    file.symlink_to(load_file())
    _exit_code, _message, said = refused(file, commit=True)
    assert said.splitlines()[-1] == "95,330 rows: 95,328 stored published, 0 kept as they are, 2 refused."
    columns = sorted(line.split()[3] for line in said.splitlines() if line.startswith("refused"))
    assert columns == ["aliases"] * 2
    assert [model.objects.count() for model in (Organization, Identifier, Revision)] == [95_328] * 3
    assert OrganizationName.objects.get(text="復旦大學").language == "zh-hant"
    assert (
        Organization.objects.published().filter(name="上海浦东发展银行股份有限公司").get().kind == "company"
    )
    assert missed() == {}
    unseen = [(typed, name) for typed, name in mistyped(200) if name not in first_names(typed)]
    assert len(unseen) <= 10, unseen
