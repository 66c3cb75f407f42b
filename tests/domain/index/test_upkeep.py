"""What a save writes to the index, and what it leaves alone."""

import sqlite3

import pytest
from django.db import DatabaseError, connection
from pyroaring import BitMap

from ecosystem.domain.index import documents, memory, rebuilding, statements
from ecosystem.domain.index.checking import faults
from ecosystem.models import NameForm, SearchDocument, WordChunk
from tests.factories import OrganizationNameFactory, PublishedArticleFactory, PublishedOrganizationFactory


@pytest.fixture
def analysed(monkeypatch):
    """The texts that were made words of."""
    seen = []
    real = documents.words_of
    monkeypatch.setattr(documents, "words_of", lambda texts: real(seen.extend(texts := list(texts)) or texts))
    return seen


def test_fact_that_changes_leaves_the_words_alone(either_database, analysed):
    one = PublishedOrganizationFactory(name="Fudan", name_zh="复旦")
    analysed.clear()
    one.kind, one.founded = "company", "1905"
    one.save()
    assert analysed == []
    assert list(faults()) == []


def test_new_name_and_new_text_make_new_words(either_database, analysed):
    one = PublishedOrganizationFactory(name="Fudan", name_zh="复旦", summary="")
    OrganizationNameFactory(organization=one, text="FDU")
    analysed.clear()
    one.name, one.summary = "Jiaotong", "<p>By the river.</p>"
    one.save()
    assert analysed == ["Jiaotong", "复旦", "FDU", "By the river."]
    row = SearchDocument.objects.get(document=one.pk)
    assert (row.names, row.body) == ("jiaotong 复旦 旦 fdu", "by the river")
    assert list(faults()) == []


def test_text_that_becomes_a_name_is_read_as_one(either_database):
    one = PublishedOrganizationFactory(name="Fudan", name_zh="", summary_zh="复旦大学", summary="")
    one.name_zh, one.summary_zh = "复旦大学", ""
    one.save()
    row = SearchDocument.objects.get(document=one.pk)
    assert (row.names, row.sounds.split()[-2:], row.body) == (
        "fudan 复旦 旦大 大学 学",
        ["fudandaxue", "fddx"],
        "",
    )
    assert list(faults()) == []


def test_page_of_another_kind_keeps_its_words_too(either_database, analysed):
    article = PublishedArticleFactory(title="Chips", title_zh="芯片")
    analysed.clear()
    article.save()
    assert analysed == []
    article.title = "Wafers"
    article.save()
    assert analysed[:2] == ["Wafers", "芯片"]
    assert list(faults()) == []


@pytest.mark.parametrize("texts", [[["ab", "c"], [], []], [["a", "bc"], [], []], [["ab"], ["c"], []]])
def test_digest_tells_where_each_text_ends(texts):
    others = [[["abc"], [], []], [["ab"], [], ["c"]], [["", "abc"], [], []]]
    assert all(documents.digest_of(*texts) != documents.digest_of(*other) for other in others)


def test_forms_take_the_place_of_others_one_by_one(either_database):
    one = PublishedOrganizationFactory(name="Fudan", name_zh="复旦")
    one.name_zh = ""
    one.save()
    kept = NameForm.objects.filter(document=one.pk).values_list("form", "kind")
    assert {(bytes(form), kind) for form, kind in kept} == {(b"fudan", "written")}
    one.name, one.name_zh = "Jiaotong", "交通"
    one.save()
    assert NameForm.objects.filter(document=one.pk).count() == 4
    assert list(faults()) == []


def test_frequent_words_follow_each_save_and_a_lost_one_is_a_fault(either_database):
    one, *_others = (PublishedOrganizationFactory(name="Fudan", name_zh="") for _ in range(3))
    rebuilding.rebuild(share=0.5, fewest=2)
    one.name = "Jiaotong"
    one.save()
    assert one.pk not in memory.present().frequent.of("names", "fudan")
    assert list(faults()) == []
    WordChunk.objects.filter(scope="names", word="fudan").update(data=BitMap([one.pk]).serialize())
    assert list(faults()) == ["The frequent word fudan (names) is kept for 0, and 2 have it."]


def test_word_of_every_fourth_document_is_frequent_though_every_second_one_is_looked_at(db, monkeypatch):
    for number in range(40):
        PublishedOrganizationFactory(name="Fudan Meridian" if number % 4 == 1 else "Fudan", name_zh="")
    monkeypatch.setattr(rebuilding, "SAMPLE", 20)
    rebuilding.rebuild(share=0.1, fewest=1)
    assert len(memory.present().frequent.of("names", "meridian")) == 10


def test_small_statements_go_to_the_driver_and_fail_as_those_of_django(db, settings):
    settings.DEBUG = False
    cursor = statements.cursor()
    if connection.vendor == "sqlite":
        assert isinstance(cursor._cursor, sqlite3.Cursor)
    with pytest.raises(DatabaseError):
        cursor.execute("SELECT nothing FROM nowhere")


def test_small_statements_are_counted_where_statements_are(db, django_assert_num_queries):
    with django_assert_num_queries(2), statements.one_cursor():
        assert statements.select(SearchDocument, ["names"], document=[1]) == []
        assert statements.select(SearchDocument, ["names"], document=[1, 2]) == []
