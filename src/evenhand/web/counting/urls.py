"""The address of the counts."""

from django.urls import path

from evenhand.web.counting import pages

urlpatterns = [path("counts/", pages.counts, name="counts")]
