"""The site's settings with one more page, the ordinary one that the directory is compared with."""

from shanghai_tech.settings import *  # noqa: F403

ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "benchmarks.urls"
