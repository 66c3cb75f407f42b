"""Tags and filters that write records in the language of the page."""

from datetime import date

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecosystem.domain import wording
from ecosystem.domain.figures import FigureSet
from ecosystem.domain.formulas import phrase
from ecosystem.domain.found_pages import FoundPage
from ecosystem.domain.notices import address_before
from ecosystem.domain.rich_text import Renderer
from ecosystem.domain.staleness import overdue_after
from ecosystem.models import Metric, Observation
from ecosystem.values import excerpts
from ecosystem.values.languages import has_chinese, is_chinese
from ecosystem.values.partial_dates import partial_date_label
from ecosystem.values.periods import MONTHS, Period
from ecosystem.values.text import first_sign

register = template.Library()
register.filter(address_before)


def _chinese() -> bool:
    return is_chinese(get_language())


def _text_and_language(record: object, name: str) -> tuple[str, str]:
    """The field in the page's language, or in the other one where that is empty, with the language found."""
    english, chinese = getattr(record, name), getattr(record, f"{name}_zh", "")
    if _chinese() and chinese:
        return chinese, "zh-Hans"
    # A body that is known by a Chinese name only has it in both fields.
    is_english = english and not (english == chinese and has_chinese(english))
    return (english, "en") if is_english else (chinese, "zh-Hans")


def _marked(html: str, language: str) -> SafeString:
    """The text, in an element with its language where that is not the page's."""
    if is_chinese(language) == _chinese() or not html:
        return format_html("{}", html)
    return format_html('<span lang="{}">{}</span>', language, html)


def _other_text(record: object, name: str) -> tuple[str, str, str]:
    """The field in the other language with its language and class; an empty text where it adds nothing."""
    english, chinese = getattr(record, name), getattr(record, f"{name}_zh", "")
    text, language, style = (english, "en", "latin") if _chinese() else (chinese, "zh-Hans", "zh")
    return ("" if text == _text_and_language(record, name)[0] else text), language, style


@register.filter
def local(record: object, name: str) -> SafeString:
    """A plain field in the language of the page, marked where it falls back to the other."""
    return _marked(*_text_and_language(record, name))


@register.filter
def plain(record: object, name: str) -> str:
    """The same without markup, for attributes and titles."""
    return _text_and_language(record, name)[0]


@register.filter
def other(record: object, name: str) -> SafeString:
    """The field in the other language, where it has one there and it differs."""
    text, language, style = _other_text(record, name)
    if not text:
        return SafeString("")
    return format_html('<span class="{}" lang="{}">{}</span>', style, language, text)


@register.simple_tag
def found(hit: FoundPage, name: str) -> SafeString:
    """A plain field of a page that was found, in the language of the page, with what matched marked."""
    text, language = _text_and_language(hit.item, name)
    return _marked(_pieces(text, hit), language)


@register.simple_tag
def other_found(hit: FoundPage, name: str) -> SafeString:
    """The same field in the other language, where `other` would write one."""
    text, language, style = _other_text(hit.item, name)
    if not text:
        return SafeString("")
    return format_html('<span class="{}" lang="{}">{}</span>', style, language, _pieces(text, hit))


@register.filter
def why_found(hit: FoundPage) -> SafeString:
    """The other name or the words by which a page was found, with what matched marked."""
    return _marked(_pieces(hit.text, hit), _language_of(hit.text))


@register.filter
def as_typed(text: str) -> SafeString:
    """What a reader typed, marked where it is not in the language of the page."""
    return _marked(text, _language_of(text))


def _language_of(text: str) -> str:
    return "zh-Hans" if has_chinese(text) else "en"


def _pieces(text: str, hit: FoundPage) -> str:
    """The text with what matched as marked HTML; as it is, to be escaped, where nothing did."""
    written = excerpts.pieces(text, hit.query, by_sound=hit.by_sound)
    if not any(is_match for _piece, is_match in written):
        return text
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", piece) if is_match else piece,) for piece, is_match in written),
    )


@register.simple_tag(takes_context=True)
def rich(context: Context, record: object, name: str) -> SafeString:
    """A rich text field with its figures, by the page's `renderer`; without one figures are not resolved."""
    html, language = _text_and_language(record, name)
    renderer = context.get("renderer") or Renderer(FigureSet())
    return _marked(renderer.render(html, language), language)


@register.simple_tag(takes_context=True)
def rich_block(context: Context, record: object, name: str) -> SafeString:
    """The same for a field that holds paragraphs, marked by a block."""
    html, language = _text_and_language(record, name)
    renderer = context.get("renderer") or Renderer(FigureSet())
    rendered = renderer.render(html, language)
    return (
        rendered
        if is_chinese(language) == _chinese()
        else format_html('<div lang="{}">{}</div>', language, rendered)
    )


