"""What is public and when: the status of a page and the two questions asked of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecosystem.models.users import user_key


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class KeyedQuerySet(models.QuerySet):
    """Finds records by the key that fixtures use."""

    def get_by_natural_key(self, *key: str) -> models.Model:
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class PublishableQuerySet(KeyedQuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """What the public sees at that moment (now): published, its time come, not withdrawn."""
        return self.filter(status=Status.PUBLISHED, published_at__lte=at or timezone.now())

    def scheduled(self, at: datetime | None = None) -> Self:
        """What the clock alone will publish after that moment (now)."""
        return self.filter(status=Status.PUBLISHED, published_at__gt=at or timezone.now())

    def hidden(self, at: datetime | None = None) -> Self:
        """What the public does not see at that moment (now), withdrawn items included: few, and found by indexes."""
        is_coming = Q(published_at__gt=at or timezone.now())
        return self.filter(Q(status__in=[Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]) | is_coming)

    def addressable(self, at: datetime | None = None) -> Self:
        """What has a public address: published items and withdrawn ones, which answer with their notice."""
        return self.filter(
            Q(status=Status.PUBLISHED) | Q(status=Status.WITHDRAWN), published_at__lte=at or timezone.now()
        )


class Publishable(models.Model):
    """Something that editors prepare and then show to the public."""

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False, db_index=True
    )
    published_at = models.DateTimeField(
        _("published at"), null=True, blank=True, editable=False, db_index=True
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_notice = models.CharField(
        _("notice of withdrawal"), max_length=300, blank=True, default="", editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.IN_REVIEW]) | Q(published_at__isnull=False),
                name="%(class)s_public_has_moment",
                violation_error_message=_(
                    "A published or withdrawn item needs the moment of its publication."
                ),
            ),
        ]

    @property
    def is_public(self) -> bool:
        """Whether readers can see it now."""
        return self.was_public(timezone.now())

    def was_public(self, at: datetime) -> bool:
        """Whether readers could see it at that moment, by its present dates: they tell of no earlier withdrawal."""
        if self.published_at is None or self.published_at > at:
            return False
        is_over = self.withdrawn_at is None or self.withdrawn_at <= at
        return self.status == Status.PUBLISHED or (self.status == Status.WITHDRAWN and not is_over)

    @property
    def is_scheduled(self) -> bool:
        return self.status == Status.PUBLISHED and self.published_at > timezone.now()


class ToBePublished(models.Model):
    """What becomes public by an act of its own, now or at a moment that somebody set, and tells why it could not."""

    publish_at = models.DateTimeField(
        _("to be published at"), null=True, blank=True, editable=False, db_index=True
    )
    scheduled_by = user_key(_("scheduled by"), editable=False)
    refused = models.TextField(
        _("refused"),
        blank=True,
        default="",
        editable=False,
        help_text=_("Why it could not be published when its moment came."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_due(self) -> bool:
        return self.publish_at is not None and self.publish_at <= timezone.now()


def scheduled_for_a_moment(name: str) -> models.CheckConstraint:
    """That what somebody has scheduled has its moment."""
    return models.CheckConstraint(
        condition=Q(scheduled_by__isnull=True) | Q(publish_at__isnull=False),
        name=name,
        violation_error_message=_("What somebody has scheduled needs its moment."),
    )
