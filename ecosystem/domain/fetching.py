"""Asking addresses of other hosts, within bounds: of time, of size, of redirects, and never inside our own network."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
_CHUNK = 65536
_SAFE = "/:?&=#%@!$'()*+,;~[]"


class Refused(ValueError):
    """The address must not be asked; the message says why."""


class Unreachable(OSError):
    """No answer came, or none that ends; `code` is the last one seen, None where there was none."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a request may go. timeout: seconds for one request as a whole, its body included."""

    user_agent: str
    timeout: float = 15
    max_bytes: int = 2_000_000
    max_redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered in the end. moved_to: where permanent redirects alone had led; empty for nowhere.

    body: None where it is longer than the bounds, or was not asked for.
    """

    url: str
    code: int
    content_type: str = ""
    length: int | None = None
    retry_after: str = ""
    moved_to: str = ""
    body: bytes | None = None


def fetch(method: str, url: str, bounds: Bounds) -> Answer:
    """The answer after redirects. Raises Refused or Unreachable."""
    moved_to, is_permanent = "", True
    for _hop in range(bounds.max_redirects + 1):
        answer, location = _ask(method, url, bounds)
        if answer.code not in REDIRECTS or not location:
            return replace(answer, moved_to=moved_to)
        is_permanent = is_permanent and answer.code in PERMANENT
        url = urljoin(url, location)
        moved_to = url if is_permanent else moved_to
    raise Unreachable(f"more than {bounds.max_redirects} redirects", answer.code)


def _ask(method: str, url: str, bounds: Bounds) -> tuple[Answer, str]:
    parts = _parts(url)
    target = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    with _connected(parts, bounds) as connection:
        connection.request(method, target, headers={"User-Agent": bounds.user_agent, "Accept": "*/*"})
        response = connection.getresponse()
        answer = Answer(
            url,
            response.status,
            response.headers.get("Content-Type", ""),
            _number(response.headers.get("Content-Length", "")),
            response.headers.get("Retry-After", ""),
            body=_body(response, bounds) if method == "GET" and response.status == 200 else None,
        )
        return answer, _header(response.headers.get("Location", ""))


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_usable = (
            parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port)
        )
    except ValueError as error:
        raise Refused(f"{url} is no address") from error
    if not is_usable:
        raise Refused(f"{url}: only addresses that begin with http or https are asked")
    return parts


@contextmanager
def _connected(parts: SplitResult, bounds: Bounds) -> Iterator[HTTPConnection]:
    """A connection that ends by itself when its time is over, however slowly the other side speaks."""
    host = parts.hostname or ""
    kind, port = (_Secure, 443) if parts.scheme == "https" else (_Plain, 80)
    connection = kind(host, parts.port or port, timeout=bounds.timeout)
    connection.address = _public_address(host, parts.port or port, bounds)
    timer = Timer(bounds.timeout, connection.abort)
    timer.daemon = True
    timer.start()
    try:
        yield connection
        if connection.is_aborted:  # what was read until then may look whole
            raise TimeoutError(f"{host} took longer than {bounds.timeout:g} seconds")
    except (OSError, HTTPException, ValueError, AttributeError) as error:
        # An aborted connection loses its socket or file under the reader, in whatever line that is.
        raise Unreachable(str(error) or type(error).__name__) from error
    finally:
        timer.cancel()
        connection.close()


def _public_address(host: str, port: int, bounds: Bounds) -> str:
    """The address that the host's name stands for; it is connected to as it was checked, and not looked up again."""
    try:
        name = host.encode("idna").decode()
        found = [entry[4][0] for entry in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host} was not found") from error
    if not bounds.allow_private and not all(_is_public(address) for address in found):
        raise Refused(f"{host} stands for an address inside a private network")
    return found[0]


def _is_public(address: str) -> bool:
    known = ip_address(address.partition("%")[0])
    known = getattr(known, "ipv4_mapped", None) or known
    return known.is_global and not known.is_multicast


def _body(response: HTTPResponse, bounds: Bounds) -> bytes | None:
    """The whole body, or None where it is longer than the bounds."""
    parts, size = [], 0
    while part := response.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > bounds.max_bytes:
            return None
    return b"".join(parts)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _header(text: str) -> str:
    """A header as it was meant: http.client reads it as Latin-1, and many hosts write UTF-8."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


class _Plain(HTTPConnection):
    address = ""
    is_aborted = False
    opened: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.opened = socket.create_connection((self.address, self.port), self.timeout)

    def abort(self) -> None:
        self.is_aborted = True
        if self.opened is not None:
            with suppress(OSError):  # it had ended by itself
                self.opened.shutdown(socket.SHUT_RDWR)


class _Secure(_Plain, HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = self.opened = ssl.create_default_context().wrap_socket(
            self.sock, server_hostname=self.host
        )
