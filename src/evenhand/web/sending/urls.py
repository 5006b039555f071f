"""Addresses of sending and reminding."""

from django.urls import path

from evenhand.web.sending import pages

urlpatterns = [
    path("referrals/<reference:reference>/send/", pages.send, name="send"),
    path("referrals/<reference:reference>/chase/", pages.chase, name="chase"),
]
