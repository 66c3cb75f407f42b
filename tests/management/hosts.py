"""A web server on this machine that misbehaves in all the ways that hosts on the web do."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><script>x = 1</script><body><h1>Report</h1>\n  <p>400 companies</p></body></html>"
NEVER = 30  # seconds after which a host that does not answer gives up


class Host(ThreadingHTTPServer):
    """Remembers what it was asked; `pages` may be changed by a test."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.pages = {"/page": PAGE}
        self.is_over = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Host

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Says nothing."""

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.server.agents.add(self.headers["User-Agent"])
        kind, _, rest = self.path.strip("/").partition("/")
        special = {
            "to": self._redirect,
            "loop": self._loop,
            "slow": self._wait,
            "endless": self._flood,
            "drip": self._drip,
            "busy": self._busy,
            "get-only": self._get_only,
        }
        if kind in special:
            special[kind](rest)
        elif kind.isdigit():
            self._send(int(kind), b"error")
        else:
            body = self.server.pages.get(self.path)
            self._send(200 if body else 404, body or b"gone")

    def _send(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def _redirect(self, rest: str) -> None:
        code, _, target = rest.partition("/")
        self._send(int(code), Location=target if "://" in target else f"/{target}")

    def _loop(self, _rest: str) -> None:
        self._send(301, Location=self.path)

    def _wait(self, _rest: str) -> None:
        self.server.is_over.wait(NEVER)

    def _flood(self, _rest: str) -> None:
        self._begin()
        try:
            while self.command == "GET" and not self.server.is_over.is_set():
                self.wfile.write(b"more " * 1000)
        except OSError:
            return

    def _drip(self, _rest: str) -> None:
        """One letter after the other, each in time, and never an end."""
        self._begin()
        try:
            while self.command == "GET" and not self.server.is_over.is_set():
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def _busy(self, _rest: str) -> None:
        self._send(429, Retry_After="3600")

    def _get_only(self, _rest: str) -> None:
        self._send(200, PAGE) if self.command == "GET" else self._send(405)


@contextmanager
def running() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.is_over.set()
        host.shutdown()
        host.server_close()
        thread.join()
