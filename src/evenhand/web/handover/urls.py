"""Addresses of hand-over and absences."""

from django.urls import path

from evenhand.web.handover import pages

urlpatterns = [
    path("referrals/<reference:reference>/hand-over/", pages.hand_over, name="hand_over"),
    path("colleagues/", pages.colleagues, name="colleagues"),
    path("colleagues/<str:username>/work/", pages.several, name="hand_over_several"),
    path("colleagues/<str:username>/absence/", pages.absence, name="absence"),
]
