"""What is kept of a renamed item by its slug follows it, on both databases."""

from ecosystem.domain import checklist, revisions
from ecosystem.domain.renaming import rename
from ecosystem.models import Revision, SeededKey, SignedWarning
from tests.factories import (
    CitationFactory,
    DraftArticleFactory,
    DraftOrganizationFactory,
    EditorFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    SeededKeyFactory,
    SuppressionFactory,
    TopicFactory,
)


def test_history_stays_with_the_item_and_not_with_a_deleted_one_of_the_same_slug(either_database):
    gone = DraftOrganizationFactory(slug="one")
    revisions.record(gone, by=None, note="of another")
    gone.delete()
    item = PublishedOrganizationFactory(slug="one", pk=gone.pk or 999_999)
    revisions.record(item, by=None, note="first")
    rename(item, "two", by=None)
    history = Revision.objects.order_by("pk").values_list("key", "note", "data__0__fields__slug")
    assert list(history) == [
        ("one", "of another", "one"),
        ("two", "first", "two"),
        ("two", "address changed from one to two", "two"),
    ]


def test_past_state_is_found_under_the_new_slug(either_database):
    item = PublishedArticleFactory(slug="one", title="As it was")
    then = revisions.record(item, by=None).created_at
    rename(item, "two", by=None)
    assert revisions.public_at(item, then)["title"] == "As it was"


def test_stored_states_name_what_they_refer_to_by_its_present_slug(either_database):
    topic, source = TopicFactory(slug="chips"), PublishedSourceFactory(slug="yearbook")
    item = PublishedOrganizationFactory(
        description='<p><a href="/topics/chips/">Chips</a><source-note source="yearbook">n</source-note></p>'
    )
    item.topics.set([topic, TopicFactory(slug="chips-of-wood")])
    CitationFactory(organization=item, source=source)
    revisions.record(item, by=None)
    rename(topic, "semiconductors", by=None)
    rename(source, "almanac", by=None)
    organization, citation = Revision.objects.filter(kind="organization").earliest("pk").data
    assert sorted(organization["fields"]["topics"]) == [["chips-of-wood"], ["semiconductors"]]
    assert citation["fields"]["source"] == ["almanac"]
    assert organization["fields"]["description"] == (
        '<p><a href="/topics/semiconductors/">Chips</a><source-note source="almanac">n</source-note></p>'
    )


def test_signed_warning_stays_signed(either_database):
    item = DraftArticleFactory(slug="one", body="<p>It sold 3,400 cars.</p>")
    other = DraftArticleFactory(slug="other", body=item.body)
    (warning,) = checklist.unsigned(item)
    for each in (item, other):
        checklist.sign(each, warning.key, "The maker says so.", by=EditorFactory())
    rename(item, "two", by=None)
    assert checklist.unsigned(item) == []
    assert list(SignedWarning.objects.order_by("key").values_list("key", flat=True)) == ["other", "two"]


def test_ledger_of_the_seed_knows_both_slugs(either_database):
    item = PublishedOrganizationFactory(slug="fudan")
    for kind, key in [
        ("organization", "fudan"),
        ("organizationname", "fudan | Fudan | short"),
        ("organizationrelationship", "sjtu | related | fudan"),
        ("participation", "a-plan | fudan | lead"),
        ("article", "fudan"),
        ("organization", "fudan-hospital"),
    ]:
        SeededKeyFactory(kind=kind, key=key)
    before = set(SeededKey.objects.values_list("kind", "key"))
    rename(item, "fd", by=None)
    assert set(SeededKey.objects.values_list("kind", "key")) - before == {
        ("organization", "fd"),
        ("organizationname", "fd | Fudan | short"),
        ("organizationrelationship", "sjtu | related | fd"),
        ("participation", "a-plan | fd | lead"),
    }


def test_tombstones_lead_to_the_new_address(either_database):
    stone = SuppressionFactory(subject="text", metric=None, period="", address="/organizations/fudan/")
    other = SuppressionFactory(subject="text", metric=None, period="", address="/organizations/fudan-2/")
    rename(PublishedOrganizationFactory(slug="fudan"), "fd", by=None)
    stone.refresh_from_db()
    other.refresh_from_db()
    assert (stone.address, other.address) == ("/organizations/fd/", "/organizations/fudan-2/")


def test_past_text_shows_its_figures_by_the_new_slug(either_database):
    metric = PublishedMetricFactory(slug="gdp")
    article = PublishedArticleFactory(
        body='<p>“<figure-ref metric="gdp" form="share" of="gdp"></figure-ref>”, 上海</p>'
    )
    then = revisions.record(article, by=None).created_at
    rename(metric, "output", by=None)
    assert revisions.public_at(article, then)["body"] == (
        '<p>“<figure-ref metric="output" form="share" of="output"></figure-ref>”, 上海</p>'
    )
