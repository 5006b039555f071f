"""The law data in use, read once a process from its TOML files."""

import tomllib
from functools import cache

from django.conf import settings

from evenhand.rules.lawbook import Lawbook
from evenhand.rules.lawbook_reading import read_lawbook


@cache
def lawbook() -> Lawbook:
    """Give the law data of this installation. Raises LawDataWrong."""
    harms, provisions, platforms = (
        tomllib.loads((settings.LAW_DATA / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("harms", "provisions", "platforms")
    )
    return read_lawbook(harms, provisions, platforms)
