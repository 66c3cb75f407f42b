"""What Wagtail indexes: names and a sentence as text, five facets as filters."""

from django.db import models
from wagtail.search import index


class Card(index.Indexed, models.Model):
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    summary = models.TextField()
    kind = models.CharField(max_length=40, db_index=True)
    district = models.CharField(max_length=80, db_index=True)
    park = models.CharField(max_length=80, db_index=True)
    ownership = models.CharField(max_length=40, db_index=True)
    decade = models.CharField(max_length=10, db_index=True)

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("name_zh", boost=2),
        index.SearchField("summary"),
        *(index.FilterField(name) for name in ("kind", "district", "park", "ownership", "decade")),
    ]

    def __str__(self) -> str:
        return self.name
