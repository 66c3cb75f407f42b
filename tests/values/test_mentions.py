"""Names after an @ in a text, in both languages."""

import pytest

from ecosystem.values.mentions import known_name, mentions_in

NAMES = {"anna", "anna.b", "li", "李雷", "max@desk.org"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@anna and @Li: look.", ["anna", "Li"]),
        ("Ask @anna.", ["anna."]),
        ("Twice @anna, @anna", ["anna"]),
        ("Write to desk@anna.org", []),
        ("At @ noon, or @", []),
        ("请@anna看", ["anna看"]),
        ("(@max@desk.org)", ["max@desk.org"]),
    ],
)
def test_mentions_are_what_follows_an_at_sign_but_no_address_of_mail(text, found):
    assert mentions_in(text) == found


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("anna", "anna"),
        ("Anna", "anna"),
        ("anna.", "anna"),
        ("anna.b", "anna.b"),
        ("anna.c", ""),
        ("annabel", ""),
        ("anna看这里", "anna"),
        ("李雷请看", "李雷"),
        ("max@desk.org", "max@desk.org"),
        ("nobody", ""),
    ],
)
def test_known_name_is_the_longest_that_stands_there_as_a_whole(mention, name):
    assert known_name(mention, NAMES) == name
