"""Addresses of old systems in quarantine."""

from django.urls import path

from evenhand.web.imports import pages, records

urlpatterns = [
    path("old-systems/", pages.overview, name="imports"),
    path("old-systems/<uuid:run>/", pages.run, name="import_run"),
    path("old-systems/<uuid:run>/columns/", pages.mapping, name="import_mapping"),
    path("old-systems/records/<uuid:record>/", records.record, name="import_record"),
    path("old-systems/records/<uuid:record>/reject/", records.reject, name="import_reject"),
    path("old-systems/records/<uuid:record>/person/", records.person, name="import_person"),
]
