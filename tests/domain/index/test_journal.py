"""The journal of the index: a save writes a line, many saves are folded into the stored sets and orders at once."""

from array import array

import pytest
from django.db.models import Max

from ecosystem.domain.index import blocks, journal, memory, rebuilding, upkeep, versions
from ecosystem.domain.index.checking import faults
from ecosystem.models import IndexBlock, IndexChunk, IndexState, IndexVersion, Organization, WordChunk
from tests.domain.index.test_histories import assert_same_as_read_anew
from tests.factories import PublishedOrganizationFactory, TopicFactory

NUMBER = 6


@pytest.fixture
def made(either_database):
    """A few organizations in a new index, of which a process holds the state."""
    found = [PublishedOrganizationFactory(name=f"Fudan {number}", name_zh="") for number in range(NUMBER)]
    rebuilding.rebuild(share=0.5, fewest=2)
    memory.present()
    return found


def stored() -> tuple[int, int]:
    """The latest versions of which sets and orders are stored."""
    return tuple(
        model.objects.aggregate(latest=Max("version"))["latest"] for model in (IndexChunk, IndexBlock)
    )


def rename(one: Organization, name: str) -> None:
    one.name = name
    one.save()


def test_save_writes_a_line_and_no_set_or_order(made):
    before, words = stored(), dict(WordChunk.objects.values_list("pk", "data"))
    rename(made[0], "Jiaotong")
    assert stored() == before
    assert {pk: bytes(data) for pk, data in WordChunk.objects.values_list("pk", "data")} == {
        pk: bytes(data) for pk, data in words.items()
    }
    (line,) = journal.since(versions.Version(*_version(-1)), versions.current())
    (change,) = journal.read(line[1])
    assert (change.document, change.left, change.entered) == (made[0].pk, [], [])
    assert ("names", "fudan") in change.words_left
    assert set(change.moves) == {"name", "pinyin", "founded", "newest", "updated", "evidence"}


def _version(at: int) -> tuple[int, int]:
    """The version so many before the present one, with its stamp."""
    return list(IndexVersion.objects.order_by("version").values_list("version", "stamp"))[at - 1]


def test_after_so_many_versions_the_journal_is_folded(made, monkeypatch):
    monkeypatch.setattr(journal, "FOLD_EVERY", versions.current().number + 3)
    for at in range(2):
        rename(made[at], f"Jiaotong {at}")
    assert len(journal.unfolded()) == 2
    rename(made[2], "Jiaotong 2")
    assert journal.unfolded() == []
    assert stored()[1] == versions.current().number
    assert list(faults()) == []


def test_change_of_many_documents_is_folded_at_once_with_what_waits(made, monkeypatch):
    monkeypatch.setattr(journal, "MOST_JOURNALED", 2)
    rename(made[0], "Jiaotong")
    with upkeep.gathered():
        for at in range(1, 4):
            rename(made[at], f"Tongji {at}")
    assert journal.unfolded() == []
    assert_same_as_read_anew(memory.present())
    assert list(faults()) == []


@pytest.mark.parametrize("fold_every", [2, 3, 1000])
def test_process_that_slept_reads_what_was_folded_and_what_was_not(made, monkeypatch, fold_every):
    monkeypatch.setattr(journal, "FOLD_EVERY", fold_every)
    held = memory.present()
    for at in range(NUMBER):
        rename(made[at], f"Jiaotong {NUMBER - at}")
    made[0].delete()
    assert memory._newer(held, versions.current()) is not None
    assert_same_as_read_anew(memory.present())


def test_facet_that_is_renamed_is_known_with_its_new_name(made):
    topic = TopicFactory(name="Chips")
    topic.name = "Wafers"
    topic.save()
    assert [entry.name for entry in memory.present().vocabulary.topic] == ["Wafers"]


def test_pieces_that_were_stored_anew_while_they_were_read_are_of_no_version(made, monkeypatch):
    """Another process may fold between the question for the version and the reading of the pieces."""
    held, before = memory.present(), versions.current()
    monkeypatch.setattr(journal, "MOST_JOURNALED", 0)
    rename(made[0], "Jiaotong")
    first = versions.current()
    rename(made[1], "Tongji")
    assert memory._read(before) is None
    assert memory._newer(held, first) is None
    assert memory.present().version == versions.current()


