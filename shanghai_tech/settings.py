"""Settings of the site, from the environment; with nothing set it runs on this machine, on SQLite.

The variables and what they should be are listed in the README; `environment.py` reads them.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from shanghai_tech import secret_key
from shanghai_tech.environment import Environment, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent

# The environment. Everything is read before anything is refused, so that all bad settings are named at once.

env = Environment()

DATA_DIR = env.directory("DATA_DIR", "var", base=BASE_DIR)
DEBUG = env.switch("DEBUG", "0")
SECRET_KEY = env.key("SECRET_KEY", "")
HOST = env.host("HOST", "127.0.0.1")
PORT = env.whole_number("PORT", "8000", least=1, most=65535)
# Python runs on one processor per process; more than four on one machine is for an operator to decide.
WORKERS = env.whole_number("WORKERS", str(min(os.cpu_count() or 1, 4)), least=1, most=256)
SITE_URL = env.site_url("SITE_URL", "")
ALLOWED_HOSTS = env.host_names("ALLOWED_HOSTS", "")
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES", "")
ADMIN_USERNAME = env.user_name("ADMIN_USERNAME", "admin")
ADMIN_PASSWORD = env.str("ADMIN_PASSWORD", "")
FOUR_EYES = env.switch("FOUR_EYES", "0")
CONTACT_EMAIL = env.email_address("CONTACT_EMAIL", "")
database = env.database("DATABASE_URL", "", base=BASE_DIR)
cache = env.cache("CACHE_URL", "locmem://")
mail = env.mail("EMAIL_URL", "console://")

env.finish()

# Addresses. Absolute ones come from SITE_URL, never from what a request says of its host.

if not SITE_URL:
    everywhere = HOST in {"0.0.0.0", "::"}
    name = "localhost" if everywhere else f"[{HOST}]" if ":" in HOST else HOST
    SITE_URL = f"http://{name}" if PORT == 80 else f"http://{name}:{PORT}"

site = urlsplit(SITE_URL)
IS_HTTPS = site.scheme == "https"
site_host = f"[{site.hostname}]" if ":" in site.hostname else site.hostname
ALLOWED_HOSTS = [site_host, *(ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"])]
# Behind a proxy that ends https, a form's Origin is https and the request is not; SITE_URL is ours anyway.
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ROOT_URLCONF = "shanghai_tech.urls"
WSGI_APPLICATION = "shanghai_tech.wsgi.application"
SERVER_WORKER = "shanghai_tech.wsgi:worker"  # what each process of the serve command runs

# Parts.

INSTALLED_APPS = [
    "ecosystem",  # before the admin, so that its templates win
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",  # for the template of sitemap.xml
    # Before staticfiles: runserver then serves static files exactly as the real server does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",  # only for its checks of the policy below
]

MIDDLEWARE = [
    # First, so that its headers stand on every answer, static files included.
    "django.middleware.security.SecurityMiddleware",
    # Answers static files, before anything is spent on them that only pages need.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "shanghai_tech.middleware.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Inside the ones that set headers, outside all that read the address.
    "shanghai_tech.middleware.AddressLengthMiddleware",
    # Outside everything that writes or reads a page's body.
    "django.middleware.gzip.GZipMiddleware",
    # Inside gzip, which leaves alone what is compressed already.
    "shanghai_tech.compression.BrotliMiddleware",
    # Inside compression: the ETag is that of the page, and compression marks it as weak.
    "django.middleware.http.ConditionalGetMiddleware",
    # Before CommonMiddleware, which looks addresses up to add a missing slash; they depend on the language.
    "shanghai_tech.middleware.PathLanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # After authentication: it asks who is signed in.
    "shanghai_tech.middleware.AdminLanguageMiddleware",
    # After authentication too: the audit log says from where and by whom something was done.
    "shanghai_tech.middleware.OriginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # A safety net for sites without a timer for `publish_due`.
    "shanghai_tech.middleware.PublishDueMiddleware",
    # Innermost: it asks which view had no page, in the language that the outer ones have set.
    "ecosystem.views.moved.MovedMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ecosystem.views.context.site",
            ],
        },
    },
]

# What is stored, and where. Everything of this installation lies below DATA_DIR.

DATABASES = {"default": database or sqlite(DATA_DIR / "database.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
for folder in (STATIC_ROOT, MEDIA_ROOT):
    folder.mkdir(exist_ok=True)  # WhiteNoise warns of a missing one at each start

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Compressed once when collected, and named by content, so that browsers may keep them for ever.
    "staticfiles": {"BACKEND": "shanghai_tech.storage.StaticStorage"},
}
# While nothing is collected, as for tests and a first runserver, static files come from where they were written.
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site is to build its pages from our files

# Languages and time.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# People who sign in.

AUTH_USER_MODEL = "ecosystem.User"
LOGIN_URL = "admin:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    # Read only by passwords from elsewhere; they become Argon2 at the next sign-in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    # Refuses nothing: Django tells validators of every password that was set, and the audit log notes it.
    {"NAME": "ecosystem.domain.accounts.PasswordsNoted"},
]

# Security.

SECRET_KEY = SECRET_KEY or secret_key.kept(DATA_DIR / "secret_key")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"  # where a reader comes from is no other site's business
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
if IS_HTTPS:
    # With this prefix browsers take the cookie from this very host over https only.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS of other names below the domain is for their owner to decide
    "security.W021",  # so is the browsers' preload list
    "security.W008",  # the proxy that ends https also redirects to it
]

# An address of 60 KB, the longest that is answered, holds fewer parameters than this: so an address is
# refused for its length alone; and a form with many inlines can be saved.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # without files; the longest article is a fiftieth of it

# Django 6's default taken early: an address typed without https:// gets it.
FORMS_URLFIELD_ASSUME_HTTPS = True

# Messages to people.

globals().update(mail)  # EMAIL_BACKEND, EMAIL_HOST and so on
if CONTACT_EMAIL:
    DEFAULT_FROM_EMAIL = CONTACT_EMAIL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # Standard error: whoever runs the process decides where it is kept.
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {
            "handlers": [],
            "level": "INFO",
        },  # instead of Django's own, which would mail administrators
        "django.request": {"level": "ERROR"},  # that a page is not found is no event
        "ecosystem": {"level": "INFO"},
    },
}
