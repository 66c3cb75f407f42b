"""Every act leaves an entry in the audit log, in the transaction of the act."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from ecosystem.domain import audit, origins, pinning, publishing, standings, suppression
from ecosystem.domain.superseding import supersede
from ecosystem.models import Act, AuditEntry, Observation, Status
from tests.factories import (
    LONG_AGO,
    SCHEDULED,
    WITHDRAWN,
    DraftArticleFactory,
    ImageFactory,
    PublishedArticleFactory,
    PublishedObservationFactory,
    PublishedOrganizationFactory,
    PublishedSourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def acts(**fields) -> list[tuple]:
    """What is logged about records, the oldest first; accounts are another test's."""
    found = AuditEntry.objects.exclude(kind="user").filter(**fields).order_by("pk")
    return list(found.values_list("act", "kind", "number", "actor_name", "detail"))


# Entries


def test_note_says_who_did_what_to_what(editor):
    topic = TopicFactory(slug="chips", name="Chips")
    audit.note(Act.CHANGE, topic, by=editor, detail="Changed Name.")
    entry = AuditEntry.objects.get(kind="topic")
    assert (entry.act, entry.number, entry.key, entry.label) == ("change", topic.pk, "chips", "Chips")
    assert (entry.actor_key, entry.actor_name, entry.detail) == (editor.pk, "editor", "Changed Name.")
    assert (entry.address, entry.request) == (None, "")


def test_note_of_the_site_itself_names_nobody():
    audit.note(Act.RUN, by=None, detail="index rebuild")
    assert acts() == [("run", "", None, "", "index rebuild")]


def test_note_keeps_from_where_it_came(editor):
    with origins.coming_from(origins.Origin("2001:db8::1", "a1b2")):
        audit.note(Act.CHANGE, TopicFactory(), by=editor)
    audit.note(Act.CHANGE, TopicFactory(), by=editor)
    entries = AuditEntry.objects.filter(kind="topic").order_by("pk")
    assert [(entry.address, entry.request) for entry in entries] == [("2001:db8::1", "a1b2"), (None, "")]


def test_note_cuts_names_that_are_longer_than_their_column(editor):
    audit.note(Act.CHANGE, PublishedArticleFactory.build(pk=1, slug="a" * 300, title="T" * 300), by=editor)
    entry = AuditEntry.objects.get(kind="article")
    assert (len(entry.key), len(entry.label)) == (200, 200)


def test_note_is_undone_with_its_act(editor):
    with transaction.atomic():
        publishing.publish(DraftArticleFactory(), by=editor)
        transaction.set_rollback(True)
    assert acts() == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("", None),
        ("unix:/run/site", None),
    ],
)
def test_address_is_kept_as_both_databases_store_it(typed, address):
    assert origins.address_of(typed) == address


# Verbs


@pytest.mark.parametrize(
    ("state", "verb", "act", "detail"),
    [
        ({}, lambda item, by: publishing.submit(item, by=by), "submit", ""),
        (
            {"status": Status.IN_REVIEW},
            lambda item, by: publishing.return_to_draft(item, by=by, note="Name the source."),
            "return",
            "Name the source.",
        ),
        ({}, lambda item, by: publishing.publish(item, by=by), "publish", ""),
        (
            {},
            lambda item, by: publishing.schedule(item, by=by, at=SCHEDULED["published_at"]),
            "schedule",
            "",
        ),
        (SCHEDULED, lambda item, by: publishing.unschedule(item, by=by), "unschedule", ""),
        (
            {"status": Status.PUBLISHED, "published_at": LONG_AGO},
            lambda item, by: publishing.withdraw(item, by=by, notice="Moved."),
            "withdraw",
            "",
        ),
        (
            WITHDRAWN | {"withdrawn_at": timezone.now()},
            lambda item, by: publishing.publish(item, by=by),
            "republish",
            "",
        ),
    ],
)
def test_verb_is_noted(editor, state, verb, act, detail):
    """The note of a return is a comment besides."""
    article = DraftArticleFactory(**state)
    verb(article, editor)
    noted = [one for one in acts() if one[0] != "comment"]
    assert noted == [(act, "article", article.pk, "editor", detail)]


def test_verb_that_is_refused_is_not_noted(editor):
    with pytest.raises(publishing.PublishingError):
        publishing.submit(PublishedArticleFactory(), by=editor)
    assert acts() == []


def test_correction_is_noted_once_with_the_new_value(editor):
    old = PublishedObservationFactory(value=Decimal(400))
    new = supersede(old, by=editor, reason="our-error", explanation="A typing error.", value=Decimal(410))
    assert acts() == [("correct", "observation", new.pk, "editor", "A typing error.")]


def test_decision_on_a_standing_is_noted(editor):
    value = PublishedObservationFactory()
    standings.dispute(value, by=editor, reason="Another source says 300.")
    assert acts() == [
        ("decide", "observation", value.pk, "editor", "disputed: Another source says 300."),
    ]


