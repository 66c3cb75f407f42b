"""Eight editors on four items: no lost word, no blind overwrite, no database that is locked.

For ten seconds; longer by EDITORS_FOR=60 in the environment.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = os.environ.get("EDITORS_FOR", "10")
EDITORS, ARTICLES = 8, 4
PREPARE = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from ecosystem.domain import revisions
from tests.factories import DraftArticleFactory, EditorFactory, PublishedArticleFactory
for number in range({EDITORS}):
    EditorFactory(username=f"editor-{{number}}")
for number in range({ARTICLES}):
    # Half of them are public, and edited in drafts of their next versions.
    make = PublishedArticleFactory if number % 2 else DraftArticleFactory
    revisions.record(make(standfirst="Begun.", internal_note="Begun.", body="<p>Text.</p>"), by=None)
"""
READ = """
import django, json; django.setup()
from ecosystem.domain import working_copies
from ecosystem.models import Article
print(json.dumps({one.pk: working_copies.shown(one).data[0]["fields"] for one in Article.objects.all()}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, tmp_path) -> dict[str, str]:
    """What processes need to work on one new database, of either kind."""
    known = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "FOUR_EYES"}}
    known |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.newsroom.settings"}
    if request.param == "postgresql":
        known["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return known


def run(environment: dict[str, str], *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_no_word_of_eight_editors_is_lost(environment):
    assert run(environment, "-c", PREPARE).communicate()[1] == ""
    started = [
        run(environment, "-m", "tests.newsroom.editor", str(number), SECONDS) for number in range(EDITORS)
    ]
    said = [editor.communicate() for editor in started]
    assert [error for _words, error in said if error] == []
    assert [editor.returncode for editor in started] == [0] * EDITORS
    texts = json.loads(run(environment, "-c", READ).communicate()[0])
    kept = [line.split() for words, _error in said for line in words.splitlines()]
    assert [(pk, field, word) for pk, field, word in kept if word not in texts[pk][field].split()] == []
    assert all(words for words, _error in said)
