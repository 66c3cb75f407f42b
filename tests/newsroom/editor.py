"""One of the editors: `python -m tests.newsroom.editor NUMBER SECONDS`, on the database that the environment tells.

Opens an article again and again, adds a word of its own to the end of one text, and saves; decides for its own words
where somebody else has changed the same. Prints every word that the site said it had kept, one in a line.
"""

import os
import sys
from time import monotonic

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.newsroom.settings")
django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from ecosystem.models import Article, User  # noqa: E402
from tests.admin.forms import filled  # noqa: E402


def main(number: int, seconds: float) -> None:
    setup_test_environment()  # what pages were made of can be asked for then
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    client.force_login(User.objects.get(username=f"editor-{number}"))
    articles = list(Article.objects.order_by("pk"))
    article = articles[number % len(articles)]
    field = ("standfirst", "internal_note")[number // len(articles)]
    address = reverse("admin:ecosystem_article_change", args=[article.pk])
    end, turn = monotonic() + seconds, 0
    while monotonic() < end:
        turn += 1
        word = f"word-{number}-{turn}"
        form = filled(client.get(address))
        # The other editor of this article writes into another text, and both into the same one now and then.
        shared = {"title": f"Title by {number}, turn {turn}"} if turn % 5 == 0 else {}
        changes = {field: f"{form[field]} {word}", "_continue": "Save", **shared}
        page = client.post(address, form | changes, follow=True)
        if page.context and "conflicts" in page.context:
            where = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
            page = client.post(where, {one.key: "mine" for one in page.context["conflicts"]}, follow=True)
        assert page.status_code == 200, page.status_code
        print(f"{article.pk} {field} {word}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
