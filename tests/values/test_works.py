"""Works to cite, read back the way programs read them."""

import json
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.works import Form, Work, as_bibtex, as_csl_json, escaped
from tests.values.bibtex import read_bibtex, unescaped

YEARBOOK = Work(
    "yearbook",
    Form.REPORT,
    "Chips & wafers: 100% of {Shanghai}",
    "Bureau of $tatistics",
    "en",
    issued="2024-05",
    url="https://example.org/a_b?c=%E4&d={e}",
    accessed=date(2025, 3, 1),
    note="ISBN 1_2.",
)
TYPED = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)


def test_bibtex_entry_holds_what_is_known_of_the_work():
    assert read_bibtex(as_bibtex([YEARBOOK])) == [
        (
            "techreport",
            "yearbook",
            {
                "author": "Bureau of $tatistics",
                "title": "Chips & wafers: 100% of {Shanghai}",
                "institution": "Bureau of $tatistics",
                "year": "2024",
                "month": "5",
                "url": "https://example.org/a_b?c=%E4&d=%7Be%7D",
                "urldate": "2025-03-01",
                "note": "ISBN 1_2.",
            },
        )
    ]


def test_bibtex_says_nothing_of_what_is_not_known():
    [(kind, _key, fields)] = read_bibtex(as_bibtex([Work("a", Form.WEB_PAGE, "标题", "统计局", "zh-Hans")]))
    assert (kind, fields) == ("misc", {"author": "统计局", "title": "标题", "publisher": "统计局"})


def test_every_work_is_an_entry():
    works = [Work(key, Form.NEWS, "Title", "Press", "en") for key in ("a", "b")]
    assert [key for _kind, key, _fields in read_bibtex(as_bibtex(works))] == ["a", "b"]
    assert [item["id"] for item in json.loads(as_csl_json(works))] == ["a", "b"]
    assert (as_bibtex([]), json.loads(as_csl_json([]))) == ("", [])


def test_title_keeps_its_capitals_and_a_publisher_is_one_name():
    """In single braces styles make small letters of capitals, and an "and" parts two authors."""
    text = as_bibtex([Work("a", Form.WEB_PAGE, "GDP of Shanghai", "Science and Technology", "en")])
    assert "title = {{GDP of Shanghai}}" in text
    assert "author = {{Science and Technology}}" in text


@given(TYPED)
def test_any_text_is_read_back_from_bibtex_as_it_was(text):
    found = escaped(text)
    assert unescaped(found) == re.sub(r"\s+", " ", text).strip()
    assert found.replace(r"\{", "").count("{") == found.replace(r"\}", "").count("}")


def test_csl_item_has_the_fields_of_its_schema():
    assert json.loads(as_csl_json([YEARBOOK])) == [
        {
            "id": "yearbook",
            "type": "report",
            "title": "Chips & wafers: 100% of {Shanghai}",
            "author": [{"literal": "Bureau of $tatistics"}],
            "publisher": "Bureau of $tatistics",
            "language": "en",
            "issued": {"date-parts": [[2024, 5]]},
            "URL": "https://example.org/a_b?c=%E4&d={e}",
            "accessed": {"date-parts": [[2025, 3, 1]]},
            "note": "ISBN 1_2.",
        }
    ]


def test_csl_item_leaves_out_what_is_not_known():
    [item] = json.loads(as_csl_json([Work("a", Form.DOCUMENT, "标题", "统计局", "zh-Hans")]))
    assert sorted(item) == ["author", "id", "language", "publisher", "title", "type"]
