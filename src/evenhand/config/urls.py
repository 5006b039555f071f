"""Every address of the desk, and who answers when something goes wrong."""

from django.urls import include, path

handler400 = "evenhand.web.doorway.bad_request"
handler403 = "evenhand.web.doorway.forbidden"
handler404 = "evenhand.web.doorway.page_not_found"
handler429 = "evenhand.web.account.adapter.too_many"
handler500 = "evenhand.web.doorway.server_error"

urlpatterns = [
    path("api/", include("evenhand.api.urls")),
    path("platform/", include("evenhand.api.platform_urls")),
    path("", include("evenhand.web.urls")),
]
