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


def test_pages_are_turned(page):
    page.goto(DIRECTORY)
    first = page.locator(".entries > li a").first.inner_text()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=re.compile("Next")).click()
    page.wait_for_url("**/organizations/?page=2")
    expect(page.locator(".entries > li a").first).not_to_have_text(first)


def test_filters_fold_away_on_a_narrow_screen(new_context):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{DIRECTORY}?kind=company")
    expect(box(page, "kind", "company")).to_be_hidden()
    summary = page.locator(".facets > summary")
    expect(summary).to_contain_text("1")
    summary.click()
    expect(box(page, "kind", "company")).to_be_visible()
