"""What must always be true is held by the database: each constraint is broken once, around all forms."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ecosystem.models import IndexBlock, IndexChunk, IndexState, Observation, Standing, Status, WordChunk
from tests import factories as made
from tests.desk_factories import OpenFormFactory, ReaderReportFactory, UnsavedFormFactory
from tests.set_factories import PublishingSetFactory, SetMemberFactory

pytestmark = pytest.mark.django_db


def twice(factory, *shared, **fields):
    """Two records that agree in these fields."""
    first = factory(**fields)
    return factory.build(**fields | {name: getattr(first, name) for name in shared})


def one_more(model, **fields):
    model.objects.create(**fields)
    return model(**fields)


def about_two_pages(factory):
    return factory.build(
        organization=made.PublishedOrganizationFactory(),
        place=made.PublishedPlaceFactory(),
        **{"source": made.PublishedSourceFactory()} if factory is made.CitationFactory else {},
        **{"shown": made.PublishedMetricFactory(), "article": None}
        if factory is made.FigureReferenceFactory
        else {},
    )


def value(**fields):
    kept = {"metric": made.PublishedMetricFactory(), "source": made.PublishedSourceFactory()}
    return made.DraftObservationFactory.build(**kept | fields)


def citation(**fields):
    kept = {"organization": made.PublishedOrganizationFactory(), "source": made.PublishedSourceFactory()}
    return made.CitationFactory.build(**kept | fields)


def one_organization_twice():
    organization = made.PublishedOrganizationFactory()
    return made.OrganizationRelationshipFactory.build(organization=organization, other=organization)


def metric_of_itself():
    metric = made.PublishedMetricFactory()
    return made.FormulaInputFactory.build(metric=metric, input=metric)


def two_inputs_in_one_place():
    first = made.FormulaInputFactory()
    return made.FormulaInputFactory.build(
        metric=first.metric, input=made.PublishedMetricFactory(), position=first.position
    )


def period_backwards():
    """The days follow from the period on every save, so they can only be turned round behind the model's back."""
    stored = value()
    stored.save()
    type(stored).objects.filter(pk=stored.pk).update(period_end=date(2000, 1, 1))


