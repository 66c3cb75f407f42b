"""An author's and an editor's day in the admin, and what forged or belated requests come to."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from ecosystem.models import Article, AuditEntry, Citation, Observation, Status, Topic, User
from tests.admin.forms import filled
from tests.factories import (
    CitationFactory,
    DraftArticleFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedSourceFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
LIST, ADD = (reverse(f"admin:ecosystem_article_{page}") for page in ("changelist", "add"))
PERSON = "ecosystem_user"


def person(role: str, **fields) -> User:
    user = ReaderOfTheAdminFactory(username=role.lower(), **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author() -> Client:
    return browser(person("Author"))


@pytest.fixture
def desk() -> Client:
    """An editor's browser."""
    return browser(person("Editor"))


def change_url(item, kind="article") -> str:
    return reverse(f"admin:ecosystem_{kind}_change", args=[item.pk])


def verb_url(article, name) -> str:
    return reverse("admin:ecosystem_article_verb", args=[article.pk, name])


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def written(client: Client, **typed) -> Article:
    """An article that the person has begun in the admin."""
    page = client.get(ADD)
    client.post(ADD, filled(page, title="A text", slug="a-text", _save="Save") | typed)
    return Article.objects.get(slug=typed.get("slug", "a-text"))


def offered(client: Client, item) -> tuple[list[str], list[str]]:
    """The verbs that the form of an article offers, as buttons and as links."""
    shown = client.get(change_url(item)).context["publishing"]
    return [verb.name for verb in shown["buttons"]], [verb.name for verb, _url in shown["links"]]


def actions(client: Client) -> list[str]:
    form = client.get(LIST).context["action_form"]
    return [name for name, _label in form.fields["action"].choices if name] if form else []


def state() -> list[tuple[str, str]]:
    return list(Article.objects.order_by("pk").values_list("title", "status"))


# An author's day


def test_author_writes_changes_and_submits(author):
    article = written(author)
    assert offered(author, article) == (["submit"], [])
    page = author.get(change_url(article))
    author.post(change_url(article), filled(page, title="Better", _verb_submit="Save and submit for review"))
    assert state() == [("Better", "in_review")]
    assert offered(author, article) == ([], [])
    acts = AuditEntry.objects.filter(kind="article").order_by("pk")
    assert [entry.act for entry in acts] == ["add", "change", "submit"]
    assert {entry.actor_name for entry in acts} == {"author"}


def test_author_adds_sources_in_the_form_of_the_own_draft(author):
    article, source = written(author), PublishedSourceFactory()
    page = author.get(change_url(article))
    row = {"citations-TOTAL_FORMS": "1", "citations-0-source": source.pk, "citations-0-position": "1"}
    author.post(change_url(article), filled(page) | row)
    assert [(one.article, one.source) for one in Citation.objects.all()] == [(article, source)]


def test_author_gets_a_returned_draft_back(author, desk):
    article = written(author)
    author.post(verb_url(article, "submit"))
    desk.post(verb_url(article, "return"), {"note": "Name the source."})
    author.post(change_url(article), filled(author.get(change_url(article)), title="Better"))
    assert state() == [("Better", "draft")]


@pytest.mark.parametrize("make", [DraftArticleFactory, PublishedArticleFactory])
def test_author_reads_what_others_wrote_and_changes_nothing(author, make):
    article = make(title="Not mine")
    CitationFactory(article=article, organization=None)
    page = author.get(change_url(article))
    assert "title" not in filled(page)
    assert [formset.has_add_permission for formset in page.context["inline_admin_formsets"]] == [False] * 4
    assert (page.context["show_save"], page.context["publishing"]["buttons"]) == (False, [])
    assert author.post(change_url(article), {"title": "Mine", "slug": article.slug}).status_code == 403
    assert author.post(reverse("admin:ecosystem_article_delete", args=[article.pk])).status_code == 403
    assert state() == [("Not mine", article.status)]


def test_author_may_not_change_what_is_in_review(author):
    article = written(author)
    data = filled(author.get(change_url(article)), title="Too late")
    author.post(verb_url(article, "submit"))
    assert author.post(change_url(article), data).status_code == 403
    assert state() == [("A text", "in_review")]


def test_author_previews_a_draft(author):
    article = written(author)
    assert author.get(reverse("article_preview", args=[article.slug])).status_code == 200


