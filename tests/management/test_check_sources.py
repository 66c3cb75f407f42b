"""`manage.py check_sources` asks real addresses, within bounds, and stores what became of them."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ecosystem.domain import fetching
from ecosystem.models import Source
from tests.factories import DraftSourceFactory, PublishedSourceFactory
from tests.management.hosts import PAGE, running

pytestmark = pytest.mark.django_db
BOUNDS = {"delay": 0, "timeout": 20, "max_bytes": 20_000, "allow_private": True}
ENDLESS = {"/slow", "/drip"}  # they answer only when their time is over


@pytest.fixture(scope="module")
def server():
    with running() as host:
        yield host


@pytest.fixture
def host(server):
    server.asked.clear()
    server.pages = {"/page": PAGE}
    return server


def source_at(host, path: str, **fields) -> Source:
    return PublishedSourceFactory(slug="source", url=host.url(path), **fields)


def check(*, commit: bool = True, **options) -> str:
    out = StringIO()
    call_command("check_sources", commit=commit, stdout=out, **BOUNDS | options)
    return out.getvalue()


def found(host, path: str) -> tuple[str, int | None]:
    source = source_at(host, path)
    check(**{"timeout": 0.4} if path in ENDLESS else {})
    source.refresh_from_db()
    assert source.checked_at is not None
    return source.condition, source.condition_code


@pytest.mark.parametrize(
    ("path", "condition", "code"),
    [
        ("/page", "alive", 200),
        ("/to/301/page", "moved", 200),
        ("/to/308/page", "moved", 200),
        ("/to/302/page", "alive", 200),
        ("/to/301/to/302/page", "moved", 200),
        ("/404", "dead", 404),
        ("/410", "dead", 410),
        ("/to/301/404", "dead", 404),
        ("/403", "unreachable", 403),
        ("/500", "unreachable", 500),
        ("/busy", "unreachable", 429),
        ("/slow", "unreachable", None),
        ("/drip", "unreachable", None),
        ("/loop", "unreachable", 301),
        ("/endless", "alive", 200),
        ("/get-only", "alive", 200),
    ],
)
def test_condition_says_what_became_of_the_address(host, path, condition, code):
    assert found(host, path) == (condition, code)


def test_host_that_is_not_there_is_unreachable_and_not_dead(host):
    """A name that is not found may be our own resolver's trouble."""
    source = PublishedSourceFactory(url="http://nowhere.invalid/page")
    check()
    source.refresh_from_db()
    assert (source.condition, source.condition_code) == ("unreachable", None)


def test_moved_is_stored_with_where_permanent_redirects_led(host):
    source = source_at(host, "/to/301/to/302/page")
    check()
    source.refresh_from_db()
    assert source.moved_to == host.url("/to/302/page")


def test_dry_run_reports_and_stores_nothing(host):
    source = source_at(host, "/404")
    report = check(commit=False)
    assert report.splitlines() == [
        "dead         source (404)",
        "1 checked: 1 dead; nothing was stored; --commit stores it.",
    ]
    source.refresh_from_db()
    assert (source.condition, source.checked_at) == ("", None)


def test_changed_text_is_noticed_and_stays_so_until_it_is_as_before(host):
    source = source_at(host, "/page")
    states = []
    for body in (
        PAGE,
        PAGE.replace(b"\n  ", b" "),
        PAGE.replace(b"400", b"500"),
        PAGE.replace(b"400", b"500"),
        PAGE,
    ):
        host.pages["/page"] = body
        check()
        source.refresh_from_db()
        states.append(source.condition)
    assert states == ["alive", "alive", "changed", "changed", "alive"]


def test_lost_source_stays_lost_while_there_is_no_answer(host):
    source = source_at(host, "/404")
    check()
    Source.objects.update(url=host.url("/500"))
    check()
    source.refresh_from_db()
    assert (source.condition, source.condition_code) == ("dead", 404)


def test_body_beyond_the_bounds_is_not_compared(host):
    source = source_at(host, "/endless")
    check()
    source.refresh_from_db()
    assert source.content_digest == ""


def test_only_public_sources_with_an_address_are_asked_the_longest_unchecked_first(host):
    DraftSourceFactory(url=host.url("/draft"))
    PublishedSourceFactory(url="", medium="print", identifier="ISBN 978-7-5037-0000-0")
    source_at(host, "/page")
    PublishedSourceFactory(slug="second", url=host.url("/404"))
    check(limit=1)
    assert {path for _, path in host.asked} == {"/page"}
    check(limit=1)
    assert {path for _, path in host.asked} == {"/page", "/404"}


def test_host_that_asks_to_wait_is_left_alone(host):
    source_at(host, "/busy")
    PublishedSourceFactory(slug="second", url=host.url("/page"))
    report = check()
    assert host.asked == [("HEAD", "/busy")]
    assert "skipped      second: its host asked to wait" in report


def test_requests_to_one_host_keep_their_distance(host, monkeypatch):
    pauses = []
    monkeypatch.setattr("ecosystem.domain.source_checks.sleep", pauses.append)
    monkeypatch.setattr("ecosystem.domain.source_checks.monotonic", lambda: 100.0)
    source_at(host, "/page")
    check(delay=7)
    assert pauses == [7.0]
    assert host.asked == [("HEAD", "/page"), ("GET", "/page")]


