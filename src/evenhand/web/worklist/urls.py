"""The address of the worklist."""

from django.urls import path

from evenhand.web.worklist import pages

urlpatterns = [path("", pages.worklist, name="worklist")]
