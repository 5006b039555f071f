"""Addresses of closing, withdrawing and reopening."""

from django.urls import path

from evenhand.web.endings import pages

urlpatterns = [
    path("referrals/<reference:reference>/close/", pages.close, name="close"),
    path("referrals/<reference:reference>/withdraw/", pages.withdraw, name="withdraw"),
    path("referrals/<reference:reference>/reopen/", pages.reopen, name="reopen"),
]
