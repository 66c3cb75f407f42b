"""A day in the newsroom, on the site as it is served: an author, an editor, from the first word to the withdrawal."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served_site import served
from tests.browser.signing_in import fill_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
]  # the browser has the seeded site of other tests too
PHONE = {"width": 390, "height": 844}
SLUG = "how-a-number-is-corrected"
SUMMARY = "A university that the set of this test describes anew."
BODY = "<p>A number is a record. It is corrected once and is right everywhere.</p>"


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    with served(tmp_path_factory.mktemp("newsroom")) as address:
        yield address


@pytest.fixture
def window(site, new_context):
    """Opens a window in a browser of its own, signed in as one of the two, or as nobody."""

    def make(username: str = "", **options) -> Page:
        page = new_context(base_url=site, **options).new_page()
        if username:
            page.goto("/admin/login/")
            fill_in(page, username)
        return page

    return make


def press(page: Page, name: str) -> None:
    """Press a button, and wait for what the site says then."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.locator(".messagelist").wait_for()


def said(page: Page) -> str:
    return page.locator(".messagelist").inner_text()


def of_the_form(page: Page, name: str) -> str:
    """The address of another page of the item whose form is open."""
    return re.sub(r"change/.*$", f"{name}/", page.url)


def open_from_desk(page: Page, section: str, title: str) -> None:
    page.goto("/admin/")
    part = page.locator("section", has=page.get_by_role("heading", name=section))
    part.get_by_role("link", name=title).first.click()


def test_from_the_first_word_to_the_withdrawal(window):
    author, editor, reader = window("wen"), window("lin"), window()
    author = write_while_the_connection_drops(author)
    form = hand_in(author)
    return_with_a_comment(editor)
    fix_what_was_asked(author)
    review_and_preview_on_a_phone(editor, window)
    assert reader.goto(f"/articles/{SLUG}/").status == 404
    publish_in_a_set_with_an_organization(editor, form)
    see_both(reader)
    roll_back(editor, form)
    rename(editor, form, reader)
    withdraw(editor, form, reader)


def write_while_the_connection_drops(page: Page) -> Page:
    """The window is killed without a connection; what was typed is there when the author comes back."""
    page.goto("/admin/ecosystem/article/add/")
    page.get_by_label("Title:", exact=True).press_sequentially("How a number is corrected")
    expect(page.locator(".typing-status [role=status]")).to_contain_text("Typing kept")
    context = page.context
    context.set_offline(True)
    page.get_by_label("Standfirst:", exact=True).press_sequentially("Once, and everywhere.")
    expect(page.locator(".typing-status [role=status]")).to_contain_text("No connection")
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto("/admin/ecosystem/article/add/")
    page.locator(".typing-offer").get_by_role("link", name="Take it up").click()
    expect(page.get_by_label("Title:", exact=True)).to_have_value("How a number is corrected")
    expect(page.get_by_label("Standfirst:", exact=True)).to_have_value("Once, and everywhere.")
    return page


def hand_in(page: Page) -> str:
    """Finish the draft and submit it; gives the address of its form."""
    page.get_by_label("Slug:").fill(SLUG)
    page.get_by_label("Body:", exact=True).fill(BODY)
    press(page, "Save and submit for review")
    assert "was saved and submitted for review" in said(page)
    assert page.get_by_role("button", name="Save and publish").count() == 0
    return page.url


def return_with_a_comment(page: Page) -> None:
    open_from_desk(page, "Waits for me", "How a number is corrected")
    if "/review/" not in page.url:
        page.goto(of_the_form(page, "review"))
    place = page.get_by_role("article", name="Standfirst", exact=True)
    place.get_by_text("Comment").first.click()
    place.get_by_label("Your comment").fill("Say who corrects it. @wen")
    place.get_by_role("button", name="Comment").click()
    expect(page.locator(".messagelist")).to_contain_text("Your comment is kept.")
    page.get_by_label("Note to the author").fill("One word is missing.")
    press(page, "Return to draft")


def fix_what_was_asked(page: Page) -> None:
    open_from_desk(page, "Waits for me", "How a number is corrected")
    expect(page.locator(".publishing")).to_contain_text("Say who corrects it.")
    page.get_by_label("Standfirst:", exact=True).fill("By an editor, once, and everywhere.")
    press(page, "Save and submit for review")


