"""Forms of what readers see: saved to a draft of the next version, shown from it, never over somebody else's change."""

import pytest
from django.urls import reverse

from ecosystem.admin.articles import ArticleAdmin
from ecosystem.domain import publishing, revisions, working_copies
from ecosystem.models import Article, Citation, Organization, OrganizationName, Revision, Topic, WorkingCopy
from tests.admin.forms import filled
from tests.factories import (
    CitationFactory,
    DraftArticleFactory,
    OrganizationNameFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def url(item, page="change") -> str:
    return reverse(f"admin:ecosystem_{item._meta.model_name}_{page}", args=[item.pk])


def send(client, item, **changes):
    return client.post(url(item), filled(client.get(url(item)), **changes), follow=True)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def stored(item):
    return type(item).objects.get(pk=item.pk)


@pytest.fixture
def article():
    return PublishedArticleFactory(title="Live")


def test_saving_what_readers_see_makes_a_draft_that_the_form_shows(admin_client, article, editor):
    page = send(admin_client, article, title="Next", _save="Save")
    assert said(page) == ["The draft of “Live” was saved. Readers do not see it before it is published."]
    assert (stored(article).title, WorkingCopy.objects.get().latest.author) == ("Live", editor)
    page = admin_client.get(url(article))
    assert filled(page)["title"] == "Next"
    assert page.context["publishing"]["state"] == "published"
    assert page.content.decode().count("Shown below is the next version:") == 1


def test_save_and_publish_lets_readers_see_it(admin_client, article):
    page = send(admin_client, article, title="Next", _verb_publish="Save and publish")
    assert said(page) == ["“Next” was saved and published."]
    assert (stored(article).title, WorkingCopy.objects.count()) == ("Next", 0)


def test_rows_added_to_a_draft_are_edited_and_removed_before_they_are_stored(admin_client):
    organization = PublishedOrganizationFactory()
    row = {"names-TOTAL_FORMS": 1, "names-0-text": "First", "names-0-language": "en", "names-0-kind": "short"}
    send(admin_client, organization, **row)
    send(admin_client, organization, **{"names-0-text": "Second"})
    assert filled(admin_client.get(url(organization)))["names-0-id"] == "-1"
    more = {
        "names-TOTAL_FORMS": 2,
        "names-1-text": "Third",
        "names-1-language": "en",
        "names-1-kind": "short",
    }
    send(admin_client, organization, **more)
    send(admin_client, organization, **{"names-0-DELETE": "on", "_verb_publish": "Save and publish"})
    assert [name.text for name in organization.names.all()] == ["Third"]
    assert organization.names.get().pk > 0


def test_errors_are_shown_with_what_was_typed_and_nothing_is_kept(admin_client, article):
    page = send(admin_client, article, title="", standfirst="Typed.")
    assert page.context["errors"] == [["This field is required."]]
    assert filled(page)["standfirst"] == "Typed."
    assert not WorkingCopy.objects.exists()


def test_draft_gone_from_a_second_window_does_not_bring_old_words_back(admin_client, article):
    typed = filled(admin_client.get(url(article)), title="Mine", _save="Save")
    send(admin_client, article, standfirst="Theirs.", _verb_publish="Save and publish")
    admin_client.post(url(article), typed)
    publishing.publish(stored(article), by=None)
    assert (stored(article).title, stored(article).standfirst) == ("Mine", "Theirs.")


@pytest.mark.parametrize(("choice", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
@pytest.mark.parametrize("factory", [PublishedArticleFactory, DraftArticleFactory])
def test_two_who_change_the_same_are_asked(admin_client, factory, choice, title):
    article = factory(title="Before")
    revisions.record(article, by=None)
    typed = filled(admin_client.get(url(article)), title="Mine", _save="Save")
    send(admin_client, article, title="Theirs", standfirst="Theirs too.")
    page = admin_client.post(url(article), typed, follow=True)
    [conflict] = page.context["conflicts"]
    assert (conflict.subject, conflict.base, conflict.mine, conflict.theirs) == (
        "Title",
        "Before",
        "Mine",
        "Theirs",
    )
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    page = admin_client.post(address, {conflict.key: choice}, follow=True)
    fields = filled(page)
    assert (fields["title"], fields["standfirst"]) == (title, "Theirs too.")
    assert stored(article).title == ("Before" if factory is PublishedArticleFactory else title)


@pytest.mark.parametrize("factory", [PublishedArticleFactory, DraftArticleFactory])
@pytest.mark.parametrize("has_states", [True, False])
def test_what_somebody_saves_while_the_form_is_made_is_not_overwritten(
    admin_client, monkeypatch, factory, has_states
):
    """The form is made again, and shows what that other person has saved; else it is taken for one of before."""
    article = factory(title="Before")
    if has_states:
        revisions.record(article, by=None)
    read, reads = ArticleAdmin.get_object, []

    def read_and_be_late(self, *arguments):
        found = read(self, *arguments)
        reads.append(arguments)
        if len(reads) == 2:  # of the page for the form, and of the form
            send(admin_client, article, standfirst="Theirs.")
        return found

    monkeypatch.setattr(ArticleAdmin, "get_object", read_and_be_late)
    form = filled(admin_client.get(url(article)))
    monkeypatch.undo()
    assert form["standfirst"] == "Theirs."
    admin_client.post(url(article), form | {"title": "Mine", "_save": "Save"})
    fields = working_copies.shown(stored(article)).data[0]["fields"]
    assert (fields["title"], fields["standfirst"]) == ("Mine", "Theirs.")


def test_form_of_what_others_keep_saving_is_taken_for_one_of_before(admin_client, monkeypatch):
    article = DraftArticleFactory(title="Before")
    revisions.record(article, by=None)
    read, reads = ArticleAdmin.get_object, []

    def read_and_be_late(self, *arguments):
        found = read(self, *arguments)
        reads.append(arguments)
        if len(reads) > 1:
            article.standfirst = f"Theirs, {len(reads)}."
            article.save()
            revisions.record(article, by=None)
        return found

    monkeypatch.setattr(ArticleAdmin, "get_object", read_and_be_late)
    form = filled(admin_client.get(url(article)))
    monkeypatch.undo()
    assert (form["standfirst"], article.standfirst) == ("Theirs, 3.", "Theirs, 4.")
    admin_client.post(url(article), form | {"title": "Mine", "_save": "Save"})
    assert (stored(article).title, stored(article).standfirst) == ("Mine", "Theirs, 4.")


def test_undecided_conflict_is_asked_again_and_changes_nothing(admin_client, article):
    typed = filled(admin_client.get(url(article)), title="Mine", _save="Save")
    send(admin_client, article, title="Theirs")
    page = admin_client.post(url(article), typed, follow=True)
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    count = Revision.objects.count()
    page = admin_client.post(address, {})
    assert len(page.context["conflicts"]) == 1
    assert (Revision.objects.count(), WorkingCopy.objects.get().latest.data[0]["fields"]["title"]) == (
        count,
        "Theirs",
    )


def test_publishing_over_a_change_of_what_readers_see_asks_first(admin_client, article):
    send(admin_client, article, title="Next")
    Article.objects.filter(pk=article.pk).update(title="Loaded")
    page = send(admin_client, article, _verb_publish="Save and publish")
    [conflict] = page.context["conflicts"]
    assert (conflict.base, conflict.mine, conflict.theirs) == ("Live", "Next", "Loaded")
    page = admin_client.post(page.request["PATH_INFO"], {conflict.key: "mine"}, follow=True)
    send(admin_client, article, _verb_publish="Save and publish")
    assert stored(article).title == "Next"


def test_kinds_without_a_public_state_are_merged_too(admin_client):
    topic = TopicFactory(name="Before", name_zh="")
    revisions.record(topic, by=None)
    typed = filled(admin_client.get(url(topic)), name="Mine", _save="Save")
    send(admin_client, topic, name_zh="他人")
    admin_client.post(url(topic), typed)
    assert (Topic.objects.get().name, Topic.objects.get().name_zh) == ("Mine", "他人")


def test_discarding_is_confirmed_and_leaves_what_readers_see(admin_client, article):
    send(admin_client, article, title="Next")
    address = reverse("admin:ecosystem_article_verb", args=[article.pk, "discard"])
    admin_client.get(address)
    assert WorkingCopy.objects.count() == 1
    page = admin_client.post(address, {}, follow=True)
    assert said(page) == ["“Live”: draft discarded."]
    assert (filled(page)["title"], WorkingCopy.objects.count()) == ("Live", 0)


def test_list_tells_and_finds_what_has_a_next_version(admin_client, article):
    PublishedArticleFactory()
    send(admin_client, article, title="Next")
    page = admin_client.get(reverse("admin:ecosystem_article_changelist"), {"public": "next"})
    assert [one.title for one in page.context["cl"].result_list] == ["Live"]
    assert page.content.decode().count("next version drafted") == 1


def test_draft_moves_no_promise_and_changes_no_record_but_its_own(admin_client):
    metric = PublishedMetricFactory(frequency="year", expected_lag_days=30)
    send(admin_client, metric, expected_lag_days=60)
    assert (stored(metric).expected_lag_days, metric.changenotes.count()) == (30, 0)


def test_next_version_with_a_text_that_names_no_figure_is_not_published(admin_client, article):
    send(admin_client, article, title="Next")
    kept = WorkingCopy.objects.get().latest
    kept.data[0]["fields"]["body"] = (
        '<p><figure-ref metric="gone" period="latest" form="unit"></figure-ref></p>'
    )
    kept.save()
    address = reverse("admin:ecosystem_article_verb", args=[article.pk, "publish"])
    page = admin_client.post(address, {}, follow=True)
    [row] = page.context["rows"].errors
    assert row.finding.message.startswith("figure-ref metric=gone period=latest: there is no public metric")
    assert stored(article).title == "Live"


# Records that belong to an item


def test_part_of_what_readers_see_is_changed_on_the_page_of_its_item_alone(admin_client):
    name, citation = OrganizationNameFactory(text="Live"), CitationFactory()
    for part in (name, citation):
        page = admin_client.get(url(part))
        assert page.status_code == 200
        assert admin_client.post(url(part), {"text": "Changed", "locator": "p. 9"}).status_code == 403
        assert admin_client.post(url(part, "delete"), {"post": "yes"}).status_code == 403
    assert (OrganizationName.objects.get().text, Citation.objects.count()) == ("Live", 1)


def test_part_is_not_added_to_what_readers_see_nor_deleted_from_it_in_bulk(admin_client):
    name = OrganizationNameFactory()
    add = reverse("admin:ecosystem_organizationname_add")
    typed = {"organization": name.organization_id, "text": "New", "language": "en", "kind": "short"}
    page = admin_client.post(add, filled(admin_client.get(add), **typed))
    owner = name.organization.name
    assert page.context["errors"] == [
        [f"Readers see the organization “{owner}”: add this on its page, as part of its next version."]
    ]
    listed = reverse("admin:ecosystem_organizationname_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [name.pk], "post": "yes"}
    admin_client.post(listed, chosen)
    assert OrganizationName.objects.get() == name


def test_citation_is_not_added_to_what_readers_see(admin_client):
    organization, source = PublishedOrganizationFactory(), PublishedSourceFactory()
    add = reverse("admin:ecosystem_citation_add")
    typed = {"organization": organization.pk, "source": source.pk, "position": 1}
    page = admin_client.post(add, filled(admin_client.get(add), **typed))
    assert page.context["errors"] == [
        [
            f"Readers see the organization “{organization.name}”: add this on its page, as part of its next version."
        ]
    ]
    assert not Organization.objects.get().citations.exists()


def test_warning_about_a_next_version_is_signed_and_it_is_published(admin_client, article):
    send(admin_client, article, body="<p>Call 138 1234 5678 for more.</p>")
    address = reverse("admin:ecosystem_article_verb", args=[article.pk, "publish"])
    page = admin_client.post(address, {}, follow=True)
    assert page.redirect_chain[-1][0].startswith(
        reverse("admin:ecosystem_article_checklist", args=[article.pk])
    )
    unsigned = page.context["rows"].unsigned
    assert [row.field for row in unsigned if row.finding.check == "advertising"] == ["Body"]
    reasons = {row.box: "The number of the authority itself." for row in unsigned}
    page = admin_client.post(page.request["PATH_INFO"], reasons | {"verb": "publish"}, follow=True)
    assert (stored(article).body, WorkingCopy.objects.count()) == ("<p>Call 138 1234 5678 for more.</p>", 0)
