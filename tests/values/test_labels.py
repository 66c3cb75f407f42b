"""Labels: each finds room beside its mark."""

from ecosystem.values.labels import Box, Place, Side, Wish, placed, text_width

PAPER = Box(0, 0, 400, 200)
ALL = (Side.RIGHT, Side.ABOVE, Side.BELOW, Side.LEFT)


def places(*wishes: Wish) -> list[Place]:
    return list(placed(wishes, [(wish.x, wish.y) for wish in wishes], PAPER))


def test_label_stands_on_the_first_side_where_it_is_free():
    assert places(Wish(100, 100, ["7"], ALL)) == [Place(110, 104.5, "7", "start")]


def test_label_that_would_leave_the_paper_takes_another_side():
    assert [place.anchor for place in places(Wish(395, 100, ["7,000"], ALL))] == ["end"]


def test_label_avoids_marks_and_earlier_labels():
    first, second = places(Wish(100, 100, ["300 disputed"], ALL), Wish(130, 100, ["320"], ALL))
    assert first.anchor == "middle"
    assert not first.box.meets(second.box)


def test_label_says_less_where_the_whole_text_has_no_room():
    wish = Wish(200, 100, ["5,000 by a search of the register of companies", "5,000"], [Side.RIGHT])
    assert [place.text for place in places(wish)] == ["5,000"]


def test_label_without_any_room_is_still_shown():
    assert [place.text for place in places(Wish(399, 100, ["7"], [Side.RIGHT]))] == ["7"]


def test_chinese_signs_are_as_wide_as_high():
    assert text_width("存疑") == 26
