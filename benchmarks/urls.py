"""The site's addresses and the ordinary page."""

from django.urls import path

from benchmarks.ordinary import OrdinaryList
from shanghai_tech import urls

urlpatterns = [path("ordinary/", OrdinaryList.as_view()), *urls.urlpatterns]
