"""Addresses that pages had before."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import PAGE_KINDS, page_key
from ecosystem.models.users import user_key

# Every kind of item with a page of its own at a slug, by the name of its foreign key.
ADDRESSED_KINDS = (*PAGE_KINDS, "ranking", "source", "topic")


def leads_to_its_kind() -> Q:
    """The condition that the key of the row's own kind is set, and no other."""
    return reduce(
        or_,
        (
            Q(kind=kind, **{f"{other}__isnull": other != kind for other in ADDRESSED_KINDS})
            for kind in ADDRESSED_KINDS
        ),
    )


def item_key(kind: str) -> models.ForeignKey:
    return page_key(kind, related_name="former_addresses")


class FormerAddress(models.Model):
    """A slug that an item had before, and that leads to it for good.

    It leads to the item itself and never to another address, so there are no chains and no loops.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=[(kind, _(kind)) for kind in ADDRESSED_KINDS])
    slug = models.SlugField(_("slug"), max_length=100)
    organization = item_key("organization")
    initiative = item_key("initiative")
    place = item_key("place")
    event = item_key("event")
    article = item_key("article")
    metric = item_key("metric")
    person = item_key("person")
    ranking = item_key("ranking")
    source = item_key("source")
    topic = item_key("topic")
    left_at = models.DateTimeField(_("left at"), default=timezone.now)
    left_by = user_key(_("changed by"), related_name="former_addresses")

    class Meta:
        ordering = ["kind", "slug"]
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="former_address_unique"),
            models.CheckConstraint(
                condition=leads_to_its_kind(),
                name="former_address_leads_to_its_kind",
                violation_error_message=_("It leads to exactly one item, of its own kind."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    @property
    def item(self) -> models.Model:
        """What stood there, and stands elsewhere now."""
        return getattr(self, self.kind)
