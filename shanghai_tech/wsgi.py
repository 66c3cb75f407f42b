"""The entry points for servers: `application` for any that speaks WSGI, `worker` for granian."""

import os
import signal

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanghai_tech.settings")

application = get_wsgi_application()

if settings.TRUSTED_PROXIES:
    # The reader's address and https come from X-Forwarded-For and -Proto, believed of these proxies only.
    application = wrap_wsgi_with_proxy_headers(application, settings.TRUSTED_PROXIES)


def worker():
    """The application for a process of granian, deaf to Ctrl-C.

    A terminal sends Ctrl-C to every process, and granian's first one then tells the others to stop. A process
    that hears both at the same moment may never end; the first one's word is enough.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return application
