"""People who sign in."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


def user_key(name: str, related_name: str = "+", *, editable: bool = True) -> models.ForeignKey:
    """Who did something. The record stays when the person's account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=editable,
        related_name=related_name,
        verbose_name=name,
    )


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
