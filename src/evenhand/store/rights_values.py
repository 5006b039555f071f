"""How a pack says days, moments, yes and no, and offences, in the language in force."""

from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.translation import gettext

from evenhand.rules.words import words
from evenhand.store.days import day_in_words
from evenhand.store.lawbook import lawbook

YES, NO = words("Yes"), words("No")


def plain(value: object) -> str:
    """Say what a column holds; nothing where it is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext(YES if value else NO)
    if isinstance(value, datetime):
        return dateformat.format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return day_in_words(value)
    return str(value)


def offence(code: str) -> str:
    """Name an offence as the law data of the installation does; its code where it names none."""
    found = lawbook().provisions.get(code)
    return found.title if found else code
