"""Records of the editors' desk: what was done, what was typed and not saved, which forms are open."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ecosystem import models


class UnsavedFormFactory(DjangoModelFactory):
    """Somebody has typed a title into the form of a new topic."""

    class Meta:
        model = models.UnsavedForm

    user = factory.SubFactory("tests.factories.EditorFactory")
    key = factory.Sequence(lambda n: f"opening-{n}")
    kind = "topic"
    data = factory.LazyFunction(lambda: {"name": ["Typed"]})
    begun_at = updated_at = factory.LazyFunction(timezone.now)


class OpenFormFactory(DjangoModelFactory):
    class Meta:
        model = models.OpenForm

    user = factory.SubFactory("tests.factories.EditorFactory")
    kind = "topic"
    item_id = factory.Sequence(lambda n: n + 1)
    opened_at = seen_at = factory.LazyFunction(timezone.now)


AuditEntryFactory = factory.make_factory(
    models.AuditEntry, FACTORY_CLASS=DjangoModelFactory, act="add", kind="topic", number=1
)
ReaderReportFactory = factory.make_factory(
    models.ReaderReport, FACTORY_CLASS=DjangoModelFactory, address="/metrics/gdp/", text="The sum is of 2023."
)
DESK = (ReaderReportFactory, AuditEntryFactory, OpenFormFactory, UnsavedFormFactory)
