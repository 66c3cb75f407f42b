"""One row: what is taken of it, each fault with its advice, and the same verdict as the models themselves."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.domain.import_kinds import read_kinds
from ecosystem.domain.import_reading import Line, Table
from ecosystem.domain.import_rows import Entry, Problem, Reader
from ecosystem.models import Identifier, Organization, OrganizationName

HEADER = ("id", "name", "name_zh", "aliases", "acronyms", "kind", "founded", "website", "country", "source")
RIGHT = {"id": "ror:013q1eq08", "name": "Fudan University", "kind": "education"}
KINDS = read_kinds()


def read(**cells: str) -> Entry | list[Problem]:
    whole = RIGHT | cells
    return Reader(Table(None, HEADER, 1), KINDS).read(Line(2, [whole.get(name, "") for name in HEADER]))


def faults(**cells: str) -> list[tuple[str, str]]:
    return [(problem.column, problem.advice) for problem in read(**cells)]


def test_row_is_taken_as_it_stands():
    entry = read(name_zh="复旦大学", founded="1905", website="https://www.fudan.edu.cn", source="ROR")
    said = (entry.scheme, entry.key, entry.name, entry.name_zh, entry.kind, entry.founded, entry.website)
    assert said == (
        "ror",
        "013q1eq08",
        "Fudan University",
        "复旦大学",
        "university",
        "1905",
        "https://www.fudan.edu.cn",
    )


def test_space_at_the_ends_and_repeated_space_are_no_part_of_a_name():
    assert read(name="  Fudan \n University ").name == "Fudan University"


def test_other_names_get_their_kind_and_language():
    entry = read(aliases="復旦大學| Université Fudan ||", acronyms="FDU")
    assert entry.names == (
        ("acronym", "FDU", "en"),
        ("other", "Université Fudan", "en"),
        ("other", "復旦大學", "zh-hant"),
    )


def test_names_that_the_row_repeats_are_left_out_and_counted():
    entry = read(name_zh="复旦", aliases="Fudan|Fudan|Fudan University|复旦", acronyms="FDU|FDU")
    assert ([text for _kind, text, _language in entry.names], entry.repeated) == (["FDU", "Fudan"], 4)


def test_acronym_may_be_another_name_too():
    assert len(read(aliases="FDU", acronyms="FDU").names) == 2


@pytest.mark.parametrize(
    ("id_", "scheme", "key"),
    [
        ("ror:013q1eq08", "ror", "013q1eq08"),
        (" ROR : 013q1eq08 ", "ror", "013q1eq08"),
        ("nsi:a:b", "nsi", "a:b"),
        ("grid:8547.e", "other", "grid:8547.e"),  # a register without a scheme here keeps its name
    ],
)
def test_identifier_is_scheme_and_value(id_, scheme, key):
    entry = read(id=id_)
    assert (entry.scheme, entry.key) == (scheme, key)


SHORTEN = "It has {} signs, and {} are kept at most. Shorten it."


@pytest.mark.parametrize(
    ("cells", "column", "advice"),
    [
        ({"id": ""}, "id", "Write the register and the key in it, as ror:013q1eq08."),
        ({"id": "013q1eq08"}, "id", "Write the register and the key in it, as ror:013q1eq08."),
        ({"id": "ror:"}, "id", "Write the register and the key in it, as ror:013q1eq08."),
        ({"id": ":013q1eq08"}, "id", "Write the register and the key in it, as ror:013q1eq08."),
        ({"id": "ror:" + "x" * 101}, "id", SHORTEN.format(101, 100)),
        ({"name": "  "}, "name", "Give a name; where there is only a Chinese one, that one."),
        ({"name": "x" * 201}, "name", SHORTEN.format(201, 200)),
        ({"name_zh": "大" * 201}, "name_zh", SHORTEN.format(201, 200)),
        ({"aliases": "a|" + "x" * 201}, "aliases", SHORTEN.format(201, 200)),
        ({"acronyms": "x" * 201}, "acronyms", SHORTEN.format(201, 200)),
        (
            {"kind": "café"},
            "kind",
            "No kind of ours stands for it. Name one in a file of kinds, and give that with --kinds.",
        ),
        ({"founded": "97"}, "founded", "“97” is not a date. Write 1990, 1990-04 or 1990-04-18."),
        ({"founded": "1990-13"}, "founded", "“1990-13” names a month or day that does not exist."),
        ({"website": "x" * 501}, "website", SHORTEN.format(501, 500)),
        (
            {"website": "www.fudan.edu.cn"},
            "website",
            "It is no address of the web. Write it whole, as https://www.example.org.",
        ),
        ({"name": "Fu\x00dan"}, "name", "It holds the sign NUL, which cannot be stored. Remove it."),
        (
            {"lat": "", "source": "\ud83d"},
            "source",
            "It holds half of a sign (U+D83D), which cannot be stored. Remove it.",
        ),
    ],
)
def test_fault_names_its_column_and_what_to_do(cells, column, advice):
    assert faults(**cells) == [(column, advice)]


def test_year_of_three_digits_is_taken_with_four():
    assert read(founded=" 976 ").founded == "0976"


def test_every_fault_of_a_row_is_named():
    assert [column for column, _advice in faults(id="", name="", kind="", founded="x")] == [
        "id",
        "name",
        "kind",
        "founded",
    ]


def test_row_with_more_or_fewer_cells_than_the_header_is_refused():
    [problem] = Reader(Table(None, HEADER, 1), KINDS).read(Line(7, ["ror:1", "A"]))
    assert str(problem) == (
        "row 7, (whole row) “2 cells”: The first row names 10 columns. "
        "Put a cell that holds a comma, a quotation mark or a line break into quotation marks."
    )


def test_fault_is_shown_on_one_line_whatever_stands_there():
    problem = Problem(3, "name", "a\nb\x00" + "x" * 90, "Mend it.")
    assert "\n" not in str(problem) and len(str(problem)) < 130


signs = st.text(st.characters(codec="utf-8", exclude_characters="\x00|"), max_size=30)
HOSTS = (
    "example.org EXAMPLE.org _a.org a_.org ex_am.ple.org a localhost -a.org a-.org ex_ample.org "
    "复旦.中国 1.2.3.4 [::1] a.b- a..b xn--a.xn--b a.c "
    f"a.123 example.org:99999 u:p@example.org example.org:80 {'x' * 64}.org {'x' * 63}.org"
).split()
websites = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        ["http://", "https://", "ftp://", "HTTP://", "//", "", "javascript:", "http:/", "http:///"]
    ),
    st.sampled_from(HOSTS),
    st.one_of(
        st.sampled_from(["", "/", "/a b", "/[x]", "?q", "#f", "/" + "x" * 200, "/é", "/\x7f", "//", "/%zz"]),
        signs.map("/{}".format),
    ),
)
DATES = ["", " 1990", *"1990 1990-04 1990-04-31 990 19900 1990-4 0000 １９９０ 1990-04-18 -500".split()]
dates = st.one_of(st.sampled_from(DATES), st.text("0123456789- ", max_size=10))
long_texts = st.integers(198, 202).map(lambda number: "大x"[number % 2] * number)


@settings(max_examples=600, deadline=None)
@given(website=st.one_of(websites, signs))
def test_verdict_on_addresses_is_that_of_the_model(website):
    assert isinstance(read(website=website), Entry) == passes(
        Organization(slug="x", name="x", kind="other", website=website.strip())
    )


@settings(max_examples=300, deadline=None)
@given(founded=dates)
def test_verdict_on_dates_is_that_of_the_model(founded):
    assert isinstance(read(founded=founded), Entry) == passes(
        Organization(slug="x", name="x", kind="other", founded=founded.strip())
    )


@settings(max_examples=400, deadline=None)
@given(
    id_=st.one_of(
        st.builds("{}:{}".format, st.sampled_from(["ror", "NSI", "hanlp", "x", "", "other"]), signs), signs
    ),
    name=st.one_of(signs, long_texts),
    name_zh=st.one_of(st.just(""), signs, long_texts),
    alias=st.one_of(signs, long_texts),
    kind=st.sampled_from(["education", "brand", "café", "", "company"]),
    founded=dates,
    website=st.one_of(st.just(""), websites, signs),
)
def test_verdict_is_that_of_the_models(id_, name, name_zh, alias, kind, founded, website):
    """What is stored past the ORM would have passed `full_clean`, and nothing is refused that would have."""
    cells = {
        "id": id_,
        "name": name,
        "name_zh": name_zh,
        "aliases": alias,
        "founded": founded,
        "website": website,
    }
    entry = read(**cells, kind=kind)
    scheme, _, key = (part.strip() for part in id_.strip().partition(":"))
    listed = scheme.lower() in Identifier.Scheme.values
    parts = [
        Organization(
            slug="x",
            name=" ".join(name.split()),
            name_zh=" ".join(name_zh.split()),
            kind=KINDS.kind_of(kind, ""),
            founded=founded.strip(),
            website=website.strip(),
        ),
        Identifier(
            scheme=scheme.lower() if listed else "other",
            value=(key if listed else f"{scheme}:{key}") if scheme and key else "",
        ),
    ]
    other = " ".join(alias.split())
    if other and other not in {parts[0].name, parts[0].name_zh}:
        parts.append(OrganizationName(text=other, language="en", kind="other"))
    assert isinstance(entry, Entry) == all(map(passes, parts))


def passes(part) -> bool:
    try:
        part.full_clean(exclude=["organization"], validate_unique=False, validate_constraints=False)
    except ValidationError:
        return False
    return True
