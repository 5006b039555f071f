"""The address of a referral's notes."""

from django.urls import path

from evenhand.web.notes import pages

urlpatterns = [path("referrals/<reference:reference>/notes/", pages.notes, name="notes")]
