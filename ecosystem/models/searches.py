"""What readers looked for and did not find."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

LONGEST = 120


class MissedSearch(models.Model):
    """A folded text for which the site had nothing, and how often that was so; nothing is known about who asked."""

    text = models.CharField(_("text"), max_length=LONGEST)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_on = models.DateField(_("first on"))
    last_on = models.DateField(_("last on"))

    class Meta:
        ordering = ["-times", "-last_on", "text"]
        default_permissions = ("view", "delete")
        verbose_name = _("missed search")
        verbose_name_plural = _("missed searches")
        constraints = [
            models.UniqueConstraint(fields=["text"], name="missed_search_unique"),
            models.CheckConstraint(
                condition=Q(times__gte=1) & Q(last_on__gte=F("first_on")),
                name="missed_search_counted_in_order",
                violation_error_message=_(
                    "It was missed at least once, and the last time is not before the first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text