def test_verifying_in_another_source_is_noted_as_the_correction_that_it_is(editor):
    value = PublishedObservationFactory()
    primary = PublishedSourceFactory(trust="primary")
    new = standings.verify(value, by=editor, locator="p. 2", reason="Found there.", source=primary)
    assert acts() == [("correct", "observation", new.pk, "editor", "Found there.")]


def test_pinning_is_noted_on_the_page(editor, time_machine):
    time_machine.move_to("2026-11-25T04:00:00Z", tick=False)
    article = PublishedArticleFactory(body="<p></p>")
    pinning.pin(article, "body", [], by=editor)
    detail = "figure pinned to what was known on 2026-11-24"
    assert acts() == [("change", "article", article.pk, "editor", detail)]


@pytest.mark.parametrize("command", [["references", "rebuild"], ["index", "rebuild"]])
def test_command_that_writes_is_noted(command, capsys):
    call_command(*command)
    assert acts() == [("run", "", None, "", " ".join(command))]


@pytest.mark.parametrize("command", [["references", "check"], ["index", "check"]])
def test_command_that_only_looks_is_not_noted(command, capsys):
    call_command(*command)
    assert acts() == []


def test_run_of_an_import_has_one_entry_however_many_batches(tmp_path, capsys):
    rows = ["id,name,kind", *(f"wikidata:Q{n},Works {n},company" for n in range(1, 5))]
    file = tmp_path / "list.csv"
    file.write_text("\n".join(rows))
    call_command("import_organizations", file, batch=2)
    assert acts() == []
    for _ in range(2):  # the second time nothing is new
        call_command("import_organizations", file, batch=2, commit=True)
    assert acts() == [("import", "", None, "", "list.csv, 4 rows, published")]


# What an author has begun


def test_begun_is_what_the_log_says_was_added_by_the_person(editor, django_user_model):
    article, other = DraftArticleFactory(), DraftArticleFactory()
    audit.note(Act.ADD, article, by=editor)
    audit.note(Act.CHANGE, other, by=editor)
    somebody = django_user_model(pk=editor.pk + 1, username="editor")
    begun = [audit.begun_by(item, who) for item in (article, other) for who in (editor, somebody)]
    assert begun == [True, False, False, False]
    assert not audit.begun_by(DraftArticleFactory.build(), editor)


# Suppression


SAID = {"ground": "personal-data", "reference": "request 3", "notice": "A name was removed."}


def words() -> list[tuple[str, str, str]]:
    found = AuditEntry.objects.filter(kind="organization").order_by("pk")
    return list(found.values_list("key", "label", "detail"))


def test_suppressed_words_leave_the_log_and_the_acts_stay(editor):
    page = PublishedOrganizationFactory(slug="works", summary="Led by Zheng Qiaoyun.")
    other = PublishedOrganizationFactory(slug="office", name="Office of Zheng Qiaoyun")
    audit.note(Act.CHANGE, page, by=editor, detail="Changed Name.")
    audit.note(Act.CHANGE, other, by=editor)
    suppression.suppress_text(page, "Zheng Qiaoyun", by=editor, **SAID)
    assert words() == [("works", page.name, "Changed Name."), ("", "", "")]
    assert AuditEntry.objects.filter(kind="organization", actor_name="editor").count() == 2
    assert acts(act="suppress")[0][3:] == ("editor", "personal-data, request 3")


def test_suppressed_value_leaves_the_log(editor):
    value = PublishedObservationFactory(value=Decimal("918273.645"))
    key = value.pk
    audit.note(Act.PUBLISH, value, by=editor, detail="918,273.645 is right")
    suppression.suppress_value(value, by=editor, **SAID)
    kept = AuditEntry.objects.get(kind=Observation._meta.model_name, number=key)
    assert (kept.label, kept.detail, kept.act) == ("", "", "publish")


def test_suppressed_picture_leaves_the_log(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = ImageFactory(alternative="Portrait of a person")
    audit.note(Act.ADD, image, by=editor)
    suppression.suppress_picture(image, by=editor, **SAID)
    assert list(AuditEntry.objects.filter(kind="image").values_list("label", flat=True)) == [""]


def test_addresses_are_forgotten_by_age(editor, time_machine):
    with origins.coming_from(origins.Origin("192.0.2.7", "a1")):
        for day in ("2026-01-01", "2026-06-01"):
            time_machine.move_to(f"{day}T04:00:00Z", tick=False)
            audit.note(Act.CHANGE, TopicFactory(), by=editor)
        limit = timezone.now()
    entries = AuditEntry.objects.filter(kind="topic").order_by("pk")
    assert audit.forget_addresses(limit) == 1
    assert [entry.address for entry in entries] == [None, "192.0.2.7"]
