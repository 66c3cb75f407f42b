"""What the words of a document were made of, so that a change of anything else leaves them alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0009_reserved_slugs")]
    operations = [
        # Without a default, so that SQLite adds the column and leaves the table as it is, with its triggers.
        migrations.AddField(
            "searchdocument", "digest", models.BinaryField(max_length=16, null=True)
        ),
    ]
