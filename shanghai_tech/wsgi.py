"""The entry point for servers: granian, gunicorn or any other that speaks WSGI."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanghai_tech.settings")

application = get_wsgi_application()

if settings.TRUSTED_PROXIES:
    # The reader's address and https come from X-Forwarded-For and -Proto, believed of these proxies only.
    application = wrap_wsgi_with_proxy_headers(application, settings.TRUSTED_PROXIES)
