"""Addresses of assessing."""

from django.urls import path

from evenhand.web.assessments import pages

urlpatterns = [
    path("referrals/<reference:reference>/assess/", pages.assess, name="assess"),
    path("referrals/<reference:reference>/assess/check/", pages.assess_check, name="assess_check"),
    path(
        "referrals/<reference:reference>/assess/<str:step>/", pages.assess_page, name="assess_page"
    ),
    path(
        "referrals/<reference:reference>/statutory-route/",
        pages.statutory_route,
        name="statutory_route",
    ),
]
