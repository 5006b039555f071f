"""Addresses of finding people and of pairs of records."""

from django.urls import path

from evenhand.web.combinations import finding, pages

urlpatterns = [
    path("find/", finding.find, name="find_person"),
    path("pairs/", pages.pairs, name="pairs"),
    path("pairs/<uuid:ref>/", pages.pair, name="pair"),
    path("pairs/<uuid:ref>/undo/", pages.undo, name="undo_pair"),
    path("<person:person>/matches/", pages.matches, name="matches"),
]
