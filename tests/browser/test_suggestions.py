"""Suggestions while typing: by keyboard, by pointer, to a screen reader, and when there is no answer."""

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PAGES = ["/organizations/", "/search/", "/"]
# Faster than any hand, so that no pause can lie between.
TYPE = """(box, words) => {
  for (const word of words) {
    box.value = word;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


def box(page: Page):
    return page.locator("[data-suggest]")


def options(page: Page):
    return page.locator(".suggest [role=option]")


@pytest.fixture
def typed(page) -> Page:
    """The directory with "fudan" typed and its suggestions open."""
    page.goto("/organizations/")
    box(page).press_sequentially("fudan")
    expect(options(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")  # the list answers all letters, not the first ones
    return page


@pytest.mark.parametrize("path", PAGES)
def test_every_search_box_suggests(page, path):
    page.goto(path)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    box(page).press_sequentially("fudan")
    expect(options(page).first).to_contain_text("Fudan University")
    expect(options(page).first).to_contain_text("复旦大学")
    expect(box(page)).to_have_attribute("aria-expanded", "true")


def marked(page: Page) -> str:
    """The text of the option that a screen reader is told to read."""
    name = box(page).get_attribute("aria-activedescendant")
    chosen = page.locator("[role=option][aria-selected=true]")
    if name is None:
        expect(chosen).to_have_count(0)
        return ""
    expect(chosen).to_have_count(1)
    assert chosen.get_attribute("id") == name
    return chosen.inner_text()


def test_arrows_go_through_the_suggestions_and_round(typed):
    texts = options(typed).all_inner_texts()
    assert marked(typed) == ""
    for text in texts:
        typed.keyboard.press("ArrowDown")
        assert marked(typed) == text
    typed.keyboard.press("ArrowDown")
    assert marked(typed) == ""
    typed.keyboard.press("ArrowUp")
    assert marked(typed) == texts[-1]
    typed.keyboard.press("Home")
    assert marked(typed) == texts[0]
    typed.keyboard.press("End")
    assert marked(typed) == texts[-1]
    expect(box(typed)).to_be_focused()
    expect(box(typed)).to_have_value("fudan")


def test_enter_leads_to_the_marked_suggestion(typed):
    typed.keyboard.press("ArrowDown")
    typed.keyboard.press("Enter")
    typed.wait_for_url("**/organizations/fudan-university/")


def held(page: Page, words: str) -> list[Route]:
    """The questions about these words, which wait for the test to let them go."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(f"**/suggestions.json?q={words}", hold)
    return waiting


def test_mark_stays_where_it_is_when_the_answer_to_the_last_letter_comes(page):
    waiting = held(page, "fudan")
    page.goto("/organizations/")
    box(page).focus()
    box(page).evaluate(TYPE, ["fuda"])
    expect(options(page).first).to_contain_text("Fudan University")
    with page.expect_request("**/suggestions.json?q=fudan"):
        box(page).evaluate(TYPE, ["fudan"])
    page.keyboard.press("ArrowDown")
    chosen = marked(page)
    with page.expect_response("**/suggestions.json?q=fudan"):
        waiting[0].continue_()
    expect(page.locator(".suggest [role=option]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert marked(page) == chosen


def test_enter_without_a_mark_searches_what_was_typed(typed):
    typed.keyboard.press("Enter")
    typed.wait_for_url("**/organizations/?q=fudan")
    expect(options(typed)).to_have_count(0)


def test_escape_closes_the_suggestions_and_keeps_the_words(typed):
    typed.keyboard.press("Escape")
    expect(typed.locator(".suggest")).to_be_hidden()
    expect(box(typed)).to_have_value("fudan")
    typed.keyboard.press("ArrowDown")
    expect(options(typed).first).to_be_visible()


def test_pointer_chooses_a_suggestion(typed):
    options(typed).first.click()
    typed.wait_for_url("**/organizations/fudan-university/")


def test_leaving_the_box_closes_the_suggestions(typed):
    typed.keyboard.press("Tab")
    expect(typed.locator(".suggest")).to_be_hidden()


def test_number_of_suggestions_is_announced(typed):
    number = options(typed).count()
    words = "1 suggestion" if number == 1 else f"{number} suggestions"
    expect(typed.locator(".box [role=status]")).to_have_text(words)


def test_chinese_page_suggests_in_chinese(page):
    page.goto("/zh-hans/organizations/")
    box(page).press_sequentially("复旦")
    expect(options(page).first).to_contain_text("复旦大学")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh-hans/organizations/fudan-university/")


def test_who_types_on_is_asked_for_once(page):
    page.goto("/organizations/")
    asked = []
    page.on("request", lambda request: "suggestions" in request.url and asked.append(request.url))
    box(page).focus()
    box(page).evaluate(TYPE, ["f", "fu", "fud", "fudan"])
    expect(options(page).first).to_be_visible()
    assert [url.partition("?q=")[2] for url in asked] == ["fudan"]


def test_late_answer_to_older_words_is_not_shown(page):
    waiting = held(page, "tongji")
    page.goto("/organizations/")
    box(page).focus()
    with page.expect_request("**/suggestions.json?q=tongji"):
        box(page).evaluate(TYPE, ["tongji"])
    box(page).evaluate(TYPE, ["fudan"])
    expect(options(page).first).to_contain_text("Fudan")
    for route in waiting:
        route.abort()
    expect(options(page).first).to_contain_text("Fudan")


def test_box_searches_when_no_suggestion_can_be_had(page):
    page.route("**/suggestions.json*", lambda route: route.abort())
    page.goto("/organizations/")
    box(page).press_sequentially("fudan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations/?q=fudan")


def test_box_is_a_plain_search_without_script(page_without_script):
    page_without_script.goto("/organizations/")
    expect(page_without_script.get_by_role("searchbox", name="Search this list")).to_be_visible()
