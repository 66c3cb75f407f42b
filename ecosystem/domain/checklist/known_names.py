"""Names of public organizations in texts, found in the forms of names that the index keeps."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model

from ecosystem.domain.index import statements
from ecosystem.domain.index.numbers import page_of
from ecosystem.models import NameForm, Organization, OrganizationName
from ecosystem.values.name_pieces import name_pieces

_FORMS = NameForm._meta.db_table
# All forms in one parameter, since a text has more pieces than a statement may have parameters.
_ASKED = {
    "sqlite": "form IN (SELECT CAST(value AS BLOB) FROM json_each(%s))",
    "postgresql": "form IN (SELECT convert_to(value, 'UTF8') FROM json_array_elements_text(%s::json))",
}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name in a text and the organization that has it."""

    words: str
    organization: Organization


def known_names(texts: Iterable[str]) -> dict[str, KnownName]:
    """By the words, in the order of the texts; the longest where names overlap; three queries at most.

    A name that several pages have, organizations or not, is nobody's. Latin letters must be written as in the name:
    Gap, not gap.
    """
    pieces = [list(name_pieces(text)) for text in texts]
    forms = {piece.form for some in pieces for piece in some}
    owners = _owners(forms) if forms else {}
    organizations = Organization.objects.published().in_bulk(set(owners.values())) if owners else {}
    written = _names_of(organizations) if organizations else {}
    found: dict[str, KnownName] = {}
    for some in pieces:
        end = 0
        for piece in some:
            if piece.form not in owners or piece.start < end:
                continue
            organization = organizations.get(owners[piece.form])
            if organization is None:
                end = piece.end if piece.is_chinese else end  # nor is a part of it somebody's
            elif piece.is_chinese or _SPACES.sub(" ", piece.words) in written[organization.pk]:
                found.setdefault(piece.words, KnownName(piece.words, organization))
                end = piece.end
    return found


def _owners(forms: set[str]) -> dict[str, int]:
    """The organization of each form that is known; 0 where another page of the site, of whatever kind, has it too."""
    cursor = statements.cursor()
    cursor.execute(
        f"SELECT form, document FROM {_FORMS} WHERE kind = %s AND {_ASKED[connection.vendor]}",
        [NameForm.Kind.WRITTEN.value, json.dumps(sorted(forms), ensure_ascii=False)],
    )
    documents = defaultdict(set)
    for form, document in cursor.fetchall():
        documents[bytes(form).decode()].add(page_of(document))
    return {form: _only_organization(pages) for form, pages in documents.items()}


def _only_organization(pages: set[tuple[type[Model], int]]) -> int:
    model, key = next(iter(pages))
    return key if len(pages) == 1 and model is Organization else 0


def _names_of(organizations: dict[int, Organization]) -> dict[int, set[str]]:
    """All names of each organization."""
    found = {key: {one.name, one.name_zh} for key, one in organizations.items()}
    for key, text in _other_names(organizations):
        found[key].add(text)
    return found


def _other_names(keys: Iterable[int]) -> Iterator[tuple[int, str]]:
    yield from OrganizationName.objects.filter(organization__in=keys).values_list("organization_id", "text")
