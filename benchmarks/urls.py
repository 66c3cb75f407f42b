"""The site's addresses and the ordinary page."""

from django.urls import include, path

from benchmarks.ordinary import OrdinaryList

urlpatterns = [path("ordinary/", OrdinaryList.as_view()), path("", include("shanghai_tech.urls"))]
