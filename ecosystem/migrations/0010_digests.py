"""What a save compares with: the forms of names, and of what the words of a document were made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0009_reserved_slugs")]
    # Without defaults, so that SQLite adds the columns and leaves the table as it is, with its triggers.
    operations = [
        migrations.AddField("searchdocument", "forms", models.BinaryField(null=True)),
        migrations.AddField("searchdocument", "digest", models.BinaryField(max_length=24, null=True)),
    ]
