"""Addresses of breaches."""

from django.urls import path

from evenhand.web.breaches import pages

urlpatterns = [
    path("", pages.overview, name="breaches"),
    path("record/", pages.report, name="report_breach"),
    path("<small:number>/", pages.breach, name="breach"),
    path("<small:number>/add/", pages.note, name="note_breach"),
    path("<small:number>/told/", pages.told, name="tell_breach"),
    path("<small:number>/not-told/", pages.not_told, name="breach_not_told"),
    path("<small:number>/groups/", pages.people, name="settle_breach_group"),
    path("<small:number>/groups/<uuid:group>/", pages.people_told, name="tell_breach_group"),
    path("<small:number>/close/", pages.close, name="close_breach"),
]
