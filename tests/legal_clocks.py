"""The clocks of law and the calendars, as the house ships them, for the tests of both."""

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

import evenhand
from evenhand.rules.calendar import read_calendar, read_uk_calendar
from evenhand.rules.clocks_events import Event, Happened, Request
from evenhand.rules.clocks_law import Due, read_clocks

LAW = Path(evenhand.__file__).parent / "config" / "law"
HOLIDAYS = tomllib.loads((LAW / "calendar.toml").read_text("utf-8"))
CLOCKS = read_clocks((LAW / "clocks.csv").read_text("utf-8").splitlines())
ENGLAND = read_calendar(HOLIDAYS, country="GB-ENG", zone="Europe/London")
UK = read_uk_calendar(HOLIDAYS)
DAY = timedelta(days=1)
days = st.dates(date(2012, 1, 1), date(2030, 12, 31))


def published(*divisions: str) -> set[date]:
    """The weekdays of GOV.UK's own list, copied here as it was published."""
    with (Path(__file__).parent / "data" / "govuk_bank_holidays.csv").open() as lines:
        found = [(it["division"], date.fromisoformat(it["date"])) for it in csv.DictReader(lines)]
    return {on for division, on in found if division in divisions and on.weekday() < 5}


def asked(received: date, *events: tuple[Happened, date]) -> Request:
    """A request, and what happened with it."""
    return Request(received, tuple(Event(what, on) for what, on in events))


def last_days(due: Due) -> tuple[date, date]:
    """The target and the outer day of a clock that has both."""
    assert due.target
    assert due.outer
    return due.target, due.outer
