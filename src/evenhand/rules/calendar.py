"""The working days of the desk's country: Monday to Friday without its bank holidays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SATURDAY = 5
UK = ("GB-ENG", "GB-WLS", "GB-SCT", "GB-NIR")
"""The parts of the United Kingdom, each with bank holidays of its own. ISO 3166-2."""


class CalendarWrong(ValueError):
    """Bank holidays that cannot be used; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """One country's working days, in the desk's time zone.

    ``known_until`` is the last day whose bank holidays somebody has published; later ones are
    computed, and may yet be proclaimed otherwise.
    """

    zone: ZoneInfo
    holidays: frozenset[date]
    known_until: date

    def is_working_day(self, day: date) -> bool:
        """Say whether a desk works on that day."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def day_of(self, moment: datetime) -> date:
        """Give the day that a moment falls on at this desk."""
        return moment.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """Give the moment at which a day begins at this desk."""
        return datetime.combine(day, time.min, tzinfo=self.zone)

    def working_day_after(self, day: date, count: int) -> date:
        """Give the working day that comes ``count`` working days later; that day not counted."""
        while count:
            day += DAY
            count -= self.is_working_day(day)
        return day

    def end_after(self, moment: datetime, count: int) -> datetime:
        """Give the end of the last of so many whole working days, the day of the moment apart."""
        return self.start_of(self.working_day_after(self.day_of(moment), count) + DAY)

    def opening_after(self, moment: datetime, count: int) -> datetime:
        """Give the start of the first working day after so many whole working days."""
        return self.start_of(self.working_day_after(self.day_of(moment), count + 1))


def read_calendar(document: Mapping[str, object], *, country: str, zone: str) -> Calendar:
    """Read one country's working days from the list of bank holidays. Raises CalendarWrong."""
    return _calendar(document, (country,), zone)


def read_uk_calendar(document: Mapping[str, object]) -> Calendar:
    """Read the working days of the whole UK: no bank holiday of any part. Raises CalendarWrong.

    FOIA 2000 s.10(6). A day that is proclaimed for one nation moves what is due in all of them.
    """
    return _calendar(document, UK, "Europe/London")


def _calendar(document: Mapping[str, object], countries: Iterable[str], zone: str) -> Calendar:
    known_until = document.get("verified_until")
    if not isinstance(known_until, date):
        raise CalendarWrong("verified_until: must be a date")
    lines = [*_lines(document, "bank_holidays"), *_lines(document, "added")]
    holidays: set[date] = set()
    for country in countries:
        days = {on for on, places in lines if country in places}
        if not days:
            raise CalendarWrong(f"{country}: no bank holidays are known of this country")
        holidays |= days
    return Calendar(zone=ZoneInfo(zone), holidays=frozenset(holidays), known_until=known_until)


def _lines(document: Mapping[str, object], part: str) -> Iterable[tuple[date, list[str]]]:
    lines = document.get(part)
    if not isinstance(lines, list):
        raise CalendarWrong(f"{part}: must be a list")
    for number, line in enumerate(lines, 1):
        match line:
            case {"on": date() as on, "name": str(), "in": list() as places}:
                yield on, [str(it) for it in places]
            case _:
                raise CalendarWrong(f"{part}, line {number}: needs on, name and in")