def test_author_cannot_reach_parts_of_public_pages_by_their_own_pages(author):
    page, source = PublishedArticleFactory(), PublishedSourceFactory()
    kept = CitationFactory(article=page, organization=None, locator="p. 1")
    forged = {"article": page.pk, "source": source.pk, "position": 1}
    addresses = [reverse("admin:ecosystem_citation_add"), change_url(kept, "citation")]
    assert [author.post(address, forged).status_code for address in addresses] == [403, 403]
    assert [one.locator for one in Citation.objects.all()] == ["p. 1"]


@pytest.mark.parametrize("verb", ["publish", "schedule", "withdraw", "return", "unschedule"])
def test_author_is_refused_every_verb_of_an_editor_with_a_sentence(author, verb):
    article = written(author)
    answer = author.post(verb_url(article, verb), {"at": "2999-01-06T17:00", "notice": "x"})
    assert answer.status_code == 403
    assert "Only an editor may do this. Submit your draft for review, or ask an editor." in answer.text
    assert state() == [("A text", "draft")]


def test_author_cannot_publish_by_a_forged_button_and_nothing_of_it_is_saved(author):
    article = written(author)
    forged = filled(author.get(change_url(article)), title="Forged", _verb_publish="Save and publish")
    assert author.post(change_url(article), forged).status_code == 403
    assert state() == [("A text", "draft")]
    assert [entry.act for entry in AuditEntry.objects.filter(kind="article")] == ["add"]


def test_author_has_the_bulk_action_that_authors_have(author):
    mine, other = written(author), DraftArticleFactory(title="Not mine")
    assert actions(author) == ["submit_selected"]
    chosen = {"action": "submit_selected", "_selected_action": [mine.pk, other.pk]}
    page = author.post(LIST, chosen, follow=True)
    assert said(page) == [
        "Not mine: You may change only what you began yourself, while it is a draft. Ask an editor for the rest.",
        "1 item: submitted for review.",
    ]
    assert state() == [("A text", "in_review"), ("Not mine", "draft")]


@pytest.mark.parametrize("verb", ["publish", "schedule", "return", "withdraw", "discard", "delete"])
def test_author_cannot_forge_other_bulk_actions(author, verb):
    articles = [written(author), PublishedArticleFactory(title="Public")]
    chosen = [article.pk for article in articles]
    answers = {"notice": "x", "note": "x", "at": "2099-01-01T00:00", "_confirmed": "1", "post": "yes"}
    author.post(LIST, {"action": f"{verb}_selected", "_selected_action": chosen} | answers)
    assert state() == [("A text", "draft"), ("Public", "published")]


def test_author_sees_values_and_decides_and_corrects_nothing(author):
    metric = PublishedMetricFactory()
    value = PublishedObservationFactory(metric=metric)
    page = author.get(change_url(value, "observation"))
    assert (page.context.get("correct_url"), page.context["decisions"]) == (None, [])
    rows = author.get(change_url(metric, "metric")).context["values"]
    assert ([row["is_correctable"] for row in rows["rows"]], rows["may_add"]) == ([False], True)
    addresses = [
        reverse("admin:ecosystem_observation_correct", args=[value.pk]),
        reverse("admin:ecosystem_observation_standing", args=[value.pk, "dispute"]),
        reverse("admin:ecosystem_observation_suppress", args=[value.pk, "value"]),
    ]
    assert [author.post(address, {"reason": "No."}).status_code for address in addresses] == [403, 403, 403]
    assert Observation.objects.get().standing == value.standing


def test_authors_list_of_what_waits_opens(author):
    PublishedObservationFactory(standing="reported")
    page = author.get(reverse("admin:ecosystem_observation_queue"))
    assert page.status_code == 200
    assert [row["decisions"] for row in page.context["rows"]] == [[] for _row in page.context["rows"]]


# An editor's day


def test_editor_reviews_publishes_and_withdraws(author, desk):
    article = written(author, standfirst="What it finds.", title_zh="一篇", standfirst_zh="发现。")
    author.post(verb_url(article, "submit"))
    assert offered(desk, article) == (["publish"], ["schedule", "return"])
    desk.post(change_url(article), filled(desk.get(change_url(article)), _verb_publish="Save and publish"))
    desk.post(verb_url(article, "withdraw"), {"notice": "Moved."})
    assert state() == [("A text", "withdrawn")]
    acts = AuditEntry.objects.filter(kind="article").order_by("pk").values_list("act", "actor_name")
    assert list(acts) == [
        ("add", "author"),
        ("submit", "author"),
        ("publish", "editor"),
        ("withdraw", "editor"),
    ]


def test_editor_has_all_bulk_actions(desk):
    DraftArticleFactory()
    assert actions(desk) == [
        "delete_selected",
        "publish_selected",
        "submit_selected",
        "schedule_selected",
        "return_selected",
        "add_to_set",
        "withdraw_selected",
        "discard_selected",
    ]


