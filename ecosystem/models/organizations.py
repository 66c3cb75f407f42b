"""Companies, universities, institutes, authorities and the rest of the directory."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.fields import PartialDateField, RichTextField
from ecosystem.models.publishing import KeyedQuerySet, Publishable

# What else stands at /organizations/…/.
RESERVED_SLUGS = ("compare",)


class Organization(Named, Publishable):
    """A body that acts in Shanghai's technology ecosystem: a company, university, institute, authority or investor."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        UNIVERSITY = "university", _("university")
        RESEARCH_INSTITUTE = "research-institute", _("research institute")
        RD_CENTER = "rd-center", _("R&D center")
        PUBLIC_AUTHORITY = "public-authority", _("public authority")
        INVESTOR = "investor", _("investor")
        ACCELERATOR = "accelerator", _("accelerator")
        PARK_OPERATOR = "park-operator", _("park operator")
        ASSOCIATION = "association", _("association")
        EXCHANGE = "exchange", _("exchange")
        HOSPITAL = "hospital", _("hospital")
        OTHER = "other", _("other organization")

    class Ownership(models.TextChoices):
        PRIVATE = "private", _("private")
        STATE = "state", _("state-owned")
        PUBLIC = "public", _("public institution")
        FOREIGN_HMT = "foreign-hmt", _("foreign, Hong Kong, Macao or Taiwan invested")
        MIXED = "mixed", _("mixed ownership")
        JOINT_VENTURE = "jv", _("joint venture")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, db_index=True)
    summary = RichTextField(
        _("summary"),
        inline=True,
        help_text=_("One line for the directory: what it does. Figures may stand in it."),
    )
    summary_zh = RichTextField(_("summary in Chinese"), inline=True)
    description = RichTextField(_("description"))
    description_zh = RichTextField(_("description in Chinese"))
    founded = PartialDateField(_("founded"), help_text=_("As exact as known: 1990, 1990-04 or 1990-04-18."))
    closed = PartialDateField(_("closed"), help_text=_("Only when it no longer exists."))
    ownership = models.CharField(
        _("ownership"), max_length=12, choices=Ownership, blank=True, default="", db_index=True
    )
    website = models.URLField(
        _("website"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("With https:// where it works."),
    )
    district = models.ForeignKey(
        "ecosystem.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="district_organizations",
        limit_choices_to={"kind": "district"},
        verbose_name=_("district"),
        help_text=_("The district of its main office."),
    )
    park = models.ForeignKey(
        "ecosystem.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="park_organizations",
        limit_choices_to={"kind__in": ["park", "zone", "campus", "facility"]},
        verbose_name=_("park"),
        help_text=_("The park or zone of its main office."),
    )
    topics = models.ManyToManyField(
        "ecosystem.Topic", blank=True, related_name="organizations", verbose_name=_("topics")
    )
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))

    class Meta(Publishable.Meta):
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(founded="") | Q(closed="") | Q(closed__gte=F("founded")),
                name="organization_closed_after_founded",
                violation_error_message=_("It cannot close before it was founded."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="organization_slug_is_free",
                violation_error_message=_(
                    "The page that compares organizations has this address; choose another slug."
                ),
            ),
        ]


class OrganizationName(models.Model):
    """One more name by which an organization, or a brand of it, is known or was known."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("legal name")
        SHORT = "short", _("short name")
        FORMER = "former", _("former name")
        ACRONYM = "acronym", _("acronym")
        BRAND = "brand", _("brand or product")
        OTHER = "other", _("other name")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English or Latin letters")
        SIMPLIFIED = "zh-hans", _("Chinese, simplified")
        TRADITIONAL = "zh-hant", _("Chinese, traditional")
        PINYIN = "zh-latn", _("pinyin")
        OTHER = "und", _("another language")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="names", verbose_name=_("organization")
    )
    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=8, choices=Language)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))

    objects = KeyedQuerySet.as_manager()
    natural_key_fields = ("organization__slug", "text", "kind")

    class Meta:
        ordering = ["kind", "text"]
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints = [
            models.UniqueConstraint(fields=["organization", "text", "kind"], name="organization_name_unique"),
            models.CheckConstraint(
                condition=Q(since="") | Q(until="") | Q(until__gte=F("since")),
                name="organization_name_span_ordered",
                violation_error_message=_("It cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, ...]:
        return (self.organization.slug, self.text, self.kind)

    natural_key.dependencies = ["ecosystem.organization"]


class Identifier(models.Model):
    """The key of an organization in a public register."""

    class Scheme(models.TextChoices):
        ROR = "ror", "ROR"
        WIKIDATA = "wikidata", "Wikidata"
        TICKER = "ticker", _("stock exchange")
        USCC = "uscc", _("unified social credit code")
        NSI = "nsi", "Name Suggestion Index"
        HANLP = "hanlp", "HanLP"
        OTHER = "other", _("another register")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="identifiers", verbose_name=_("organization")
    )
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme)
    value = models.CharField(
        _("value"),
        max_length=100,
        help_text=_("For a stock: exchange and code, HKEX:0981; for another register: its name and the key."),
    )

    objects = KeyedQuerySet.as_manager()
    natural_key_fields = ("scheme", "value")

    class Meta:
        ordering = ["scheme", "value"]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_unique")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def natural_key(self) -> tuple[str, str]:
        return (self.scheme, self.value)


class OrganizationRelationship(models.Model):
    """A link between two organizations, read from the first to the second: its parent, predecessor, successor."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("parent")
        PREDECESSOR = "predecessor", _("predecessor")
        SUCCESSOR = "successor", _("successor")
        RELATED = "related", _("related")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="relationships", verbose_name=_("organization")
    )
    other = models.ForeignKey(
        Organization, models.CASCADE, related_name="relationships_to", verbose_name=_("other organization")
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind, help_text=_("What the other organization is to this one.")
    )
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))
    note = models.CharField(_("note"), max_length=200, blank=True, default="")

    objects = KeyedQuerySet.as_manager()
    natural_key_fields = ("organization__slug", "kind", "other__slug")

    class Meta:
        ordering = ["kind", "other__name"]
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "other"], name="organization_relationship_unique"
            ),
            models.CheckConstraint(
                condition=~Q(organization=F("other")),
                name="organization_relationship_of_two",
                violation_error_message=_("An organization cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.other}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.organization.slug, self.kind, self.other.slug)

    natural_key.dependencies = ["ecosystem.organization"]
