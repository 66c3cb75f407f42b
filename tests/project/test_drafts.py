"""What is not public is nowhere: it has no address, and no page, list, search, feed or sitemap names it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from ecosystem.models import Observation
from tests import small_site
from tests.factories import (
    DRAFTS,
    SCHEDULED,
    WITHDRAWN,
    CorrectionFactory,
    DraftMetricFactory,
    DraftOrganizationFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
)
from tests.small_site import KINDS, LANGUAGES

pytestmark = pytest.mark.django_db
HIDDEN = {"draft": {}, "in review": {"status": "in_review"}, "scheduled": SCHEDULED}
PAGE_MODELS = [model for model in DRAFTS if model is not Observation]


def address(item, language: str) -> str:
    with override(language):
        return item.get_absolute_url()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("model", PAGE_MODELS, ids=lambda model: model.__name__)
def test_page_that_is_not_public_has_no_address(client, model, state, language):
    item = DRAFTS[model](**HIDDEN[state])
    assert client.get(address(item, language)).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", HIDDEN)
def test_value_that_is_not_public_has_no_evidence_page(client, state, language):
    value = DRAFTS[Observation](**HIDDEN[state])
    assert client.get(address(value, language)).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_value_of_a_draft_metric_has_no_evidence_page(client, language):
    value = PublishedObservationFactory(metric=DraftMetricFactory())
    assert client.get(address(value, language)).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", PAGE_MODELS, ids=lambda model: model.__name__)
def test_withdrawn_page_answers_410_with_its_notice(client, model, language):
    item = DRAFTS[model](**WITHDRAWN)
    answer = client.get(address(item, language))
    assert answer.status_code == 410
    assert answer.content.decode().count("It described something else.") == 1
    shown = (item.name_zh if language == "zh-hans" else "") or item.name
    assert shown in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_withdrawn_value_answers_410_with_its_notice_where_no_other_stands(client, language):
    value = DRAFTS[Observation](**WITHDRAWN)
    answer = client.get(address(value, language))
    assert answer.status_code == 410
    assert answer.content.decode().count("It described something else.") == 1
    PublishedObservationFactory(metric=value.metric, period=value.period)
    answer = client.get(address(value, language))
    assert (answer.status_code, b"It described something else." in answer.content) == (200, False)


@pytest.fixture(params=[*HIDDEN, "withdrawn"])
def hidden_names(request, site) -> list[str]:
    """The names of items that are not public and to which every public page points, and which point back."""
    state = (HIDDEN | {"withdrawn": WITHDRAWN})[request.param]
    kinds = [kind for kind in KINDS if kind != "topic"]
    hidden = {kind: DRAFTS[type(site[kind])](slug=f"hidden-{kind}", **state) for kind in kinds}
    for item in hidden.values():
        setattr(item, "title" if hasattr(item, "title") else "name", f"Hidden {item._meta.model_name}")
        item.save()
    small_site.connect(site, hidden | {"topic": site["topic"]})
    small_site.connect(hidden | {"topic": site["topic"]}, site)
    small_site.mention(hidden["article"], site["metric"])
    PublishedObservationFactory(metric=hidden["metric"], source=site["source"])
    DRAFTS[Observation](
        metric=site["metric"], source=site["source"], period="2019", note="Hidden value", **state
    )
    CorrectionFactory(organization=hidden["organization"], text="Hidden correction")
    site["organization"].district = site["organization"].park = hidden["place"]
    site["organization"].save()
    site["event"].place = hidden["place"]
    site["event"].save()
    return [f"Hidden {kind}" for kind in (*kinds, "value", "correction")] + [
        f"hidden-{kind}" for kind in kinds
    ]


def test_no_page_names_what_is_not_public(client, site, hidden_names):
    paths = {path for language in LANGUAGES for path in small_site.addresses(site, language).values()}
    paths |= {
        f"{reverse('search')}?q=hidden",
        reverse("article_feed"),
        reverse("sitemap"),
        "/organizations/?q=e",
    }
    answers = {path: client.get(path) for path in sorted(paths)}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    texts = {path: answer.content.decode() for path, answer in answers.items()}
    assert {
        path: [n for n in hidden_names if n in text]
        for path, text in texts.items()
        if any(n in text for n in hidden_names)
    } == {}


def test_subject_of_a_metric_is_not_named_before_it_is_public(client):
    metric = PublishedMetricFactory(subject_organization=DraftOrganizationFactory(name="Hidden subject"))
    assert b"Hidden subject" not in client.get(metric.get_absolute_url()).content
