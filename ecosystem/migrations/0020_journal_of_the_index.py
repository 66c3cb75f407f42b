"""The journal of the index, and the full text of SQLite without triggers and without indexes of prefixes.

A trigger's statements each begin a savepoint, at which FTS5 writes out what it has gathered: a name that is written
otherwise was written out twice. Whoever stores documents (`domain/index/`) keeps the full text along with them.

The number of a document becomes the number of its row on SQLite, which each of its indexes holds already.

Beginnings that many words share have sets of their own; of the others FTS5 finds the words nearly as fast without an
index of their first letters, which was nearly half of the full text and was written with every name.
"""

from django.db import migrations, models

import ecosystem.models.fields

TABLE = """
CREATE VIRTUAL TABLE ecosystem_fulltext USING fts5(
    names, sounds, body, content='ecosystem_searchdocument', content_rowid='document', tokenize='ascii'{prefixes}
)"""
FILL = "INSERT INTO ecosystem_fulltext (ecosystem_fulltext) VALUES ('rebuild')"
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


def forward(apps, schema_editor):
    run(schema_editor, [TABLE.format(prefixes=""), FILL])


def drop(apps, schema_editor):
    triggers = [f"DROP TRIGGER IF EXISTS ecosystem_fulltext_{name}" for name in TRIGGERS]
    run(schema_editor, [*triggers, "DROP TABLE ecosystem_fulltext"])


def backward(apps, schema_editor):
    run(schema_editor, [TABLE.format(prefixes=", prefix='1 3'"), FILL, *TRIGGERS.values()])


def run(schema_editor, statements):
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0019_reader_reports")]
    operations = [
        migrations.RunPython(drop, backward),
        migrations.AddField("indexversion", "changes", models.TextField(default="")),
        migrations.AlterField(
            "searchdocument",
            "document",
            ecosystem.models.fields.RowNumberField(primary_key=True, serialize=False),
        ),
        # Neither database knows how long its bytes may be: SQLite would copy all rows once more to change nothing.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("searchdocument", "digest", models.BinaryField(max_length=32, null=True))
            ]
        ),
        migrations.RunPython(forward, drop),
    ]
