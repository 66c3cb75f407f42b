"""The application's entry in INSTALLED_APPS."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EcosystemConfig(AppConfig):
    name = "ecosystem"
    verbose_name = _("Shanghai Tech")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported once all applications are there, and not before: Django's own place for this.
        from ecosystem import receivers  # noqa: PLC0415

        receivers.connect()
