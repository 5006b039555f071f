"""Dates and times, entered in plain parts: day, month, year, hour, minute."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.web.fields import Look, checked_missing
from evenhand.web.words import Words

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class PartsWidget(forms.Widget):
    """Reads ``name_day``, ``name_month`` … as one mapping of texts; keeps what was typed."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> dict[str, str]:
        """Collect what was typed into each part."""
        return {part: str(data.get(f"{name}_{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Say whether none of the parts was sent."""
        return not any(f"{name}_{part}" in data for part in self.parts)

    def typed(self, value: object) -> dict[str, str]:
        """Give the parts to show: as typed, or those of a date or moment."""
        if isinstance(value, Mapping):
            return {part: str(value.get(part, "")) for part in self.parts}
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value)
        return {part: _shown(part, getattr(value, part, None)) for part in self.parts}


class MomentWidget(PartsWidget):
    """The parts of a date and a time of day."""

    parts = ("day", "month", "year", "hour", "minute")


class _PartsField(forms.Field):
    widget: type[PartsWidget] | PartsWidget = PartsWidget

    def __init__(
        self,
        *,
        label: Words,
        missing: Words = "",
        required: bool = True,
        initial: date | Callable[[], date] | None = None,
        **look: Unpack[Look],
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            initial=initial,
            error_messages=checked_missing(missing, required=required),
        )
        self.look = look

    def _numbers(self, typed: object) -> dict[str, int] | None:
        """Read every part as a number; None when nothing was typed."""
        if not isinstance(typed, Mapping) or not any(typed.values()):
            return None
        absent = [part for part, text in typed.items() if not text]
        if absent:
            names = {
                "day": _("a day"),
                "month": _("a month"),
                "year": _("a year"),
                "hour": _("an hour"),
                "minute": _("minutes"),
            }
            sentence = _("%(called)s must include %(parts)s")
            named = _(" and ").join(names[it] for it in absent)
            raise self._wrong(sentence, absent, parts=named)
        numbers = {part: _number(part, str(text)) for part, text in typed.items()}
        wrong = [part for part, number in numbers.items() if number is None]
        if wrong:
            raise self._wrong(_("%(called)s must be written in numbers, like 27 3 2026"), wrong)
        if not 1000 <= (numbers["year"] or 0) <= 9999:
            raise self._wrong(_("%(called)s must have a year of 4 numbers"), ["year"])
        return {part: number for part, number in numbers.items() if number is not None}

    def _wrong(self, sentence: str, at: list[str], **values: str) -> ValidationError:
        """Make the error; its code names the parts to mark."""
        called = self.look.get("called") or self.label or ""
        return ValidationError(sentence, code=" ".join(at), params={"called": called, **values})


class DayField(_PartsField):
    """A date, in three parts."""

    def to_python(self, value: object) -> date | None:
        """Make the date, or say what about it is not one."""
        numbers = self._numbers(value)
        try:
            return None if numbers is None else date(**numbers)
        except ValueError as error:
            parts = ["day", "month", "year"]
            raise self._wrong(_("%(called)s must be a real date"), parts) from error


class MomentField(_PartsField):
    """A date and time of day at the desk, in five parts; the value knows its time zone.

    In the hour that the clocks go back over, the first of the two is meant.
    """

    widget = MomentWidget

    def to_python(self, value: object) -> datetime | None:
        """Make the moment, or say what about it is not one."""
        numbers = self._numbers(value)
        if numbers is None:
            return None
        try:
            day = date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError as error:
            parts = ["day", "month", "year"]
            raise self._wrong(_("%(called)s must be a real date"), parts) from error
        try:
            moment = datetime(  # noqa: DTZ001 - the desk's time zone is added below
                day.year, day.month, day.day, numbers["hour"], numbers["minute"]
            )
            aware = timezone.make_aware(moment)
        except ValueError as error:
            sentence = _("%(called)s must be a real time, like 9 05 or 21 30")
            raise self._wrong(sentence, ["hour", "minute"]) from error
        # Only by way of another zone does it show that the wall clock never said so.
        if timezone.make_naive(aware.astimezone(UTC)) != moment:
            sentence = _("%(called)s must not be in the hour that the clocks skipped")
            raise self._wrong(sentence, ["hour", "minute"])
        return aware


def _number(part: str, text: str) -> int | None:
    """Read one part; a month may be a name."""
    if part == "month" and text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _shown(part: str, number: int | None) -> str:
    if number is None:
        return ""
    return f"{number:02}" if part == "minute" else str(number)
