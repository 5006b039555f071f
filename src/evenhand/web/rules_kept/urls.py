"""Addresses of the rules this desk keeps."""

from django.urls import path

from evenhand.web.rules_kept import pages

urlpatterns = [path("public/rules", pages.rules, name="rules")]
