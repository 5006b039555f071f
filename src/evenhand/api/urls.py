"""Addresses of the desk's API; what is none of them is a problem, too."""

from django.urls import path

from evenhand.api.document import DESK, openapi_of
from evenhand.api.door import api, nowhere
from evenhand.api.guide import guide, start

urlpatterns = [
    path("v1/openapi.json", openapi_of(DESK), name="api_document"),
    path("v1/docs", guide, name="api_guide"),
    path("v1/", start),
    path("v1/", api.urls),
    path("", nowhere),
    path("<path:path>", nowhere),
]
