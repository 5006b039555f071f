"""Addresses of what is decided about telling people."""

from django.urls import path

from evenhand.web.notification import pages

urlpatterns = [
    path("", pages.telling, name="telling"),
    path("<person:person>/", pages.one, name="telling_one"),
    path("<person:person>/decide/", pages.decide, name="decide_telling"),
    path("<person:person>/confirm/", pages.confirm, name="confirm_not_telling"),
]
