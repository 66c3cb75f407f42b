"""Where the act that is being done comes from: the request of the admin, its address and who is signed in."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """A request; outside of one everything is empty, as for commands and the seed.

    user: whoever Django says is signed in, looked up only when somebody asks.
    """

    address: str | None = None
    request: str = ""
    user: Any = None

    @property
    def actor(self) -> Any:
        """The person who is signed in, or None."""
        return self.user if self.user is not None and self.user.is_authenticated else None


NOWHERE = Origin()
_present: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def present() -> Origin:
    return _present.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Let everything that is done meanwhile come from there."""
    token = _present.set(origin)
    try:
        yield
    finally:
        _present.reset(token)


def address_of(text: str) -> str | None:
    """The address as both databases store it; None for what is none, such as the name of a socket."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)
