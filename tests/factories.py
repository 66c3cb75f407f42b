"""Makes objects for tests; each factory is named by the state of what it makes.

Every object passes `full_clean()`. `DRAFTS` and `PUBLISHED` find the factory of a model, for tests over all.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from ecosystem import models
from tests.comment_factories import CommentFactory
from tests.desk_factories import DESK
from tests.set_factories import PublishingSetFactory, SetMemberFactory

LONG_AGO = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
FAR_AHEAD = datetime(2999, 1, 6, 9, 0, tzinfo=UTC)

# The states that no factory has of its own, to be given as arguments: DraftArticleFactory(**SCHEDULED).
SCHEDULED = {"status": models.Status.PUBLISHED, "published_at": FAR_AHEAD}
WITHDRAWN = {
    "status": models.Status.WITHDRAWN,
    "published_at": LONG_AGO,
    "withdrawn_at": LONG_AGO,
    "withdrawn_notice": "It described something else.",
}


class EditorFactory(DjangoModelFactory):
    class Meta:
        model = models.User

    username = Sequence(lambda n: f"editor-{n:04}")
    is_staff = True
    is_superuser = True


class ReaderOfTheAdminFactory(EditorFactory):
    """Somebody who may sign in to the admin and has no permission."""

    username = Sequence(lambda n: f"guest-{n:04}")
    is_superuser = False


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = models.Topic

    slug = Sequence(lambda n: f"topic-{n:04}")
    name = Sequence(lambda n: f"Topic {n:04}")
    name_zh = Sequence(lambda n: f"主题{n:04}")


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = models.Unit

    slug = Sequence(lambda n: f"unit-{n:04}")
    name = Sequence(lambda n: f"Unit {n:04}")
    pattern = "{number} companies"
    pattern_one = "{number} company"
    pattern_zh = "{number}家"


class DraftOrganizationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organization

    slug = Sequence(lambda n: f"organization-{n:04}")
    name = Sequence(lambda n: f"Organization {n:04}")
    name_zh = Sequence(lambda n: f"机构{n:04}")
    kind = models.Organization.Kind.COMPANY
    summary = "Makes things for tests."


class PublishedOrganizationFactory(DraftOrganizationFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class OrganizationNameFactory(DjangoModelFactory):
    class Meta:
        model = models.OrganizationName

    organization = SubFactory(PublishedOrganizationFactory)
    text = Sequence(lambda n: f"Other name {n:04}")
    language = models.OrganizationName.Language.ENGLISH
    kind = models.OrganizationName.Kind.SHORT


class IdentifierFactory(DjangoModelFactory):
    class Meta:
        model = models.Identifier

    organization = SubFactory(PublishedOrganizationFactory)
    scheme = models.Identifier.Scheme.WIKIDATA
    value = Sequence(lambda n: f"Q{n}")


class OrganizationRelationshipFactory(DjangoModelFactory):
    class Meta:
        model = models.OrganizationRelationship

    organization = SubFactory(PublishedOrganizationFactory)
    other = SubFactory(PublishedOrganizationFactory)
    kind = models.OrganizationRelationship.Kind.PARENT


class DraftPlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place

    slug = Sequence(lambda n: f"place-{n:04}")
    name = Sequence(lambda n: f"Place {n:04}")
    name_zh = Sequence(lambda n: f"地点{n:04}")
    kind = models.Place.Kind.PARK


class PublishedPlaceFactory(DraftPlaceFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class PublishedDistrictFactory(PublishedPlaceFactory):
    kind = models.Place.Kind.DISTRICT
    admin_code = Sequence(lambda n: f"31{n:04}")
    tile_column = Sequence(lambda n: n)
    tile_row = 1


class DraftInitiativeFactory(DjangoModelFactory):
    class Meta:
        model = models.Initiative

    slug = Sequence(lambda n: f"initiative-{n:04}")
    name = Sequence(lambda n: f"Initiative {n:04}")
    kind = models.Initiative.Kind.PROGRAMME
    started = "2020"


class PublishedInitiativeFactory(DraftInitiativeFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = models.Participation

    initiative = SubFactory(PublishedInitiativeFactory)
    organization = SubFactory(PublishedOrganizationFactory)
    role = models.Participation.Role.LEAD


class EventSeriesFactory(DjangoModelFactory):
    class Meta:
        model = models.EventSeries

    slug = Sequence(lambda n: f"series-{n:04}")
    name = Sequence(lambda n: f"Series {n:04}")


class DraftEventFactory(DjangoModelFactory):
    class Meta:
        model = models.Event

    slug = Sequence(lambda n: f"event-{n:04}")
    name = Sequence(lambda n: f"Event {n:04}")
    starts_on = date(2024, 7, 4)
    ends_on = date(2024, 7, 6)
    state = models.Event.State.HELD


class PublishedEventFactory(DraftEventFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class DraftPersonFactory(DjangoModelFactory):
    class Meta:
        model = models.Person

    slug = Sequence(lambda n: f"person-{n:04}")
    name = Sequence(lambda n: f"Person {n:04}")


class PublishedPersonFactory(DraftPersonFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class ImageFactory(DjangoModelFactory):
    class Meta:
        model = models.Image

    file = factory.django.ImageField(width=40, height=30, color="teal")
    alternative = Sequence(lambda n: f"A teal rectangle, number {n}")
    credit = "The tests"
    licence = "CC0"


class DraftArticleFactory(DjangoModelFactory):
    class Meta:
        model = models.Article

    slug = Sequence(lambda n: f"article-{n:04}")
    title = Sequence(lambda n: f"Article {n:04}")
    title_zh = Sequence(lambda n: f"文章{n:04}")
    standfirst = "What the text finds."
    body = "<h2>First</h2><p>A paragraph.</p>"


class PublishedArticleFactory(DraftArticleFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = models.Contribution

    article = SubFactory(PublishedArticleFactory)
    person = SubFactory(PublishedPersonFactory)


class DraftSourceFactory(DjangoModelFactory):
    """A source that somebody has opened and read."""

    class Meta:
        model = models.Source

    slug = Sequence(lambda n: f"source-{n:04}")
    title = Sequence(lambda n: f"Report {n:04}")
    publisher = "Bureau of tests"
    kind = models.Source.Kind.OFFICIAL_REPORT
    published_on = "2024"
    accessed_on = date(2025, 1, 2)
    url = LazyAttribute(lambda source: f"https://example.org/{source.slug}")
    trust = models.Source.Trust.PRIMARY
    access = models.Source.Access.READ


class PublishedSourceFactory(DraftSourceFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class UnopenedSourceFactory(PublishedSourceFactory):
    """A source that is named and that nobody has opened."""

    access = models.Source.Access.NOT_OPENED
    accessed_on = None


class DraftMetricFactory(DjangoModelFactory):
    class Meta:
        model = models.Metric

    slug = Sequence(lambda n: f"metric-{n:04}")
    name = Sequence(lambda n: f"Metric {n:04}")
    name_zh = Sequence(lambda n: f"指标{n:04}")
    unit = SubFactory(UnitFactory)
    nature = models.Metric.Nature.STOCK


class PublishedMetricFactory(DraftMetricFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class DraftRankingFactory(DjangoModelFactory):
    """Two metrics that count the same, or those that are given."""

    class Meta:
        model = models.Ranking
        skip_postgeneration_save = True

    slug = Sequence(lambda n: f"ranking-{n:04}")
    name = Sequence(lambda n: f"Ranking {n:04}")
    name_zh = Sequence(lambda n: f"排名{n:04}")

    @factory.post_generation
    def metrics(self, create: bool, given: list[models.Metric] | None, **_options: object) -> None:
        if create:
            unit = None if given else UnitFactory()
            self.metrics.set(given or [PublishedMetricFactory(unit=unit), PublishedMetricFactory(unit=unit)])


class PublishedRankingFactory(DraftRankingFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO


class DraftObservationFactory(DjangoModelFactory):
    """A value that was recalled and never compared with its document."""

    class Meta:
        model = models.Observation

    metric = SubFactory(PublishedMetricFactory)
    period = "2024"
    value = Decimal(400)
    source = SubFactory(PublishedSourceFactory)
    standing = models.Standing.UNVERIFIED


class PublishedObservationFactory(DraftObservationFactory):
    status = models.Status.PUBLISHED
    published_at = LONG_AGO
    recorded_at = LazyAttribute(lambda observation: observation.published_at)
    standing = models.Standing.REPORTED


class DisputedObservationFactory(PublishedObservationFactory):
    standing = models.Standing.DISPUTED
    standing_reason = "Another office counts fewer."


class CitationFactory(DjangoModelFactory):
    """A source of an organization's page; give another kind of page and `organization=None` for others."""

    class Meta:
        model = models.Citation

    organization = SubFactory(PublishedOrganizationFactory)
    source = SubFactory(PublishedSourceFactory)
    note = "What it does."


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Correction

    organization = SubFactory(PublishedOrganizationFactory)
    happened_on = date(2025, 2, 3)
    text = "An earlier version gave the wrong year."


