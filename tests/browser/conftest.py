"""A browser, and the seeded site served to it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Response,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from ecosystem.models import Article, OpenForm, Person, UnsavedForm
from tests.browser.signing_in import PASSWORD, fill_in
from tests.factories import (
    WITHDRAWN,
    ContributionFactory,
    CorrectionFactory,
    DraftOrganizationFactory,
    EditorFactory,
    PublishedPersonFactory,
)
from tests.seeded import *  # noqa: F403  (the fixture and the hook that orders tests)

MISSING = (
    "These tests need Chromium as the command chromium; on Debian: apt-get install chromium fonts-noto-cjk"
)
READER = {"slug": "reader", "name": "A Reader", "summary": "Wrote the story."}
WIDE = {"width": 1440, "height": 900}
# A machine without a network: the browser must not look for its maker's hosts at every start.
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    """Playwright's hand on the Chromium of this machine.

    It keeps an event loop in this thread. From then on Django refuses queries here unless told otherwise, and gives
    the thread another connection: so the server, which shares the tests' connection, is made only after this.
    """
    if shutil.which("chromium") is None:
        pytest.skip(MISSING)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def server(chromium, seeded_site, django_db_blocker) -> Iterator[LiveServer]:
    """The seeded site with what its content has not yet: a person, a correction, something withdrawn."""
    with django_db_blocker.unblock():
        if not Person.objects.exists():
            story = Article.objects.published().first()
            ContributionFactory(article=story, person=PublishedPersonFactory(**READER))
            CorrectionFactory(organization=None, article=story)
            DraftOrganizationFactory(slug="withdrawn", name="Withdrawn", **WITHDRAWN)
        server = LiveServer("localhost")
        yield server
        # Without taking back that threads share the connection: the last of them may still be saying goodbye.
        server.thread.terminate()


@pytest.fixture(scope="session")
def browser(chromium, server) -> Iterator[Browser]:
    """One Chromium for each process of the tests, closed before the server that it talks to."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    browser = chromium.launch(executable_path=shutil.which("chromium"), args=flags)
    yield browser
    browser.close()


@pytest.fixture
def new_context(browser, server) -> Iterator:
    """Makes a fresh profile of the browser, closed at the end of the test."""
    made: list[BrowserContext] = []

    def make(**options) -> BrowserContext:
        options = {
            "base_url": server.url,
            "viewport": WIDE,
            "locale": "en",
        } | options
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context) -> Page:
    return new_context().new_page()


@pytest.fixture
def page_without_script(new_context) -> Page:
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def signed_in(new_context) -> Iterator:
    """Makes a person and a window in which they are signed in; `role` is a group, None stands for all rights."""

    def make(username: str, role: str | None = None, page: Page | None = None, **fields) -> Page:
        user = EditorFactory(username=username, is_superuser=role is None, **fields)
        user.set_password(PASSWORD)
        user.save()
        if role:
            user.groups.add(Group.objects.get(name=role))
        page = page or new_context().new_page()
        page.goto("/admin/login/")
        fill_in(page, username)
        return page

    yield make
    # What the windows still say while they are closed must not meet the next test.
    UnsavedForm.objects.all().delete()
    OpenForm.objects.all().delete()


class Complaints(list):
    """What a browser has to say against a page: errors, refused resources, parts that are missing."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self.append(f"no answer: {request.url}"))
        page.on("response", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        # That the page itself is missing is what a test of a missing page is about.
        if message.type in {"error", "warning"} and message.location.get("url") != self.page.url:
            self.append(f"{message.type}: {message.text}")

    def see(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.append(f"{response.status}: {response.url}")


@pytest.fixture
def complaints(page: Page) -> Complaints:
    return Complaints(page)
