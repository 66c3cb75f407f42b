"""The table of kinds: ours, one of an operator's own before it, and tables that are refused."""

import pytest

from ecosystem.domain.import_kinds import UnusableKinds, read_kinds
from ecosystem.models import Organization


@pytest.mark.parametrize(
    ("word", "source", "kind"),
    [
        ("education", "ROR", "university"),
        ("education", "HanLP", "other"),  # mostly schools
        ("Education", "hanlp", "other"),
        ("brand", "NSI", "company"),
        ("healthcare", "", "hospital"),
        ("research-institute", "", "research-institute"),  # our own word
        ("cafe", "", ""),
        ("", "", ""),
    ],
)
def test_kind_of_a_word(word, source, kind):
    assert read_kinds().kind_of(word, source) == kind


def test_table_leads_to_kinds_that_exist():
    kinds = read_kinds()
    found = {*kinds.words.values(), *(kind for words in kinds.by_source.values() for kind in words.values())}
    assert found <= set(Organization.Kind.values)


def test_table_of_ones_own_goes_first_also_before_our_lines_for_one_source(tmp_path):
    own = tmp_path / "kinds.toml"
    own.write_text(
        '[kinds]\ncafe = "company"\neducation = "association"\nbrand = ""\n[sources.ROR]\narchive = "university"\n'
    )
    kinds = read_kinds(own)
    assert kinds.kind_of("cafe", "") == "company"
    assert kinds.kind_of("education", "HanLP") == "association"
    assert kinds.kind_of("brand", "NSI") == ""
    assert (kinds.kind_of("archive", "ROR"), kinds.kind_of("archive", "X")) == ("university", "other")
    assert kinds.kind_of("government", "") == "public-authority"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('[kinds]\ncafe = "bar"\n', "“cafe” leads to “bar”, which is none of company, university"),
        ("[kinds]\ncafe = 3\n", "“cafe” leads to “3”, which is none of"),
        ("cafe = 'company'\n", "is no table of kinds. Write lines such as"),
        ("", "is no table of kinds"),
        ("[kinds\n", "is not TOML"),
        ("[sources]\nROR = 'x'\n", "[sources.ROR] is no table"),
    ],
)
def test_table_that_cannot_be_used_says_what_to_write(tmp_path, text, advice):
    own = tmp_path / "kinds.toml"
    own.write_text(text)
    with pytest.raises(UnusableKinds) as refused:
        read_kinds(own)
    assert advice in str(refused.value)


def test_missing_table_is_refused(tmp_path):
    with pytest.raises(UnusableKinds, match="cannot be read"):
        read_kinds(tmp_path / "none.toml")
