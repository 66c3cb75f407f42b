"""What is measured."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.fields import RichTextField
from ecosystem.models.publishing import KeyedQuerySet, Publishable
from ecosystem.values.quantities import UnitOfMeasure


class Unit(Named):
    """What a value is counted in, and how it is written in both languages."""

    factor = models.DecimalField(
        _("factor"),
        max_digits=20,
        decimal_places=6,
        default=Decimal(1),
        help_text=_("How many base units one is: 1000000000 for billion yuan."),
    )
    factor_zh = models.DecimalField(
        _("factor in Chinese tables"),
        max_digits=20,
        decimal_places=6,
        default=Decimal(1),
        help_text=_("100000000 where Chinese tables count in 亿."),
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="", help_text=_("CNY, USD."))
    scales = models.BooleanField(
        _("large-number words"),
        default=True,
        help_text=_(
            "Money and counts may be written as million, billion, 万, 亿; percent, ranks and densities not."
        ),
    )
    pattern = models.CharField(
        _("phrase"), max_length=80, help_text=_("{number} companies; {ordinal} writes a rank as 5th.")
    )
    pattern_one = models.CharField(_("phrase for one"), max_length=80, blank=True, default="")
    pattern_zh = models.CharField(_("phrase in Chinese"), max_length=80, help_text=_("{number}家"))
    short = models.CharField(
        _("short phrase"), max_length=40, blank=True, default="", help_text=_("CNY {number}")
    )

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=Q(factor__gt=0, factor_zh__gt=0),
                name="unit_factor_positive",
                violation_error_message=_("A factor must be more than zero."),
            )
        ]

    @property
    def measure(self) -> UnitOfMeasure:
        """The unit as the formatting of numbers takes it."""
        return UnitOfMeasure(
            self.factor,
            self.scales,
            self.pattern,
            self.pattern_zh,
            pattern_one=self.pattern_one,
            short=self.short,
        )


class Metric(Named, Publishable):
    """The definition of one figure over time: one measure of one subject in one unit."""

    class Nature(models.TextChoices):
        STOCK = "stock", _("stock: counted at a moment")
        FLOW = "flow", _("flow: added up over a period")
        RATE = "rate", _("rate")
        RANK = "rank", _("rank")

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        DISCONTINUED = "discontinued", _("discontinued")
        ONE_OFF = "one_off", _("one-off")

    class Frequency(models.TextChoices):
        YEARLY = "year", _("yearly")
        HALF_YEARLY = "half-year", _("half-yearly")
        QUARTERLY = "quarter", _("quarterly")
        MONTHLY = "month", _("monthly")

    class BetterWhen(models.TextChoices):
        UP = "up", _("higher")
        DOWN = "down", _("lower")

    class Formula(models.TextChoices):
        SUM = "sum", _("sum of the inputs")
        DIFFERENCE = "difference", _("difference: the first input less the others")
        RATIO = "ratio", _("ratio: the first input divided by the second")
        SHARE = "share", _("share: the first input in percent of the second")
        GROWTH = "growth", _("growth: change of the input over the previous period, in percent")
        PER_RESIDENTS = (
            "per-residents",
            _("per 10,000 residents: the first input by the second, the residents"),
        )
        CURRENCY = "currency", _("currency: the first input at the second, the exchange rate of the period")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="metrics", verbose_name=_("unit"))
    nature = models.CharField(_("nature"), max_length=5, choices=Nature)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ACTIVE)
    frequency = models.CharField(
        _("expected frequency"),
        max_length=9,
        choices=Frequency,
        blank=True,
        default="",
        help_text=_("How often a value comes out; empty when it follows no calendar."),
    )
    expected_lag_days = models.PositiveSmallIntegerField(
        _("expected lag in days"),
        null=True,
        blank=True,
        help_text=_(
            "Days from the end of a period until its value is out. Empty: it is never called overdue."
        ),
    )
    formula = models.CharField(
        _("formula"),
        max_length=13,
        choices=Formula,
        blank=True,
        default="",
        help_text=_(
            "Only where its values are computed here from other metrics; then it has no values of its own."
        ),
    )
    topics = models.ManyToManyField(
        "ecosystem.Topic", blank=True, related_name="metrics", verbose_name=_("topics")
    )
    subject_organization = models.ForeignKey(
        "ecosystem.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="metrics",
        verbose_name=_("subject organization"),
    )
    subject_place = models.ForeignKey(
        "ecosystem.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="metrics",
        verbose_name=_("subject place"),
    )
    definition = RichTextField(
        _("definition"), inline=True, help_text=_("What exactly is counted, in one sentence.")
    )
    definition_zh = RichTextField(_("definition in Chinese"), inline=True)
    better_when = models.CharField(_("better when"), max_length=4, choices=BetterWhen, blank=True, default="")
    comparability_note = RichTextField(
        _("comparability note"),
        inline=True,
        help_text=_("What a reader must know before comparing its values."),
    )
    comparability_note_zh = RichTextField(_("comparability note in Chinese"), inline=True)
    other_names = models.TextField(
        _("other names"),
        blank=True,
        default="",
        help_text=_("One a line: R&D intensity, 研发强度. Search finds them."),
    )
    ledger_position = models.PositiveSmallIntegerField(
        _("place in the ledger"),
        null=True,
        blank=True,
        help_text=_("Its place among the figures on the home page; empty: not there."),
    )
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))

    # What it is computed from, in the order of the formula; found when its values are attached.
    inputs: Sequence["Metric"] = ()

    class Meta(Publishable.Meta):
        ordering = ["name"]
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(subject_organization__isnull=True) | Q(subject_place__isnull=True),
                name="metric_one_subject",
                violation_error_message=_(
                    "A metric has one subject: an organization, a place, or the city as a whole."
                ),
            ),
        ]

    @property
    def is_derived(self) -> bool:
        """Whether its values are computed from other metrics."""
        return bool(self.formula)


class FormulaInput(models.Model):
    """A metric that another one is computed from; the position is its place in the formula."""

    metric = models.ForeignKey(
        Metric, models.CASCADE, related_name="formula_inputs", verbose_name=_("computed metric")
    )
    input = models.ForeignKey(Metric, models.PROTECT, related_name="formula_uses", verbose_name=_("input"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = KeyedQuerySet.as_manager()
    natural_key_fields = ("metric__slug", "input__slug")

    class Meta:
        ordering = ["metric", "position"]
        verbose_name = _("input of a formula")
        verbose_name_plural = _("inputs of a formula")
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "position"],
                name="formula_input_one_per_position",
                violation_error_message=_("Two inputs cannot have the same position."),
            ),
            models.UniqueConstraint(
                fields=["metric", "input"],
                name="formula_input_named_once",
                violation_error_message=_("A formula names each input once."),
            ),
            models.CheckConstraint(
                condition=~Q(metric=F("input")),
                name="formula_input_is_another_metric",
                violation_error_message=_("A metric cannot be computed from itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.position}: {self.input}"

    def natural_key(self) -> tuple[str, str]:
        return (self.metric.slug, self.input.slug)

    natural_key.dependencies = ["ecosystem.metric"]
