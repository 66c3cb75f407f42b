"""What is written of a number is read back: no factor of ten is ever lost between the languages or the forms."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.quantities import QUALIFIERS, UnitOfMeasure, amount

SCALES = {
    "": 0, "万": 4, "亿": 8, "万亿": 12,
    "million": 6, "billion": 9, "trillion": 12, "m": 6, "bn": 9, "tn": 12,
}  # fmt: skip
NUMBER = re.compile(r"(−?[\d,]+(?:\.(\d+))?)[\u00a0 ]?(trillion|billion|million|tn|bn|m|万亿|亿|万)?")

units = st.builds(
    UnitOfMeasure,
    factor=st.sampled_from([Decimal(10) ** power for power in (0, 3, 4, 6, 8, 9)]),
    scales=st.booleans(),
    pattern=st.just("{number} yuan"),
    pattern_zh=st.just("{number}元"),
    pattern_one=st.just("{number} yuan"),
    short=st.sampled_from(["", "CNY {number}"]),
)
values = st.decimals(min_value=-(10**12), max_value=10**12, places=6) | st.integers(-(10**7), 10**7).map(
    Decimal
)
forms = st.sampled_from(["unit", "value", "short"])


def read(text: str) -> tuple[Decimal, Decimal]:
    """The number that a reader takes from the text, and half of its last digit."""
    [(digits, decimals, scale)] = NUMBER.findall(text)
    number = Decimal(digits.replace(",", "").replace("−", "-")).scaleb(SCALES[scale])
    return number, Decimal("0.5").scaleb(SCALES[scale] - len(decimals))


@given(values, units, st.sampled_from(sorted(QUALIFIERS)), forms)
def test_number_is_read_back_within_its_rounding_in_both_languages(value, unit, qualifier, form):
    base = value * unit.factor
    for language in ("en", "zh-hans"):
        number, half = read(amount(value, unit, qualifier, language, form))
        assert abs(number - base) <= half
        assert abs(number - base) <= abs(base) * Decimal("0.005")


@given(values, units, forms, forms)
def test_languages_and_forms_say_the_same_number(value, unit, form, other):
    english, its_half = read(amount(value, unit, "=", "en", form))
    chinese, half = read(amount(value, unit, "=", "zh-hans", other))
    assert abs(english - chinese) <= its_half + half


@given(values, units)
def test_number_without_large_words_is_written_in_full(value, unit):
    plain = UnitOfMeasure(unit.factor, False, unit.pattern, unit.pattern_zh)
    assert {read(amount(value, plain, "=", language))[0] for language in ("en", "zh-hans")} == {
        value * unit.factor
    }
