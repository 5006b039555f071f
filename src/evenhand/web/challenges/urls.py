"""Addresses of challenges."""

from django.urls import path

from evenhand.web.challenges import pages

urlpatterns = [
    path("challenges/", pages.overview, name="challenges"),
    path("challenges/<uuid:challenge>/", pages.challenge, name="challenge"),
    path("referrals/<reference:reference>/posters/", pages.withhold, name="withhold"),
    path("referrals/<reference:reference>/posters/end/", pages.tell_again, name="tell_again"),
]
