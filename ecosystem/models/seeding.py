"""What has been seeded or imported before."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeededKey(models.Model):
    """The key of a record that the seed or an import has inserted once and will never insert again."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=400)
    seeded_at = models.DateTimeField(_("seeded at"), auto_now_add=True)

    class Meta:
        ordering = ["kind", "key"]
        verbose_name = _("seeded key")
        verbose_name_plural = _("seeded keys")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="seeded_key_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