@register.simple_tag(takes_context=True)
def words(context: Context, record: object, name: str) -> str:
    """A rich text field as plain words, for descriptions."""
    renderer = context.get("renderer") or Renderer(FigureSet())
    return Renderer(renderer.figures).words(*_text_and_language(record, name))


@register.simple_tag(takes_context=True)
def sentence(context: Context, html: str, language: str = "") -> SafeString:
    """A stored sentence with its figures, in the language of its text, which is the page's where none is given."""
    renderer = context.get("renderer") or Renderer(FigureSet())
    found = "zh-Hans" if is_chinese(language or get_language()) else "en"
    return _marked(renderer.render(html, found), found)


@register.simple_tag
def pair_url(one: Metric, other: Metric) -> str:
    """The address of two metrics in one chart, which is the same from both sides."""
    return reverse("metric_pair", args=sorted([one.slug, other.slug]))


@register.filter
def amount(observation: Observation, form: str = "unit") -> str:
    return wording.amount_of(observation, form)


@register.filter
def last_word_kept(text: str) -> SafeString:
    """The text with its last word in an element of its own, to which a mark can be bound."""
    before, space, last = text.rpartition(" ")
    return format_html('{}{}<span class="keep">{}</span>', before, space, last)


@register.filter
def table_number(observation: Observation) -> str:
    return wording.table_number(observation)


@register.filter
def qualified_number(observation: Observation) -> str:
    return wording.qualified_number(observation)


@register.filter
def qualifier(observation: Observation) -> str:
    return wording.qualifier_of(observation)


@register.filter
def period(observation: Observation) -> str:
    return wording.period_of(observation)


@register.filter
def span_label(span: Period) -> str:
    """A period that no value is recorded for."""
    return span.label(get_language())


@register.filter
def method(observation: Observation) -> str:
    return wording.method_of(observation)


@register.filter
def overdue(observation: Observation) -> str:
    """Since when the value that should follow this newest one is overdue; empty where none is."""
    late = overdue_after(observation)
    return wording.next_value(late) if late else ""


@register.filter
def table_unit(metric: object) -> str:
    return wording.table_unit(metric)


@register.filter
def machine_number(observation: Observation) -> str:
    """The value in base units for a machine: 5670871000000; nothing where there is no number."""
    if observation.value is None:
        return ""
    return f"{(observation.value * observation.metric.unit.factor).normalize():f}"


@register.filter
def partial_date(text: str) -> str:
    return partial_date_label(text, get_language())


@register.filter
def monogram(record: object) -> str:
    """The sign that stands for an organization without a logo."""
    return first_sign(_text_and_language(record, "name")[0])


@register.filter
def is_chinese_text(text: str) -> bool:
    return has_chinese(text)


@register.filter
def day(value: date) -> str:
    """A day as a reader says it: 26 July 2025, 2025年7月26日."""
    if value is None:
        return ""
    if _chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


@register.filter
def days(event: object) -> str:
    """The days of an event: 26 to 28 July 2025, 2025年7月26日至28日."""
    first, last = event.starts_on, event.ends_on
    if last is None or first == last:
        return day(first)
    if _chinese():
        return f"{day(first)}至{_chinese_rest(first, last)}"
    if first.year != last.year:
        return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    start = str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
    return _("%(first)s to %(last)s") % {"first": start, "last": day(last)}


def _chinese_rest(first: date, last: date) -> str:
    if first.year != last.year:
        return day(last)
    return f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"


@register.filter
def moment(value: object) -> str:
    """A moment as its day in the site's time zone."""
    return day(timezone.localdate(value)) if value else ""


@register.simple_tag
def formula(metric: Metric) -> SafeString:
    """What a metric is computed from, in words, with links to its inputs."""
    links = [
        format_html('<a href="{}">{}</a>', one.get_absolute_url(), local(one, "name"))
        for one in metric.inputs
    ]
    return SafeString(phrase(metric, links))


@register.filter
def kind_name(page: Model) -> str:
    """The kind of a page, as a word: organization, article."""
    return str(page._meta.verbose_name)


@register.filter
def iso(value: date) -> str:
    return value.isoformat() if value else ""


@register.simple_tag
def query_with(query: str, name: str, value: object) -> str:
    """A query string with one parameter more."""
    return f"?{query}{'&' if query else ''}{name}={value}"