class ChangeNoteFactory(DjangoModelFactory):
    class Meta:
        model = models.ChangeNote

    organization = SubFactory(PublishedOrganizationFactory)
    happened_on = date(2025, 2, 3)
    text = "Its new address was added."


class FigureReferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.FigureReference

    article = SubFactory(PublishedArticleFactory)
    shown = SubFactory(PublishedMetricFactory)
    form = "unit"
    field = "body"


class RevisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Revision

    kind = "topic"
    key = Sequence(lambda n: f"topic-{n}")
    data = LazyAttribute(lambda revision: [{"model": "ecosystem.topic", "fields": {"slug": revision.key}}])
    author = SubFactory(EditorFactory)
    note = "changed"


WorkingCopyFactory = factory.make_factory(
    models.WorkingCopy, FACTORY_CLASS=DjangoModelFactory, kind="organization", base=SubFactory(RevisionFactory),
    item_id=LazyAttribute(lambda _copy: PublishedOrganizationFactory().pk),
    latest=SubFactory(RevisionFactory, of_working_copy=True),
)  # fmt: skip


class PublicSpanFactory(DjangoModelFactory):
    class Meta:
        model = models.PublicSpan

    observation = SubFactory(PublishedObservationFactory)
    since = LONG_AGO - timedelta(days=60)
    until = LONG_AGO - timedelta(days=30)


