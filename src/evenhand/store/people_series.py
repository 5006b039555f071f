"""The people on record as each quarter ended, as readers have it beside the figures they have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Count

from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions_library import LIBRARY
from evenhand.rules.statistics import ON_RECORD, Quarter, disposed_of, on_record, quarters
from evenhand.store.combinations import EVERYBODY, PeopleKnownRow
from evenhand.store.figures import FigureRow
from evenhand.store.publishing import read
from evenhand.store.retention import DisposalRow, KnownSinceRow


def people(*, today: date) -> Mapping[Quarter, tuple[Published, Published]]:
    """Give what may be published of people by quarter: those on record, and those disposed of."""
    told = quarters(KnownSinceRow.objects.get().day, today=today)
    there, gone = series(told), disposed_of(_disposed_of(told).items())
    return {it: (there[it], gone[it]) for it in told}


def published(*, today: date) -> Iterable[Published]:
    """Give what readers have of the people on record, for whatever else is to be published."""
    return series(quarters(KnownSinceRow.objects.get().day, today=today)).values()


def series(told: Sequence[Quarter]) -> Mapping[Quarter, Published]:
    """Give the people on record by quarter. Figures published before a quarter ended go first."""
    codes = [it.code for it in LIBRARY.values() if it.subject == ON_RECORD]
    figures = FigureRow.objects.standing().filter(code__in=codes).order_by("published_at")
    known = [(it.published_at, read(it.published or "")) for it in figures]

    def before(quarter: Quarter) -> Sequence[Published]:
        ended = settings.CLOCKS.calendar.start_of(quarter.end)
        return [table for at, table in known if at and at < ended]

    return on_record(_as_each_ended(told), before=before)


def _as_each_ended(told: Sequence[Quarter]) -> Iterator[tuple[Quarter, int]]:
    """Say how many people were on record as each quarter ended."""
    rows = PeopleKnownRow.objects.filter(system=EVERYBODY).order_by("-known_on")
    lines = list(rows.values_list("known_on", "people"))
    for quarter in told:
        yield quarter, next((number for day, number in lines if day < quarter.end), 0)


def _disposed_of(told: Sequence[Quarter]) -> Mapping[Quarter, int]:
    """Count certificates of people's records by quarter, in one query."""
    found = dict.fromkeys(told, 0)
    if told:
        rows = DisposalRow.objects.filter(
            kind="person", day__gte=told[0].first, day__lt=told[-1].end
        )
        for day, number in rows.values_list("day").annotate(total=Count("id")).order_by():
            found[Quarter(day.year, (day.month + 2) // 3)] += number
    return found
