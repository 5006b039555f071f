"""The addresses of the counts."""

from django.urls import path

from evenhand.web.counting import pages

urlpatterns = [
    path("counts/", pages.counts, name="counts"),
    path("counts/errors/", pages.own_errors, name="own_errors"),
]
