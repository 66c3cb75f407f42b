"""What a query finds, and how well: in tiers that are the same on every database.

1. exact: a name is what was asked for, as written; 2. sounds: a name sounds so, or has these initials;
3. starts: a name starts with it; 4. names: every word stands in the names; 5. text: every word stands somewhere;
6. near: only a spelling that is close to the query finds it, in the order of these tiers once more. Within a tier the
best evidenced come first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from ecosystem.domain.index import full_text
from ecosystem.domain.index.memory import Memory
from ecosystem.domain.index.spellings import Spelling, spellings
from ecosystem.domain.index.words import Scope
from ecosystem.models import NameForm
from ecosystem.values.queries import Atom, Query, parse

TIERS = ("exact", "sounds", "starts", "names", "text")
NEAR = {tier: f"near {tier}" for tier in TIERS}
# Below so many hits a close spelling is looked for too.
FEW = 3
MOST_JOINED = 4  # words
KINDS = {
    "exact": [NameForm.Kind.WRITTEN],
    "sounds": [NameForm.Kind.SOUND, NameForm.Kind.INITIALS],
}


@dataclass(slots=True)
class Found:
    """The documents that a query finds, by tier; a document stands in its best tier only."""

    tiers: dict[str, BitMap] = field(default_factory=dict)
    meant: str = ""

    @property
    def all(self) -> BitMap:
        return BitMap.union(*self.tiers.values()) if self.tiers else BitMap()


def find(query: Query, memory: Memory, public: BitMap) -> Found:
    """What the query finds among these documents; a close spelling is tried where it finds little, and no such name."""
    found = Found(dict(_in_order(tiers(query, memory), public)))
    itself = found.all
    if len(itself) < FEW and query.atoms and not (found.tiers["exact"] or found.tiers["sounds"]):
        meant = spellings(query, memory, public, itself)
        if meant:
            near = dict(_in_order(_near(meant, memory), public - itself))
            found.tiers |= {NEAR[tier]: documents for tier, documents in near.items()}
            found.meant = meant[0].text if not itself and any(near.values()) else ""
    return found


def _near(meant: Sequence[Spelling], memory: Memory) -> Iterator[tuple[str, BitMap]]:
    """What the likeliest spelling finds; of the others the names that are it, and the pages that were looked at."""
    likeliest, others = parse(meant[0].text), [parse(one.text).compact for one in meant[1:]]
    seen = BitMap.union(BitMap(), *(one.pages for one in meant if one.is_seen))
    for tier, documents in tiers(likeliest, memory):
        if others and tier in KINDS:
            yield tier, documents | full_text.named(others, KINDS[tier])
        else:
            yield tier, documents | seen if tier == "names" else documents


def _in_order(tiers: Iterable[tuple[str, BitMap]], public: BitMap) -> Iterator[tuple[str, BitMap]]:
    seen = BitMap()
    for tier, documents in tiers:
        new = (documents & public) - seen
        seen |= new
        yield tier, new


def tiers(
    query: Query, memory: Memory, within: tuple[int, int] | None = None
) -> Iterator[tuple[str, BitMap]]:
    """What the query finds, the best tier first, each when it is asked for; a document may stand in several.

    Where only documents of a span of numbers are of interest, `within` says so; up to names they are found sooner then.
    """
    form, frequent = query.compact, memory.frequent
    if not form:
        return
    yield "exact", full_text.named([form], KINDS["exact"])
    yield "sounds", full_text.named([form], KINDS["sounds"])
    yield "starts", full_text.starting(form, frequent)
    alternatives = [query.atoms, *joined(query)]
    named = (full_text.holding(atoms, Scope.NAMES, frequent, within=within) for atoms in alternatives)
    yield "names", BitMap.union(*named)
    yield "text", BitMap.union(*(_anywhere(atoms, memory) for atoms in alternatives))


def joined(query: Query) -> Iterator[tuple[Atom, ...]]:
    """The query with neighboring words written as one, as Chinese names are in letters: fu dan, fudan.

    Long queries are taken as they are: each way to join them would be asked for.
    """
    if len(query.atoms) > MOST_JOINED:
        return
    for first, last, text in query.joined:
        one = Atom(text, "word", is_prefix=query.atoms[last].is_prefix)
        yield (*query.atoms[:first], one, *query.atoms[last + 1 :])


def _anywhere(atoms: tuple[Atom, ...], memory: Memory) -> BitMap:
    """The documents that hold every atom, some not in their names alone; where a page is filed counts as its text."""
    filed = {atom: memory.vocabulary.matching(atom) for atom in atoms}
    if len(atoms) == 1 and not filed[atoms[0]]:
        return full_text.beyond_names(atoms[0], memory.frequent)
    plain = [atom for atom in atoms if not filed[atom]]
    found = full_text.holding(plain, Scope.ANYWHERE, memory.frequent) if plain else None
    for atom in atoms:
        if filed[atom]:
            one = full_text.holding([atom], Scope.ANYWHERE, memory.frequent)
            one = BitMap.union(one, *(memory.of(key) for key in filed[atom]))
            found = one if found is None else found & one
    return found if found is not None else BitMap()
