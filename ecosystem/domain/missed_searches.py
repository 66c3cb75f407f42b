"""Searches that found nothing, counted for editors: names that readers miss. Texts only, nothing about who asked."""

import logging
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import Error, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from ecosystem.domain import answering, search
from ecosystem.models import MissedSearch
from ecosystem.models.searches import LONGEST
from ecosystem.values.analysis import compact
from ecosystem.values.text import fold

logger = logging.getLogger(__name__)

SHORTEST = 2
MOST = 10_000
ROOM = 100  # made at once, so that a flood of texts does not sort the table for each of them
LONGEST_WORD = 40
PATIENCE = 50  # milliseconds that a reader's page waits for a busy database
# Addresses of people and numbers of telephones and identity cards are no names to look up.
_PERSONAL = re.compile(r"\w@\w|(?:\d[ -]?){8}")
_WORD = re.compile(rf"[!-~]{{{LONGEST_WORD + 1}}}")
_BINARY = {"Cc", "Cs", "Cn", "Co"}


def note_missed(text: str) -> None:
    """Count that the site had nothing for a text, as long as it may be a name and the database is not busy.

    To be called for what a reader typed, where nothing else narrows the search: with a filter it says little.
    """
    kept = kept_text(text)
    if not kept:
        return
    try:
        with _impatient(), transaction.atomic():
            _count(kept)
    except Error as error:
        logger.warning("A search without a result was not counted: %s", error)


def kept_text(text: str) -> str:
    """The folded text; an empty one for what is no name: junk, or what tells of a person."""
    words = " ".join(text[: 4 * LONGEST].split())
    if any(unicodedata.category(sign) in _BINARY or sign == "\ufffd" for sign in words):
        return ""
    folded = fold(words)
    is_name = len(compact(folded)) >= SHORTEST and len(folded) <= LONGEST and not _WORD.search(folded)
    return folded if is_name and not _PERSONAL.search(folded) else ""


def settle(rows: Sequence[MissedSearch]) -> bool:
    """Let each say by `finds` how many pages and answers it finds now, and forget those that find some."""
    for row in rows:
        row.finds = search.search(row.text, limit=1).count + len(answering.answers(row.text))
    gone = [row.pk for row in rows if row.finds]
    MissedSearch.objects.filter(pk__in=gone).delete()
    return bool(gone)


def forget_passage(passage: str) -> None:
    """Forget every text in which a passage stands, however it is written."""
    wanted = compact(passage)
    forget(lambda text: wanted in compact(text))


def forget(is_meant: Callable[[str], bool]) -> None:
    """Forget the texts of which this is true."""
    gone = [pk for pk, text in MissedSearch.objects.values_list("pk", "text") if is_meant(text)]
    MissedSearch.objects.filter(pk__in=gone).delete()


def _count(text: str) -> None:
    if _count_again(text):
        return
    _make_room()
    today = timezone.localdate()
    try:
        with transaction.atomic():
            MissedSearch.objects.create(text=text, first_on=today, last_on=today)
    except IntegrityError:  # somebody else has missed it at the same moment
        _count_again(text)


def _count_again(text: str) -> int:
    missed = MissedSearch.objects.filter(text=text)
    return missed.update(times=F("times") + 1, last_on=timezone.localdate())


def _make_room() -> None:
    """The rarest go, and of these the oldest."""
    if MissedSearch.objects.count() >= MOST:
        rarest = MissedSearch.objects.order_by("times", "last_on", "pk").values_list("pk", flat=True)[:ROOM]
        MissedSearch.objects.filter(pk__in=list(rarest)).delete()


@contextmanager
def _impatient() -> Iterator[None]:
    """Let the database refuse soon, instead of waiting for others as long as it does for editors."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout" if is_sqlite else "SHOW lock_timeout")
        (usual,) = cursor.fetchone()
    _set_patience(PATIENCE, is_sqlite=is_sqlite)
    try:
        yield
    finally:
        _set_patience(usual, is_sqlite=is_sqlite)


def _set_patience(limit: int | str, *, is_sqlite: bool) -> None:
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute(f"PRAGMA busy_timeout = {limit}")  # takes no parameters
        else:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(limit)])
