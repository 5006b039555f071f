"""The address of the second officer's decision."""

from django.urls import path

from evenhand.web.decisions import pages

urlpatterns = [path("referrals/<reference:reference>/decide/", pages.decide, name="decide")]
