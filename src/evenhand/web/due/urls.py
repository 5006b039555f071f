"""Addresses of what is due."""

from django.urls import path

from evenhand.web.due import pages, reminding

urlpatterns = [
    path("overdue/", pages.overdue, name="overdue"),
    path("reminders/", reminding.remind, name="remind"),
    path("reminders/done/<uuid:sending>/", reminding.done, name="reminded"),
    path("referrals/<reference:reference>/put-off/", pages.put_off, name="put_off"),
]
