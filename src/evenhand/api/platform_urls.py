"""Addresses of the platforms' API; what is none of them is a problem, too."""

from django.urls import path

from evenhand.api.document import PLATFORMS, openapi_of
from evenhand.api.door import nowhere
from evenhand.api.guide import platform_guide, platform_start
from evenhand.api.platform_door import api

urlpatterns = [
    path("v1/openapi.json", openapi_of(PLATFORMS), name="platform_document"),
    path("v1/docs", platform_guide, name="platform_guide"),
    path("v1/", platform_start),
    path("v1/", api.urls),
    path("", nowhere),
    path("<path:path>", nowhere),
]