BREACHES = {
    "article_one_per_lead_position": lambda: twice(made.DraftArticleFactory, lead_position=1),
    "article_public_has_moment": lambda: made.DraftArticleFactory.build(status=Status.PUBLISHED),
    "changenote_about_one_page": lambda: about_two_pages(made.ChangeNoteFactory),
    "citation_about_one_page": lambda: about_two_pages(made.CitationFactory),
    "citation_disputed_has_reason": lambda: citation(standing=Standing.DISPUTED),
    "citation_fact_has_standing": lambda: citation(field="founded"),
    "comment_answer_not_resolved_alone": lambda: made.CommentFactory.build(
        author=None,
        revision=made.RevisionFactory(),
        answers=made.CommentFactory(),
        resolved_at=made.LONG_AGO,
    ),
    "comment_resolved_has_moment": lambda: made.CommentFactory.build(
        author=None, revision=made.RevisionFactory(), resolved_by=made.EditorFactory()
    ),
    "contribution_unique": lambda: twice(made.ContributionFactory, "article", "person"),
    "correction_about_one_page": lambda: about_two_pages(made.CorrectionFactory),
    "event_ends_after_start": lambda: made.DraftEventFactory.build(ends_on=date(2024, 7, 3)),
    "event_public_has_moment": lambda: made.DraftEventFactory.build(status=Status.WITHDRAWN),
    "figure_reference_shows_or_cites": lambda: made.FigureReferenceFactory.build(
        article=made.PublishedArticleFactory(), shown=None
    ),
    "figurereference_about_one_page": lambda: about_two_pages(made.FigureReferenceFactory),
    "former_address_leads_to_its_kind": lambda: made.FormerAddressFactory.build(
        kind="place", topic=made.TopicFactory()
    ),
    "former_address_unique": lambda: twice(made.FormerAddressFactory, "slug", "topic"),
    "formula_input_is_another_metric": metric_of_itself,
    "formula_input_named_once": lambda: twice(made.FormulaInputFactory, "metric", "input"),
    "formula_input_one_per_position": two_inputs_in_one_place,
    "identifier_unique": lambda: twice(made.IdentifierFactory, "organization", "value"),
    "index_block_unique": lambda: one_more(IndexBlock, order="name", low=b"", data=b"", version=1),
    "index_chunk_unique": lambda: one_more(IndexChunk, key="kind=company", chunk=0, data=b"", version=1),
    "index_state_is_one": lambda: IndexState(pk=2),
    "initiative_ended_after_started": lambda: made.DraftInitiativeFactory.build(ended="2019"),
    "initiative_public_has_moment": lambda: made.DraftInitiativeFactory.build(status=Status.PUBLISHED),
    "metric_one_subject": lambda: made.DraftMetricFactory.build(
        unit=made.UnitFactory(),
        subject_organization=made.PublishedOrganizationFactory(),
        subject_place=made.PublishedPlaceFactory(),
    ),
    "metric_public_has_moment": lambda: made.DraftMetricFactory.build(
        unit=made.UnitFactory(), status=Status.PUBLISHED
    ),
    "missed_search_counted_in_order": lambda: made.MissedSearchFactory.build(last_on=date(2000, 1, 1)),
    "missed_search_unique": lambda: made.MissedSearchFactory.build(text=made.MissedSearchFactory().text),
    "observation_disputed_has_reason": lambda: value(standing=Standing.DISPUTED),
    "observation_one_per_source": lambda: twice(made.DraftObservationFactory, "metric", "source"),
    "observation_period_ordered": period_backwards,
    "observation_public_has_moment": lambda: value(status=Status.PUBLISHED),
    "observation_value_or_absence": lambda: value(absence=Observation.Absence.MISSING),
    "observation_within_bounds": lambda: value(high=Decimal(399)),
    "organization_closed_after_founded": lambda: made.DraftOrganizationFactory.build(
        founded="1990-04", closed="1990-03"
    ),
    "organization_slug_is_free": lambda: made.DraftOrganizationFactory.build(slug="compare"),
    "organization_name_span_ordered": lambda: made.OrganizationNameFactory.build(
        organization=made.PublishedOrganizationFactory(), since="2001", until="2000"
    ),
    "organization_name_unique": lambda: twice(made.OrganizationNameFactory, "organization", "text"),
    "organization_public_has_moment": lambda: made.DraftOrganizationFactory.build(status=Status.PUBLISHED),
    "organization_relationship_of_two": one_organization_twice,
    "organization_relationship_unique": lambda: twice(
        made.OrganizationRelationshipFactory, "organization", "other"
    ),
    "participation_unique": lambda: twice(made.ParticipationFactory, "initiative", "organization"),
    "person_public_has_moment": lambda: made.DraftPersonFactory.build(status=Status.PUBLISHED),
    "place_admin_code_unique": lambda: twice(made.DraftPlaceFactory, admin_code="310115"),
    "place_one_per_tile": lambda: twice(made.PublishedDistrictFactory, "tile_column", admin_code=""),
    "place_point_is_whole": lambda: made.DraftPlaceFactory.build(latitude=Decimal(31)),
    "place_public_has_moment": lambda: made.DraftPlaceFactory.build(status=Status.PUBLISHED),
    "place_tile_is_whole": lambda: made.PublishedDistrictFactory.build(tile_row=None),
    "public_span_ordered": lambda: made.PublicSpanFactory.build(
        observation=made.PublishedObservationFactory(), until=made.LONG_AGO - timedelta(days=90)
    ),
    "open_form_one_per_person": lambda: twice(OpenFormFactory, "kind", "item_id", "user"),
    "open_form_seen_after_opened": lambda: OpenFormFactory.build(
        user=made.EditorFactory(), opened_at=made.FAR_AHEAD
    ),
    "ranking_public_has_moment": lambda: made.DraftRankingFactory.build(status=Status.PUBLISHED),
    "seeded_key_unique": lambda: twice(made.SeededKeyFactory, "key"),
    "set_member_in_one_open_set": lambda: SetMemberFactory.build(
        publishing_set=PublishingSetFactory(), item_id=SetMemberFactory().item_id
    ),
    "set_member_once": lambda: twice(SetMemberFactory, "publishing_set", "item_id", is_open=False),
    "reader_report_settled_with_outcome": lambda: ReaderReportFactory.build(outcome="Corrected."),
    "set_published_has_moment": lambda: PublishingSetFactory.build(stage="published"),
    "set_scheduled_for_a_moment": lambda: PublishingSetFactory.build(scheduled_by=made.EditorFactory()),
    "signed_warning_has_reason": lambda: made.SignedWarningFactory.build(reason=""),
    "source_archive_has_address": lambda: made.DraftSourceFactory.build(
        url="", archived_url="https://example.org/copy"
    ),
    "source_condition_has_moment": lambda: made.DraftSourceFactory.build(condition="dead"),
    "source_in_print_has_identifier": lambda: made.DraftSourceFactory.build(medium="print"),
    "source_public_has_moment": lambda: made.DraftSourceFactory.build(status=Status.PUBLISHED),
    "standing_change_has_reason": lambda: made.StandingChangeFactory.build(
        observation=made.PublishedObservationFactory(), decided_by=None, reason=""
    ),
    "suppression_has_reference_and_notice": lambda: made.SuppressionFactory.build(
        metric=None, suppressed_by=None, reference=""
    ),
    "unit_factor_positive": lambda: made.UnitFactory.build(factor=Decimal(0)),
    "unsaved_form_one_per_opening": lambda: twice(UnsavedFormFactory, "user", "key"),
    "unsaved_form_words_only_while_kept": lambda: UnsavedFormFactory.build(
        user=made.EditorFactory(), state="saved"
    ),
    "word_chunk_unique": lambda: one_more(WordChunk, scope="names", word="上海", chunk=0, data=b""),
    "working_copy_base_before_latest": lambda: made.WorkingCopyFactory.build(
        latest=made.RevisionFactory(), base=made.RevisionFactory()
    ),
    "working_copy_one_per_item": lambda: twice(made.WorkingCopyFactory, "item_id", "base", "latest"),
    "working_copy_scheduled_for_a_moment": lambda: made.WorkingCopyFactory.build(
        base=made.RevisionFactory(), latest=made.RevisionFactory(), scheduled_by=made.EditorFactory()
    ),
}


def constraints() -> dict:
    models = apps.get_app_config("ecosystem").get_models()
    return {
        constraint.name: (model, constraint) for model in models for constraint in model._meta.constraints
    }


def test_every_constraint_is_broken_below():
    assert sorted(BREACHES) == sorted(constraints())


@pytest.mark.parametrize("name", BREACHES)
def test_database_refuses_what_breaks(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        broken = BREACHES[name]()
        if broken is not None:
            broken.save()
    assert named(name, refused.value)


def named(name: str, error: IntegrityError) -> bool:
    """SQLite names a plain unique constraint by its columns only."""
    _model, constraint = constraints()[name]
    fields = getattr(constraint, "fields", ())
    return name in str(error) or (bool(fields) and all(field in str(error) for field in fields))


@pytest.mark.parametrize("name", sorted(BREACHES.keys() - {"observation_period_ordered"}))
def test_full_clean_refuses_it_in_words(name):
    """Editors and the seed meet the rule before the database does."""
    broken = BREACHES[name]()
    if name.startswith("observation"):
        broken._fill_days()
    with pytest.raises(ValidationError) as refused:
        broken.full_clean()
    assert "Constraint “" not in str(refused.value)
