"""Every public page answers in both languages, says what it is about, and is the same for everybody."""

import pytest

# The answers are fetched once a session; the mark makes sure that there is a database by then.
pytestmark = pytest.mark.django_db


def test_every_page_answers_in_both_languages(answers):
    wrong = {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200}
    assert wrong == {}


def test_every_page_declares_its_language(answers):
    said = {
        name: (answer.headers["Content-Language"], b'<html lang="zh-Hans">' in answer.content)
        for name, answer in answers.items()
    }
    assert said == {name: ("zh-hans", True) if name[:2] == "zh" else ("en", False) for name in answers}
