"""Only the pages of one's own account, so that these tests stand without the other rooms."""

from django.urls import include, path

import evenhand.web.urls  # noqa: F401 - it makes the kinds of values known that addresses hold

handler404 = "evenhand.web.doorway.page_not_found"
handler429 = "evenhand.web.account.adapter.too_many"
handler500 = "evenhand.web.doorway.server_error"

urlpatterns = [
    path("account/", include("evenhand.web.account.urls")),
    path("", include("evenhand.web.public.urls")),
]