def test_editor_keeps_the_vocabulary(desk):
    topic = TopicFactory(name="Chips")
    address = change_url(topic, "topic")
    desk.post(address, filled(desk.get(address), name="Semiconductors"))
    assert Topic.objects.get().name == "Semiconductors"


@pytest.mark.parametrize("page", [f"{PERSON}_changelist", f"{PERSON}_add", "ecosystem_auditentry_changelist"])
def test_editor_sees_neither_accounts_nor_the_log(desk, page):
    assert desk.get(reverse(f"admin:{page}")).status_code == 403


def test_editor_is_offered_no_suppression_and_no_log(desk):
    page = desk.get(change_url(PublishedArticleFactory()))
    assert (page.context.get("suppress_links"), page.context.get("acts_url")) == (None, None)


# Rights that are lost while a page is open


def test_right_lost_before_the_button_is_pressed_is_refused_in_words(desk):
    article = DraftArticleFactory(title="A text", status=Status.IN_REVIEW)
    data = filled(desk.get(change_url(article)), title="Better", _verb_publish="Save and publish")
    User.objects.get(username="editor").groups.set([Group.objects.get(name="Author")])
    answers = [desk.post(change_url(article), data), desk.post(verb_url(article, "publish"))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "go back, and what you typed still stands there" in answers[0].text
    assert state() == [("A text", "in_review")]


def test_account_that_was_closed_meanwhile_is_sent_to_the_sign_in(desk):
    article = DraftArticleFactory(title="A text")
    data = filled(desk.get(change_url(article)), title="Better")
    User.objects.filter(username="editor").update(is_active=False)
    answer = desk.post(change_url(article), data)
    assert answer.url.startswith(reverse("admin:login"))
    assert state() == [("A text", "draft")]


# Four eyes


def test_form_says_why_somebody_else_has_to_publish(desk, settings):
    settings.FOUR_EYES = True
    article = DraftArticleFactory()
    hint = desk.get(change_url(article)).context["publishing"]["hint"]
    assert hint == "Four eyes: submit it for review first, and another editor publishes it."
    assert offered(desk, article) == (["submit"], [])
    desk.post(verb_url(article, "submit"))
    page = desk.post(verb_url(article, "publish"), follow=True)
    refusal = "Four eyes: you submitted it or changed it last, so another editor has to publish it."
    assert said(page)[-1] == refusal
    other = browser(EditorFactory())
    assert offered(other, article) == (["publish"], ["schedule", "return"])
    other.post(verb_url(article, "publish"))
    assert Article.objects.get().is_public


# Administrators


@pytest.fixture
def administrator() -> Client:
    return browser(person("Administrator"))


def test_administrator_makes_an_author(administrator):
    page = administrator.get(reverse(f"admin:{PERSON}_add"))
    author = Group.objects.get(name="Author")
    typed = {"username": "lin", "password1": "correct horse battery", "password2": "correct horse battery"}
    administrator.post(
        reverse(f"admin:{PERSON}_add"), filled(page) | typed | {"is_staff": "on", "groups": [author.pk]}
    )
    lin = User.objects.get(username="lin")
    assert (lin.is_staff, lin.is_superuser, [group.name for group in lin.groups.all()]) == (
        True,
        False,
        ["Author"],
    )


def test_administrator_cannot_become_a_superuser(administrator):
    own = change_url(User.objects.get(username="administrator"), "user")
    data = filled(administrator.get(own))
    assert "is_superuser" not in data
    administrator.post(own, data | {"is_superuser": "on"})
    assert not User.objects.get(username="administrator").is_superuser


def test_administrator_cannot_take_over_a_superuser(administrator):
    root = EditorFactory(username="root")
    forged = {"password1": "correct horse battery", "password2": "correct horse battery"}
    addresses = [
        reverse("admin:auth_user_password_change", args=[root.pk]),
        change_url(root, "user"),
        reverse(f"admin:{PERSON}_delete", args=[root.pk]),
    ]
    answers = [administrator.post(address, forged | {"post": "yes"}).status_code for address in addresses]
    assert answers == [403, 403, 403]
    assert User.objects.get(username="root").password == root.password


def test_roles_are_shown_in_the_language_of_the_admin(administrator):
    User.objects.update(interface_language="zh-hans")
    page = administrator.get(reverse(f"admin:{PERSON}_add")).text
    assert ">作者</option>" in page
    assert "管理员" in administrator.get(reverse("admin:auth_group_changelist")).text
