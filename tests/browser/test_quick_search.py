"""The search in the header of the admin by keyboard: “/” leads to it, arrows and Enter choose."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def desk(signed_in) -> Page:
    """The first page of the admin, with somebody signed in."""
    return signed_in("searcher")


def test_slash_arrows_and_enter_lead_to_a_form(desk):
    box = desk.locator("#quick-search-words")
    desk.keyboard.press("/")
    expect(box).to_be_focused()
    desk.keyboard.type("fudan univ")
    expect(desk.locator(".suggest [role=option]").first).to_contain_text("Fudan University")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("[role=option][aria-selected=true]")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/admin/ecosystem/organization/*/change/")
    expect(desk.locator("#id_name")).to_have_value("Fudan University")


def test_slash_is_typed_where_somebody_types_and_enter_alone_searches(desk):
    box = desk.locator("#quick-search-words")
    box.fill("r")
    desk.keyboard.type("/d")
    expect(box).to_have_value("r/d")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/admin/search/?q=r%2Fd")
