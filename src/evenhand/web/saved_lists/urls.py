"""Addresses of saved lists."""

from django.urls import path

from evenhand.web.saved_lists import pages

urlpatterns = [
    path("referrals/lists/", pages.overview, name="saved_lists"),
    path("referrals/lists/save/", pages.save, name="save_list"),
    path("referrals/lists/<uuid:ref>/", pages.rename, name="rename_list"),
    path("referrals/lists/<uuid:ref>/remove/", pages.remove, name="remove_list"),
]
