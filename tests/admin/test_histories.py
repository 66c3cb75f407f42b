"""The history of an item: every stored state in a list, any two compared."""

from datetime import UTC, datetime

import html5lib
import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from ecosystem.domain import revisions
from ecosystem.models import Article, Organization, OrganizationName, Revision, Source, Topic
from tests.admin.forms import HTML, filled
from tests.factories import (
    DRAFTS,
    OTHERS,
    DraftArticleFactory,
    DraftOrganizationFactory,
    PublishedPlaceFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
    RevisionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize("model", revisions.PARTS, ids=lambda model: model.__name__)


def url(item, page="history"):
    return reverse(f"admin:ecosystem_{item._meta.model_name}_{page}", args=[item.pk])


def kept(item, because="", **changes):
    """The revision after these changes of the item."""
    for name, value in changes.items():
        setattr(item, name, value)
    item.save()
    return revisions.record(item, by=None, note=because)


def seen(element):
    """The words of an element, spaces made one."""
    return " ".join("".join(element.itertext()).split())


def parsed(page):
    return html5lib.parse(page.content, transport_encoding="utf-8")


def found(page, tag, **attributes):
    wanted = {name.rstrip("_"): value for name, value in attributes.items()}
    tree = parsed(page)
    return [
        element
        for element in tree.iter(f"{HTML}{tag}")
        if all(element.get(name) == value for name, value in wanted.items())
    ]


def rows(page):
    return [[seen(cell) for cell in row[:6]] for row in found(page, "tr") if row[0].tag == f"{HTML}td"]


def test_history_lists_every_state_with_what_changed_the_newest_first(admin_client, editor):
    article = DraftArticleFactory(title="Chips")
    revisions.record(article, by=editor, note="added")
    kept(article, because="second", title="Chips and more", body="<p>New.</p>")
    Revision.objects.update(created_at=datetime(2026, 3, 1, 4, 30, tzinfo=UTC))
    page = admin_client.get(url(article))
    what = [row[2:] for row in rows(page)]
    assert what == [
        ["Present state", "", "", ""],
        ["1 March 2026, 12:30", "the site", "Title, Body", "second"],
        ["1 March 2026, 12:30", "editor", "First stored state", "added"],
    ]


def test_history_of_an_item_without_stored_states_says_so(admin_client):
    page = admin_client.get(url(DraftArticleFactory()))
    assert (
        "No state of it is stored yet. The first one is kept when it is saved here." in page.content.decode()
    )


@KINDS
def test_history_and_comparison_open_for_every_kind(admin_client, model):
    item = (DRAFTS | OTHERS)[model]()
    first = revisions.record(item, by=None)
    assert [row[4] for row in rows(admin_client.get(url(item)))] == ["", "First stored state"]
    page = admin_client.get(url(item, "compare"), {"a": first.pk, "b": "now"})
    assert [seen(part) for part in found(page, "div", class_="difference")] == [
        "The two states are the same."
    ]


def test_states_are_chosen_by_two_groups_of_radio_buttons_and_sent_by_a_plain_form(admin_client):
    topic = TopicFactory()
    made = [kept(topic, name=f"Topic {number}") for number in (1, 2, 3)]
    page = admin_client.get(url(topic))
    chosen = filled(page)
    assert chosen == {"a": str(made[1].pk), "b": str(made[2].pk)}
    assert [form.get("method") for form in found(page, "form", action=url(topic, "compare"))] == ["get"]
    labels = [seen(label) for label in found(page, "label") if "before" in seen(label).lower()]
    assert len(labels) == 3
    answer = admin_client.get(url(topic, "compare"), chosen)
    assert [seen(part) for part in found(answer, "p", class_="words")] == ["Topic removed: 2added: 3"]


def test_only_state_is_compared_with_the_present_one(admin_client):
    topic = TopicFactory()
    made = kept(topic, name="Old")
    assert filled(admin_client.get(url(topic))) == {"a": str(made.pk), "b": "now"}


def test_older_state_is_the_earlier_one_whichever_is_named_first(admin_client):
    topic = TopicFactory()
    old, new = (kept(topic, description=text) for text in ("one", "two"))
    for a, b in ((old.pk, new.pk), (new.pk, old.pk), ("now", old.pk)):
        page = admin_client.get(url(topic, "compare"), {"a": a, "b": b})
        assert [seen(part) for part in found(page, "del")][1:] == ["removed: one"]


@pytest.mark.parametrize("query", [{}, {"a": "x", "b": "now"}, {"a": "9" * 40, "b": "now"}, {"a": "1"}])
def test_impossible_choice_leads_back_with_a_message(admin_client, query):
    topic = TopicFactory()
    answer = admin_client.get(url(topic, "compare"), query, follow=True)
    assert answer.redirect_chain == [(url(topic), 302)]
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["Choose two states in the list, then compare them."]


def test_state_of_another_item_is_not_compared(admin_client):
    topic, other = TopicFactory(), kept(TopicFactory())
    answer = admin_client.get(url(topic, "compare"), {"a": other.pk, "b": "now"})
    assert (answer.status_code, answer["Location"]) == (302, url(topic))


def test_script_in_a_field_is_shown_as_text(admin_client):
    source = PublishedSourceFactory(note="Plain.", title="Report")
    first = revisions.record(source, by=None)
    kept(source, note="Plain <script>alert(1)</script>.", title="<b>Report</b>")
    html = admin_client.get(url(source, "compare"), {"a": first.pk, "b": "now"}).content.decode()
    assert "<script>alert(1)</script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>Report" not in html


def test_number_of_queries_does_not_grow_with_the_states(admin_client, django_assert_num_queries):
    organization = DraftOrganizationFactory(district=None)
    kept(organization)

    def change(number):
        organization.district = PublishedPlaceFactory()
        organization.topics.set([TopicFactory()])
        OrganizationName.objects.create(
            organization=organization, text=f"Name {number}", language="en", kind="short"
        )
        kept(organization)

    change(0)
    for _ in range(2):
        with django_assert_num_queries(9):
            admin_client.get(url(organization))
        for number in range(1, 8):
            change(f"{number} {_}")


def test_long_history_is_paginated_and_each_page_compares_with_the_next_one(admin_client):
    topic = TopicFactory()
    for number in range(27):
        kept(topic, description=f"Text {number}")
    first, second = (admin_client.get(url(topic), {"page": page}) for page in (1, 2))
    assert [row[4] for row in rows(first)] == ["", *["Description"] * 25]
    assert [row[4] for row in rows(second)] == ["", "Description", "First stored state"]
    assert "Page 2 of 2" in second.content.decode()


def test_who_may_view_the_item_sees_its_history_and_nobody_else(db):
    topic = TopicFactory()
    made = kept(topic)
    guest = ReaderOfTheAdminFactory()
    client = Client()
    client.force_login(guest)
    addresses = [url(topic), f"{url(topic, 'compare')}?a={made.pk}&b=now"]
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    guest.user_permissions.add(Permission.objects.get(codename="view_topic"))
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_item_that_does_not_exist_leads_to_the_front_page(admin_client):
    for page in ("history", "compare"):
        answer = admin_client.get(reverse(f"admin:ecosystem_topic_{page}", args=[987]))
        assert (answer.status_code, answer["Location"]) == (302, reverse("admin:index"))


def test_last_state_of_a_deleted_item_is_read_and_compared(admin_client):
    article = DraftArticleFactory(title="Gone", body="<p>What it <em>said</em>.</p>")
    first = kept(article, title="Gone tomorrow")
    admin_client.post(url(article, "delete"), {"post": "yes"})
    assert not Article.objects.exists()
    last = Revision.objects.first()
    page = admin_client.get(url(last, "change"))
    assert "What it said." in [seen(part) for part in found(page, "p", class_="words")]
    history = admin_client.get(url(last))
    assert [row[4:] for row in rows(history)] == [["Nothing changed", "deleted"], ["First stored state", ""]]
    compared = admin_client.get(url(last, "compare"), {"a": first.pk, "b": last.pk})
    assert compared.context["difference"].summary == "Nothing changed"


def test_revision_of_a_deleted_item_has_no_present_state(admin_client):
    revision = RevisionFactory(key="gone")
    answer = admin_client.get(url(revision, "compare"), {"a": revision.pk, "b": "now"})
    assert (answer.status_code, answer["Location"]) == (302, url(revision))


def test_revisions_are_found_by_the_name_of_their_author(admin_client, editor):
    editor.last_name = "Zhang"
    editor.save()
    RevisionFactory(author=editor, key="mine")
    RevisionFactory(key="other")
    page = admin_client.get(reverse("admin:ecosystem_revision_changelist"), {"q": "zhang"})
    assert [each.key for each in page.context["cl"].result_list] == ["mine"]


def test_states_follow_an_item_whose_slug_changes(admin_client):
    RevisionFactory(kind="organization", key="first-slug")  # of another one, deleted since
    organization = DraftOrganizationFactory(slug="first-slug")
    kept(organization)
    address = url(organization, "change")
    admin_client.post(address, filled(admin_client.get(address), slug="second-slug"))
    assert Organization.objects.get().slug == "second-slug"
    page = admin_client.get(url(organization))
    assert [row[4] for row in rows(page)] == ["", "Slug", "First stored state"]
    assert Revision.objects.filter(key="first-slug").count() == 1


def test_taking_an_address_as_read_is_kept_as_a_state(admin_client, editor):
    source = PublishedSourceFactory(condition="changed", checked_at=datetime(2026, 1, 2, tzinfo=UTC))
    revisions.record(source, by=None)
    list_url = reverse("admin:ecosystem_source_changelist")
    admin_client.post(list_url, {"action": "begin_anew", "_selected_action": [source.pk]})
    assert Source.objects.get().condition == ""
    assert [row[3:] for row in rows(admin_client.get(url(source)))][1:] == [
        ["editor", "Condition of the address, Checked at", "taken as read"],
        ["the site", "First stored state", ""],
    ]


def test_every_topic_keeps_a_state_when_several_are_deleted_together(admin_client):
    topics = [TopicFactory(), TopicFactory()]
    data = {"action": "delete_selected", "_selected_action": [topic.pk for topic in topics], "post": "yes"}
    admin_client.post(reverse("admin:ecosystem_topic_changelist"), data)
    assert not Topic.objects.exists()
    assert [revision.note for revision in Revision.objects.all()] == ["deleted", "deleted"]


def test_deleting_a_topic_is_a_change_of_what_was_filed_under_it(admin_client):
    for delete in (
        lambda topic: admin_client.post(url(topic, "delete"), {"post": "yes"}),
        lambda topic: admin_client.post(
            reverse("admin:ecosystem_topic_changelist"),
            {"action": "delete_selected", "_selected_action": [topic.pk], "post": "yes"},
        ),
    ):
        article, topic = DraftArticleFactory(), TopicFactory(name="Chips")
        article.topics.add(topic)
        revisions.record(article, by=None)
        delete(topic)
        assert [row[3:] for row in rows(admin_client.get(url(article)))][1:] == [
            ["editor", "Topics", "deleted: Chips"],
            ["the site", "First stored state", ""],
        ]
