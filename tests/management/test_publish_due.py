"""`manage.py publish_due`, and the next request of an editor: next versions whose moment has come."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from ecosystem.domain import publishing, sets, working_copies
from ecosystem.models import Article, WorkingCopy
from tests.factories import DraftSourceFactory, PublishedArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor):
    """A public article whose next version is to be published in an hour."""
    article = PublishedArticleFactory(title="Live")
    seen = working_copies.shown(article).data
    mine = [{**seen[0], "fields": {**seen[0]["fields"], "title": "Next"}}, *seen[1:]]
    working_copies.keep(article, seen, mine, by=editor)
    publishing.schedule(article, by=editor, at=timezone.now() + timedelta(hours=1))
    return article


def run() -> str:
    out = StringIO()
    call_command("publish_due", stdout=out)
    return out.getvalue()


def test_nothing_is_published_before_its_moment_and_everything_once_after_it(article):
    assert run() == ""
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert (run(), run()) == ("article Next: published\n", "")
    assert Article.objects.get().title == "Next"


def test_scheduled_set_is_published_too(editor):
    found = sets.begin("Yearbook", by=editor)
    sets.add(found, [DraftSourceFactory()], by=editor)
    sets.schedule(found, by=editor, at=timezone.now() + timedelta(hours=1))
    assert run() == ""
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert (run(), run()) == ("set Yearbook: published\n", "")


def test_what_is_refused_is_told_and_ends_with_an_error(article):
    Article.objects.update(title="Loaded")
    later = timezone.now() + timedelta(hours=2)
    with (
        time_machine.travel(later, tick=False),
        pytest.raises(CommandError, match="1 could not be published"),
    ):
        run()
    assert WorkingCopy.objects.get().refused.startswith("Readers see something else by now")


def test_next_request_in_the_admin_publishes_what_is_due_and_a_reader_does_not(article, client, admin_client):
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        client.get(article.get_absolute_url())
        assert Article.objects.get().title == "Live"
        admin_client.get(reverse("admin:password_change"))
    assert Article.objects.get().title == "Next"
