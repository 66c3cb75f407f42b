"""The full text of the documents of the search.

SQLite: an FTS5 table over the columns of words, kept by triggers, which a later migration drops again. PostgreSQL: a generated column with a GIN index, made from
words with their places, which no text search configuration has a say in.
"""

from django.db import migrations

# The words hold letters and digits only, so the simplest tokenizer leaves them as they are.
SQLITE = """
CREATE VIRTUAL TABLE ecosystem_fulltext USING fts5(
    names, sounds, body, content='ecosystem_searchdocument', content_rowid='document', tokenize='ascii', prefix='1 3'
);
CREATE TRIGGER ecosystem_fulltext_insert AFTER INSERT ON ecosystem_searchdocument BEGIN
    INSERT INTO ecosystem_fulltext (rowid, names, sounds, body) VALUES (new.document, new.names, new.sounds, new.body);
END;
CREATE TRIGGER ecosystem_fulltext_delete AFTER DELETE ON ecosystem_searchdocument BEGIN
    INSERT INTO ecosystem_fulltext (ecosystem_fulltext, rowid, names, sounds, body)
    VALUES ('delete', old.document, old.names, old.sounds, old.body);
END;
CREATE TRIGGER ecosystem_fulltext_update AFTER UPDATE OF names, sounds, body ON ecosystem_searchdocument BEGIN
    INSERT INTO ecosystem_fulltext (ecosystem_fulltext, rowid, names, sounds, body)
    VALUES ('delete', old.document, old.names, old.sounds, old.body);
    INSERT INTO ecosystem_fulltext (rowid, names, sounds, body) VALUES (new.document, new.names, new.sounds, new.body);
END;
"""
POSTGRESQL = """
CREATE FUNCTION ecosystem_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg('''' || word || ''':' || least(place, 16383), ' '), '')::tsvector
    FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS listed (word, place) WHERE word <> ''
$$;
ALTER TABLE ecosystem_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(ecosystem_words(names), 'A') || setweight(ecosystem_words(sounds), 'B')
    || setweight(ecosystem_words(body), 'D')
) STORED;
CREATE INDEX ecosystem_searchdocument_vector ON ecosystem_searchdocument USING gin (vector) WITH (fastupdate = off);
"""
SQLITE_UNDO = """
DROP TRIGGER ecosystem_fulltext_insert;
DROP TRIGGER ecosystem_fulltext_delete;
DROP TRIGGER ecosystem_fulltext_update;
DROP TABLE ecosystem_fulltext;
"""
POSTGRESQL_UNDO = """
ALTER TABLE ecosystem_searchdocument DROP COLUMN vector;
DROP FUNCTION ecosystem_words(text);
"""


def make(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def unmake(apps, schema_editor):
    run(schema_editor, SQLITE_UNDO, POSTGRESQL_UNDO)


def run(schema_editor, sqlite, postgresql):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(postgresql)
        else:
            for statement in parts(sqlite):
                cursor.execute(statement)


def parts(script):
    """The statements of a script, each with the statements inside of its trigger."""
    found = ""
    for line in script.strip().splitlines(keepends=True):
        found += line
        is_inside = "BEGIN" in found and not found.rstrip().endswith("END;")
        if line.rstrip().endswith(";") and not is_inside:
            yield found
            found = ""


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0006_index")]
    operations = [migrations.RunPython(make, unmake)]
