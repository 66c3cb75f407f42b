"""Searches that find nothing are counted as texts, bounded, without junk, and never at the cost of a reader."""

import sqlite3
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from ecosystem.domain import missed_searches, suppression
from ecosystem.domain.missed_searches import kept_text, note_missed
from ecosystem.models import MissedSearch
from tests.factories import (
    MissedSearchFactory,
    OrganizationNameFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)


def rows() -> list[tuple[str, int]]:
    return list(MissedSearch.objects.values_list("text", "times"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("MiniMax", "minimax"),
        ("  Ｍｉｎｉ　Max ", "mini max"),
        ("張江　藥谷", "张江 药谷"),
        ("AI", "ai"),
        ("张江", "张江"),
        ("AT&T", "at&t"),
        ("China Academy of Information " * 4, ("china academy of information " * 4).strip()),
        ("2024-09-30", ""),
        ("x", ""),
        ("张", ""),
        ("?!", ""),
        ("", ""),
        ("a\x00b", ""),
        ("a\ud800b", ""),
        ("a\ufffdb", ""),
        ("ab\ue000", ""),
        ("a" * 41, ""),
        ("%2e" * 14, ""),
        ("a b " * 31, ""),
        ("ab " * 10_000, ""),
        ("wang@example.com", ""),
        ("wang 139 1234 5678", ""),
        ("310101199003074578", ""),
    ],
)
def test_only_what_may_be_a_name_is_kept_and_folded(text, kept):
    assert kept_text(text) == kept


def test_text_is_counted_with_its_first_and_last_day(db, time_machine):
    time_machine.move_to("2026-03-01T04:00:00Z")
    note_missed("MiniMax")
    time_machine.move_to("2026-03-04T04:00:00Z")
    note_missed("minimax ")
    note_missed("Stepfun")
    missed = MissedSearch.objects.get(text="minimax")
    assert (missed.times, missed.first_on, missed.last_on) == (2, date(2026, 3, 1), date(2026, 3, 4))
    assert rows() == [("minimax", 2), ("stepfun", 1)]


def test_rarest_and_oldest_make_room(db, monkeypatch):
    monkeypatch.setattr(missed_searches, "MOST", 4)
    monkeypatch.setattr(missed_searches, "ROOM", 2)
    for text, times, day in (("often", 3, 1), ("old", 1, 2), ("older", 1, 1), ("new", 1, 3)):
        MissedSearchFactory(text=text, times=times, first_on=date(2026, 1, day), last_on=date(2026, 1, day))
    note_missed("new")
    assert len(rows()) == 4
    note_missed("newest")
    assert rows() == [("often", 3), ("new", 2), ("newest", 1)]


def test_searches_at_the_same_moment_are_all_counted(postgres_for_real):
    """On SQLite writers queue; on PostgreSQL two may find at once that the text is new."""
    start, mine = Barrier(8), connections["default"]

    def search() -> None:
        connections["default"] = mine.copy()
        start.wait()
        note_missed("minimax")
        connections["default"].close()

    threads = [Thread(target=search) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert rows() == [("minimax", 8)]


def test_busy_database_costs_the_count_and_not_the_page(transactional_db, client, caplog, tmp_path):
    name = connection.settings_dict["NAME"]
    other = sqlite3.connect(name, uri=str(name).startswith("file:"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = client.get("/search/", {"q": "minimax"})
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (answer.status_code, answer.context["count"], rows()) == (200, 0, [])
    (record,) = caplog.records
    assert record.getMessage().startswith("A search without a result was not counted: ")
    assert "minimax" not in record.getMessage()


def test_usual_patience_comes_back(either_database):
    def patience() -> object:
        with connection.cursor() as cursor:
            is_sqlite = connection.vendor == "sqlite"
            cursor.execute("PRAGMA busy_timeout" if is_sqlite else "SHOW lock_timeout")
            return cursor.fetchone()[0]

    usual = patience()
    note_missed("minimax")
    assert (patience(), rows()) == (usual, [("minimax", 1)])


def test_text_that_finds_something_by_now_is_forgotten(db):
    found, missing = MissedSearchFactory(text="minimax"), MissedSearchFactory(text="xqzw")
    OrganizationNameFactory(text="MiniMax")
    assert missed_searches.settle([found, missing]) is True
    assert ((found.finds, missing.finds), rows()) == ((1, 0), [("xqzw", 1)])
    assert missed_searches.settle([missing]) is False


def test_passage_is_forgotten_however_it_is_written(db, editor):
    article = PublishedArticleFactory(body="<p>Zheng Qiaoyun said so.</p>")
    for text in ("zheng-qiaoyun & sons", "zhengqiaoyun", "zheng", "qiaoyun zheng"):
        MissedSearchFactory(text=text)
    said = {"ground": "personal-data", "reference": "letter 7", "notice": "A name was removed."}
    suppression.suppress_text(article, "Zheng Qiaoyun", by=editor, **said)
    assert sorted(text for text, _times in rows()) == ["qiaoyun zheng", "zheng"]


def test_number_of_a_suppressed_value_is_forgotten(db, editor):
    value = PublishedObservationFactory(metric=PublishedMetricFactory(), value=918273)
    MissedSearchFactory(text="gdp 918,273"), MissedSearchFactory(text="gdp 918")
    said = {"ground": "court-order", "reference": "order 7", "notice": "A number was removed."}
    suppression.suppress_value(value, by=editor, **said)
    assert rows() == [("gdp 918", 1)]
