"""Programmes, policies, regulations, projects and alliances."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.fields import PartialDateField, RichTextField
from ecosystem.models.publishing import KeyedQuerySet, Publishable


class Initiative(Named, Publishable):
    """Something that public bodies, companies or universities set out to do together or for the city."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("strategy")
        PLAN = "plan", _("plan")
        POLICY = "policy", _("policy")
        REGULATION = "regulation", _("local regulation")
        PROGRAMME = "programme", _("programme")
        PROJECT = "project", _("project")
        ZONE = "zone", _("zone")
        MARKET = "market", _("market")
        SERVICE = "service", _("service")
        FUND = "fund", _("fund")
        PARTNERSHIP = "partnership", _("partnership")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, db_index=True)
    summary = RichTextField(_("summary"), inline=True, help_text=_("One line: what it is for."))
    summary_zh = RichTextField(_("summary in Chinese"), inline=True)
    description = RichTextField(_("description"))
    description_zh = RichTextField(_("description in Chinese"))
    started = PartialDateField(_("started"))
    ended = PartialDateField(_("ended"))
    lead_body = models.CharField(
        _("lead body"), max_length=200, blank=True, default="", help_text=_("As the documents name it.")
    )
    lead_body_zh = models.CharField(_("lead body in Chinese"), max_length=200, blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="")
    topics = models.ManyToManyField(
        "ecosystem.Topic", blank=True, related_name="initiatives", verbose_name=_("topics")
    )
    places = models.ManyToManyField(
        "ecosystem.Place", blank=True, related_name="initiatives", verbose_name=_("places")
    )
    organizations = models.ManyToManyField(
        "ecosystem.Organization",
        through="ecosystem.Participation",
        related_name="initiatives",
        verbose_name=_("organizations"),
    )
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))

    class Meta(Publishable.Meta):
        ordering = ["name"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(started="") | Q(ended="") | Q(ended__gte=F("started")),
                name="initiative_ended_after_started",
                violation_error_message=_("It cannot end before it started."),
            ),
        ]


class Participation(models.Model):
    """The part that an organization plays in an initiative."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead")
        PARTNER = "partner", _("partner")
        OPERATOR = "operator", _("operator")
        FUNDER = "funder", _("funder")
        BENEFICIARY = "beneficiary", _("beneficiary")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="participations", verbose_name=_("initiative")
    )
    organization = models.ForeignKey(
        "ecosystem.Organization",
        models.CASCADE,
        related_name="participations",
        verbose_name=_("organization"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")

    objects = KeyedQuerySet.as_manager()
    natural_key_fields = ("initiative__slug", "organization__slug", "role")

    class Meta:
        ordering = ["role", "organization__name"]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organization", "role"], name="participation_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_role_display()}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.initiative.slug, self.organization.slug, self.role)

    natural_key.dependencies = ["ecosystem.initiative", "ecosystem.organization"]