def test_checker_names_the_site(host, settings):
    settings.SITE_URL = "https://www.example.org"
    host.agents.clear()
    source_at(host, "/page")
    check()
    assert host.agents == {"ShanghaiTech-source-check (+https://www.example.org)"}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::1]/", "http://10.0.0.1/", "http://2130706433/"]
)
def test_addresses_inside_private_networks_are_refused(url):
    source = PublishedSourceFactory(slug="inside")
    Source.objects.update(url=url)
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("check_sources", commit=True, stdout=out, **BOUNDS | {"allow_private": False})
    assert caught.value.returncode == 1
    assert out.getvalue().startswith("refused      inside: ")
    source.refresh_from_db()
    assert source.condition == ""


def test_redirect_into_a_private_network_is_refused_too(host, monkeypatch):
    """Only the first address is taken for a public one here."""
    answers = iter([True])
    monkeypatch.setattr("ecosystem.domain.fetching._is_public", lambda _address: next(answers, False))
    source_at(host, "/to/301/page")
    with pytest.raises(CommandError):
        check(allow_private=False)
    assert host.asked == [("HEAD", "/to/301/page")]


def test_redirect_to_another_kind_of_address_is_refused(host):
    source_at(host, "/to/301/file:///etc/passwd")
    with pytest.raises(CommandError):
        check()


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("192.168.1.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("fe80::1%eth0", False),
    ],
)
def test_public_addresses_are_told_from_others(address, is_public):
    assert fetching._is_public(address) is is_public


# Results in a file


def exported(host, tmp_path: Path, path: str = "/404") -> Path:
    file = tmp_path / "results.csv"
    source_at(host, path)
    check(commit=False, export=file)
    return file


def rows_of(path: Path) -> list[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rewrite(path: Path, **changes: str) -> None:
    [row] = rows_of(path)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row | changes)


def take(path: Path, *, commit: bool = True) -> str:
    out = StringIO()
    call_command("check_sources", commit=commit, results=path, stdout=out)
    return out.getvalue()


def test_exported_results_are_imported_where_there_is_no_network(host, tmp_path):
    file = exported(host, tmp_path)
    host.asked.clear()
    assert take(file, commit=False).endswith("nothing was stored; --commit stores it.\n")
    assert Source.objects.get().condition == ""
    take(file)
    source = Source.objects.get()
    assert (source.condition, source.condition_code) == ("dead", 404)
    assert (source.checked_at.isoformat(timespec="seconds"), host.asked) == (
        rows_of(file)[0]["checked_at"],
        [],
    )


def test_imported_digest_is_compared_with_the_stored_one(host, tmp_path):
    file = exported(host, tmp_path, "/page")
    Source.objects.update(content_digest="0" * 64)
    take(file)
    assert Source.objects.get().condition == "changed"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"slug": "other"}, "There is no source of that slug."),
        ({"url": "http://example.org/"}, "The source has another address by now."),
        ({"condition": "changed"}, "The condition is not one of alive, dead, moved, unreachable."),
        ({"code": "4O4"}, "The code is not that of an answer, such as 404."),
        ({"content_digest": "abc"}, "The digest is not 64 hexadecimal digits."),
        ({"moved_to": "http://example.org/"}, "What has moved names where, and nothing else does."),
        (
            {"condition": "moved", "moved_to": "javascript:alert(1)"},
            "It has moved to something that is no address.",
        ),
        (
            {"checked_at": "May"},
            "The moment of the check cannot be read; write 2026-05-03T09:00:00+08:00.",
        ),
        (
            {"checked_at": "2026-05-03"},
            "The moment of the check has no time zone; write 2026-05-03T09:00:00+08:00.",
        ),
        ({"checked_at": "2999-05-03T09:00:00+08:00"}, "The moment of the check has not come yet."),
    ],
)
def test_bad_row_is_refused_with_its_reason_beside_the_file(host, tmp_path, changes, reason):
    file = exported(host, tmp_path)
    rewrite(file, **changes)
    with pytest.raises(CommandError) as caught:
        take(file)
    assert caught.value.returncode == 1
    [row] = rows_of(tmp_path / "results.refused.csv")
    assert row["reason"] == reason
    assert {name: row[name] for name in changes} == changes
    assert Source.objects.get().condition == ""


def test_older_result_than_the_known_one_is_refused(host, tmp_path):
    file = exported(host, tmp_path)
    rewrite(file, checked_at="2025-05-03T09:00:00+08:00")
    check()
    with pytest.raises(CommandError):
        take(file)
    assert rows_of(tmp_path / "results.refused.csv")[0]["reason"] == "A later check is known already."


@pytest.mark.parametrize("content", [None, b"slug,url\n", b"\xff\xfe", b""])
def test_file_that_cannot_be_used_changes_nothing(tmp_path, content):
    file = tmp_path / "results.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        take(file)
    assert caught.value.returncode == 2


def test_file_that_cannot_be_written_is_known_before_anybody_is_asked(host, tmp_path):
    source_at(host, "/page")
    with pytest.raises(CommandError) as caught:
        check(export=tmp_path / "missing" / "results.csv")
    assert (caught.value.returncode, host.asked) == (2, [])


def test_import_and_export_exclude_each_other(tmp_path):
    with pytest.raises(CommandError) as caught:
        check(export=tmp_path / "a.csv", results=tmp_path / "b.csv")
    assert caught.value.returncode == 2
