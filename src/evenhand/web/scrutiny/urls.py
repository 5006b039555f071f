"""Addresses of the register of scrutiny."""

from django.urls import path

from evenhand.web.scrutiny import pages

urlpatterns = [
    path("", pages.entries, name="scrutiny"),
    path("record/", pages.record, name="record_scrutiny"),
    path("none/", pages.none, name="no_scrutiny"),
    path("<small:number>/", pages.entry, name="scrutiny_entry"),
    path("<small:number>/add/", pages.tell, name="tell_scrutiny"),
]
