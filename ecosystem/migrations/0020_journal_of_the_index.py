"""The journal of the index, and the full text of SQLite without triggers.

A trigger's statements each begin a savepoint, at which FTS5 writes out what it has gathered: a name that is written
otherwise was written out twice. Whoever stores documents (`domain/index/`) keeps the full text along with them.
"""

from django.db import migrations, models

TRIGGERS = {
    "insert": """
CREATE TRIGGER ecosystem_fulltext_insert AFTER INSERT ON ecosystem_searchdocument BEGIN
    INSERT INTO ecosystem_fulltext (rowid, names, sounds, body) VALUES (new.document, new.names, new.sounds, new.body);
END""",
    "delete": """
CREATE TRIGGER ecosystem_fulltext_delete AFTER DELETE ON ecosystem_searchdocument BEGIN
    INSERT INTO ecosystem_fulltext (ecosystem_fulltext, rowid, names, sounds, body)
    VALUES ('delete', old.document, old.names, old.sounds, old.body);
END""",
    "update": """
CREATE TRIGGER ecosystem_fulltext_update AFTER UPDATE OF names, sounds, body ON ecosystem_searchdocument BEGIN
    INSERT INTO ecosystem_fulltext (ecosystem_fulltext, rowid, names, sounds, body)
    VALUES ('delete', old.document, old.names, old.sounds, old.body);
    INSERT INTO ecosystem_fulltext (rowid, names, sounds, body) VALUES (new.document, new.names, new.sounds, new.body);
END""",
}


def drop_triggers(apps, schema_editor):
    run(schema_editor, [f"DROP TRIGGER ecosystem_fulltext_{name}" for name in TRIGGERS])


def make_triggers(apps, schema_editor):
    run(schema_editor, TRIGGERS.values())


def run(schema_editor, statements):
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0019_reader_reports")]
    operations = [
        migrations.AddField("indexversion", "changes", models.TextField(default="")),
        # Neither database knows how long its bytes may be: SQLite would copy a million rows to change nothing.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("searchdocument", "digest", models.BinaryField(max_length=32, null=True))
            ]
        ),
        migrations.RunPython(drop_triggers, make_triggers),
    ]
