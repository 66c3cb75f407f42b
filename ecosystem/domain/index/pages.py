"""All other kinds of pages as the index sees them: which columns are names and which are other text."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Model

from ecosystem.domain.index.documents import ALWAYS, EVER, Document, with_words
from ecosystem.models import (
    Article,
    Event,
    Initiative,
    Metric,
    Person,
    Place,
    Ranking,
    Source,
    Topic,
)
from ecosystem.values.markup import plain_text


class Columns(NamedTuple):
    """Names are looked up, also as they sound; a name column may hold several, one a line."""

    names: tuple[str, ...]
    body: tuple[str, ...] = ()


NAMES = ("name", "name_zh")
SUMMARIES = ("summary", "summary_zh", "description", "description_zh")
COLUMNS: dict[type[Model], Columns] = {
    Metric: Columns(
        (*NAMES, "other_names"),
        ("definition", "definition_zh", "comparability_note", "comparability_note_zh"),
    ),
    Ranking: Columns(NAMES, ("description", "description_zh")),
    Article: Columns(("title", "title_zh"), ("standfirst", "standfirst_zh", "body", "body_zh")),
    Initiative: Columns(NAMES, ("lead_body", *SUMMARIES)),
    Place: Columns(NAMES, SUMMARIES),
    Event: Columns((*NAMES, "series__short_name"), ("organizer", "summary", "summary_zh")),
    Topic: Columns(NAMES, ("description", "description_zh")),
    Person: Columns(NAMES, ("summary", "summary_zh")),
    Source: Columns(("title", "title_zh"), ("publisher", "publisher_zh", "identifier")),
}


def documents(model: type[Model], keys: Sequence[int], kept: Mapping[int, Document]) -> dict[int, Document]:
    """The documents, by primary key, of those of these pages that are public or scheduled.

    `kept` is what is stored of them.
    """
    names, body = COLUMNS[model]
    has_status = hasattr(model.objects, "published")
    rows = model.objects.published(EVER) if has_status else model.objects.all()
    columns = ["pk", *names, *body, *(["published_at"] if has_status else [])]
    return {
        row["pk"]: with_words(
            Document(row["published_at"] if has_status else ALWAYS),
            kept.get(row["pk"]),
            [line.strip() for name in names for line in (row[name] or "").splitlines()],
            [plain_text(row[name] or "") for name in body],
        )
        for row in rows.filter(pk__in=keys).order_by().values(*columns)
    }
