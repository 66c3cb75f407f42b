"""People who write here or are quoted."""

from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.fields import RichTextField
from ecosystem.models.publishing import Publishable


class Person(Named, Publishable):
    """Somebody who wrote an article of this site or is quoted in one."""

    summary = RichTextField(_("summary"), inline=True, help_text=_("One sentence: who this is."))
    summary_zh = RichTextField(_("summary in Chinese"), inline=True)

    class Meta(Publishable.Meta):
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [*Publishable.Meta.constraints]
