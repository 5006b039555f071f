"""Addresses of answers and checks."""

from django.urls import path

from evenhand.web.answers import pages

urlpatterns = [
    path("referrals/<reference:reference>/answer/", pages.answer, name="answer"),
    path("referrals/<reference:reference>/check/", pages.check, name="check"),
]
