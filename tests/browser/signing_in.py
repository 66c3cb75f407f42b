"""Signing in to the admin in a browser."""

from playwright.sync_api import Page

PASSWORD = "a long enough one"


def fill_in(page: Page, username: str) -> None:
    """Answer the form of the login that the page shows, and wait for the desk."""
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
