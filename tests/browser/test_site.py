"""What every page offers: search, the theme, the other language, the way past the masthead."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Whether the focused element, or the frame that stands for it, is outlined and has a size.
FOCUS_IS_SEEN = """() => {
  const seen = (e) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(e);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && e.getBoundingClientRect().width > 0;
  };
  const focused = document.activeElement;
  return focused !== document.body && (seen(focused) || seen(focused.parentElement));
}"""


def is_dark(page: Page) -> bool:
    """Whether the paper is darker than the ink."""
    lightness = """(name) => {
      const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
      context.fillStyle = getComputedStyle(document.documentElement)[name];
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      return a ? r + g + b : null;
    }"""
    paper = page.evaluate(lightness.replace("document.documentElement", "document.body"), "backgroundColor")
    if paper is None:
        paper = page.evaluate(lightness, "backgroundColor")
    ink = page.evaluate(lightness.replace("document.documentElement", "document.body"), "color")
    return paper < ink


def switch(page: Page):
    return page.locator("[data-theme-switch]").first


def test_search_leads_from_any_page_to_what_was_sought(page):
    page.goto("/metrics/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/search/")
    page.locator("main input[type=search]").fill("fudan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=fudan")
    page.locator("main").get_by_role("link", name="Fudan University", exact=True).click()
    page.wait_for_url("**/organizations/fudan-university/")
    expect(page.locator("h1")).to_contain_text("Fudan University")


def test_search_works_without_script(page_without_script):
    page = page_without_script
    page.goto("/search/")
    page.locator("main input[type=search]").fill("复旦")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("main").get_by_role("link", name="Fudan University", exact=True)).to_be_visible()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_theme_follows_the_system_until_it_is_chosen(new_context, system):
    page = new_context(color_scheme=system).new_page()
    page.goto("/")
    assert is_dark(page) is (system == "dark")
    expect(switch(page)).to_have_attribute("aria-pressed", str(system == "dark").lower())


def test_chosen_theme_is_remembered_on_every_page(page):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    assert is_dark(page) is False
    switch(page).click()
    assert is_dark(page) is True
    page.reload()
    assert is_dark(page) is True
    page.goto("/zh-hans/organizations/")
    assert is_dark(page) is True
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    switch(page).click()
    assert is_dark(page) is False
    page.reload()
    assert is_dark(page) is False


def test_theme_follows_the_system_without_script(new_context):
    context = new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto("/")
    expect(switch(page)).to_be_hidden()


def test_first_key_leads_past_the_masthead(page):
    page.goto("/organizations/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations/#main")
    page.keyboard.press("Tab")
    expect(page.locator("main input, main a, main summary").first).to_be_focused()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/organizations/?kind=company&topic=ai",
        "/articles/ecosystem-story/",
        "/metrics/gdp/",
        "/search/?q=ai",
    ],
)
def test_switching_the_language_keeps_the_page(page, path):
    page.goto(path)
    page.locator('header a[hreflang="zh-Hans"]').click()
    page.wait_for_url(f"**/zh-hans{path}")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.locator('header a[hreflang="en"]').click()
    page.wait_for_url(re.compile(rf"localhost:\d+{re.escape(path)}$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_every_link_that_is_focused_is_seen(page):
    """The focus of a keyboard stays visible and on the page through the whole masthead and the first rows."""
    page.goto("/metrics/")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate(
            "() => document.activeElement.outerHTML.slice(0, 200)"
        )


def test_tile_of_a_district_leads_to_its_organizations(page):
    page.goto("/")
    tile = page.locator('a[href*="district=pudong"]').first
    number = re.search(r"\d+", tile.inner_text())[0]
    tile.click()
    page.wait_for_url("**/organizations/?district=pudong")
    expect(page.locator(".results .count h2")).to_contain_text(number)


def test_page_prints_without_what_only_a_screen_needs(page):
    page.goto("/articles/ecosystem-story/")
    page.emulate_media(media="print")
    for part in (".nav", ".tools", ".contents", ".foot nav"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator(".text")).to_be_visible()


def test_nothing_is_stored_before_a_reader_chooses(page):
    page.goto("/")
    page.goto("/organizations/?kind=company")
    assert page.context.cookies() == []
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0
