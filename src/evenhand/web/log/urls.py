"""Addresses of the log, as https://c2sp.org/tlog-tiles gives them."""

from django.urls import path

from evenhand.web.log import pages

urlpatterns = [
    path("", pages.log, name="log"),
    path("checkpoint", pages.checkpoint, name="log_checkpoint"),
    path("policy", pages.policy, name="log_policy"),
    path("tile/<path:rest>", pages.tile, name="log_tile"),
]
