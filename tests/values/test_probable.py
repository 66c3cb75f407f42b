"""Which known amount a number repeats."""

from decimal import Decimal

from ecosystem.values.probable import KnownAmount, kind_of, name_words, probable, unit_words
from ecosystem.values.quantities import UnitOfMeasure
from ecosystem.values.stray_numbers import stray_numbers

YUAN = UnitOfMeasure(Decimal(10**9), True, "{number} yuan", "{number}元")
COMPANIES = UnitOfMeasure(Decimal(1), True, "{number} companies", "{number}家")
PERCENT = UnitOfMeasure(Decimal(1), False, "{number}%", "{number}%")


def known(key, amount, unit, name, *, currency="", year="2024", language="en") -> KnownAmount:
    words = unit_words(unit, language)
    told = name_words([name], words)
    return KnownAmount(key, Decimal(amount), kind_of(unit, currency), words, told, year, (True, key))


GDP = known("gdp", "5392671000000", YUAN, "Gross domestic product", currency="CNY")
FUND = known("fund", "5390000000000", YUAN, "Fund volume", currency="CNY")
FIRMS = known("firms", "591", COMPANIES, "Biomedicine companies")
STARS = known("stars", "93", COMPANIES, "Shanghai companies on the STAR Market")
OLDER = known("older", "5391000000000", YUAN, "Gross domestic product", currency="CNY", year="2023")


def meant(sentence: str, *amounts: KnownAmount, paragraph: str = "", language: str = "en"):
    (number,) = stray_numbers(sentence, language)
    found = probable(number, sentence, paragraph or sentence, amounts)
    return found.key if found else None


def test_amount_that_rounds_to_the_number_is_meant():
    assert meant("It came to 5.39 trillion yuan.", GDP, FIRMS) == "gdp"


def test_of_two_the_one_that_is_named_is_meant():
    assert meant("The gross product came to 5.39 trillion yuan.", FUND, GDP) == "gdp"
    assert meant("It came to 5.39 trillion yuan.", GDP, FUND, paragraph="The fund is large.") == "fund"


def test_of_two_values_of_one_metric_that_of_the_year_is_meant():
    assert meant("In 2023 the product came to 5.39 trillion yuan.", GDP, OLDER) == "older"
    assert meant("In 2024 the product came to 5.39 trillion yuan.", GDP, OLDER) == "gdp"


def test_other_currency_or_thing_is_not_meant():
    assert meant("It came to 5.39 trillion dollars.", GDP) is None
    assert meant("There were 591 laboratories.", FIRMS) is None
    assert meant("It grew by 591%.", FIRMS) is None


def test_few_digits_need_a_word_of_the_name():
    assert meant("There were 93 companies.", STARS) is None
    assert meant("There were 93 companies on the STAR Market.", STARS) == "stars"


def test_chinese_is_compared_by_its_measure_word():
    firms = known("firms", "591", COMPANIES, "生物医药企业", language="zh-hans")
    assert meant("全市生物医药企业共591家。", firms, language="zh-hans") == "firms"
    assert meant("全市生物医药企业有591人。", firms, language="zh-hans") is None


def test_percentages_are_compared_with_percentages():
    share = known("share", "4.5", PERCENT, "R&D intensity")
    assert meant("R&D intensity stood at 4.5%.", share) == "share"
