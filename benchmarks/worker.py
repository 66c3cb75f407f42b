"""A process that answers requests on one database and tells the processor time of each; asked line by line.

Started with DATA_DIR in its environment. A line in is JSON, {"path": "/organizations/?q=…", "times": 5}; a line out is
the list of milliseconds; with "may_be_missing" a page may answer with 404. Requests go through the whole site, from
WSGI on, without a network.
"""

import io
import json
import os
import sys
from collections.abc import Collection
from time import process_time

import django
from django.core.handlers.wsgi import WSGIHandler

AGENT = {
    "REQUEST_METHOD": "GET",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    handler = WSGIHandler()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        taken = {"200 OK", *(["404 Not Found"] if asked.get("may_be_missing") else [])}
        print(
            json.dumps([answered(handler, asked["path"], taken) for _ in range(asked["times"])]), flush=True
        )


def answered(handler: WSGIHandler, path: str, taken: Collection[str] = ("200 OK",)) -> float:
    """The processor time of one answer in milliseconds. Raises for any other status."""
    place, _, query = path.partition("?")
    environ = AGENT | {
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "HTTP_ACCEPT_ENCODING": "br",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    statuses: list[str] = []
    begun = process_time()
    response = handler(environ, lambda status, _headers: statuses.append(status))
    body = b"".join(response)
    spent = process_time() - begun
    response.close()
    if not (len(statuses) == 1 and statuses[0] in taken and body):
        raise RuntimeError(f"{path} answered {statuses}")
    return spent * 1000


if __name__ == "__main__":
    main()
