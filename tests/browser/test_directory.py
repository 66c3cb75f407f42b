"""The directory: filtering with and without script, by pointer and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
DIRECTORY = "/organizations/"


def count(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(".results .count h2").inner_text()))


def box(page: Page, name: str, value: str):
    return page.locator(f'.facets input[name="{name}"][value="{value}"]')


def number_beside(page: Page, name: str, value: str) -> int:
    return int(box(page, name, value).locator("xpath=..").locator("data").inner_text())


def test_two_filters_narrow_the_list_at_once(page):
    page.goto(DIRECTORY)
    everything = count(page)
    companies = number_beside(page, "kind", "company")
    box(page, "kind", "company").check()
    page.wait_for_url("**/organizations/?kind=company")
    expect(page.locator(".results .count h2")).to_contain_text(str(companies))
    both = number_beside(page, "topic", "ai")
    box(page, "topic", "ai").check()
    page.wait_for_url("**/organizations/?kind=company&topic=ai")
    expect(page.locator(".results .count h2")).to_contain_text(str(both))
    assert 0 < both < companies < everything
    expect(page.locator(".active .chip")).to_have_count(2)
    expect(page.locator(".entries > li")).to_have_count(min(both, 30))


def test_two_filters_work_without_script(page_without_script):
    page = page_without_script
    page.goto(DIRECTORY)
    box(page, "kind", "company").check()
    box(page, "topic", "ai").check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url(re.compile(r"kind=company&topic=ai"))
    expect(page.locator(".active .chip")).to_have_count(2)
    expect(box(page, "topic", "ai")).to_be_checked()
    assert count(page) == number_beside(page, "topic", "ai")


def test_chip_takes_its_filter_away(page):
    page.goto(f"{DIRECTORY}?kind=company&topic=ai")
    page.locator(".active .chip", has_text="Company").click()
    page.wait_for_url("**/organizations/?topic=ai")
    expect(box(page, "kind", "company")).not_to_be_checked()
    expect(page.locator(".active .chip")).to_have_count(1)


def test_filter_is_set_by_keyboard_and_keeps_the_focus(page):
    page.goto(DIRECTORY)
    box(page, "kind", "university").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/organizations/?kind=university")
    expect(page.locator(".active .chip")).to_have_count(1)
    expect(box(page, "kind", "university")).to_be_focused()
    expect(page.locator("[data-announce]")).to_have_text(page.locator(".results .count h2").inner_text())


def test_going_back_brings_the_list_before(page):
    page.goto(DIRECTORY)
    everything = count(page)
    box(page, "kind", "company").check()
    page.wait_for_url("**/organizations/?kind=company")
    page.go_back()
    page.wait_for_url(re.compile(r"/organizations/$"))
    expect(page.locator(".results .count h2")).to_contain_text(str(everything))
    expect(box(page, "kind", "company")).not_to_be_checked()


def test_words_find_an_organization_in_chinese(page):
    page.goto(DIRECTORY)
    page.locator("input#q").fill("复旦大学")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q=%E5%A4%8D"))
    page.locator(".entries a").first.click()
    expect(page.locator("h1")).to_contain_text("复旦大学")


def test_order_can_be_chosen(page):
    page.goto(DIRECTORY)
    page.locator("select#sort").select_option("founded")
    page.wait_for_url("**/organizations/?sort=founded")
    oldest = page.locator(".entries > li").first
    expect(oldest).to_contain_text(re.compile(r"1[89]\d\d"))


def test_pages_are_turned_without_loading_them_anew(page):
    page.goto(DIRECTORY)
    page.evaluate("() => { window.same = true }")
    first = page.locator(".entries > li a").first.inner_text()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=re.compile("Next")).click()
    page.wait_for_url("**/organizations/?page=2")
    expect(page.locator(".entries > li a").first).not_to_have_text(first)
    assert page.evaluate("() => window.same")
    expect(page.locator(".results h2").first).to_be_focused()


def test_filters_fold_away_on_a_narrow_screen(new_context):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{DIRECTORY}?kind=company")
    expect(box(page, "kind", "company")).to_be_hidden()
    summary = page.locator(".facets > summary")
    expect(summary).to_contain_text("1")
    summary.click()
    expect(box(page, "kind", "company")).to_be_visible()


def test_back_and_forth_exchange_the_list_and_load_nothing(page):
    page.goto(DIRECTORY)
    page.evaluate("() => { window.same = true }")
    everything = count(page)
    box(page, "kind", "company").check()
    page.wait_for_url("**/organizations/?kind=company")
    companies = count(page)
    page.locator("input#q").fill("fudan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations/?q=fudan&kind=company")
    for step, words, number in (
        ("back", "", companies),
        ("back", "", everything),
        ("forward", "", companies),
    ):
        getattr(page, f"go_{step}")()
        expect(page.locator(".results .count h2")).to_contain_text(str(number))
        expect(page.locator("input#q")).to_have_value(words)
    page.go_forward()
    expect(page.locator("input#q")).to_have_value("fudan")
    assert page.evaluate("() => window.same")


def test_head_of_the_page_follows_what_is_shown(page):
    """So that a language is switched, and an address copied, of what the reader sees."""
    page.goto(DIRECTORY)
    box(page, "kind", "company").check()
    page.wait_for_url("**/organizations/?kind=company")
    expect(page.locator('header a[hreflang="zh-Hans"]')).to_have_attribute(
        "href", re.compile(r"/zh-hans/organizations/\?kind=company$")
    )
    expect(page.locator("link[rel=canonical]")).to_have_attribute("href", re.compile(r"\?kind=company$"))
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page).to_have_title("Directory as a table · Shanghai Tech")


def test_span_of_years_filters_and_what_is_not_known_can_be_included(page):
    page.goto(DIRECTORY)
    page.locator("[name=founded_from]").fill("1990")
    page.locator("[name=founded_to]").fill("2000")
    page.locator("[name=founded_to]").press("Enter")
    page.wait_for_url("**/organizations/?founded_from=1990&founded_to=2000")
    expect(page.locator(".active .chip")).to_contain_text("Founded 1990 to 2000")
    dated = count(page)
    more = int(re.search(r"\d+", page.locator(".unknown").inner_text())[0])
    expect(page.locator("[data-announce]")).to_contain_text(f"{more} more match")
    page.get_by_role("link", name="Include", exact=True).click()
    page.wait_for_url("**&unknown=include")
    expect(page.locator(".results .count h2")).to_contain_text(str(dated + more))
    box(page, "kind", "company").check()
    page.wait_for_url(re.compile("kind=company.*unknown=include"))


def test_what_is_typed_while_an_answer_comes_is_kept(page):
    page.goto(DIRECTORY)
    answers = []

    def hold(route) -> None:
        answers.append(route)

    page.route("**/organizations/?founded_from=1990", hold)
    page.locator("[name=founded_from]").fill("1990")
    with page.expect_request("**/organizations/?founded_from=1990"):
        page.locator("[name=founded_to]").fill("2000")
    page.wait_for_timeout(0)  # lets the answer be held before it is let go
    answers.pop().continue_()
    page.wait_for_url("**/organizations/?founded_from=1990")
    expect(page.locator("[name=founded_to]")).to_have_value("2000")
    expect(page.locator("[name=founded_to]")).to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_url("**/organizations/?founded_from=1990&founded_to=2000")
    expect(page.locator(".active .chip")).to_contain_text("Founded 1990 to 2000")


def test_long_list_of_values_can_be_searched(page):
    page.goto(DIRECTORY)
    topics = page.locator("fieldset", has=page.locator("legend", has_text="Topic"))
    topics.locator("summary").click()
    topics.get_by_label("Find in this list").fill("quant")
    visible = topics.locator(".rest label:visible")
    expect(visible).to_have_count(1)
    expect(visible).to_contain_text("Quantum technology")
    visible.click()  # the whole list is there again once the answer has come
    page.wait_for_url("**/organizations/?topic=quantum*")
    expect(topics.locator("input:checked")).to_be_visible()


def test_table_is_sorted_by_its_headings(page):
    page.goto(f"{DIRECTORY}?view=table")
    page.get_by_role("columnheader", name="Founded").get_by_role("link").click()
    page.wait_for_url("**/organizations/?sort=founded&view=table")
    expect(page.get_by_role("columnheader", name="Founded")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("columnheader", name="Founded").get_by_role("link").click()
    page.wait_for_url("**/organizations/?sort=newest&view=table")
    expect(page.get_by_role("columnheader", name="Founded")).to_have_attribute("aria-sort", "descending")


def test_table_scrolls_in_its_own_region_on_a_narrow_screen(new_context):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{DIRECTORY}?view=table")
    region = page.get_by_role("region", name="Organizations as a table")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.scroll').scrollLeft > 0")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_district_of_the_map_filters_and_stays_on_the_map(page):
    page.goto(f"{DIRECTORY}?view=map")
    tile = page.locator(".map a", has_text="Pudong New Area")
    number = tile.locator("data").inner_text()
    tile.click()
    page.wait_for_url("**/organizations/?district=pudong&view=map")
    expect(page.locator(".results .count h2")).to_contain_text(number)
    expect(page.locator(".map [aria-current]")).to_have_count(1)


def compare_two(page: Page) -> None:
    page.goto(f"{DIRECTORY}?kind=university")
    names = [page.locator(".entry h2 a").nth(number).inner_text() for number in (0, 2)]
    for number in (0, 2):
        page.locator(".entry [name=with]").nth(number).check()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/organizations/compare/?with=*&with=*")
    assert page.locator(".beside thead a.plain").all_inner_texts() == names


def test_chosen_organizations_are_compared(page):
    compare_two(page)


def test_chosen_organizations_are_compared_without_script(page_without_script):
    compare_two(page_without_script)


def test_organizations_of_different_pages_can_be_compared(page):
    page.goto(DIRECTORY)
    page.locator(".entry [name=with]").first.check()
    assert page.url.endswith(DIRECTORY)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=re.compile("Next")).click()
    page.wait_for_url("**/organizations/?page=2")
    page.locator(".entry [name=with]").first.check()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/organizations/compare/?with=*&with=*")
    expect(page.locator(".beside thead a.plain")).to_have_count(2)


def test_what_the_server_refuses_is_loaded_as_a_page(page):
    """Where the exchange fails, the browser goes there itself."""
    page.goto(DIRECTORY)
    page.route("**/organizations/?kind=company", lambda route: route.abort(), times=1)
    box(page, "kind", "company").check()
    page.wait_for_url("**/organizations/?kind=company")
    expect(page.locator(".active .chip")).to_have_count(1)
