"""Addresses of platforms."""

from django.urls import path

from evenhand.web.platforms import pages

urlpatterns = [
    path("platforms/", pages.overview, name="platforms"),
    path("platforms/<str:code>/sign-off/", pages.sign_off, name="sign_off"),
]
