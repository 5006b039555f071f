"""Addresses for those who oversee the desk."""

from django.urls import path

from evenhand.web.oversight import pages, records

urlpatterns = [
    path("", pages.oversight, name="oversight"),
    path("looks/", pages.looks, name="oversight_looks"),
    path("attempts/", pages.attempts, name="oversight_attempts"),
    path("referrals/", records.find, name="oversight_find"),
    path("referrals/<reference:reference>/", records.about, name="oversight_referral"),
    path("referrals/<reference:reference>/lists/", records.lists, name="oversight_lists"),
]
