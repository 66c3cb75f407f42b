"""The site's settings for processes that share the database of a test, whose place the environment tells."""

from shanghai_tech.settings import *  # noqa: F403
from shanghai_tech.settings import STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
