"""Addresses of the APIs; what is none of them is a problem, too."""

from django.urls import path

from evenhand.api.document import DESK, PLATFORMS, openapi_of
from evenhand.api.door import api, nowhere
from evenhand.api.guide import guide, platform_guide, platform_start, start
from evenhand.api.platform_door import api as platform_api

urlpatterns = [
    path("api/v1/openapi.json", openapi_of(DESK), name="api_document"),
    path("api/v1/docs", guide, name="api_guide"),
    path("api/v1/", start),
    path("api/v1/", api.urls),
    path("platform/v1/openapi.json", openapi_of(PLATFORMS), name="platform_document"),
    path("platform/v1/docs", platform_guide, name="platform_guide"),
    path("platform/v1/", platform_start),
    path("platform/v1/", platform_api.urls),
    *(path(f"{place}/", nowhere) for place in ("api", "platform")),
    *(path(f"{place}/<path:path>", nowhere) for place in ("api", "platform")),
]
