"""What is typed survives a closed window, a dropped connection and an expired login; two editors see each other."""

import pytest
from playwright.sync_api import expect

from ecosystem.domain import open_forms
from ecosystem.models import OpenForm, Topic, UnsavedForm
from tests.factories import EditorFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=False)]
PASSWORD = "a long enough one"
KEPT = "Typing kept"


@pytest.fixture
def topic(server) -> Topic:
    topic = TopicFactory(name="Typed about")
    yield topic
    UnsavedForm.objects.all().delete()
    OpenForm.objects.all().delete()
    topic.delete()


@pytest.fixture
def person(server):
    made = []

    def make(username: str, **fields):
        user = EditorFactory(username=username, **fields)
        user.set_password(PASSWORD)
        user.save()
        made.append(user)
        return user

    yield make
    UnsavedForm.objects.all().delete()
    OpenForm.objects.all().delete()


def sign_in(page, username: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def form_of(topic: Topic) -> str:
    return f"/admin/ecosystem/topic/{topic.pk}/change/"


def name_of(page):
    return page.locator("#id_name")


def type_more(page, text: str) -> None:
    name_of(page).press("End")
    name_of(page).press_sequentially(text)


def said(page):
    return page.locator(".typing-status [role=status]")


def offer(page):
    return page.locator(".typing-offer")


def test_what_was_typed_is_taken_up_after_the_window_was_killed(new_context, person, topic):
    person("killed")
    context = new_context()
    page = context.new_page()
    sign_in(page, "killed")
    page.goto(form_of(topic))
    type_more(page, " and more")
    expect(said(page)).to_contain_text(KEPT)
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(form_of(topic))
    expect(name_of(page)).to_have_value("Typed about")
    offer(page).get_by_role("link", name="Take it up").click()
    expect(name_of(page)).to_have_value("Typed about and more")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".success").wait_for()
    topic.refresh_from_db()
    assert topic.name == "Typed about and more"
    page.goto(form_of(topic))
    expect(offer(page)).to_have_count(0)


def test_what_was_typed_without_a_connection_is_offered_later(new_context, person, topic):
    person("offline")
    context = new_context()
    page = context.new_page()
    sign_in(page, "offline")
    page.goto(form_of(topic))
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    type_more(page, " offline")
    expect(said(page)).to_have_text("No connection: kept in this browser, trying again")
    assert UnsavedForm.objects.count() == 0
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(form_of(topic))
    offer(page).get_by_role("link", name="Take it up").click()
    expect(name_of(page)).to_have_value("Typed about offline")


def test_typing_goes_on_when_the_connection_comes_back(new_context, person, topic):
    person("back")
    context = new_context()
    page = context.new_page()
    sign_in(page, "back")
    page.goto(form_of(topic))
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    type_more(page, " offline")
    expect(said(page)).to_contain_text("No connection")
    context.set_offline(False)
    expect(said(page)).to_contain_text(KEPT)
    assert UnsavedForm.objects.get().data["name"] == ["Typed about offline"]


def test_expired_login_costs_no_keystroke_and_the_form_is_saved_after_signing_in_elsewhere(
    new_context, person, topic
):
    person("expired")
    context = new_context()
    page = context.new_page()
    sign_in(page, "expired")
    page.goto(form_of(topic))
    context.clear_cookies(name="sessionid")
    type_more(page, " on")
    expect(said(page)).to_contain_text("You are signed out")
    type_more(page, " and on")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another window").click()
    login = opened.value
    login.get_by_label("Username").fill("expired")
    login.get_by_label("Password").fill(PASSWORD)
    login.get_by_role("button", name="Log in").click()
    login.wait_for_url("**/admin/")
    login.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(said(page)).to_contain_text(KEPT)
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".success").wait_for()
    topic.refresh_from_db()
    assert topic.name == "Typed about on and on"


def test_two_editors_see_each_other_until_one_leaves(new_context, person, topic):
    person("first", first_name="Lin", last_name="Yue")
    second = person("second")
    pages = []
    for username in ("first", "second"):
        page = new_context().new_page()
        sign_in(page, username)
        page.goto(form_of(topic))
        page.wait_for_load_state("networkidle")
        pages.append(page)
    first, later = pages
    expect(later.locator(".typing-others")).to_contain_text("Lin Yue has had this open since")
    first.reload()
    expect(first.locator(".typing-others")).to_contain_text("second has had this open since")
    with first.expect_navigation():
        first.goto("/admin/")
    first.wait_for_timeout(1000)  # the farewell is sent by a page that is gone, and nothing waits for it
    assert open_forms.others(topic, user=second) == []


def test_form_that_was_saved_is_not_offered_and_the_browser_complains_of_nothing(
    page, complaints, person, topic
):
    person("quiet")
    sign_in(page, "quiet")
    page.goto(form_of(topic))
    type_more(page, " saved at once")
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.locator(".success").wait_for()
    page.wait_for_load_state("networkidle")
    assert (
        offer(page).count(),
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('typing:')).length"),
        complaints,
    ) == (0, 0, [])
