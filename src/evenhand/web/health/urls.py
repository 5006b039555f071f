"""Addresses of the health answers."""

from django.urls import path

from evenhand.web.health import pages

urlpatterns = [
    path("health/live", pages.live, name="health-live"),
    path("health/ready", pages.ready, name="health-ready"),
]
