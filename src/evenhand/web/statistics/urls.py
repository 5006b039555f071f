"""Addresses of the statistics."""

from django.urls import path

from evenhand.web.statistics import pages

urlpatterns = [
    path("public/statistics/", pages.statistics, name="statistics"),
    path("public/statistics/<small:year>/", pages.of_year, name="statistics_of_year"),
]
