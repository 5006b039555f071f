"""Addresses of equality."""

from django.urls import path

from evenhand.web.equality import pages

urlpatterns = [
    path("", pages.report, name="disparity"),
    path("tally/", pages.tally, name="tally"),
]
