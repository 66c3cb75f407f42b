"""What the search and the directory answer from: all of it is made from the records, and can be made anew."""

from django.db import models

from ecosystem.models.fields import RowNumberField

# The first characters of a form that are compared; more than any name has.
LONGEST_FORM = 400
# Keys of a sort order are cut to this many bytes, and end with the number of the document.
LONGEST_ORDER_KEY = 64
# Of Chinese names, of all names and codes, of other text, and of the name that has a place among those in pinyin.
DIGESTS, DIGEST_BYTES = 4, 8


class SearchDocument(models.Model):
    """The words of one public or scheduled page, as `values.analysis` makes them of it.

    PostgreSQL keeps the full text of the three columns of words by itself; on SQLite whoever stores rows does.
    """

    document = RowNumberField(primary_key=True)
    names = models.TextField(default="")
    sounds = models.TextField(default="")
    body = models.TextField(default="")
    # The forms of its names once more, and of what texts the words were made: a save compares with them.
    forms = models.BinaryField(null=True)
    digest = models.BinaryField(max_length=DIGESTS * DIGEST_BYTES, null=True)
    facets = models.TextField(default="")
    public_from = models.DateTimeField(db_index=True)
    name_key = models.BinaryField(max_length=LONGEST_ORDER_KEY, null=True)
    pinyin_key = models.BinaryField(max_length=LONGEST_ORDER_KEY, null=True)
    founded_key = models.BinaryField(max_length=LONGEST_ORDER_KEY, null=True)
    newest_key = models.BinaryField(max_length=LONGEST_ORDER_KEY, null=True)
    updated_key = models.BinaryField(max_length=LONGEST_ORDER_KEY, null=True)
    evidence_key = models.BinaryField(max_length=LONGEST_ORDER_KEY, null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=[f"{order}_key"], name=f"document_by_{order}")
            for order in ("name", "pinyin", "founded", "newest", "updated", "evidence")
        ]


class NameForm(models.Model):
    """One form under which a page is looked up by name: as written, as it sounds, its initials."""

    class Kind(models.TextChoices):
        WRITTEN = "written"
        SOUND = "sound"
        INITIALS = "initials"

    document = models.BigIntegerField(db_index=True)
    # Bytes, because both databases compare them in the same order.
    form = models.BinaryField(max_length=LONGEST_FORM)
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["form", "document"], name="name_form_by_form")]


class IndexChunk(models.Model):
    """Which documents of one range of 65,536 have one value of a facet, as a roaring bitmap."""

    key = models.CharField(max_length=80)
    chunk = models.IntegerField()
    data = models.BinaryField()
    version = models.BigIntegerField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "chunk"], name="index_chunk_unique")]


class WordChunk(models.Model):
    """The same for a word or Chinese string that many documents have, in names or anywhere; read when asked for."""

    class Scope(models.TextChoices):
        NAMES = "names"
        ANYWHERE = "anywhere"
        STARTS = "starts"

    scope = models.CharField(max_length=8, choices=Scope)
    word = models.CharField(max_length=80)
    chunk = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["scope", "word", "chunk"], name="word_chunk_unique")]


class IndexBlock(models.Model):
    """A stretch of one sort order: the numbers of its documents in order, from the key `low` on."""

    order = models.CharField(max_length=8)
    low = models.BinaryField(max_length=LONGEST_ORDER_KEY)
    data = models.BinaryField()
    version = models.BigIntegerField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order", "low"], name="index_block_unique")]


class IndexState(models.Model):
    """The version that the index has reached: one row, locked by whoever changes the index.

    `way` is that in which its documents were made: another version of the site may make them otherwise.
    """

    version = models.BigIntegerField(default=0)
    stamp = models.BigIntegerField(default=0)
    way = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="index_state_is_one",
                violation_error_message="There is one state of the index.",
            )
        ]


class IndexVersion(models.Model):
    """A line of the journal: the stamp that a version got, and what it changed of sets and orders.

    A process that knows another stamp has seen a past that never came to be. Without changes, those of this version
    and of all before it are in the stored sets and orders.
    """

    version = models.BigIntegerField(primary_key=True)
    stamp = models.BigIntegerField()
    changes = models.TextField(default="")

    class Meta:
        default_permissions = ()


class Term(models.Model):
    """A word that stands in some name, for whoever mistypes it."""

    text = models.CharField(max_length=80, unique=True)

    class Meta:
        default_permissions = ()


class TermDeletion(models.Model):
    """What is left of a term when it is mistyped in a certain way; a mistyped query leaves the same."""

    rest = models.BigIntegerField()
    term = models.ForeignKey(Term, models.CASCADE, related_name="deletions", db_index=False)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["rest", "term"], name="term_deletion_by_rest")]
