"""All addresses: the public site in both languages, the admin, operations, uploads."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.static import serve

from ecosystem.admin import desk
from ecosystem.sitemaps import SITEMAPS
from ecosystem.views import operations

urlpatterns = [
    path("admin/", include(desk.URLS)),
    path("admin/", admin.site.urls),
    path("-/health", operations.health, name="health"),
    path("-/ready", operations.ready, name="ready"),
    path("robots.txt", operations.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    # Pictures that editors uploaded; a proxy in front may answer this path from the same folder.
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
    # English has no prefix, so that an address never moves when a language is added.
    *i18n_patterns(path("", include("ecosystem.urls")), prefix_default_language=False),
]
