"""How a text names another item: by a link to its page, or by its slug in one of our elements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ecosystem.values.figure_references import CITED_ELEMENT, ELEMENT, NOTE_ELEMENT
from ecosystem.values.markup import Attributes, Handler, opening_tag, transform

LINK = "a"
# Which attributes of our elements hold the slug of which kind of item.
SLUGS = {
    "metric": {ELEMENT: ("metric", "of")},
    "ranking": {ELEMENT: ("ranking",)},
    "source": {ELEMENT: ("source",), CITED_ELEMENT: ("source",), NOTE_ELEMENT: ("source",)},
}
# Which parameters of lists do.
PARAMETERS = {
    "organization": ("with",),
    "place": ("district", "park"),
    "topic": ("topic",),
    "eventseries": ("series",),
}


def folder(kind: str) -> str:
    """What the addresses of a kind begin with: its plural noun."""
    return "people" if kind == "person" else f"{kind}s"


@dataclass(frozen=True)
class Address:
    """The slug of an item of one kind, with the site that it stands on: https://example.org."""

    kind: str
    slug: str
    site: str = ""

    def is_named_in(self, text: str) -> bool:
        """Whether a rich text names the item, by a link or in one of our elements."""
        return self._rewritten(text, self.slug)[1] > 0

    def moved_in(self, text: str, slug: str) -> str:
        """The rich text with the other slug wherever it names the item; a text that does not is left as it is."""
        moved, count = self._rewritten(text, slug)
        return moved if count else text

    def moved_link(self, href: str, slug: str) -> str:
        """The address with the other slug, if it is that of the item's page, of another form or of a part of it."""
        return self._link(href, slug)[0]

    @property
    def traces(self) -> Iterator[str]:
        """Pieces of text, one of which stands in every text that names the item, and in few others."""
        yield f"/{folder(self.kind)}/{self.slug}"
        if self.kind == "metric":
            yield f"/with/{self.slug}"
        for name in PARAMETERS.get(self.kind, ()):
            yield f"{name}={self.slug}"
        for name in dict.fromkeys(name for names in SLUGS.get(self.kind, {}).values() for name in names):
            yield f'{name}="{self.slug}"'

    def _rewritten(self, text: str, slug: str) -> tuple[str, int]:
        if not any(trace in text for trace in self.traces):
            return text, 0
        count = 0

        def handler(element: str) -> Handler:
            def rewritten(attributes: Attributes, inner: str) -> str:
                nonlocal count
                changed, here = self._attributes(element, attributes, slug)
                count += here
                return f"{opening_tag(element, changed)}{inner}</{element}>"

            return rewritten

        names = (LINK, *SLUGS.get(self.kind, ()))
        return transform(text, {name: handler(name) for name in names}), count

    def _attributes(self, element: str, attributes: Attributes, slug: str) -> tuple[Attributes, int]:
        if element == LINK:
            href, count = self._link(attributes.get("href") or "", slug)
            return ({**attributes, "href": href} if count else attributes), count
        changed = {
            name: slug for name in SLUGS[self.kind].get(element, ()) if attributes.get(name) == self.slug
        }
        return {**attributes, **changed}, len(changed)

    def _link(self, href: str, slug: str) -> tuple[str, int]:
        if not (re.match(r"/(?!/)", href) or (self.site and href.startswith(f"{self.site}/"))):
            return href, 0
        href, as_page = self._page.subn(rf"\g<1>{slug}", href)
        if self._parameter is None:
            return href, as_page
        href, as_parameter = self._parameter.subn(rf"\g<1>{slug}", href)
        return href, as_page + as_parameter

    @cached_property
    def _page(self) -> re.Pattern[str]:
        """The page in either language, what lies below it, its other forms; of a metric also the second of a pair."""
        other = "(?:[^/?#]+/with/)?" if self.kind == "metric" else ""
        start = rf"(?:{re.escape(self.site)})?(?:/zh-hans)?/{folder(self.kind)}/{other}"
        return re.compile(rf"^({start}){re.escape(self.slug)}(?=[/.?#]|$)")

    @cached_property
    def _parameter(self) -> re.Pattern[str] | None:
        names = "|".join(PARAMETERS.get(self.kind, ()))
        return re.compile(rf"([?&](?:{names})=){re.escape(self.slug)}(?=[&#]|$)") if names else None
