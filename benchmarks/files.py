"""Files of the whole directory: how much more memory a process takes to send a million rows."""

import json
from collections.abc import Iterator

from benchmarks.pages import LARGE
from benchmarks.sites import run, site
from benchmarks.tables import Line

SEND = """
import django, io, json, resource, sys; django.setup()
from time import process_time
from django.core.handlers.wsgi import WSGIHandler
from benchmarks.worker import AGENT
handler = WSGIHandler()
def sent(query):
    own = {{"PATH_INFO": "/organizations.{ending}", "QUERY_STRING": query, "wsgi.input": io.BytesIO()}}
    response = handler(AGENT | own | {{"wsgi.errors": sys.stderr, "wsgi.url_scheme": "http"}}, lambda *_: None)
    size = sum(map(len, response))
    response.close()
    return size
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sent("q=meridian&kind=university")
before, begun = peak(), process_time()
size = sent("")
print(json.dumps([size, process_time() - begun, peak() - before]))
"""


def lines() -> Iterator[Line]:
    for ending in ("csv", "json", "xlsx"):
        size, spent, memory = json.loads(run(site(LARGE), SEND.format(ending=ending)))
        measured = f"{size / 2**20:.0f} MiB in {spent:.0f} s"
        yield Line(f"memory to send {LARGE:,} rows as {ending}", measured, memory / 1024, 50, unit="MiB")
