"""Moments, days and spans in plain words, in the desk's time zone."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def moment(at: datetime) -> str:
    """Give a moment in words: “22 November 2026 at 5:53pm GMT”."""
    return _moment(at, get_language())


@lru_cache(maxsize=10_000)
def _moment(at: datetime, _language: str | None) -> str:
    local = timezone.localtime(at)
    return _("%(day)s at %(time)s %(zone)s") % {
        "day": day(local.date()),
        "time": _time_of_day(local),
        "zone": local.tzname() or "",
    }


def day(on: date) -> str:
    """Give a day in words: “22 November 2026”."""
    return _day(on, get_language())


@lru_cache(maxsize=1_000)
def _day(on: date, _language: str | None) -> str:
    return dateformat.format(on, "j F Y")


def quarter(first: date, end: date) -> str:
    """Give a quarter in words, “July to September 2026”; ``end`` is the day after its last."""
    return _("%(first)s to %(last)s") % {
        "first": dateformat.format(first, "F"),
        "last": dateformat.format(end - timedelta(days=1), "F Y"),
    }


def local_day(at: datetime) -> str:
    """Give the desk's day of a moment in words."""
    return _local_day(at, get_language())


@lru_cache(maxsize=10_000)
def _local_day(at: datetime, _language: str | None) -> str:
    return day(timezone.localtime(at).date())


def span(since: datetime, now: datetime) -> str:
    """Say how long something has lasted, in its largest whole unit: “3 days”."""
    lasted = max(now - since, timedelta(0))
    if lasted.days:
        return ngettext("%(count)d day", "%(count)d days", lasted.days) % {"count": lasted.days}
    hours = lasted.seconds // 3600
    if hours:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return _("less than an hour")


def _time_of_day(local: datetime) -> str:
    if (local.hour, local.minute) == (0, 0):
        return _("midnight")
    if (local.hour, local.minute) == (12, 0):
        return _("midday")
    past = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{past}" + (_("am") if local.hour < 12 else _("pm"))
