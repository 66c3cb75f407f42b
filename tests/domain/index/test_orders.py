"""Documents of a set in an order: few of them by their rows, many by the stretches, with the same outcome."""

import pytest
from pyroaring import BitMap

from ecosystem.domain.index import blocks, memory, rebuilding
from tests.factories import PublishedOrganizationFactory

NAMES = ("Fudan", "Ares", "Jiaotong", "Hua", "Bund", "Tongji", "Zhangjiang", "Caohejing")


@pytest.fixture
def held(either_database, monkeypatch) -> memory.Memory:
    """Eight organizations in stretches of one or two."""
    for module in (blocks, rebuilding):
        monkeypatch.setattr(module, "LONGEST_BLOCK", 2)
    for name in NAMES:
        PublishedOrganizationFactory(name=name, name_zh="", founded="" if name == "Hua" else "1990")
    rebuilding.rebuild()
    return memory.present()


@pytest.mark.parametrize("order", ["name", "pinyin", "founded", "newest", "updated", "evidence"])
def test_few_come_in_the_order_in_which_many_do(held, monkeypatch, order):
    everything = BitMap.union(*(BitMap(stretch.documents) for stretch in held.orders[order]))
    assert len(everything) == len(NAMES)
    listed = list(memory.walk(held, order, everything))
    for some in ([], listed[2:3], listed[1::2], listed[::3]):
        found = {}
        for few in (0, 4):
            monkeypatch.setattr(memory, "FEW", few)
            found[few] = [
                list(memory.walk(held, order, BitMap(some), start)) for start in range(len(some) + 1)
            ]
        assert found[0] == found[4] == [some[start:] for start in range(len(some) + 1)]


def test_few_cost_one_question_and_many_none(held, monkeypatch, django_assert_num_queries):
    documents = held.orders["name"][0].documents
    monkeypatch.setattr(memory, "FEW", 4)
    with django_assert_num_queries(1):
        assert list(memory.walk(held, "name", BitMap(documents))) == list(documents)
    monkeypatch.setattr(memory, "FEW", 0)
    with django_assert_num_queries(0):
        assert list(memory.walk(held, "name", BitMap(documents))) == list(documents)


def test_order_that_no_document_has_is_empty(held):
    assert list(memory.walk(held, "size", BitMap([1]))) == []
