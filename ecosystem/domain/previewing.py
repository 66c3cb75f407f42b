"""Looking at what readers do not see yet: the next version put in place for a while, and links that show it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.db.models import Model
from django.utils import timezone

from ecosystem.domain import set_members, sets, working_copies

# How long a link shows an item to people without an account.
LINK_LASTS = timedelta(days=7)
_SALT = "ecosystem.preview"


class LinkExpired(Exception):
    """The link was good once; whoever made it can make another."""


@contextmanager
def next_version_of(item: Model) -> Iterator[None]:
    """Let the database say inside what the item's next version says, if it has one; all is undone afterwards.

    What waits in a set is shown with everything that becomes public together with it.
    """
    with ExitStack() as places:
        if found := set_members.set_of(item):
            places.enter_context(sets.in_place(found, is_checked=False))
        # Still there where it does not become public with its set as it is.
        if copy := working_copies.of(item):
            places.enter_context(working_copies.in_place(item, copy.latest.data))
        yield


def link_token(item: Model) -> str:
    """What a link needs to show the item, and no other, to whoever has the link."""
    until = timezone.now() + LINK_LASTS
    return signing.dumps([*_subject(item), int(until.timestamp())], salt=_SALT)


def check_link(token: str, item: Model) -> datetime:
    """Until when the link shows the item.

    Raises LinkExpired, and django.core.signing.BadSignature for a token that is not ours or of another item.
    """
    *subject, end = signing.loads(token, salt=_SALT)
    if subject != _subject(item):
        raise signing.BadSignature("The link is of another item.")
    until = datetime.fromtimestamp(end, tz=UTC)
    if until <= timezone.now():
        raise LinkExpired
    return until


def _subject(item: Model) -> list:
    return [item._meta.model_name, item.pk]
