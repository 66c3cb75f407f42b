"""Makes sets of items that are published together; `tests.factories` has them among all others."""

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from ecosystem import models


class PublishingSetFactory(DjangoModelFactory):
    class Meta:
        model = models.PublishingSet

    title = Sequence(lambda n: f"Set {n:04}")


class SetMemberFactory(DjangoModelFactory):
    """Of an item that is gone: who needs one gives its number."""

    class Meta:
        model = models.SetMember

    publishing_set = SubFactory(PublishingSetFactory)
    kind = "article"
    item_id = Sequence(lambda n: 900_000 + n)
