"""Whatever is done to records, in whatever order, and whatever is undone: the index says what they say."""

import random
from array import array
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ecosystem.domain import publishing
from ecosystem.domain.index import blocks, journal, memory, rebuilding, versions
from ecosystem.domain.index.checking import faults
from ecosystem.models import Organization, Source, Standing, Status, Topic
from tests.factories import (
    CitationFactory,
    DraftOrganizationFactory,
    EditorFactory,
    IdentifierFactory,
    OrganizationNameFactory,
    PublishedDistrictFactory,
    PublishedOrganizationFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
    TopicFactory,
    UnopenedSourceFactory,
)

NAMES = ["Lujiazui Robotics", "浦东机器人", "浦东新区机器人研究院", "Zhangjiang", "AT&T", "机器"]


class Undone(Exception):
    """Ends a transaction that is not to be."""


class World:
    """A few records, and everything that can happen to one of them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.editor = chance, EditorFactory()
        self.topics = [TopicFactory(), TopicFactory()]
        self.districts = [PublishedDistrictFactory(), PublishedDistrictFactory()]
        self.parks = [PublishedPlaceFactory()]
        self.sources = [PublishedSourceFactory(), UnopenedSourceFactory()]

    def anyone(self) -> Organization:
        return (
            self.chance.choice(list(Organization.objects.order_by("pk")))
            if Organization.objects.exists()
            else self.arrive()
        )

    def arrive(self) -> Organization:
        factory = self.chance.choice(
            [PublishedOrganizationFactory, PublishedOrganizationFactory, DraftOrganizationFactory]
        )
        return factory(name=self.chance.choice(NAMES), founded=self.chance.choice(["", "1990", "2004-05"]))

    def rename(self) -> None:
        one = self.anyone()
        one.name, one.name_zh = self.chance.choice(NAMES), self.chance.choice(["", *NAMES])
        one.save()

    def move(self) -> None:
        one = self.anyone()
        one.district, one.park = (
            self.chance.choice([None, *self.districts]),
            self.chance.choice([None, *self.parks]),
        )
        one.kind, one.ownership = (
            self.chance.choice(Organization.Kind.values),
            self.chance.choice(["", "state"]),
        )
        one.save()

    def file(self) -> None:
        one, topic = self.anyone(), self.chance.choice(self.topics)
        self.chance.choice(
            [
                lambda: one.topics.add(topic),
                lambda: one.topics.remove(topic),
                one.topics.clear,
                lambda: one.topics.set(self.topics),
                lambda: topic.organizations.add(one),
                topic.organizations.clear,
            ]
        )()

    def end_topic(self) -> None:
        self.topics.pop().delete()
        self.topics.append(TopicFactory())

    def name(self) -> None:
        one = self.anyone()
        if one.names.exists() and self.chance.random() < 0.5:
            one.names.first().delete()
        else:
            OrganizationNameFactory(organization=one)

    def list_on_exchange(self) -> None:
        one = self.anyone()
        one.identifiers.all().delete()
        IdentifierFactory(organization=one, scheme="ticker")

    def cite(self) -> None:
        standing = self.chance.choice([Standing.VERIFIED, Standing.DISPUTED, Standing.UNVERIFIED])
        about = self.chance.choice(
            [{}, {"field": "founded", "standing": standing, "reason": "It says otherwise."}]
        )
        CitationFactory(organization=self.anyone(), source=self.chance.choice(self.sources), **about)

    def open_source(self) -> None:
        source = self.chance.choice(self.sources)
        source.access = self.chance.choice(Source.Access.values)
        source.save()

    def publish(self) -> None:
        one = self.anyone()
        if one.status == Status.DRAFT:
            later = timezone.now() + timedelta(days=3)
            publishing.publish(one, by=self.editor, at=self.chance.choice([None, later]))
        elif one.is_public:
            publishing.withdraw(one, by=self.editor, notice="It was an error.")

    def go(self) -> None:
        self.anyone().delete()

    def think_again(self) -> None:
        """What was begun is undone, after the process has seen it."""
        try:
            with transaction.atomic():
                self.arrive()
                self.rename()
                memory.present()
                raise Undone
        except Undone:
            pass

    def rebuild(self) -> None:
        rebuilding.rebuild(share=0.2, fewest=2)

    ACTS = (
        *(
            arrive,
            arrive,
            rename,
            move,
            file,
            end_topic,
            name,
            list_on_exchange,
            cite,
            open_source,
            publish,
            go,
        ),
        *(think_again, rebuild),
    )


# Each history is rolled back by itself, so that it may share the fixture.
@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# One source for the whole, and one for a disputed year.
@example(longest_block=2, fold_every=2, most_journaled=20, looked_every=1, seed=0, acts=[2, 8, 8])
@given(
    longest_block=st.sampled_from([2, 2048]),
    fold_every=st.sampled_from([1, 3, 7, 1024]),
    most_journaled=st.sampled_from([0, 1, 20]),
    looked_every=st.sampled_from([1, 4]),
    seed=st.integers(0, 2**32),
    acts=st.lists(st.integers(0, len(World.ACTS) - 1), min_size=1, max_size=15),
)
def test_index_says_what_the_records_say(
    either_database, longest_block, fold_every, most_journaled, looked_every, seed, acts
):
    with pytest.MonkeyPatch.context() as patch:
        for module in (blocks, rebuilding):
            patch.setattr(module, "LONGEST_BLOCK", longest_block)
        patch.setattr(journal, "FOLD_EVERY", fold_every)
        patch.setattr(journal, "MOST_JOURNALED", most_journaled)
        with transaction.atomic():
            world = World(random.Random(seed))
            for turn, number in enumerate(acts):
                World.ACTS[number](world)
                if turn % looked_every == 0:
                    memory.present()
            held = memory.present()
            assert list(faults()) == []
            assert_same_as_read_anew(held)
            transaction.set_rollback(True)


def assert_same_as_read_anew(held: memory.Memory) -> None:
    """What a process has kept up to date step by step is what a new process reads."""
    fresh = memory._read(versions.current())
    assert {key: bits for key, bits in held.sets.items() if bits} == {
        key: bits for key, bits in fresh.sets.items() if bits
    }
    assert {order: listed(held, order) for order in held.orders} == {
        order: listed(fresh, order) for order in fresh.orders
    }
    assert (held.vocabulary, held.frequent, held.due) == (fresh.vocabulary, fresh.frequent, fresh.due)


def listed(held: memory.Memory, order: str) -> list[int]:
    return [document for stretch in held.orders[order] for document in stretch.documents]


def test_topic_that_goes_leaves_nothing(db):
    topic = TopicFactory()
    PublishedOrganizationFactory().topics.add(topic)
    topic.delete()
    assert list(faults()) == []
    assert not Topic.objects.exists()


@given(st.lists(st.sampled_from([0, 1, 255, 256, 65_536, 1 << 24, 0x01010101]), unique=True))
def test_place_in_a_stretch_is_told_by_whole_numbers(documents):
    """Also where the bytes of one number stand across two others."""
    stretch = array("I", documents).tobytes()
    for document in (0, 1, 256, 65_536, 1 << 24, 0x01010101):
        expected = 4 * documents.index(document) if document in documents else -1
        assert blocks._find(stretch, array("I", [document]).tobytes()) == expected
