"""Buttons copy a citation, an address, and the line for a frame; without a script or a clipboard there are none."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
METRIC, EVIDENCE = "/metrics/gdp/", "/metrics/ai-companies/2025/"


@pytest.fixture
def page(new_context) -> Page:
    return new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_citation_is_copied_in_the_language_that_is_chosen(page):
    page.goto(EVIDENCE)
    page.get_by_role("button", name="Copy the citation in Chinese").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page) == page.locator(".cite dd [lang=zh-Hans]").inner_text()
    assert "人工智能" in clipboard(page)


def test_line_for_a_frame_is_copied_as_it_stands(page):
    page.goto(METRIC)
    page.get_by_text("Show this chart on your site").click()
    page.get_by_role("button", name="Copy this line").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page) == page.locator(".embedding code").inner_text()
    assert clipboard(page).startswith("<iframe src=")


def test_address_is_copied_and_the_button_says_its_own_name_again(page, settings):
    page.goto(METRIC)
    button = page.locator(".take button")
    button.click()
    expect(button).to_have_text("Copied")
    assert clipboard(page) == settings.SITE_URL + METRIC
    expect(button).to_have_text("Copy the address")
    expect(page.get_by_role("status")).to_have_text("")


def test_refusal_of_the_browser_is_said(page):
    page.goto(METRIC)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.locator(".take button").click()
    expect(page.get_by_role("status")).to_have_text("Your browser refused")


def test_without_a_clipboard_there_is_nothing_to_press(new_context):
    context = new_context()
    context.add_init_script("delete Navigator.prototype.clipboard")
    page = context.new_page()
    page.goto(METRIC)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".take a")).not_to_have_count(0)
    expect(page.locator("button.copy:visible, .take li:has(button):visible")).to_have_count(0)


def test_without_script_the_text_is_there_to_be_selected(page_without_script):
    page = page_without_script
    page.goto(EVIDENCE)
    expect(page.locator(".cite dd [lang=en]")).to_be_visible()
    expect(page.locator("button.copy:visible")).to_have_count(0)
