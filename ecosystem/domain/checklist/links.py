"""Checks of links: own addresses that lead to a public page, and addresses of others that are known to be lost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Model
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecosystem.domain.checklist.findings import Finding, Level
from ecosystem.domain.checklist.reading import Reading, Text
from ecosystem.domain.index.numbers import KINDS
from ecosystem.domain.source_checks import LOST
from ecosystem.models import Metric, Observation, Source, Status
from ecosystem.models.publishing import Publishable
from ecosystem.values.paragraphs import Link

MODELS = {model._meta.model_name: model for model in KINDS}
OTHER_SCHEMES = {"mailto"}
EDITORS_ONLY = "admin"


@dataclass(frozen=True, slots=True)
class Target:
    """What an own address leads to: the model and slug of a page with a record, the period of a value."""

    model: type[Model] | None = None
    slug: str = ""
    period: str = ""


def dead(reading: Reading) -> Iterator[Finding]:
    """Each address once a text."""
    links = [(text, link) for text in reading.texts for link in _links(text)]
    targets = {
        link.href: _target(path) for _text, link in links if (path := _own_path(link.href)) is not None
    }
    pages = _Pages(target for target in targets.values() if target)
    lost = _lost_sources({link.href for _text, link in links} - set(targets))
    for text, link in links:
        if link.href in targets:
            yield from _of_own(text, link, targets[link.href], pages, reading.item)
        elif link.href in lost:
            yield _lost(text, link, lost[link.href])
        elif not urlsplit(link.href).scheme and not link.href.startswith("#"):
            said = _(
                "“%(address)s” is no address. It begins with / on this site, and with https:// elsewhere."
            )
            yield _finding(Level.ERROR, said, text, link)


def _links(text: Text) -> Iterator[Link]:
    seen = set()
    for read in text.paragraphs:
        for link in read.links:
            if link.href not in seen:
                seen.add(link.href)
                yield link


def _own_path(href: str) -> str | None:
    """The path of an address of this site; None for every other one."""
    parts, own = urlsplit(href), urlsplit(settings.SITE_URL)
    if parts.scheme or parts.netloc:
        is_own = parts.netloc == own.netloc and parts.scheme in {"", "http", "https"}
        return (unquote(parts.path) or "/") if is_own else None
    return unquote(parts.path) if parts.path.startswith("/") else None


def _target(path: str) -> Target | None:
    """What the path leads to; None where the site has no page for readers. Files lead to no record."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return Target()
    for code, _name in settings.LANGUAGES:
        path = path.removeprefix(f"/{code}") if path.startswith(f"/{code}/") else path
    match = _match(path) or (_match(f"{path}/") if settings.APPEND_SLASH else None)
    name = (match.url_name or "") if match else ""
    if match is None or EDITORS_ONLY in match.namespaces or name.endswith("_preview"):
        return None
    # A page of a metric has several names: its files, its values, its pairs.
    slug, model = match.kwargs.get("slug", ""), MODELS.get(name.partition("_")[0], Metric)
    return Target(model, slug, match.kwargs.get("period", "")) if slug else Target()


def _match(path: str) -> ResolverMatch | None:
    with override(settings.LANGUAGE_CODE):
        try:
            return resolve(path)
        except Resolver404:
            return None


class _Pages:
    """The records behind addresses, one query for each kind, and which periods of metrics have a value."""

    def __init__(self, targets: Iterable[Target]) -> None:
        slugs: dict[type[Model], set[str]] = defaultdict(set)
        asked = set()
        for target in targets:
            if target.model:
                slugs[target.model].add(target.slug)
            if target.period:
                asked.add(target.slug)
        self._found = {
            model: model.objects.in_bulk(wanted, field_name="slug") for model, wanted in slugs.items()
        }
        rows = Observation.objects.published().filter(metric__slug__in=asked)
        self._periods = set(rows.values_list("metric__slug", "period")) if asked else set()

    def page(self, target: Target) -> Model | None:
        page = self._found.get(target.model, {}).get(target.slug)
        is_stored = not target.period or not page or page.formula
        return page if is_stored or (target.slug, target.period) in self._periods else None


def _of_own(text: Text, link: Link, target: Target | None, pages: _Pages, item: Model) -> Iterator[Finding]:
    page = pages.page(target) if target and target.model else None
    if target is None or (target.model and page is None):
        said = _("The link “%(words)s” leads to %(address)s, where the site has no page.")
        yield _finding(Level.ERROR, said, text, link)
    elif isinstance(page, Publishable) and not page.is_public and page != item:
        if page.status == Status.WITHDRAWN:
            said = _("The link “%(words)s” leads to %(address)s, which was withdrawn.")
        else:
            said = _("The link “%(words)s” leads to %(address)s, which is not public.")
        yield _finding(Level.ERROR, said, text, link)


def _lost_sources(addresses: set[str]) -> dict[str, Source]:
    """The sources of these addresses that are gone or have changed, by the address as the text has it."""
    variants = {variant: address for address in addresses for variant in _variants(address)}
    rows = Source.objects.filter(url__in=variants, condition__in=LOST) if variants else ()
    return {variants[source.url]: source for source in rows}


def _variants(address: str) -> set[str]:
    """The same address with and without its last slash, in both schemes."""
    rest = address.partition("://")[2].rstrip("/")
    return {f"{scheme}://{rest}{end}" for scheme in ("http", "https") for end in ("", "/")} if rest else set()


def _lost(text: Text, link: Link, source: Source) -> Finding:
    said = _("The link “%(words)s” leads to %(address)s, which is lost: %(condition)s.")
    advice = ""
    if source.archived_url:
        advice = _("Link to the archived copy: %(address)s") % {"address": source.archived_url}
    words = {"condition": source.get_condition_display()}
    return _finding(Level.WARNING, said, text, link, advice=advice, about=source.condition, words=words)


def _finding(level: Level, said: str, text: Text, link: Link, **more: object) -> Finding:
    words = {"words": link.words, "address": link.href} | dict(more.pop("words", {}))
    about = f"{link.href} {more.pop('about', '')}"
    return Finding(level, said % words, text.field, about=about, **more)