class StandingChangeFactory(DjangoModelFactory):
    """The value was reported and has been verified since."""

    class Meta:
        model = models.StandingChange

    observation = SubFactory(
        PublishedObservationFactory, standing=models.Standing.VERIFIED, locator="table 2"
    )
    standing = models.Standing.VERIFIED
    reason = "Found in the yearbook."
    locator = "table 2"
    standing_before = models.Standing.REPORTED
    decided_at = LONG_AGO + timedelta(days=30)
    decided_by = SubFactory(EditorFactory)


class FormulaInputFactory(DjangoModelFactory):
    class Meta:
        model = models.FormulaInput

    metric = SubFactory(PublishedMetricFactory, formula=models.Metric.Formula.SUM)
    input = SubFactory(PublishedMetricFactory)
    position = Sequence(lambda n: n + 1)


class SuppressionFactory(DjangoModelFactory):
    class Meta:
        model = models.Suppression

    subject = models.Suppression.Subject.VALUE
    ground = models.Suppression.Ground.COURT_ORDER
    reference = Sequence(lambda n: f"order {n}")
    notice = "A value was removed by order of a court."
    metric = SubFactory(PublishedMetricFactory)
    period = "2024"
    suppressed_at = LONG_AGO
    suppressed_by = SubFactory(EditorFactory)


CLOSE_TO_NO_NAME = Sequence(lambda n: f"xqzw {n:04}")
MissedSearchFactory = factory.make_factory(models.MissedSearch, FACTORY_CLASS=DjangoModelFactory,
    first_on=LONG_AGO.date(), last_on=LONG_AGO.date(), text=CLOSE_TO_NO_NAME)  # fmt: skip
SeededKeyFactory = factory.make_factory(
    models.SeededKey, FACTORY_CLASS=DjangoModelFactory, kind="topic", key=Sequence(lambda n: f"topic-{n}")
)
SignedWarningFactory = factory.make_factory(
    models.SignedWarning, FACTORY_CLASS=DjangoModelFactory, kind="topic", check_name="links", finding="a1",
    key=Sequence(lambda n: f"item-{n}"), reason="Quoted.",
)  # fmt: skip
FormerAddressFactory = factory.make_factory(models.FormerAddress, FACTORY_CLASS=DjangoModelFactory,
    kind="topic", topic=SubFactory(TopicFactory), slug=Sequence(lambda n: f"old-{n}"))  # fmt: skip


def _by_model(*factories: type[DjangoModelFactory]) -> dict[type, type[DjangoModelFactory]]:
    return {each._meta.model: each for each in factories}


DRAFTS = _by_model(
    DraftArticleFactory,
    DraftEventFactory,
    DraftInitiativeFactory,
    DraftMetricFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    DraftPersonFactory,
    DraftPlaceFactory,
    DraftRankingFactory,
    DraftSourceFactory,
)
PUBLISHED = _by_model(
    PublishedArticleFactory,
    PublishedEventFactory,
    PublishedInitiativeFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedPersonFactory,
    PublishedPlaceFactory,
    PublishedRankingFactory,
    PublishedSourceFactory,
)
OTHERS = _by_model(
    *DESK,
    ChangeNoteFactory,
    CitationFactory,
    CommentFactory,
    ContributionFactory,
    CorrectionFactory,
    EditorFactory,
    EventSeriesFactory,
    FigureReferenceFactory,
    FormerAddressFactory,
    FormulaInputFactory,
    IdentifierFactory,
    ImageFactory,
    MissedSearchFactory,
    OrganizationNameFactory,
    OrganizationRelationshipFactory,
    ParticipationFactory,
    PublicSpanFactory,
    PublishingSetFactory,
    RevisionFactory,
    SeededKeyFactory,
    SetMemberFactory,
    SignedWarningFactory,
    StandingChangeFactory,
    SuppressionFactory,
    TopicFactory,
    UnitFactory,
    WorkingCopyFactory,
)
