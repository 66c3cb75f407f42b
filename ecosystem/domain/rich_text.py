"""Rich text as a page shows it: figures resolved, notes numbered, headings addressable, links in the language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import chain, count

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, override

from ecosystem.domain.figures import Figure, FigureSet
from ecosystem.values.figure_references import (
    CITED_ELEMENT,
    ELEMENT,
    NOTE_ELEMENT,
    FigureReferenceError,
    reference_from_attributes,
)
from ecosystem.values.languages import CHINESE, ENGLISH, has_chinese, is_chinese
from ecosystem.values.markup import Attributes, opening_tag, transform

# Addresses that the page around a text has for its own parts, its notes, its figures and its sources.
PAGE_ANCHORS = re.compile(
    r"(note|figure|found|source|m)-.*|main|compare|computed|contents|corrections|figures|known-on.*|ledger|metric-values|preview|q|sort|sources|stories|values"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A rendered text and the language that it is in, which may be the other one where a translation is missing."""

    html: SafeString
    language: str
    is_fallback: bool


@dataclass
class Renderer:
    """Renders the texts of one page, so that figures and notes are numbered through all of them."""

    figures: FigureSet
    marks_missing: bool = False  # for editors: what cannot be resolved is shown by its code
    language: str = ""  # of the text; empty: that of the page
    headings: list[Heading] = field(default_factory=list)
    notes: count = field(default_factory=lambda: count(1))
    noted: dict[str, list[int]] = field(default_factory=dict)

    def render(self, html: str, language: str = "") -> SafeString:
        """The stored, sanitised text as safe HTML; its figures are written in its own language, which is that of the
        page where none is given, and its links stay in that of the page.
        """
        self.language = language
        if "<" not in html:
            return SafeString(html)  # words alone, as most summaries are
        handlers = {
            ELEMENT: self._figure,
            CITED_ELEMENT: self._cited,
            NOTE_ELEMENT: self._note,
            "h2": self._heading,
            "a": self._link,
            "table": self._table,
        }
        # Safe: the text was sanitised when stored, and every handler escapes what it adds.
        return mark_safe(transform(html, handlers))

    def text(self, page: object, name: str) -> Text:
        """A field of the page in the present language, or in the other one where that is empty."""
        chinese = is_chinese(get_language())
        mine, others = (f"{name}_zh", name) if chinese else (name, f"{name}_zh")
        is_fallback = not getattr(page, mine) and bool(getattr(page, others))
        language = "zh-Hans" if chinese != is_fallback else "en"
        return Text(
            self.render(getattr(page, others if is_fallback else mine), language), language, is_fallback
        )

    def words(self, html: str, language: str = "") -> str:
        """The text with its figures as plain words of its language, for descriptions and feeds."""
        self.language = language
        handlers = {ELEMENT: self._figure_words, NOTE_ELEMENT: lambda _attributes, _inner: ""}
        return " ".join(unescape(transform(html, handlers, keep_tags=False)).split())

    def _figure(self, attributes: Attributes, _inner: str) -> str:
        figure, words = self._meant(attributes)
        if figure is None and self.marks_missing:
            code = " ".join(opening_tag(ELEMENT, attributes).strip("<>").split())
            return render_to_string("parts/figure_missing.html", {"code": unescape(code)}).strip()
        label = ""
        if figure:
            with override(self._text_language):
                label = str(figure.mark_label)
        context = {"figure": figure, "text": words, "label": label}
        return render_to_string("parts/figure.html", context).strip()

    def _figure_words(self, attributes: Attributes, _inner: str) -> str:
        return escape(self._meant(attributes)[1]) or "–"

    def _meant(self, attributes: Attributes) -> tuple[Figure | None, str]:
        """The figure and its words; without a figure the last good words, or none."""
        try:
            reference = reference_from_attributes(attributes)
        except FigureReferenceError:
            return None, ""
        figure = self.figures.figure(reference)
        if figure is None:
            return None, self.figures.last_text(reference, self._text_language)
        with override(self._text_language):
            return figure, figure.text

    @property
    def _text_language(self) -> str:
        return CHINESE if is_chinese(self.language or get_language()) else ENGLISH

    def _cited(self, attributes: Attributes, inner: str) -> str:
        text = strip_tags(inner)
        cited = self.figures.cite(text, attributes.get("source") or "", attributes.get("locator") or "")
        return render_to_string("parts/cited_figure.html", {"cited": cited, "text": unescape(text)}).strip()

    def _note(self, attributes: Attributes, inner: str) -> str:
        source = self.figures.sources.get(attributes.get("source") or "")
        if source is None:
            return ""
        number = next(self.notes)
        self.noted.setdefault(source.slug, []).append(number)
        context = {"number": number, "source": source, "text": mark_safe(inner)}
        return render_to_string("parts/note.html", context | {"locator": attributes.get("locator")}).strip()

    def _heading(self, _attributes: Attributes, inner: str) -> str:
        text = unescape(strip_tags(inner)).strip()
        anchor = self._free_anchor(slugify(text, allow_unicode=has_chinese(text)) or "part")
        self.headings.append(Heading(anchor, text))
        return format_html('<h2 id="{}">{}</h2>', anchor, mark_safe(inner))

    def _free_anchor(self, wanted: str) -> str:
        """The anchor, or one made from it where the page has it already."""
        if PAGE_ANCHORS.fullmatch(wanted):
            wanted = f"part-{wanted}"
        taken = {heading.anchor for heading in self.headings}
        return next(
            anchor for anchor in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if anchor not in taken
        )

    def _link(self, attributes: Attributes, inner: str) -> str:
        href = localized_path(attributes.get("href") or "")
        return opening_tag("a", {"href": href}) + inner + "</a>"

    def _table(self, _attributes: Attributes, inner: str) -> str:
        # A wide table scrolls inside its frame, never the page; focusable so that a keyboard can scroll it.
        return f'<div class="scroll" tabindex="0"><table>{inner}</table></div>'


def localized_path(href: str) -> str:
    """A link to a page of this site, in the language of the page that it stands on."""
    if href.startswith("/") and not href.startswith("//") and is_chinese(get_language()):
        return f"{get_script_prefix()}zh-hans{href}"
    return href


def texts_of(pages: Sequence[object], *fields: str) -> list[str]:
    """The given fields of many pages in both languages, to be resolved together."""
    return [getattr(page, name) for page in pages for base in fields for name in (base, f"{base}_zh")]
