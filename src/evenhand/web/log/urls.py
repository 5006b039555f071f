"""Addresses of the log, as https://c2sp.org/tlog-tiles gives them.

The desk's first log stands here, one that continues it below its number: tiles never change.
"""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from evenhand.web.log import pages


class Later(IntConverter):
    """The number of a log that is not the desk's first."""

    regex = "[2-9]|[1-9][0-9]{1,3}"


register_converter(Later, "later")
urlpatterns = [
    path("", pages.log, name="log"),
    path("checkpoint", pages.checkpoint, name="log_checkpoint"),
    path("policy", pages.policy, name="log_policy"),
    path("tile/<path:rest>", pages.tile, name="log_tile"),
    path("<later:number>/checkpoint", pages.checkpoint, name="log_checkpoint"),
    path("<later:number>/policy", pages.policy, name="log_policy"),
    path("<later:number>/tile/<path:rest>", pages.tile, name="log_tile"),
]
