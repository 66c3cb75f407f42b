"""The application's entry in INSTALLED_APPS."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EcosystemConfig(AppConfig):
    name = "ecosystem"
    verbose_name = _("Shanghai Tech")
    default_auto_field = "django.db.models.BigAutoField"
