"""The editors' desk: what each person finds on the first page of the admin, and the sections in full."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecosystem.domain import audit, publishing, revisions, superseding, working_copies
from ecosystem.models import Act, AuditEntry, Observation, Status, User, WorkingCopy
from tests.factories import (
    FAR_AHEAD,
    DraftArticleFactory,
    DraftObservationFactory,
    DraftOrganizationFactory,
    EditorFactory,
    MissedSearchFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
)

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author() -> User:
    made = ReaderOfTheAdminFactory(username="author")
    made.groups.add(Group.objects.get(name="Author"))
    return made


@pytest.fixture
def other() -> User:
    return EditorFactory(username="other")


def desk(client: Client) -> dict[str, list[tuple[str, str]]]:
    """The sections that are shown, with the title and what is said of each line."""
    sections = client.get(INDEX).context["sections"]
    return {section.name: [(line.title, line.said) for line in lines] for section, lines in sections}


def begun(user: User, title: str, factory=DraftArticleFactory, **fields):
    """An item as somebody's form leaves it."""
    item = factory(**({"title": title} if factory is DraftArticleFactory else {"name": title}) | fields)
    revisions.record(item, by=user)
    audit.note(Act.ADD, item, by=user)
    return item


def next_version(item, user: User, **fields) -> WorkingCopy:
    state = working_copies.shown(item).data
    changed = [{**state[0], "fields": state[0]["fields"] | fields}, *state[1:]]
    working_copies.keep(item, state, changed, by=user)
    return working_copies.of(item)


def test_desk_of_somebody_who_has_nothing_says_so(admin_client):
    assert desk(admin_client) == {"mine": [], "drafts": []}
    page = admin_client.get(INDEX).content.decode()
    assert [text in page for text in ("Nothing waits for you.", "You have no drafts open.")] == [True, True]


def test_what_is_in_review_waits_for_who_may_publish_it(admin_client, author, editor):
    publishing.submit(begun(author, "Of an author"), by=author)
    assert desk(admin_client)["mine"] == [("Of an author", "submitted by author")]
    assert desk(browser(author)) == {
        "mine": [],
        "drafts": [],
        "review": [("Of an author", "submitted by author")],
    }


def test_what_was_returned_waits_for_its_author_with_the_note_until_it_is_submitted_again(
    admin_client, author, editor
):
    article = begun(author, "A text")
    publishing.submit(article, by=author)
    publishing.return_to_draft(article, by=editor, note="Name the source.")
    seen = desk(browser(author))
    assert (seen["mine"], seen["drafts"]) == ([("A text", "returned by editor: “Name the source.”")], [])
    assert desk(admin_client)["mine"] == []
    publishing.submit(article, by=author)
    assert desk(browser(author))["mine"] == []


def test_where_four_eyes_are_asked_own_work_waits_for_others(admin_client, editor, other, settings):
    settings.FOUR_EYES = True
    publishing.submit(begun(editor, "Mine"), by=editor)
    seen, of_other = desk(admin_client), desk(browser(other))
    assert (seen["mine"], seen["review"]) == ([], [("Mine", "submitted by editor")])
    assert (of_other["mine"], "review" in of_other) == ([("Mine", "submitted by editor")], False)


def test_next_versions_stand_where_items_do(admin_client, editor, other):
    names = ("Drafted", "Submitted", "Scheduled", "Refused")
    drafted, submitted, coming, refused = (PublishedArticleFactory(title=name) for name in names)
    for item in (drafted, submitted, coming, refused):
        next_version(item, editor, title=f"{item.title} anew")
    publishing.submit(submitted, by=editor)
    for item in (coming, refused):
        publishing.schedule(item, by=editor, at=FAR_AHEAD)
    WorkingCopy.objects.filter(item_id=refused.pk).update(refused="Its source is gone.")
    assert desk(admin_client) == {
        "mine": [
            ("Submitted anew", "submitted by editor"),
            ("Refused anew", "Not published when its moment came: Its source is gone."),
        ][::-1],
        "drafts": [("Drafted anew", "")],
        "scheduled": [("Scheduled anew", "")],
    }
    assert desk(browser(other))["drafts"] == []


def test_draft_is_of_who_began_it_and_of_who_changed_it_last(admin_client, editor, other):
    mine = begun(editor, "Begun by me", DraftOrganizationFactory)
    begun(other, "Not mine")
    changed = begun(other, "Changed by me")
    audit.note(Act.CHANGE, changed, by=editor)
    lost = begun(other, "Changed by me, then by another")
    for person in (editor, other):
        audit.note(Act.CHANGE, lost, by=person)
    audit.note(Act.CHANGE, mine, by=other)
    assert [title for title, _said in desk(admin_client)["drafts"]] == ["Changed by me", "Begun by me"]


def test_scheduled_items_stand_by_their_moment_in_the_time_of_shanghai(admin_client, editor, author):
    later = DraftArticleFactory(title="Later")
    publishing.schedule(later, by=editor, at=FAR_AHEAD + timedelta(days=1))
    publishing.schedule(begun(author, "Sooner", body="Text."), by=editor, at=FAR_AHEAD)
    page = admin_client.get(INDEX)
    assert desk(admin_client)["scheduled"] == [("Sooner", ""), ("Later", "")]
    assert desk(browser(author))["scheduled"] == [("Sooner", "")]
    assert "2999-01-06 17:00" in page.content.decode()


