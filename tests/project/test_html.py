"""The HTML of every kind of page is what a validator accepts."""

import pytest

from tests.project.markup_rules import problems

pytestmark = pytest.mark.django_db


def test_html_of_every_page_is_valid(answers):
    found = {name: problems(answer.content.decode()) for name, answer in answers.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_html_of_what_is_missing_is_valid(client, settings):
    answer = client.get("/nowhere/")
    assert (answer.status_code, problems(answer.content.decode())) == (404, [])
