"""The interface is wholly in Chinese: every sentence has its translation, and the compiled catalog has them all."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import polib
import pytest
from django.core.exceptions import ValidationError
from django.utils.translation.template import templatize

from ecosystem.models.fields import validate_partial_date, validate_period
from ecosystem.values.partial_dates import parse_partial_date
from ecosystem.values.periods import parse_period
from tests.project import source_code as code

FOLDER = code.ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
CATALOG = polib.pofile(str(FOLDER / "django.po"))
COMPILED = polib.mofile(str(FOLDER / "django.mo"))

# A sentence as the catalog knows it: context, singular, plural; None where there is none.
Sentence = tuple[str | None, str, str | None]

# The functions of gettext, and which of their arguments are context, singular and plural.
PARTS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS = PARTS | {f"{name}_lazy": parts for name, parts in PARTS.items()}
FUNCTIONS |= {"_": PARTS["gettext"], "gettext_noop": PARTS["gettext"]}
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|<[^>]+>")
HAN = "[\u4e00-\u9fff]"


def sentence_of(function: str, texts: list[str]) -> Sentence:
    return tuple(texts[at] if at is not None else None for at in FUNCTIONS[function])


def sentences_in_python() -> Iterator[Sentence]:
    for path in code.python_files("ecosystem", "shanghai_tech"):
        for call in code.calls_of(code.tree_of(path)):
            function = code.chain_of(call)[-1:]
            texts = [part.value for part in call.args if isinstance(part, ast.Constant)]
            # A name in a variable is that of something whose own call stands elsewhere.
            if function and function[0] in FUNCTIONS and texts:
                yield sentence_of(function[0], texts)


def sentences_in_templates() -> Iterator[Sentence]:
    """What Django turns templates into before xgettext reads them: calls between blanked-out text."""
    for path in code.files_below("templates", endings=(".html", ".jinja")):
        for function, arguments in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
            yield sentence_of(function, [ast.literal_eval(text) for text in re.findall(TEXT, arguments)])


def key_of(entry: polib.POEntry | polib.MOEntry) -> Sentence:
    return entry.msgctxt or None, entry.msgid, entry.msgid_plural or None


def translations(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> Counter:
    """What a translation must keep: %(name)s, a doubled percent sign, {name}, and HTML tags."""
    return Counter(PLACEHOLDER.findall(text))


def wrong(is_wrong) -> list[str]:
    return [entry.msgid for entry in CATALOG for text in translations(entry) if is_wrong(entry, text)]


def test_catalog_holds_the_sentences_of_the_interface_and_no_others():
    """`make messages` brings the catalog up to date."""
    said = {*sentences_in_python(), *sentences_in_templates()}
    known = {key_of(entry) for entry in CATALOG}
    # A singular and its plural are one entry, and may be used alone too.
    assert {sentence[:2] for sentence in said} == {sentence[:2] for sentence in known}
    assert {sentence for sentence in said if sentence[2]} == {sentence for sentence in known if sentence[2]}


def test_every_sentence_is_translated():
    assert wrong(lambda entry, text: entry.fuzzy or entry.obsolete or not text.strip()) == []


def test_compiled_catalog_is_that_of_the_translations():
    """`make messages` compiles it too."""
    assert {key_of(entry): translations(entry) for entry in COMPILED} == {
        key_of(entry): translations(entry) for entry in CATALOG
    }


def test_translations_keep_placeholders_and_tags():
    assert (
        wrong(lambda entry, text: placeholders(text) != placeholders(entry.msgid_plural or entry.msgid)) == []
    )


def test_translations_are_in_chinese():
    """All but names and what is made of placeholders alone."""
    same = {"Shanghai Tech", "CNY {number}", "CNY、USD。"}
    foreign = wrong(lambda entry, text: text not in same and not re.search(HAN, text))
    assert [text for text in foreign if re.search(r"[A-Za-z]", PLACEHOLDER.sub("", text))] == []


def test_chinese_sentences_have_full_width_punctuation():
    half_width = re.compile(rf"{HAN}[,;:?!()\"]|[,;:?!()\"]{HAN}|{HAN}\.(?!\w)")
    assert wrong(lambda entry, text: half_width.search(re.sub("<[^>]+>", "", text))) == []


def test_catalog_names_no_person_and_no_machine():
    assert set(CATALOG.metadata) <= {
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    }
    assert [
        path for entry in CATALOG for path, _line in entry.occurrences if path.startswith(("/", ".."))
    ] == []


@pytest.mark.parametrize(
    ("parse", "validate", "text"),
    [
        (parse_partial_date, validate_partial_date, "spring"),
        (parse_partial_date, validate_partial_date, "1990-13"),
        (parse_period, validate_period, "50% of 2024"),
        (parse_period, validate_period, "2024-02-30"),
    ],
)
def test_forms_say_what_values_say(parse, validate, text):
    """The layer of values has no gettext, so its sentences are written a second time for the forms."""
    with pytest.raises(ValueError) as said:
        parse(text)
    with pytest.raises(ValidationError) as shown:
        validate(text)
    assert shown.value.messages == [str(said.value)]


# What may stand in Latin letters on a Chinese page: names, licences, addresses …
NAMES = r"Shanghai Tech|CC BY|CC0|SIL|WCAG|AA级|Web|Cookie|WGS-84|CONTACT_EMAIL|ROR|Wikidata|https?://\S+"
NAMES += r"|Source Serif 4|Inter\b|GeoNames|Research Organization Registry"
# … and content of the small site in fields that have no Chinese twin, or whose twin is empty there.
CONTENT = r"Unit \d|Series \d|Other name \d|Bureau of tests|clean rooms|Read wrongly|Counted twice|page 3"
FORMATS = "CSV|CSL-JSON|JSON|XLSX|PNG|SVG|BibTeX"
EXPECTED = re.compile(f"{NAMES}|{FORMATS}|{CONTENT}")


class Spoken(HTMLParser):
    """What a page says in its own language: text and spoken attributes outside what is marked as English."""

    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
    SPOKEN = {"alt", "aria-label", "placeholder", "title"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.feed(html.partition("<body")[2].partition(">")[2])

    @property
    def is_ours(self) -> bool:
        return all(ours for _tag, ours in self.open)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        ours = tag not in {"code", "script", "style"} and not (found.get("lang") or "").startswith("en")
        if ours and self.is_ours:
            self.texts += [text for name, text in attributes if name in self.SPOKEN and text]
        if tag not in self.VOID:
            self.open.append((tag, ours))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing: it says nothing and holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        if self.is_ours and text.strip():
            self.texts.append(text.strip())


@pytest.mark.django_db
def test_chinese_pages_say_nothing_in_english_that_is_not_marked(answers):
    english = {
        name: [
            text
            for text in Spoken(answer.content.decode()).texts
            if re.search("[A-Za-z]{2}", EXPECTED.sub("", text))
        ]
        for name, answer in answers.items()
        if name.startswith("zh-hans ")
    }
    assert {name: texts for name, texts in english.items() if texts} == {}