def test_changes_of_the_week_name_who_made_them(admin_client, editor, other, time_machine):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=8), tick=True)
    publishing.publish(DraftArticleFactory(title="Long ago"), by=editor)
    coming = DraftArticleFactory(title="By the clock")
    publishing.schedule(coming, by=editor, at=now - timedelta(days=1))
    early = DraftArticleFactory(title="By hand, before its moment")
    publishing.schedule(early, by=editor, at=now + timedelta(days=9))
    time_machine.move_to(now, tick=True)
    published = PublishedArticleFactory(title="Its next version is scheduled", published_at=now)
    next_version(published, editor, title="Anew")
    publishing.schedule(published, by=editor, at=FAR_AHEAD)
    publishing.publish(early, by=editor)
    item = DraftArticleFactory(title="News")
    publishing.publish(item, by=editor)
    publishing.withdraw(item, by=other, notice="Doubled.")
    assert desk(admin_client)["changes"] == [
        ("News", "withdrawn by other"),
        ("News", "published by editor"),
        ("By hand, before its moment", "published by editor"),
        ("By the clock", "published, as it was scheduled"),
    ]


# Corrections


@pytest.fixture
def corrected(other) -> Observation:
    old = PublishedObservationFactory(value=400, period="2024", metric__name="Chips")
    reason = Observation.SupersedeReason.OUR_ERROR
    return superseding.supersede(old, by=other, reason=reason, explanation="Misread.", value=420)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_correction_is_looked_at_by_another_person(admin_client, corrected, editor):
    ((title, said),) = desk(admin_client)["corrections"]
    assert (plain(title), plain(said)) == (
        "Chips, 2024: 420 companies",
        "instead of 400 companies, by other. Misread.",
    )
    answer = admin_client.post(reverse("desk", args=["corrections"]), {"value": corrected.pk}, follow=True)
    assert "you have looked at the correction" in str(next(iter(answer.context["messages"])))
    assert "corrections" not in desk(admin_client)
    assert AuditEntry.objects.filter(act=Act.REVIEW).values_list("actor_key", "number").get() == (
        editor.pk,
        corrected.pk,
    )
    again = admin_client.post(reverse("desk", args=["corrections"]), {"value": corrected.pk}, follow=True)
    assert [str(one) for one in again.context["messages"]] == [
        "Somebody has looked at this correction already."
    ]


def test_who_made_a_correction_gets_no_button_and_is_refused(corrected, other):
    client, address = browser(other), reverse("desk", args=["corrections"])
    page = client.get(address).content.decode()
    assert ("You made this correction" in page, 'name="value"' in page) == (True, False)
    answer = client.post(address, {"value": corrected.pk}, follow=True)
    assert "another editor has to look at it" in str(next(iter(answer.context["messages"])))
    assert not AuditEntry.objects.filter(act=Act.REVIEW).exists()


def test_authors_are_shown_no_corrections_and_no_queues(author, corrected):
    client = browser(author)
    assert "corrections" not in desk(client)
    assert client.get(reverse("desk", args=["corrections"])).status_code == 404
    assert client.post(reverse("desk", args=["corrections"]), {"value": corrected.pk}).status_code == 404
    assert "Evidence work" not in client.get(INDEX).content.decode()


# The sections in full


def test_section_in_full_has_what_the_first_page_cuts(admin_client, editor):
    for number in range(7):
        begun(editor, f"Draft {number}")
    assert len(desk(admin_client)["drafts"]) == 5
    assert ">See all 7<" in admin_client.get(INDEX).content.decode()
    lines = admin_client.get(reverse("desk", args=["drafts"])).context["lines"]
    assert [line.title for line in lines] == [f"Draft {number}" for number in range(6, -1, -1)]
    beyond = admin_client.get(reverse("desk", args=["drafts"]), {"p": "99"})
    assert len(beyond.context["lines"]) == 7


def test_section_that_is_none_and_a_forged_request_are_404(admin_client):
    asked = [
        admin_client.get(reverse("desk", args=["nothing"])),
        admin_client.post(reverse("desk", args=["drafts"]), {"value": "1"}),
        admin_client.post(reverse("desk", args=["corrections"]), {"value": "x"}),
    ]
    assert [answer.status_code for answer in asked] == [404, 404, 404]


def test_stranger_is_sent_to_the_login():
    answer = Client().get(reverse("desk", args=["mine"]))
    assert answer.url.startswith(reverse("admin:login"))


def test_desk_asks_as_often_for_many_rows_as_for_few(
    admin_client, editor, other, django_assert_max_num_queries, django_assert_num_queries
):
    def fill():
        begun(editor, "Draft")
        publishing.submit(begun(other, "Submitted"), by=other)
        publishing.submit(begun(other, "Firm", DraftOrganizationFactory), by=other)
        next_version(PublishedArticleFactory(), editor, title="Anew")
        next_version(PublishedOrganizationFactory(), editor, name="Anew")
        publishing.publish(DraftArticleFactory(), by=other)
        publishing.schedule(DraftArticleFactory(), by=editor, at=FAR_AHEAD)
        DraftObservationFactory(status=Status.IN_REVIEW)
        old = PublishedObservationFactory(value=400)
        reason = Observation.SupersedeReason.OUR_ERROR
        superseding.supersede(old, by=other, reason=reason, explanation="Misread.", value=420)
        MissedSearchFactory()

    fill()
    with django_assert_max_num_queries(46) as budget:
        admin_client.get(INDEX)
    for _ in range(6):
        fill()
    with django_assert_num_queries(len(budget)):
        page = admin_client.get(INDEX)
    assert {name: len(lines) for name, lines in desk(admin_client).items()} == {
        "mine": 5,
        "corrections": 5,
        "drafts": 5,
        "scheduled": 5,
        "changes": 5,
    }
    assert len(page.context["missed"]) == 5
