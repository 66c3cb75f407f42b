"""The audit log: who did what, when and from where."""

from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What people and the site itself do: the words of the audit log, and of the rights."""

    ADD = "add", _("added")
    CHANGE = "change", _("changed")
    DELETE = "delete", _("deleted")
    SUBMIT = "submit", _("submitted for review")
    RETURN = "return", _("returned to draft")
    PUBLISH = "publish", _("published")
    SCHEDULE = "schedule", _("scheduled")
    UNSCHEDULE = "unschedule", _("no longer scheduled")
    WITHDRAW = "withdraw", _("withdrawn")
    REPUBLISH = "republish", _("published again")
    DISCARD = "discard", _("draft discarded")
    REVIEW = "review", _("reviewed")
    COMMENT = "comment", _("commented")
    CORRECT = "correct", _("corrected")
    DECIDE = "decide", _("standing decided")
    SUPPRESS = "suppress", _("suppressed")
    ADMINISTER = "administer", _("administered")
    IMPORT = "import", _("imported")
    SEED = "seed", _("seeded")
    RUN = "run", _("command run")
    SIGN_IN = "sign-in", _("signed in")
    SIGN_IN_FAILED = "sign-in-failed", _("sign-in failed")
    SIGN_OUT = "sign-out", _("signed out")
    PASSWORD = "password", _("password set")
    RIGHTS = "rights", _("rights changed")


# What moves an item on its way to readers, or says that it goes no further.
STEPS = (
    Act.SUBMIT,
    Act.RETURN,
    Act.PUBLISH,
    Act.REPUBLISH,
    Act.SCHEDULE,
    Act.UNSCHEDULE,
    Act.WITHDRAW,
    Act.DISCARD,
)


class AppendOnlyError(TypeError):
    """The audit log is only ever added to."""

    def __init__(self) -> None:
        super().__init__("The audit log is only added to: no entry is changed or deleted.")


class AuditQuerySet(models.QuerySet):
    """Reads and adds; the database refuses the rest too, by triggers."""

    def update(self, **values: Any) -> int:
        raise AppendOnlyError

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError

    delete.queryset_only = True  # as Django's own: no manager offers it

    def empty_words(self) -> int:
        """Take the words off these entries: all that the law may ask for, and all that the triggers let pass."""
        return super().update(key="", label="", detail="")

    def empty_addresses(self) -> int:
        """Take off from where these requests came, which the triggers let pass too."""
        return super().update(address=None)


class AuditEntry(models.Model):
    """One act. The person is kept as key and name, so that the entry outlives the account."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    actor_key = models.BigIntegerField(_("number of the person"), null=True, blank=True, db_index=True)
    actor_name = models.CharField(_("who"), max_length=150, blank=True, default="")
    # A word of Act, and not bound to today's list: an old entry keeps an act that is no more.
    act = models.CharField(_("act"), max_length=20, db_index=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True, default="")
    number = models.BigIntegerField(_("number"), null=True, blank=True)
    key = models.CharField(_("key"), max_length=200, blank=True, default="")
    label = models.CharField(_("item"), max_length=200, blank=True, default="")
    detail = models.TextField(_("particulars"), blank=True, default="")
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    request = models.CharField(
        _("request"),
        max_length=16,
        blank=True,
        default="",
        help_text=_("The same for all acts of one request."),
    )

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [models.Index(fields=["kind", "number", "-at"], name="audit_of_item")]

    def __str__(self) -> str:
        return " ".join(filter(None, [f"{self.at:%Y-%m-%d %H:%M}", self.actor_name, self.act, self.label]))

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **options | {"force_insert": True})

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError

    @property
    def act_label(self) -> str:
        return str(Act(self.act).label) if self.act in Act.values else self.act

    @property
    def kind_label(self) -> str:
        model = next((one for one in apps.get_models() if one._meta.model_name == self.kind), None)
        return str(model._meta.verbose_name) if model else self.kind
