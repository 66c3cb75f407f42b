"""References to figures are read from the attributes of their element, with a message for each mistake."""

import pytest

from ecosystem.values.figure_references import FigureReferenceError, Reference, reference_from_attributes


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
        "figure-ref metric=gdp: form “long” is not one of unit, value, short."
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
