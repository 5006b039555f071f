"""The clocks of law in use, read once a process from the law data."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings

from evenhand.rules.clocks_law import Clock, read_clocks


@cache
def clocks() -> Mapping[str, Clock]:
    """Give the clocks of law, by code. Raises ClockWrong."""
    text = (settings.LAW_DATA / "clocks.csv").read_text(encoding="utf-8")
    return read_clocks(text.splitlines())
