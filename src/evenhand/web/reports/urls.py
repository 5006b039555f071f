"""Addresses of reports from the public."""

from django.urls import path

from evenhand.web.reports import pages, settling

urlpatterns = [
    path("reports/", pages.overview, name="reports"),
    path("reports/<uuid:report>/", pages.report, name="report"),
    path("reports/<uuid:report>/log/", settling.log, name="report_log"),
    path("reports/<uuid:report>/join/", settling.join, name="report_join"),
    path("reports/<uuid:report>/set-aside/", settling.set_aside, name="report_set_aside"),
]
