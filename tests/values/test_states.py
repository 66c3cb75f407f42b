"""Two states that grew from one, put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.states import MINE, THEIRS, Conflict, content, merged, numbered

ITEM = "ecosystem.article"
PART = "ecosystem.citation"


def item(**fields):
    return {"model": ITEM, "pk": 1, "fields": fields}


def part(pk, **fields):
    return {"model": PART, "pk": pk, "fields": fields}


BASE = [item(title="One", topics=[["ai"], ["chips"]], lead=None), part(7, note="a", source=["x"])]


def changed(**fields):
    return [item(**BASE[0]["fields"] | fields), BASE[1]]


def test_changes_of_different_fields_fit_together():
    state, conflicts = merged(BASE, changed(title="Two"), changed(lead=3))
    assert (state, conflicts) == (changed(title="Two", lead=3), [])


def test_same_change_on_both_sides_is_no_conflict():
    assert merged(BASE, changed(title="Two"), changed(title="Two")) == (changed(title="Two"), [])


def test_one_field_changed_twice_is_a_conflict_and_left_as_theirs():
    state, conflicts = merged(BASE, changed(title="Mine"), changed(title="Theirs"))
    assert state == changed(title="Theirs")
    assert conflicts == [Conflict(ITEM, 1, "title", "One", "Mine", "Theirs")]
    assert conflicts[0].key == "ecosystem.article 1 title"


@pytest.mark.parametrize(("side", "title"), [(MINE, "Mine"), (THEIRS, "Theirs")])
def test_decided_conflict_is_none_any_more(side, title):
    decided = {"ecosystem.article 1 title": side}
    assert merged(BASE, changed(title="Mine"), changed(title="Theirs"), decided) == (changed(title=title), [])


def test_lists_of_others_are_united_without_what_either_removed():
    mine, theirs = changed(topics=[["chips"], ["robots"]]), changed(topics=[["ai"], ["chips"], ["cloud"]])
    state, conflicts = merged(BASE, mine, theirs)
    assert (state[0]["fields"]["topics"], conflicts) == ([["chips"], ["cloud"], ["robots"]], [])


def test_rows_that_each_side_added_are_kept():
    mine, theirs = [*BASE, part(-1, note="new")], [*BASE, part(9, note="theirs")]
    state, conflicts = merged(BASE, mine, theirs)
    assert (state, conflicts) == ([*theirs, part(-1, note="new")], [])


def test_row_that_one_side_removed_goes():
    assert merged(BASE, BASE[:1], BASE) == (BASE[:1], [])
    assert merged(BASE, BASE, BASE[:1]) == (BASE[:1], [])


def test_row_removed_here_and_changed_there_must_be_decided():
    theirs = [BASE[0], part(7, note="b", source=["x"])]
    state, [conflict] = merged(BASE, BASE[:1], theirs)
    assert (state, conflict.key, conflict.mine) == (theirs, "ecosystem.citation 7", None)
    assert merged(BASE, BASE[:1], theirs, {conflict.key: MINE}) == (BASE[:1], [])
    assert merged(BASE, BASE[:1], theirs, {conflict.key: THEIRS}) == (theirs, [])


def test_fields_that_are_not_content_are_theirs_and_never_a_conflict():
    state, conflicts = merged(BASE, changed(title="Mine"), changed(title="Theirs"), own={"title"})
    assert (state, conflicts) == (changed(title="Theirs"), [])


def test_field_that_an_older_state_does_not_know_is_that_of_the_newer_one():
    old = [{**BASE[0], "fields": {"title": "Two", "gone": 1}}, BASE[1]]
    state, conflicts = merged(BASE, old, BASE)
    assert (state, conflicts) == (changed(title="Two"), [])


def test_new_rows_are_numbered_below_all_that_are_taken():
    state = [item(), part(7), part(50), part(-2), part(51)]
    taken = [[item(), part(-2)], [item(), part(-3)]]
    rows = numbered(state, {(ITEM, 1), (PART, 7)}, taken)
    assert [row["pk"] for row in rows] == [1, 7, -4, -2, -5]


FIELDS = st.fixed_dictionaries({name: st.integers(0, 2) for name in "abc"})
ROWS = st.dictionaries(st.integers(1, 4), FIELDS, max_size=3)
STATES = st.builds(
    lambda own, rows: [item(**own), *(part(pk, **fields) for pk, fields in sorted(rows.items()))],
    FIELDS,
    ROWS,
)


@given(STATES, STATES)
def test_who_alone_changed_something_gets_it(base, changed_state):
    for sides in ((changed_state, base), (base, changed_state)):
        state, conflicts = merged(base, *sides)
        assert (content(state), conflicts) == (content(changed_state), [])


@given(STATES, STATES, STATES)
def test_decided_for_one_side_nothing_of_it_is_lost(base, mine, theirs):
    _state, conflicts = merged(base, mine, theirs)
    for side, whole in ((MINE, content(mine)), (THEIRS, content(theirs))):
        state, rest = merged(base, mine, theirs, {one.key: side for one in conflicts})
        assert rest == []
        for one in conflicts:
            row, expected = content(state).get((one.model, one.pk)), whole.get((one.model, one.pk))
            assert row == expected if not one.field else row[one.field] == expected[one.field]