def review_and_preview_on_a_phone(page: Page, window) -> None:
    """The editor resolves the comment, looks at the page, and sends its link to somebody without an account."""
    open_from_desk(page, "Waits for me", "How a number is corrected")
    if "/review/" not in page.url:
        page.goto(of_the_form(page, "review"))
    place = page.get_by_role("article", name="Standfirst", exact=True)
    expect(place).to_contain_text("By an editor, once, and everywhere.")
    place.get_by_role("button", name="Resolve").click()
    expect(page.locator(".messagelist")).to_contain_text("The comment is resolved.")
    page.get_by_role("link", name="Preview").first.click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("How a number is corrected")
    phone = window(viewport=PHONE)
    assert phone.goto(page.get_by_label("Link for people without an account").input_value()).status == 200
    expect(phone.get_by_role("heading", level=1)).to_have_text("How a number is corrected")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def publish_in_a_set_with_an_organization(page: Page, form: str) -> None:
    """Scheduled first, called off, and published at once: both or none."""
    page.goto("/admin/ecosystem/organization/?q=fudan+university")
    page.get_by_role("link", name="Fudan University", exact=True).first.click()
    page.get_by_label("Summary:", exact=True).fill(SUMMARY)
    press(page, "Save and continue editing")
    page.goto(of_the_form(page, "set"))
    page.get_by_label("Title of the new set:").fill("Numbers")
    press(page, "Add to a set")
    address = page.url
    page.goto(re.sub(r"change/.*$", "set/", form))
    page.get_by_label("Set:", exact=True).select_option(label="Numbers")
    press(page, "Add to a set")
    page.get_by_role("link", name="Schedule…").click()
    page.get_by_label("Moment:").fill("2099-01-01T08:30")
    press(page, "Schedule")
    page.goto(form)
    expect(page.locator(".publishing")).to_contain_text("Numbers")
    assert page.get_by_role("button", name="Save and publish").count() == 0
    page.goto(address)
    press(page, "Call off the schedule")
    press(page, "Publish the set")
    assert said(page) == "Set “Numbers”: published."


def see_both(page: Page) -> None:
    page.goto(f"/articles/{SLUG}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("How a number is corrected")
    page.goto("/organizations/fudan-university/")
    expect(page.get_by_role("main")).to_contain_text(SUMMARY)


def roll_back(page: Page, form: str) -> None:
    """A change is published, and what stood there before is taken up from the history and published again."""
    page.goto(form)
    page.get_by_label("Title:", exact=True).fill("How numbers are corrected")
    press(page, "Save and publish")
    page.goto(re.sub(r"change/.*$", "history/", form))
    published = page.get_by_role("cell", name="published with the set “Numbers”", exact=True)
    page.get_by_role("row").filter(has=published).get_by_role("link", name="Take up again…").click()
    expect(page.locator(".difference")).to_contain_text("is corrected")
    press(page, "Take up again")
    expect(page.get_by_label("Title:", exact=True)).to_have_value("How a number is corrected")
    press(page, "Save and publish")


def rename(page: Page, form: str, reader: Page) -> None:
    page.goto(re.sub(r"change/.*$", "rename/", form))
    page.get_by_label("New slug:").fill("correcting")
    press(page, "Change the address")
    for prefix in ("", "/zh-hans"):
        reader.goto(f"{prefix}/articles/{SLUG}/")
        assert reader.url.endswith(f"{prefix}/articles/correcting/")


def withdraw(page: Page, form: str, reader: Page) -> None:
    page.goto(form)
    page.get_by_role("link", name="Withdraw…").click()
    page.get_by_label("Notice:").fill("It was written for a test.")
    press(page, "Withdraw")
    assert reader.goto("/articles/correcting/").status == 410
    expect(reader.get_by_role("main")).to_contain_text("It was written for a test.")


def test_a_number_is_corrected_from_the_number_itself(window):
    """Found by what it is about, corrected on one screen, announced in each article that showed it."""
    editor, reader = window("lin"), window()
    editor.keyboard.press("/")
    editor.keyboard.type("star market companies shanghai 2025")
    editor.keyboard.press("Enter")
    editor.wait_for_url("**/admin/search/?q=*")
    editor.get_by_role("link", name="Correct…").first.click()
    editor.get_by_label("Value:", exact=True).fill("94")
    editor.get_by_label("Why it supersedes:").select_option("our-error")
    editor.get_by_label("What changed:", exact=True).fill("We had copied one too few.")
    editor.get_by_role("button", name="See what changes").click()
    expect(editor.get_by_text("Six years on, 94 of its 589 companies were from Shanghai.")).to_have_count(1)
    assert editor.locator(".offers fieldset").count() == 2
    press(editor, "Publish the correction")
    reader.goto("/articles/ecosystem-story/")
    expect(reader.get_by_text("Six years on, 94 of its 589 companies were from Shanghai.")).to_have_count(1)
    reader.goto("/corrections/")
    lines = reader.get_by_role("main").inner_text().replace("\xa0", " ").splitlines()
    told = [line for line in lines if "94" in line]
    says = "Shanghai companies on the STAR Market, July 2025: this article now says 94 instead of 93."
    assert told == [
        f"From the banks of the Bund to the clean rooms of Zhangjiang: {says}",
        f"Mind the unit: how to read Shanghai's venture money and listings: {says}",
        "Shanghai companies on the STAR Market: July 2025: 94 companies instead of 93 companies (our error). "
        "We had copied one too few.",
    ]
