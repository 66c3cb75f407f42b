"""From a notice a reader reaches the page as it read before, where it was public."""

from datetime import date

import pytest
import time_machine
from django.apps import apps

from ecosystem.domain import publishing
from ecosystem.domain.notices import address_before, is_shown
from ecosystem.models import PAGE_KINDS
from tests.factories import (
    PUBLISHED,
    WITHDRAWN,
    CorrectionFactory,
    DraftArticleFactory,
    EditorFactory,
    PublishedArticleFactory,
)

pytestmark = pytest.mark.django_db


def notice(**about):
    return CorrectionFactory(**{"organization": None} | about)


def test_every_page_is_read_as_on_the_day_before():
    for kind in PAGE_KINDS:
        page = PUBLISHED[apps.get_model("ecosystem", kind)]()
        assert address_before(notice(**{kind: page})) == f"{page.get_absolute_url()}?known_on=2025-02-02"


def test_page_that_was_not_public_yet_has_no_address():
    article = PublishedArticleFactory()  # since 6 January 2025
    assert address_before(notice(article=article, happened_on=date(2025, 1, 6))) == ""
    assert address_before(notice(article=article, happened_on=date(2025, 1, 7))) != ""
    assert address_before(notice(article=DraftArticleFactory())) == ""


def test_notices_are_shown_once_the_page_has_been_public():
    pages = [DraftArticleFactory(), PublishedArticleFactory(), DraftArticleFactory(**WITHDRAWN)]
    assert list(map(is_shown, pages)) == [False, True, True]


def test_reader_follows_the_list_of_corrections_to_the_text_as_it_was(client):
    article = DraftArticleFactory(slug="story", body="<p>It was wrong.</p>")
    with time_machine.travel("2025-03-01 12:00+08:00"):
        publishing.publish(article, by=EditorFactory())
    with time_machine.travel("2025-03-05 12:00+08:00"):
        article.body = "<p>It is right.</p>"
        article.save()
        notice(article=article, happened_on=date(2025, 3, 5))
    address = "/zh-hans/articles/story/?known_on=2025-03-04"
    assert f'<a class="small" href="{address}">' in client.get("/zh-hans/corrections/").content.decode()
    assert f'<a class="small" href="{address}">' in client.get("/zh-hans/articles/story/").content.decode()
    then, now = client.get(address).content.decode(), client.get("/zh-hans/articles/story/").content.decode()
    assert ["It was wrong." in then, "It is right." in now] == [True, True]
