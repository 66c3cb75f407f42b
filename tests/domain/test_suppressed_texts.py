"""A suppressed passage goes from an item, its parts, its past and its log; what only people can mend is refused."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from ecosystem.domain import figure_records, publishing, revisions, suppression
from ecosystem.domain.changes import changes
from ecosystem.domain.renaming import rename
from ecosystem.domain.tombstones import AdministratorsOnlyError, SuppressionError
from ecosystem.models import ChangeNote, FigureReference, OrganizationName, Revision, Suppression
from ecosystem.values.cutting import Cutter
from tests.factories import (
    CitationFactory,
    CorrectionFactory,
    DraftOrganizationFactory,
    FigureReferenceFactory,
    OrganizationNameFactory,
    OrganizationRelationshipFactory,
    PublishedArticleFactory,
    PublishedMetricFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedPersonFactory,
    ReaderOfTheAdminFactory,
    RevisionFactory,
    SeededKeyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
ORDER = {"ground": "personal-data", "reference": "request 9", "notice": "Personal data were removed."}


@pytest.fixture
def foundry():
    return PublishedOrganizationFactory(
        slug="foundry", name="Foundry", description="<p>Led by Li Ming today.</p>"
    )


def suppress(item, editor, text="Li Ming", **more) -> Suppression:
    return suppression.suppress_text(item, text, by=editor, **ORDER | more)


def test_passage_leaves_a_tombstone_with_the_address(foundry, editor):
    stone = suppress(foundry, editor, notice_zh="个人信息已删除。")
    foundry.refresh_from_db()
    assert foundry.description == "<p>Led by today.</p>"
    assert (stone.subject, stone.address, stone.metric) == ("text", "/organizations/foundry/", None)
    assert [(note.text, note.text_zh) for note in foundry.changenotes.all()] == [
        ("Personal data were removed.", "个人信息已删除。")
    ]


def test_former_address_that_holds_it_leads_nowhere_any_more(foundry, editor):
    for slug in ("li-foundry", "foundry-of-shanghai", "works"):
        rename(foundry, slug, by=editor)
    OrganizationNameFactory(organization=foundry, text="li-foundry")
    suppress(foundry, editor, text="li-foundry")
    assert list(foundry.former_addresses.values_list("slug", flat=True)) == ["foundry", "foundry-of-shanghai"]
    assert "li-foundry" not in str(list(Revision.objects.values_list("note", "data")))


def test_parts_lose_it_and_a_part_without_anything_left_goes(foundry, editor):
    OrganizationNameFactory(organization=foundry, text="Li Ming")
    OrganizationNameFactory(organization=foundry, text="Li Ming Foundry")
    citation = CitationFactory(organization=foundry, note="As Li Ming said.")
    correction = CorrectionFactory(organization=foundry, text="It was not Li Ming.", text_zh="不是 Li Ming。")
    link = OrganizationRelationshipFactory(organization=foundry, note="by Li Ming")
    suppress(foundry, editor)
    for part in (citation, correction, link):
        part.refresh_from_db()
    assert list(OrganizationName.objects.values_list("text", flat=True)) == ["Foundry"]
    assert (citation.note, correction.text, correction.text_zh, link.note) == (
        "As said.", "It was not .", "不是 。", "by",
    )  # fmt: skip


def test_stored_states_lose_it_also_where_it_cannot_be_cut(foundry, editor):
    revisions.record(foundry, by=editor, note="Li Ming asked for it")
    foundry.description = "<p><strong>Li</strong> Ming</p>"
    revisions.record(foundry, by=editor)
    suppress(foundry, editor)
    kept = Revision.objects.filter(kind="organization").order_by("pk")
    assert [(each.data[0]["fields"]["description"], each.note) for each in kept[:2]] == [
        ("<p>Led by today.</p>", "asked for it"),
        ("", ""),
    ]


def test_passage_that_stands_in_the_past_only_is_found(foundry, editor):
    revisions.record(foundry, by=editor)
    foundry.description = ""
    foundry.save()
    suppress(foundry, editor)
    assert not suppression.places_of(Cutter(["Li Ming"]))


def test_log_loses_it_in_every_way_of_writing(foundry, editor):
    message = [{"changed": {"fields": ["x"], "name": "name", "object": "李明 Li Ming"}}]
    LogEntry.objects.log_actions(editor.pk, [foundry], CHANGE, message, single_object=True)
    LogEntry.objects.update(object_repr="李明")
    suppress(foundry, editor)
    foundry.description = "<p>李明的公司</p>"
    foundry.save()
    suppress(foundry, editor, text="李明的公司")
    suppress(
        foundry,
        editor,
        text="李明",
    ) if False else None
    entry = LogEntry.objects.get()
    assert (entry.object_repr, "Li Ming" in entry.change_message) == ("李明", False)


def test_key_of_the_seed_is_hidden(foundry, editor):
    name = OrganizationNameFactory(organization=foundry, text="Li Ming")
    seeded = SeededKeyFactory(kind="organizationname", key=f"foundry | Li Ming | {name.kind}")
    suppress(foundry, editor)
    seeded.refresh_from_db()
    assert seeded.key.startswith("sha256:")


def test_records_of_figures_lose_it(editor):
    """An unresolved figure keeps its last words, which were not always a number."""
    metric = PublishedMetricFactory(slug="wafers")
    article = PublishedArticleFactory(
        body='<p>Li Ming counts <figure-ref metric="wafers" period="2024"></figure-ref>.</p>'
    )
    record = FigureReferenceFactory(article=article, shown=metric, period="2024", last_text="4 by Li Ming")
    assert figure_records.expected_records(article)[0].last_text == record.last_text
    suppress(article, editor)
    [record] = FigureReference.objects.all()
    assert (record.last_text, record.sentence.startswith("counts <figure-ref")) == ("", True)


def test_notice_of_a_withdrawal_loses_it(foundry, editor):
    publishing.withdraw(foundry, by=editor, notice="Li Ming asked for it.")
    suppress(foundry, editor)
    foundry.refresh_from_db()
    assert (foundry.withdrawn_notice, foundry.status) == ("asked for it.", "withdrawn")


def test_other_places_are_listed_and_lose_it_where_they_are_named(foundry, editor):
    topic, article = (
        TopicFactory(description="Li Ming began it."),
        PublishedArticleFactory(title="Li Ming speaks"),
    )
    gone = DraftOrganizationFactory(name="Office of Li Ming")
    revisions.record(gone, by=editor)
    number = gone.pk
    gone.delete()
    places = [place for place in suppression.places_of(Cutter(["Li Ming"])) if place.item != foundry]
    assert [str(place) for place in places] == [
        "article “Li Ming speaks”: title",
        f"organization “deleted, number {number}”: stored states",
        f"topic “{topic.name}”: description",
    ]
    suppress(foundry, editor, also=places[1:])
    topic.refresh_from_db(), article.refresh_from_db()
    assert (topic.description, article.title) == ("began it.", "Li Ming speaks")
    assert [place.item for place in suppression.places_of(Cutter(["Li Ming"]))] == [article]


def test_draft_is_cut_without_a_word_to_readers(editor):
    draft = DraftOrganizationFactory(description="<p>Of Li Ming.</p>")
    stone = suppress(draft, editor)
    assert (stone.address, ChangeNote.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("name", "Li Ming", "name: nothing would be left. Write something else there first."),
        ("slug", "Li Ming", "slug: it is part of the address. Withdraw the page, and delete it."),
        (
            "description",
            "<p><em>Li</em> Ming</p>",
            "description: it runs across markup or stands in an attribute. Edit the text first.",
        ),
    ],
)
def test_what_only_people_can_mend_is_refused_and_nothing_changes(foundry, editor, column, text, sentence):
    type(foundry).objects.update(**{column: text})
    with pytest.raises(SuppressionError) as error:
        suppress(foundry, editor)
    assert error.value.messages == [
        f"organization “{'Li Ming' if column == 'name' else 'Foundry'}”, {sentence}"
    ]
    foundry.refresh_from_db()
    assert (getattr(foundry, column), Suppression.objects.count()) == (text, 0)


def test_address_that_would_break_is_refused(editor):
    person = PublishedOrganizationFactory(website="https://li-ming.example")
    with pytest.raises(
        SuppressionError, match=r"would not be valid any more: Enter a valid URL\. Change it first"
    ):
        suppress(person, editor, text="https://li")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Li", "Give at least 4 characters: fewer stand in too many words."),
        ("Wang Fang", "These words do not stand there. Copy them exactly, without markup."),
    ],
)
def test_passage_that_is_too_short_or_not_there_is_refused(foundry, editor, text, sentence):
    with pytest.raises(SuppressionError) as error:
        suppress(foundry, editor, text=text)
    assert error.value.messages == [sentence]


def test_notice_must_not_say_it_again(foundry, editor):
    with pytest.raises(SuppressionError, match="say them without what is taken off"):
        suppress(foundry, editor, notice="The name of Li Ming was removed.")


def test_only_administrators_suppress(foundry):
    with pytest.raises(AdministratorsOnlyError):
        suppress(foundry, ReaderOfTheAdminFactory())


def test_name_of_a_person_can_lose_a_part(editor):
    person = PublishedPersonFactory(name="Li Ming, director")
    suppress(person, editor)
    person.refresh_from_db()
    assert person.name == ", director"


def test_words_about_a_value_are_announced_on_its_metric(editor):
    value = PublishedObservationFactory(note="As Li Ming said.")
    stone = suppress(value, editor)
    value.refresh_from_db()
    assert (value.note, stone.metric, stone.period) == ("As said.", value.metric, "2024")
    assert [note.text for note in value.metric.changenotes.all()] == ["2024: Personal data were removed."]


def test_words_of_a_metric_stand_in_its_feed(editor):
    metric = PublishedMetricFactory(definition="Counted by Li Ming.")
    suppress(metric, editor)
    assert [change.text for change in changes(metric)] == ["Personal data were removed."]


def test_states_of_a_kind_that_is_no_more_are_found_and_cut(foundry, editor):
    state = RevisionFactory(
        kind="ship", key="ming", data=[{"model": "ecosystem.ship", "fields": {"name": "Li Ming"}}]
    )
    nameless = RevisionFactory(
        kind="topic", data=[{"model": "ecosystem.topic", "fields": {"name": "Li Ming"}}]
    )
    LogEntry.objects.log_actions(editor.pk, [foundry], CHANGE, "plain words of Li Ming", single_object=True)
    places = suppression.places_of(Cutter(["Li Ming"]))
    suppress(foundry, editor, also=places)
    state.refresh_from_db(), nameless.refresh_from_db()
    assert [each.data[0]["fields"]["name"] for each in (state, nameless)] == ["", ""]
    assert LogEntry.objects.get().change_message == "plain words of"
