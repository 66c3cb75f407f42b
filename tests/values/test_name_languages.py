"""The language of a name, guessed from its signs and the country of what bears it."""

import pytest

from ecosystem.values.name_languages import language_of


@pytest.mark.parametrize(
    ("name", "country", "language"),
    [
        ("Fudan University", "CN", "en"),
        ("Fundação Oswaldo Cruz – Łódź", "BR", "en"),
        ("上海交通大学", "CN", "zh-hans"),
        ("上海交通大學", "CN", "zh-hant"),
        ("上海交通大學", "", "zh-hant"),
        ("中原大道", "TW", "zh-hant"),
        ("著名乾坤后里", "CN", "zh-hans"),  # characters that the mainland writes too
        ("朱镕基", "CN", "zh-hans"),  # simplified, though not in the character set of 1980
        ("喆研究院", "", "zh-hans"),  # a character that has no other form
        ("電子航法研究所", "JP", "und"),
        ("サンスター財団", "", "und"),
        ("한국과학기술원", "KR", "und"),
        ("Московский университет", "RU", "und"),
        ("สำนักงาน", "TH", "und"),
        ("ABB中国", "CH", "zh-hans"),
        ("2024", "", "en"),
        ("", "", "en"),
    ],
)
def test_language_of_a_name(name, country, language):
    assert language_of(name, country) == language
