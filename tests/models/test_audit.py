"""The audit log is only added to: neither the ORM nor the database changes or deletes an entry."""

import pytest
from django.db import IntegrityError, connection, transaction

from ecosystem.models import Act, AuditEntry
from ecosystem.models.audit import AppendOnlyError

TABLE = "ecosystem_auditentry"


def entry(**fields) -> AuditEntry:
    words = {"key": "fudan", "label": "Fudan University", "detail": "Changed Name."}
    made = {"act": "change", "kind": "organization", "number": 7, "actor_key": 3, "actor_name": "lin"}
    return AuditEntry.objects.create(**made | words | {"address": "10.0.0.7", "request": "a1"} | fields)


def execute(sql: str) -> None:
    """Around the ORM, as somebody with a console would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def stored() -> list[dict]:
    return list(AuditEntry.objects.filter(kind="organization").values())


@pytest.mark.parametrize(
    "act",
    [
        lambda made: made.save(),
        lambda made: made.delete(),
        lambda made: AuditEntry.objects.update(act="add"),
        lambda made: AuditEntry.objects.all().delete(),
        lambda made: AuditEntry.objects.bulk_update([made], ["act"]),
        lambda made: AuditEntry.objects.update_or_create(pk=made.pk, defaults={"act": "add"}),
    ],
    ids=["save", "delete", "update", "delete_all", "bulk_update", "update_or_create"],
)
def test_orm_refuses_to_change_and_to_delete(db, act):
    made = entry()
    before = stored()
    with pytest.raises(AppendOnlyError, match="only added to"):
        act(made)
    assert stored() == before


@pytest.mark.parametrize(
    "sql",
    [
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET act = 'add'",
        f"UPDATE {TABLE} SET actor_name = ''",
        f"UPDATE {TABLE} SET actor_key = NULL",
        f"UPDATE {TABLE} SET at = '2020-01-01 00:00:00+00:00'",
        f"UPDATE {TABLE} SET label = 'Tongji University'",
        f"UPDATE {TABLE} SET address = '10.0.0.8'",
        f"UPDATE {TABLE} SET label = '', number = 8",
        f"UPDATE {TABLE} SET id = id + 1000",
    ],
)
def test_database_refuses_to_change_and_to_delete(either_database, sql):
    entry()
    before = stored()
    with pytest.raises(IntegrityError, match="only added to"):
        execute(sql)
    assert stored() == before


def test_sqlite_lets_no_row_take_the_place_of_another(db):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite knows REPLACE.")
    made = entry()
    with pytest.raises(IntegrityError, match="only added to"):
        execute(
            f"REPLACE INTO {TABLE} (id, at, actor_name, act, kind, key, label, detail, request) "
            f"VALUES ({made.pk}, '2020-01-01', '', 'add', '', '', '', '', '')"
        )


def test_postgresql_does_not_empty_the_table(postgres):
    entry()
    with pytest.raises(IntegrityError, match="only added to"):
        execute(f"TRUNCATE {TABLE}")


def test_words_and_address_can_be_emptied_and_nothing_else_goes(either_database):
    made = entry()
    AuditEntry.objects.filter(pk=made.pk).empty_words()
    AuditEntry.objects.filter(pk=made.pk).empty_addresses()
    (row,) = stored()
    assert {name: row[name] for name in ("key", "label", "detail", "address")} == {
        "key": "",
        "label": "",
        "detail": "",
        "address": None,
    }
    assert (row["act"], row["kind"], row["number"]) == ("change", "organization", 7)
    assert (row["actor_key"], row["actor_name"], row["request"], row["at"]) == (3, "lin", "a1", made.at)


def test_manager_offers_no_delete():
    assert not hasattr(AuditEntry.objects, "delete")


def test_deleting_a_person_leaves_their_acts(either_database, django_user_model):
    person = django_user_model.objects.create(username="lin")
    entry(actor_key=person.pk)
    person.delete()
    assert [row["actor_name"] for row in stored()] == ["lin"]


def test_entry_of_an_act_or_kind_that_is_no_more_shows_its_word():
    assert (AuditEntry(act="juggle").act_label, AuditEntry(kind="circus").kind_label) == ("juggle", "circus")
    assert (AuditEntry(act=Act.PUBLISH).act_label, AuditEntry(kind="eventseries").kind_label) == (
        "published",
        "event series",
    )
