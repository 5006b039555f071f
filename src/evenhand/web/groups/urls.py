"""Addresses of assessing together."""

from django.urls import path

from evenhand.web.groups import pages

urlpatterns = [
    path("assess-together/", pages.choose, name="groups"),
    path("assess-together/<uuid:group>/", pages.overview, name="group"),
    path("assess-together/<uuid:group>/check/", pages.check, name="group_check"),
    path("assess-together/<uuid:group>/done/", pages.done, name="group_done"),
    path("assess-together/<uuid:group>/end/", pages.end, name="group_end"),
    path("assess-together/<uuid:group>/<str:step>/", pages.shared, name="group_shared"),
    path("assess-together/<uuid:group>/referrals/<reference:member>/", pages.own, name="group_own"),
]
