"""Pictures with what must be known of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Image(models.Model):
    """An uploaded picture with its alternative text, credit and licence."""

    file = models.ImageField(
        _("file"), upload_to="images", width_field="width", height_field="height",
        help_text=_("JPEG, PNG or WebP, at most 40 million pixels and 20 MB."),
    )  # fmt: skip
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alternative = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    alternative_zh = models.CharField(
        _("alternative text in Chinese"), max_length=300, blank=True, default=""
    )
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it."))
    licence = models.CharField(
        _("licence"), max_length=100, help_text=_("Such as CC BY 4.0, or: with permission.")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return self.alternative
