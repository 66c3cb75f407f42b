"""What pages have in common: a slug, names in both languages, and links from the records about them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecosystem.models.publishing import KeyedQuerySet

# Every kind of page that citations, corrections and the like can be about, by the name of its foreign key.
PAGE_KINDS = ("organization", "initiative", "place", "event", "article", "metric", "person")


class Slugged(models.Model):
    """Something with a permanent address."""

    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        help_text=_(
            "The last part of the address: small letters, digits and hyphens, such as fudan-university."
        ),
    )

    natural_key_fields = ("slug",)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.model_name}_detail", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Named(Slugged):
    """Something that has a name in English and, where there is one, in Chinese."""

    name = models.CharField(_("name"), max_length=200, help_text=_("As the English page shows it."))
    name_zh = models.CharField(
        _("name in Chinese"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Leave empty when there is none."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def exactly_one(names: Iterable[str]) -> Q:
    """The condition that exactly one of these columns is set."""
    names = list(names)
    return reduce(or_, (Q(**{f"{other}__isnull": other != name for other in names}) for name in names))


def page_key(kind: str, related_name: str = "%(class)ss") -> models.ForeignKey:
    """The page of that kind which a record is about, where it is about one of that kind."""
    return models.ForeignKey(
        f"ecosystem.{kind.capitalize()}",
        models.CASCADE,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=_(kind),
    )


class AboutOnePage(models.Model):
    """A record about exactly one page, of any kind, by real foreign keys."""

    organization = page_key("organization")
    initiative = page_key("initiative")
    place = page_key("place")
    event = page_key("event")
    article = page_key("article")
    metric = page_key("metric")
    person = page_key("person")

    objects = KeyedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(PAGE_KINDS),
                name="%(class)s_about_one_page",
                violation_error_message=_("Choose exactly one page that this is about."),
            )
        ]

    @property
    def page(self) -> models.Model:
        """The page that this record is about."""
        return next(getattr(self, kind) for kind in PAGE_KINDS if getattr(self, f"{kind}_id"))
