"""Values of metrics."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.models.fields import PeriodField
from ecosystem.models.metrics import Metric
from ecosystem.models.publishing import Publishable, PublishableQuerySet
from ecosystem.models.sources import Source
from ecosystem.models.standings import Standing, disputed_has_reason
from ecosystem.models.users import user_key
from ecosystem.values.periods import Period, PeriodError, parse_period


class ObservationQuerySet(PublishableQuerySet):
    def ever_public(self, at: datetime | None = None) -> Self:
        """What was public at some time up to that moment (now), withdrawn values and superseded ones included."""
        return self.filter(recorded_at__lte=at or timezone.now())

    def current(self, at: datetime | None = None) -> Self:
        """Public values that no public value has superseded: a draft supersedes only when it is published."""
        replaced = self.model.objects.published(at)
        return self.published(at).exclude(superseded_by__in=replaced)


class Observation(Publishable):
    """One value of a metric for one period, found in one source."""

    class Qualifier(models.TextChoices):
        EXACT = "=", _("exactly")
        ABOUT = "~", _("about")
        MORE_THAN = ">", _("more than")
        UP_TO = "<", _("up to")

    class Release(models.TextChoices):
        FINAL = "final", _("final")
        PROVISIONAL = "provisional", _("provisional")
        ESTIMATE = "estimate", _("estimate")
        FORECAST = "forecast", _("forecast")

    class Absence(models.TextChoices):
        """Why there is no number. Zero is a number."""

        MISSING = "missing", _("no figure was published")
        NOT_APPLICABLE = "not-applicable", _("does not apply")

    class SupersedeReason(models.TextChoices):
        SOURCE_REVISED = "source-revised", _("the source revised it")
        OUR_ERROR = "our-error", _("our error")
        NEW_DEFINITION = "new-definition", _("new definition")
        REBASED = "rebased", _("rebased")
        BETTER_SOURCE = "better-source", _("better source")
        CHECKED = "checked", _("compared with the document")

    uid = models.CharField(_("key"), max_length=120, unique=True, default=uuid.uuid4, editable=False)
    metric = models.ForeignKey(Metric, models.PROTECT, related_name="observations", verbose_name=_("metric"))
    period = PeriodField(
        _("period"), help_text=_("2024, 2024-H1, 2024-Q3, 2024-09, 2024-09-30 or 2024-to-09.")
    )
    period_start = models.DateField(editable=False)
    period_end = models.DateField(editable=False)
    value = models.DecimalField(
        _("value"),
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_(
            "In the unit of the metric, without words. Zero is a value; leave empty only with a reason."
        ),
    )
    absence = models.CharField(
        _("why there is no value"),
        max_length=14,
        choices=Absence,
        blank=True,
        default="",
        help_text=_(
            "The source says that there is no figure, or the question does not arise for this period."
        ),
    )
    qualifier = models.CharField(_("qualifier"), max_length=1, choices=Qualifier, default=Qualifier.EXACT)
    low = models.DecimalField(_("lower bound"), max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("upper bound"), max_digits=24, decimal_places=6, null=True, blank=True)
    method = models.CharField(
        _("method"),
        max_length=100,
        blank=True,
        default="",
        help_text=_("Coverage or definition where it differs from the metric's own: outdoor stations only."),
    )
    method_zh = models.CharField(_("method in Chinese"), max_length=100, blank=True, default="")
    release = models.CharField(_("release"), max_length=12, choices=Release, default=Release.FINAL)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.UNVERIFIED)
    standing_reason = models.CharField(
        _("reason for the standing"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("Required when disputed."),
    )
    standing_reason_zh = models.CharField(_("reason in Chinese"), max_length=300, blank=True, default="")
    source = models.ForeignKey(Source, models.PROTECT, related_name="observations", verbose_name=_("source"))
    locator = models.CharField(
        _("locator"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Where in the source: page 3, table 2."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True, default="")
    note_zh = models.CharField(_("note in Chinese"), max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True, editable=False)
    superseded_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )
    supersede_reason = models.CharField(
        _("why it supersedes"), max_length=15, choices=SupersedeReason, blank=True, default=""
    )
    supersede_note = models.CharField(_("what changed"), max_length=300, blank=True, default="")

    objects = ObservationQuerySet.as_manager()
    natural_key_fields = ("uid",)
    # Of a copy that shows the value as it was known on a past day: that day.
    known_on: date | None = None
    # Of a computed value, which is never stored: the values that it was computed from.
    inputs: tuple["Observation", ...] = ()

    class Meta(Publishable.Meta):
        ordering = ["metric", "-period_end", "period_start", "-recorded_at"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=disputed_has_reason("standing", "standing_reason"),
                name="observation_disputed_has_reason",
                violation_error_message=_("Say why the value is disputed."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, absence="") | (Q(value__isnull=True) & ~Q(absence="")),
                name="observation_value_or_absence",
                violation_error_message=_(
                    "Give the value, or say why there is none. Zero is a value; an empty field is none."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=F("value")))
                & (Q(high__isnull=True) | Q(high__gte=F("value"))),
                name="observation_within_bounds",
                violation_error_message=_("The value lies outside its bounds."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="observation_period_ordered"
            ),
            models.UniqueConstraint(
                fields=["metric", "period", "source", "method"],
                condition=Q(superseded_by__isnull=True),
                name="observation_one_per_source",
                violation_error_message=_(
                    "This source already has a value for the period; correct that one."
                ),
            ),
        ]

    def __str__(self) -> str:
        number = self.get_absence_display() if self.value is None else f"{self.value.normalize():f}"
        return f"{self.metric} {self.period}: {number}"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    def get_absolute_url(self) -> str:
        """The evidence page of its period, as known on the day that this is a view of."""
        day = f"?known_on={self.known_on.isoformat()}" if self.known_on else ""
        return reverse("evidence", args=[self.metric.slug, self.period]) + day

    def clean_fields(self, exclude: Any = None) -> None:
        """The days of the period are never typed in, so they are filled before they are missed."""
        self._fill_days()
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        """A reported or verified value needs an opened source; the rest is for the database."""
        if self.metric_id and self.metric.formula:
            raise ValidationError({"metric": _("Its values are computed from other metrics; correct those.")})
        trusted = self.standing in {Standing.VERIFIED, Standing.REPORTED}
        if trusted and self.source_id and not self.source.is_opened:
            raise ValidationError(
                {"standing": _("Nobody has opened this source yet, so the value is unverified.")}
            )

    def save(self, *args: Any, **options: Any) -> None:
        self._fill_days()
        super().save(*args, **options)

    @property
    def span(self) -> Period:
        return parse_period(self.period)

    @property
    def is_superseded(self) -> bool:
        """Whether a public value has taken its place."""
        return self.superseded_by_id is not None and self.superseded_by.is_public

    def _fill_days(self) -> None:
        try:
            span = self.span
        except PeriodError:
            return
        self.period_start, self.period_end = span.start, span.end


class PublicSpan(models.Model):
    """A time in which a value was public and that has ended, kept when the value becomes public again."""

    observation = models.ForeignKey(
        Observation, models.CASCADE, related_name="public_spans", verbose_name=_("observation")
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))

    class Meta:
        ordering = ["since"]
        verbose_name = _("public span")
        verbose_name_plural = _("public spans")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="public_span_ordered",
                violation_error_message=_("It cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation}, {self.since:%Y-%m-%d} – {self.until:%Y-%m-%d}"


class StandingChange(models.Model):
    """A decision on how far a value can be trusted: what its standing was, and what it has been since."""

    observation = models.ForeignKey(
        Observation, models.CASCADE, related_name="standing_changes", verbose_name=_("observation")
    )
    standing = models.CharField(_("standing"), max_length=10, choices=Standing)
    reason = models.CharField(_("reason"), max_length=300)
    reason_zh = models.CharField(_("reason in Chinese"), max_length=300, blank=True, default="")
    locator = models.CharField(_("locator"), max_length=200, blank=True, default="")
    # What stood there until then, so that any earlier day can be shown as it was.
    standing_before = models.CharField(_("standing before"), max_length=10, choices=Standing)
    reason_before = models.CharField(_("reason before"), max_length=300, blank=True, default="")
    reason_before_zh = models.CharField(_("reason before in Chinese"), max_length=300, blank=True, default="")
    locator_before = models.CharField(_("locator before"), max_length=200, blank=True, default="")
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = user_key(_("decided by"), related_name="standing_changes")

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = _("change of standing")
        verbose_name_plural = _("changes of standing")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="standing_change_has_reason",
                violation_error_message=_("Say why the standing changes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation}: {self.get_standing_display()}"
