"""The site's settings with a place of their own for data, and what makes tests quick."""

import atexit
import os
import shutil
import tempfile

# Before the settings are read: tests touch neither the data nor the settings of a site on this machine.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="shanghai-tech-tests-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
for name in (
    "DEBUG",
    "SECRET_KEY",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "HOST",
    "PORT",
    "CACHE_URL",
    "EMAIL_URL",
    "FOUR_EYES",
):
    os.environ.pop(name, None)

from shanghai_tech.settings import *  # noqa: E402, F403
from shanghai_tech.settings import STORAGES  # noqa: E402

# Static files are found where they lie, without collecting them first.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Argon2 is slow by design; no test is about the strength of a test's password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
