"""Who may do what: authors, editors, administrators, and everybody else."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from ecosystem.domain import audit, publishing, role_groups, roles, standings, suppression
from ecosystem.domain.superseding import supersede
from ecosystem.models import Act, Article, Citation, Organization, Status, Topic, User
from tests.factories import (
    DraftArticleFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    ReaderOfTheAdminFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
OF_STATE = {"return", "publish", "schedule", "unschedule", "withdraw", "republish", "review"}
ALL = {"add", "change", "submit", "delete", "correct", "decide", *OF_STATE}


def somebody(role: str | None, **fields) -> User:
    user = ReaderOfTheAdminFactory(**fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def rights(user, item) -> set[str]:
    """What the person may do with the item."""
    asked = [Act(name) for name in (*ALL, "suppress", "administer")]
    return {act.value for act in asked if roles.may(user, act, item)}


def begun(by: User, **fields) -> Article:
    article = DraftArticleFactory(**fields)
    audit.note(Act.ADD, article, by=by)
    return article


# The table


def test_author_may_add_and_change_and_submit_the_own_draft():
    author = somebody("Author")
    assert rights(author, begun(author)) == {"add", "change", "submit"}


@pytest.mark.parametrize("state", ["in_review", "published"])
def test_author_may_only_add_once_the_item_is_out_of_hand(state):
    author = somebody("Author")
    made = {"published_at": "2025-01-06T09:00:00Z"} if state == "published" else {}
    assert rights(author, begun(author, status=state, **made)) == {"add"}


def test_author_may_not_touch_drafts_of_others():
    author, other = somebody("Author"), somebody("Author")
    assert rights(author, begun(other)) == {"add"}


def test_draft_stays_the_authors_when_it_is_renamed_and_its_name_taken_by_another():
    author, editor = somebody("Author"), somebody("Editor")
    article = begun(author, slug="chips")
    article.slug = "wafers"
    article.save()
    other = begun(editor, slug="chips")
    assert [roles.may(author, Act.CHANGE, item) for item in (article, other)] == [True, False]


@pytest.mark.parametrize("item", [Topic, Citation, User])
def test_author_may_not_add_vocabulary_parts_and_accounts(item):
    assert rights(somebody("Author"), item) == set()


def test_editor_may_everything_with_content_and_nothing_else():
    editor = somebody("Editor")
    assert [rights(editor, item) for item in (PublishedArticleFactory(), Topic, User)] == [ALL, ALL, set()]


def test_administrator_may_everything():
    administrator = somebody("Administrator")
    everything = ALL | {"suppress", "administer"}
    assert [rights(administrator, item) for item in (PublishedArticleFactory(), User)] == [everything] * 2


def test_superuser_and_the_site_itself_may_everything():
    everything = ALL | {"suppress", "administer"}
    assert [rights(user, Article) for user in (EditorFactory(), None)] == [everything] * 2


@pytest.mark.parametrize("role", [None, "Author", "Editor", "Administrator"])
def test_nobody_may_anything_once_the_account_is_closed(role):
    user = somebody(role, is_active=False)
    assert rights(user, begun(user)) == set()


def test_visitor_of_the_admin_may_nothing():
    assert rights(somebody(None), DraftArticleFactory()) == set()


# Refusals


@pytest.mark.parametrize(
    ("role", "act", "sentence"),
    [
        (
            "Author",
            Act.CHANGE,
            "You may change only what you began yourself, while it is a draft. Ask an editor for the rest.",
        ),
        (
            "Author",
            Act.PUBLISH,
            "Only an editor may do this. Submit your draft for review, or ask an editor.",
        ),
        ("Editor", Act.SUPPRESS, "Only an administrator takes something off for good."),
        ("Editor", Act.ADMINISTER, "Only an administrator may see or do this."),
    ],
)
def test_refusal_says_who_may(role, act, sentence):
    with pytest.raises(PermissionDenied) as refused:
        roles.require(somebody(role), act, DraftArticleFactory())
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "verb",
    [
        lambda item, by: publishing.publish(item, by=by),
        lambda item, by: publishing.schedule(item, by=by, at=publishing.timezone.now().replace(year=2999)),
    ],
    ids=["publish", "schedule"],
)
def test_author_cannot_publish_the_own_draft_in_the_domain(verb):
    author = somebody("Author")
    article = begun(author)
    with pytest.raises(roles.NotAllowedError):
        verb(article, author)
    assert Article.objects.get().status == "draft"


def test_author_cannot_act_on_what_others_made_in_the_domain():
    author, value = somebody("Author"), PublishedObservationFactory()
    article, page = PublishedArticleFactory(), PublishedOrganizationFactory()
    in_review, draft = begun(author, status=Status.IN_REVIEW), DraftArticleFactory()
    said = {"ground": "rights", "reference": "r 1", "notice": "Removed."}
    refused = [
        lambda: publishing.withdraw(article, by=author, notice="Gone."),
        lambda: publishing.return_to_draft(in_review, by=author),
        lambda: publishing.submit(draft, by=author),
        lambda: supersede(value, by=author, reason="our-error", explanation="Mine.", value=1),
        lambda: standings.dispute(value, by=author, reason="No."),
        lambda: suppression.suppress_text(page, "Makes things", by=author, **said),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied):
            act()
    assert {article.status, in_review.status, draft.status} == {"published", "in_review", "draft"}


def test_editor_does_not_suppress_and_administrator_does():
    page = Organization.objects.get(pk=PublishedOrganizationFactory(summary="Led by Zheng Qiaoyun.").pk)
    said = {"ground": "personal-data", "reference": "r 1", "notice": "A name was removed."}
    with pytest.raises(PermissionDenied):
        suppression.suppress_text(page, "Zheng Qiaoyun", by=somebody("Editor"), **said)
    suppression.suppress_text(page, "Zheng Qiaoyun", by=somebody("Administrator"), **said)
    page.refresh_from_db()
    assert "Zheng" not in page.summary


# The groups


def names(group: str) -> set[str]:
    return set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))


def test_roles_build_on_each_other():
    assert names("Author") < names("Editor") < names("Administrator")


def test_only_administrators_see_accounts_the_log_and_tombstones():
    private = {"view_user", "view_auditentry", "view_suppression", "add_suppression", "view_group"}
    seen = {role: names(role) & private for role in ("Author", "Editor", "Administrator")}
    assert seen == {"Author": set(), "Editor": set(), "Administrator": private}


def test_migrating_again_completes_the_groups_and_takes_nothing(capsys):
    group = Group.objects.get(name="Author")
    own, missing = (
        Permission.objects.get(codename="view_session"),
        Permission.objects.get(codename="add_article"),
    )
    group.permissions.add(own)
    group.permissions.remove(missing)
    Group.objects.get(name="Editor").delete()
    before = names("Author") | {"add_article"}
    for _ in range(2):
        call_command("migrate", verbosity=0)
    assert names("Author") == before
    assert Group.objects.filter(name="Editor").count() == 1
    assert "change_article" in names("Editor")


def test_every_kind_of_content_can_be_written_by_editors():
    """A new model is an editor's by itself; whoever makes it private says so in the list."""
    wanted = {f"change_{model._meta.model_name}" for model in role_groups.revisions.PARTS}
    assert wanted - names("Editor") == set()


def test_topic_is_changed_by_who_has_the_right_alone():
    user = ReaderOfTheAdminFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_topic"))
    topic = TopicFactory()
    assert rights(User.objects.get(pk=user.pk), topic) == ALL - {"add", "delete"}
