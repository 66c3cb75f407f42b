"""The audit log, with triggers by which the database itself refuses to change or delete an entry.

They let one thing pass: words and the address may be emptied, since the law may ask for it. A later migration that makes
Django build the table anew on SQLite would lose them: it must call `make` again.
"""

import django.utils.timezone
from django.db import migrations, models

REFUSAL = "The audit log is only added to: no entry is changed or deleted."
FIXED = ["id", "at", "actor_key", "actor_name", "act", "kind", "number", "request"]
WORDS = ["key", "label", "detail"]

# The insert is looked at because REPLACE INTO puts a row into another's place, and fires no other trigger.
SQLITE = [
    f"""
    CREATE TRIGGER ecosystem_auditentry_update BEFORE UPDATE ON ecosystem_auditentry
    WHEN NOT ({" AND ".join(f"new.{name} IS old.{name}" for name in FIXED)}
        AND {" AND ".join(f"new.{name} IN ('', old.{name})" for name in WORDS)}
        AND (new.address IS NULL OR new.address IS old.address))
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER ecosystem_auditentry_delete BEFORE DELETE ON ecosystem_auditentry
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER ecosystem_auditentry_replace BEFORE INSERT ON ecosystem_auditentry
    WHEN EXISTS (SELECT 1 FROM ecosystem_auditentry WHERE id = new.id)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
]
SQLITE_UNDO = [f"DROP TRIGGER ecosystem_auditentry_{name}" for name in ("update", "delete", "replace")]
POSTGRESQL = [
    f"""
    CREATE FUNCTION ecosystem_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF {" AND ".join(f"new.{name} IS NOT DISTINCT FROM old.{name}" for name in FIXED)}
                AND {" AND ".join(f"new.{name} IN ('', old.{name})" for name in WORDS)}
                AND (new.address IS NULL OR new.address IS NOT DISTINCT FROM old.address)
            THEN
                RETURN new;
            END IF;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER ecosystem_auditentry_rows BEFORE UPDATE OR DELETE ON ecosystem_auditentry
    FOR EACH ROW EXECUTE FUNCTION ecosystem_auditentry_refuse()
    """,
    """
    CREATE TRIGGER ecosystem_auditentry_table BEFORE TRUNCATE ON ecosystem_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION ecosystem_auditentry_refuse()
    """,
]
POSTGRESQL_UNDO = [
    "DROP TRIGGER ecosystem_auditentry_rows ON ecosystem_auditentry",
    "DROP TRIGGER ecosystem_auditentry_table ON ecosystem_auditentry",
    "DROP FUNCTION ecosystem_auditentry_refuse()",
]


def make(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def unmake(apps, schema_editor):
    run(schema_editor, SQLITE_UNDO, POSTGRESQL_UNDO)


def run(schema_editor, sqlite, postgresql):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for statement in postgresql if connection.vendor == "postgresql" else sqlite:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0012_former_addresses")]
    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="at")),
                ("actor_key", models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name="number of the person")),
                ("actor_name", models.CharField(blank=True, default="", max_length=150, verbose_name="who")),
                ("act", models.CharField(db_index=True, max_length=20, verbose_name="act")),
                ("kind", models.CharField(blank=True, default="", max_length=40, verbose_name="kind")),
                ("number", models.BigIntegerField(blank=True, null=True, verbose_name="number")),
                ("key", models.CharField(blank=True, default="", max_length=200, verbose_name="key")),
                ("label", models.CharField(blank=True, default="", max_length=200, verbose_name="item")),
                ("detail", models.TextField(blank=True, default="", verbose_name="particulars")),
                ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="network address")),
                ("request", models.CharField(blank=True, default="", help_text="The same for all acts of one request.", max_length=16, verbose_name="request")),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["kind", "number", "-at"], name="audit_of_item")],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
