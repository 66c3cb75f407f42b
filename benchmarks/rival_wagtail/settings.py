"""A Django project with Wagtail's search over one model and nothing else; its database stands in RIVAL_FILE."""

import os

SECRET_KEY = "measures only"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "taggit",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "benchmarks.rival_wagtail",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["RIVAL_FILE"]}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
USE_TZ = True
STATIC_URL = "/static/"
WAGTAILADMIN_BASE_URL = "https://www.example.org"
