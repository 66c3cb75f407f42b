"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of the editorial team or an operator, with the language of the admin that they chose."""

    class InterfaceLanguage(models.TextChoices):
        ENGLISH = "en", "English"
        CHINESE = "zh-hans", "中文"

    interface_language = models.CharField(
        _("language of the admin"),
        max_length=10,
        choices=InterfaceLanguage,
        default=InterfaceLanguage.ENGLISH,
    )
