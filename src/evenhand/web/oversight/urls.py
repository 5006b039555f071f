"""Addresses for those who oversee the desk."""

from django.urls import path

from evenhand.web.oversight import pages, records, taking

urlpatterns = [
    path("", pages.oversight, name="oversight"),
    path("looks/", pages.looks, name="oversight_looks"),
    path("attempts/", pages.attempts, name="oversight_attempts"),
    path("sample/", taking.sample, name="oversight_sample"),
    path("bundle/", taking.bundle, name="oversight_bundle"),
    path("compare/", taking.compare, name="oversight_compare"),
    path("records/", records.find, name="oversight_find"),
    path("records/<kept:reference>/", records.about, name="oversight_record"),
    path("records/<kept:reference>/lists/", records.lists, name="oversight_lists"),
]
