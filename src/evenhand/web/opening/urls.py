"""The address of the page on which a restored desk is opened."""

from django.urls import path

from evenhand.web.opening import pages

urlpatterns = [path("", pages.opening, name="opening")]
