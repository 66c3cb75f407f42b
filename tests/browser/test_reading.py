"""Reading an article: its figures lead to their evidence, by link, by pointer and by keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
STORY = "/articles/ecosystem-story/"


def first_figure(page: Page) -> Locator:
    """The first figure of the text whose value has a page of evidence."""
    return page.locator(".text a.fig:not(.cited)").first


def card(page: Page) -> Locator:
    return page.locator("#figure-card")


def test_figure_leads_to_its_evidence(page):
    page.goto(STORY)
    figure = first_figure(page)
    words = figure.locator("data").inner_text()
    target = figure.get_attribute("href")
    figure.click()
    page.wait_for_url(f"**{target}")
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("Source")


def test_figure_leads_to_its_evidence_without_script(page_without_script):
    page = page_without_script
    page.goto(STORY)
    figure = first_figure(page)
    words, target = figure.locator("data").inner_text(), figure.get_attribute("href")
    figure.click()
    page.wait_for_url(f"**{target}")
    expect(page.locator("main")).to_contain_text(words)


def test_card_opens_on_hover_and_closes_by_escape(page):
    page.goto(STORY)
    figure = first_figure(page)
    words = figure.locator("data").inner_text()
    figure.hover()
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text(words)
    expect(card(page)).to_contain_text("As of")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()


def test_card_closes_when_the_pointer_leaves(page):
    page.goto(STORY)
    first_figure(page).hover()
    expect(card(page)).to_be_visible()
    page.locator("h1").hover()
    expect(card(page)).to_be_hidden()


def test_card_opens_by_keyboard_and_gives_the_focus_back(page):
    page.goto(STORY)
    figure = first_figure(page)
    figure.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(figure).to_be_focused()
    page.keyboard.press("Tab")
    opener = page.locator("button.fig-open")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(card(page).locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(figure).to_be_focused()


def test_contents_lead_to_their_parts(page):
    page.goto(STORY)
    link = page.locator(".contents a").nth(1)
    target = link.get_attribute("href")
    link.click()
    heading = page.locator(f'[id="{target[1:]}"]')
    expect(heading).to_be_in_viewport()
    expect(heading).to_have_text(link.inner_text())


def test_notes_stand_beside_their_sentence(page):
    page.goto(STORY)
    note = page.locator(".note").first
    sentence, text = note.locator("> a").bounding_box(), note.locator("> span").bounding_box()
    assert text["x"] > sentence["x"] + sentence["width"]
    expect(note.locator("> span > a").first).to_be_visible()


def test_note_opens_on_a_narrow_screen(new_context):
    page = new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    page.goto(STORY)
    note = page.locator(".note").first
    expect(note.locator("> span")).to_be_hidden()
    note.locator("> a").click()
    expect(note.locator("> span")).to_be_visible()
    top = page.evaluate("scrollY")
    page.locator("a.close").click()
    expect(note.locator("> span")).to_be_hidden()
    assert page.evaluate("scrollY") == top


def test_article_is_whole_without_script(page, page_without_script):
    words = []
    for each in (page, page_without_script):
        each.goto(STORY)
        words.append(each.locator(".text").inner_text().replace("\u2060", ""))
    assert words[0] == words[1]
    assert len(words[0]) > 3000
