"""Organizations as the index sees them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import QuerySet

from ecosystem.domain.index import statements
from ecosystem.domain.index.blocks import order_key
from ecosystem.domain.index.documents import EVER, Document, digest_of, with_words
from ecosystem.models import Citation, Identifier, Organization, OrganizationName, Source, Standing
from ecosystem.values.markup import plain_text
from ecosystem.values.sounds import sort_key
from ecosystem.values.text import fold

_COLUMNS = (
    "pk",
    "name",
    "name_zh",
    "kind",
    "ownership",
    "founded",
    "district_id",
    "park_id",
    "website",
    "published_at",
    "updated_at",
    "summary",
    "summary_zh",
    "description",
    "description_zh",
)
_MOMENTS = tuple(_COLUMNS.index(name) for name in ("published_at", "updated_at"))
_LAST = b"\xff"  # after every text, for what is unknown
# What a date is written with, the other way round: the newest comes first when texts are compared.
_TURNED = str.maketrans("0123456789", "9876543210")


# What belongs to organizations and nothing else, asked for at once: each question has its part in the cost of a save.
_PARTS = (
    f"SELECT 'name', organization_id, text, '' FROM {OrganizationName._meta.db_table}",
    f"SELECT 'identifier', organization_id, scheme, value FROM {Identifier._meta.db_table}",
    f"SELECT 'topic', organization_id, CAST(topic_id AS text), '' FROM {Organization.topics.through._meta.db_table}",
)


@dataclass(slots=True)
class Parts:
    """What belongs to one organization in other tables."""

    names: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)
    citations: list[tuple[str, str, int, bool]] = field(default_factory=list)


def documents(keys: Sequence[int], kept: Mapping[int, Document]) -> dict[int, Document]:
    """The documents of those of these organizations that are public or scheduled; `kept` is what is stored of them."""
    rows = statements.compiled(_rows, keys, moments=_MOMENTS)
    parts = parts_of(keys)
    return {
        row[0]: _document(dict(zip(_COLUMNS, row, strict=True)), parts[row[0]], kept.get(row[0]))
        for row in rows
    }


def parts_of(keys: Sequence[int]) -> dict[int, Parts]:
    found: dict[int, Parts] = defaultdict(Parts)
    for table, key, text, value in statements.union(_PARTS, keys):
        match table:
            case "name":
                found[key].names.append(text)
            case "identifier":
                found[key].identifiers.append((text, value))
            case "topic":
                found[key].topics.append(int(text))
    for key, about, standing, source, access in statements.compiled(_citations, keys):
        found[key].citations.append((about, standing, source, access == Source.Access.READ))
    return found


def _rows(keys: Sequence[int]) -> QuerySet:
    return Organization.objects.published(EVER).filter(pk__in=keys).order_by().values_list(*_COLUMNS)


def _citations(keys: Sequence[int]) -> QuerySet:
    found = Citation.objects.filter(source__in=Source.objects.published(EVER)).filter(organization__in=keys)
    return found.order_by().values_list("organization_id", "field", "standing", "source_id", "source__access")


def _document(row: dict, parts: Parts, kept: Document | None) -> Document:
    evidence = evidence_of(parts.citations)
    document = Document(row["published_at"], facets=tuple(sorted(_facets(row, parts, evidence))))
    texts = [plain_text(row[name]) for name in _COLUMNS if "summary" in name or "description" in name]
    host = (urlsplit(row["website"]).hostname or "").removeprefix("www.")
    codes = sorted(value for _scheme, value in parts.identifiers)
    # A ticker is looked up with its exchange and without.
    codes += [value.partition(":")[2] for value in codes if ":" in value]
    names = [row["name"], row["name_zh"], *sorted(parts.names)]
    with_words(document, kept, names, [*texts, host], codes)
    # Reading Chinese takes longer than the other keys together.
    in_pinyin = row["name_zh"] or row["name"]
    document.digest += (digest := digest_of([in_pinyin]))
    is_same = kept and kept.digest.endswith(digest) and len(kept.digest) == len(document.digest)
    pinyin = kept.orders["pinyin"] if is_same else order_key(sort_key(in_pinyin).encode(), row["pk"])
    document.orders = {**_orders(row, parts.citations), "pinyin": pinyin}
    return document


def _facets(row: dict, parts: Parts, evidence: Iterable[str]) -> Iterable[str]:
    yield f"kind={row['kind']}"
    if row["ownership"]:
        yield f"ownership={row['ownership']}"
    if row["district_id"]:
        yield f"district={row['district_id']}"
    if row["park_id"]:
        yield f"park={row['park_id']}"
    if row["founded"]:
        yield f"year={row['founded'][:4]}"
        yield f"decade={row['founded'][:3]}0s"
    is_listed = any(scheme == Identifier.Scheme.TICKER for scheme, _value in parts.identifiers)
    yield f"listed={'yes' if is_listed else 'no'}"
    yield from (f"topic={topic}" for topic in parts.topics)
    yield from (f"evidence={value}" for value in evidence)


def evidence_of(citations: Iterable[tuple[str, str, int, bool]]) -> set[str]:
    """How well an organization's entry is supported, as values of the facet."""
    citations = list(citations)
    number = len({source for _field, _standing, source, _opened in citations})
    found = {"checked" if any(opened for *_rest, opened in citations) else "not-checked"}
    found.add(("no-source", "one-source")[number] if number < 2 else "more-sources")
    standings = {standing for about, standing, *_rest in citations if about}
    if ("founded", Standing.VERIFIED) in {(about, standing) for about, standing, *_rest in citations}:
        found.add("founded-verified")
    found |= {value for value in (Standing.DISPUTED.value, Standing.UNVERIFIED.value) if value in standings}
    return found


def _orders(row: dict, citations: Sequence[tuple[str, str, int, bool]]) -> dict[str, bytes]:
    name = fold(row["name"]).encode()
    founded = row["founded"].encode()
    verified = sum(standing == Standing.VERIFIED for _field, standing, *_rest in citations)
    opened = len({source for *_rest, source, is_opened in citations if is_opened})
    number = len({source for _field, _standing, source, _opened in citations})
    best = b"".join((255 - min(one, 255)).to_bytes() for one in (verified, opened, number))
    keys = {
        "name": name,
        "founded": (founded or _LAST) + b"\0" + name,
        "newest": (row["founded"].translate(_TURNED).encode() + b"\xfe" if founded else _LAST) + name,
        "updated": ((1 << 63) - int(row["updated_at"].timestamp() * 1_000_000)).to_bytes(8),
        "evidence": best + name,
    }
    return {order: order_key(key, row["pk"]) for order, key in keys.items()}