def test_present_asks_again_where_the_index_has_gone_on(made, monkeypatch):
    answers = [versions.Version(10**6, 1)]  # as if it had been read before the last rebuild
    current = versions.current
    monkeypatch.setattr(versions, "current", lambda: answers.pop() if answers else current())
    read = memory._read
    monkeypatch.setattr(memory, "_read", lambda version: None if version.number == 10**6 else read(version))
    assert memory.present().version == current()


def test_frequent_words_count_what_is_not_stored_yet(made):
    rename(made[0], "Jiaotong")
    rename(made[1], "Jiaotong")
    rename(made[1], "Fudan again")
    kept = {one.pk for one in made[1:]}
    assert set(memory.present().frequent.of("names", "fudan")) == kept
    assert made[0].pk in memory.present().frequent.recent["names", "fudan"][1]


def test_frequent_words_of_what_is_stored_count_as_they_are_stored(made, monkeypatch):
    rename(made[0], "Jiaotong")
    memory.present()
    monkeypatch.setattr(journal, "MOST_JOURNALED", 0)
    rename(made[0], "Fudan again")
    assert set(memory.present().frequent.of("names", "fudan")) == {one.pk for one in made}


def test_document_that_is_not_where_its_keys_say_is_told_when_the_journal_is_folded(made, monkeypatch):
    IndexBlock.objects.filter(order="name").update(data=array("I", [made[1].pk]).tobytes())
    monkeypatch.setattr(journal, "MOST_JOURNALED", 0)
    with pytest.raises(LookupError, match="manage.py index rebuild"):
        rename(made[0], "Jiaotong")


def test_reader_of_such_an_index_gets_an_answer_and_the_log_an_error(made, caplog):
    IndexBlock.objects.filter(order="name").update(data=array("I", [made[1].pk]).tobytes())
    memory._held.clear()
    memory.present()
    rename(made[0], "Jiaotong")
    assert set(memory.present().orders["name"][0].documents) == {made[0].pk, made[1].pk}
    assert [record.getMessage() for record in caplog.records] == [
        f"Page {made[0].pk} is not where its keys say. Mend it: manage.py index rebuild"
    ]


def test_stretch_that_has_become_too_long_is_stored_in_several(made, monkeypatch):
    monkeypatch.setattr(blocks, "LONGEST_BLOCK", 3)
    monkeypatch.setattr(journal, "MOST_JOURNALED", 0)
    with upkeep.gathered():
        for number in range(4):
            PublishedOrganizationFactory(name=f"Fudan 9{number}", name_zh="")
    lengths = [len(stretch.documents) for stretch in memory.present().orders["name"]]
    assert sum(lengths) == NUMBER + 4
    assert max(lengths) <= 3
    assert list(faults()) == []


def test_nothing_that_is_to_be_forgotten_stays_in_the_journal_or_in_the_keys_of_stretches(made, monkeypatch):
    for module in (blocks, rebuilding):
        monkeypatch.setattr(module, "LONGEST_BLOCK", 2)
    rebuilding.rebuild()
    memory.present()
    lows = (
        IndexBlock.objects.filter(order="name").exclude(low=b"").order_by("low").values_list("low", flat=True)
    )
    assert [bytes(low)[:-4] for low in lows] == [b"fudan %d" % number for number in range(1, NUMBER)]
    rename(made[1], "Fudan 9")
    rename(made[3], "Jiaotong")
    made[4].delete()
    journal.forget()
    assert [bytes(low)[:-4] for low in lows.all()] == [b"fudan 2", b"fudan 5", b"fudan 9", b"jiaotong"]
    assert list(IndexVersion.objects.values_list("changes", flat=True)) == [""]
    assert list(faults()) == []
    assert_same_as_read_anew(memory.present())


def test_index_that_has_lost_its_version_is_answered_from_and_the_log_says_so(made, caplog):
    IndexVersion.objects.all().delete()
    IndexState.objects.all().delete()
    memory._held.clear()
    held = memory.present()
    assert set(held.orders["name"][0].documents) == {one.pk for one in made}
    assert [record.getMessage() for record in caplog.records] == [
        "Parts of the index are newer than itself. Mend it: manage.py index rebuild"
    ]
    assert memory.present() is held
