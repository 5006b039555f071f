"""The one app with tables."""

from django.apps import AppConfig


class Store(AppConfig):
    """Tables, sealed fields, the pen and the triggers."""

    name = "evenhand.store"
    label = "store"
