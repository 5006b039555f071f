"""Addresses of an officer's own pages."""

from django.urls import path

from evenhand.web.you import pages

urlpatterns = [
    path("", pages.you, name="you"),
    path("settings/", pages.settings, name="you_settings"),
    path("reminder/", pages.put_reminder_away, name="put_reminder_away"),
]
