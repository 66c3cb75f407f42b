"""References to figures are read from the attributes of their element, with a message for each mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.figure_references import (
    ATTRIBUTES,
    ELEMENT,
    PLAIN_FORMS,
    FigureReferenceError,
    Reference,
    reference_from_attributes,
)
from ecosystem.values.markup import elements, opening_tag, sanitize


def refusal(**attributes) -> str:
    with pytest.raises(FigureReferenceError) as refused:
        reference_from_attributes(attributes)
    return str(refused.value)


def test_reference_without_particulars_follows_the_headline():
    reference = reference_from_attributes({"metric": "gdp"})
    assert reference == Reference("gdp", "latest", "unit", "")
    assert reference.is_live


def test_reference_with_a_period_is_pinned():
    attributes = {"metric": "gdp", "period": "2024-H1", "form": "short", "source": "yearbook-2024"}
    reference = reference_from_attributes(attributes)
    assert reference == Reference("gdp", "2024-H1", "short", "yearbook-2024")
    assert not reference.is_live


def test_empty_attributes_count_as_missing_ones():
    attributes = {"metric": " gdp ", "period": "", "form": None, "source": None}
    assert reference_from_attributes(attributes) == Reference("gdp")


@pytest.mark.parametrize("metric", ["", " ", None])
def test_reference_names_a_metric(metric):
    assert refusal(metric=metric) == 'A figure-ref names no metric. Write metric="gdp", for example.'


def test_reference_with_a_bad_period_says_which_forms_there_are():
    assert refusal(metric="gdp", period="last year") == (
        "figure-ref metric=gdp: “last year” is not a period. Write 2024, 2024-H1, 2024-Q3, 2024-09, "
        "2024-09-30, or 2024-to-09 for January to September."
    )


def test_reference_with_a_bad_form_says_which_there_are():
    assert refusal(metric="gdp", form="long") == (
        "figure-ref metric=gdp: form “long” is not one of unit, value, short, change, share, rank."
    )


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        (Reference("gdp"), "figure-ref metric=gdp period=latest"),
        (Reference("gdp", "2024", source="yearbook"), "figure-ref metric=gdp period=2024 source=yearbook"),
    ],
)
def test_reference_is_named_in_messages(reference, text):
    assert str(reference) == text


def test_share_needs_the_metric_that_it_is_of():
    assert refusal(metric="gdp", form="share") == (
        'figure-ref metric=gdp: form “share” needs of. Write of="gdp", for example.'
    )


def test_attribute_of_another_form_is_refused():
    assert refusal(metric="gdp", since="2020") == (
        "figure-ref metric=gdp: since belongs to form “change”, and the form is “unit”."
    )


def test_day_of_knowledge_is_a_day():
    assert refusal(metric="gdp", **{"known-on": "March"}) == (
        "figure-ref metric=gdp: “March” is no day. Write known-on as 2025-03-01."
    )


def test_reference_known_on_a_day_is_pinned():
    pinned = reference_from_attributes({"metric": "gdp", "known-on": "2025-03-01"})
    assert (pinned.is_live, str(pinned)) == (
        False,
        "figure-ref metric=gdp period=latest known-on=2025-03-01",
    )


def test_attributes_of_a_reference_make_the_same_reference():
    written = {"metric": "star", "period": "2024", "form": "share", "of": "all", "source": "yearbook"}
    assert reference_from_attributes(
        reference_from_attributes(written).attributes
    ) == reference_from_attributes(written)


slugs = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
periods = st.from_regex(r"(19|20)[0-9]{2}(-Q[1-4]|-H[12]|-0[1-9]|-to-0[1-9])?", fullmatch=True)
shared = {
    "metric": slugs,
    "period": periods | st.just("latest"),
    "source": slugs | st.just(""),
    "known_on": st.none() | st.dates(),
}
any_reference = (
    st.builds(Reference, **shared, form=st.sampled_from(PLAIN_FORMS))
    | st.builds(Reference, **shared, form=st.just("change"), since=periods | st.just(""))
    | st.builds(Reference, **shared, form=st.just("share"), of=slugs)
    | st.builds(Reference, **shared | {"source": st.just("")}, form=st.just("rank"), ranking=slugs)
)


@given(any_reference)
def test_every_reference_is_read_back_from_its_element(reference):
    element = opening_tag(ELEMENT, reference.attributes) + f"</{ELEMENT}>"
    [(attributes, inner)] = elements(sanitize(f"<p>A {element} b.</p>"), ELEMENT)
    assert (reference_from_attributes(attributes), inner) == (reference, "")


@given(st.dictionaries(st.sampled_from(ATTRIBUTES), st.text(max_size=12)))
def test_any_attributes_make_a_reference_or_an_error_with_a_sentence(attributes):
    try:
        reference = reference_from_attributes(attributes)
    except FigureReferenceError as error:
        assert str(error).endswith(".")
    else:
        assert reference_from_attributes(reference.attributes) == reference
