"""What is typed survives a closed window, a dropped connection and an expired login; two editors see each other."""

import pytest
from playwright.sync_api import expect

from ecosystem.domain import open_forms
from ecosystem.models import OpenForm, Topic, UnsavedForm, User
from tests.browser.signing_in import fill_in
from tests.factories import TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=False)]
KEPT = "Typing kept"


@pytest.fixture
def topic(server) -> Topic:
    topic = TopicFactory(name="Typed about")
    yield topic
    UnsavedForm.objects.all().delete()
    OpenForm.objects.all().delete()
    topic.delete()


def form_of(topic: Topic) -> str:
    return f"/admin/ecosystem/topic/{topic.pk}/change/"


def opened(page, topic: Topic):
    page.goto(form_of(topic))
    page.wait_for_load_state("networkidle")
    return page


def opened_again(page, topic: Topic):
    """The form in a new window of the same browser, after the window was killed."""
    context = page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    context.set_offline(False)
    page.goto(form_of(topic))
    return page


def name_of(page):
    return page.locator("#id_name")


def type_more(page, text: str) -> None:
    name_of(page).press("End")
    name_of(page).press_sequentially(text)


def said(page):
    return page.locator(".typing-status [role=status]")


def offer(page):
    return page.locator(".typing-offer")


def test_what_was_typed_is_taken_up_after_the_window_was_killed(signed_in, topic):
    page = opened(signed_in("killed"), topic)
    type_more(page, " and more")
    expect(said(page)).to_contain_text(KEPT)
    page = opened_again(page, topic)
    expect(name_of(page)).to_have_value("Typed about")
    offer(page).get_by_role("link", name="Take it up").click()
    expect(name_of(page)).to_have_value("Typed about and more")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".success").wait_for()
    topic.refresh_from_db()
    assert topic.name == "Typed about and more"
    page.goto(form_of(topic))
    expect(offer(page)).to_have_count(0)


def test_what_was_typed_without_a_connection_is_offered_later(signed_in, topic):
    page = opened(signed_in("offline"), topic)
    page.context.set_offline(True)
    type_more(page, " offline")
    expect(said(page)).to_have_text("No connection: kept in this browser, trying again")
    assert UnsavedForm.objects.count() == 0
    page = opened_again(page, topic)
    offer(page).get_by_role("link", name="Take it up").click()
    expect(name_of(page)).to_have_value("Typed about offline")


def test_typing_goes_on_when_the_connection_comes_back(signed_in, topic):
    page = opened(signed_in("back"), topic)
    page.context.set_offline(True)
    type_more(page, " offline")
    expect(said(page)).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(said(page)).to_contain_text(KEPT)
    assert UnsavedForm.objects.get().data["name"] == ["Typed about offline"]


def test_expired_login_costs_no_keystroke_and_the_form_is_saved_after_signing_in_elsewhere(signed_in, topic):
    page = opened(signed_in("expired"), topic)
    page.context.clear_cookies(name="sessionid")
    type_more(page, " on")
    expect(said(page)).to_contain_text("You are signed out")
    type_more(page, " and on")
    with page.context.expect_page() as window:
        page.get_by_role("link", name="Sign in in another window").click()
    login = window.value
    fill_in(login, "expired")
    login.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(said(page)).to_contain_text(KEPT)
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".success").wait_for()
    topic.refresh_from_db()
    assert topic.name == "Typed about on and on"


def test_two_editors_see_each_other_until_one_leaves(signed_in, topic):
    first = opened(signed_in("first", first_name="Lin", last_name="Yue"), topic)
    later = opened(signed_in("second"), topic)
    expect(later.locator(".typing-others")).to_contain_text("Lin Yue has had this open since")
    first.reload()
    expect(first.locator(".typing-others")).to_contain_text("second has had this open since")
    with first.expect_navigation():
        first.goto("/admin/")
    first.wait_for_timeout(1000)  # the farewell is sent by a page that is gone, and nothing waits for it
    assert open_forms.others(topic, user=User.objects.get(username="second")) == []


def test_form_that_was_saved_is_not_offered_and_the_browser_complains_of_nothing(
    page, complaints, signed_in, topic
):
    signed_in("quiet", page=page)
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
