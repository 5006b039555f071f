"""Reads the dates of old systems: day first, never in the future, never guessed.

A two-digit year is the latest that is not after the day it is read for: a birth not after the day
the record was logged, a record not after today. A number is a spreadsheet's count of days. What is
no day of the calendar, or lies in the future, is unreadable and says so.
"""

import re
from datetime import MAXYEAR, date, datetime, timedelta

from evenhand.rules.imports import Cell
from evenhand.rules.words import words

EARLIEST = date(1900, 1, 1)
YEAR_ALONE = range(1900, 2101)
FIRST_SERIAL = 2101
"""Below it a number is a year or a count; nobody on record was born before October 1905."""
LAST_SERIAL = 109_574
SINCE_1900 = date(1899, 12, 30)
SINCE_1904 = date(1904, 1, 1)
MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
_TIME = r"(?:[t ,]+\d{1,2}[:.]\d{2}.*)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})\s*([-/. ])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d\d){_TIME}"
)
NAMED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[-/. ]*([a-z]{{3,9}})\.?,?[-/. ]*"
    rf"(\d{{4}}|\d\d){_TIME}"
)
MONTH_NAMED_FIRST = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}|\d\d){_TIME}"
)
SERIAL = re.compile(r"[1-9]\d{3,4}(?:\.\d+)?")


class NoDate(ValueError):
    """Why a cell is no date that can be read; its text is a sentence for the report."""


def read_date(cell: Cell, *, latest: date, since_1904: bool = False) -> date:
    """Read a cell as a day that is not after ``latest``. Raises NoDate."""
    match cell:
        case datetime():
            found = cell.date()
        case date():
            found = cell
        case bool():
            raise NoDate(words("this is not a date"))
        case int() | float():
            found = _serial(cell, since_1904=since_1904)
        case _:
            found = _written(cell.strip().casefold(), latest, since_1904=since_1904)
    if found > latest:
        raise NoDate(words("this day is in the future, or after the day of the record"))
    if found < EARLIEST:
        raise NoDate(words("this day is before 1900"))
    return found


def _written(text: str, latest: date, *, since_1904: bool) -> date:
    if SERIAL.fullmatch(text):
        return _serial(float(text), since_1904=since_1904)
    if text.isascii() and text.isdigit() and len(text) == 8:
        return _eight_digits(text)
    if found := YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := DAY_FIRST.fullmatch(text):
        return _in_century(found[4], int(found[3]), int(found[1]), latest)
    if found := NAMED.fullmatch(text):
        return _in_century(found[3], _month(found[2]), int(found[1]), latest)
    if found := MONTH_NAMED_FIRST.fullmatch(text):
        return _in_century(found[3], _month(found[1]), int(found[2]), latest)
    raise NoDate(words("this is not a date"))


def _in_century(year: str, month: int, day: int, latest: date) -> date:
    """Take four digits as they are; of two digits, the latest such day that is not after."""
    if len(year) == 4:
        return _day(int(year), month, day)
    century = latest.year // 100 * 100 + int(year)
    found = [it for it in (century, century - 100) if _is_day(it, month, day)]
    for it in found:
        if date(it, month, day) <= latest:
            return date(it, month, day)
    return _day(found[0] if found else century, month, day)


def _eight_digits(text: str) -> date:
    """Read 20190403, or 03042019: no text is a day of our time in both ways."""
    if int(text[:4]) in YEAR_ALONE and 1 <= int(text[4:6]) <= 12:
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    return _day(int(text[4:]), int(text[2:4]), int(text[:2]))


def _serial(number: float, *, since_1904: bool) -> date:
    if YEAR_ALONE.start <= number < YEAR_ALONE.stop:
        raise NoDate(words("this is a year, not a day"))
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise NoDate(words("this is not a date"))
    return (SINCE_1904 if since_1904 else SINCE_1900) + timedelta(days=int(number))


def _month(name: str) -> int:
    if name not in MONTHS:
        raise NoDate(words("this is not a date"))
    return MONTHS[name]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day(year: int, month: int, day: int) -> date:
    if month > 12 >= day:
        raise NoDate(words("there is no such month; dates are read day first"))
    if not (0 < year <= MAXYEAR and _is_day(year, month, day)):
        raise NoDate(words("there is no such day"))
    return date(year, month, day)
