"""What is answered from the desk's registers: documents, operations, fields, days, scrutiny."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from evenhand.queries import assurance
from evenhand.queries import equality as tally
from evenhand.queries import scrutiny as outside
from evenhand.queries.assurance import PublicDocument
from evenhand.queries.foi_shown import shown_of, told_already
from evenhand.queries.questions import answered
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.disparity import quarter_of
from evenhand.rules.foi_questions import Told
from evenhand.rules.messages import NoticeFacts
from evenhand.rules.operations import OPERATIONS
from evenhand.rules.people_ages import BANDS
from evenhand.rules.publishing_tables import MARK
from evenhand.rules.questions import By, Question
from evenhand.rules.register import BASES
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.register_people import PEOPLE
from evenhand.store import published_register
from evenhand.store.day_counts import DayCountRow, FieldKnownRow
from evenhand.store.lawbook import lawbook
from evenhand.store.people_series import OF_PEOPLE

Lines = Sequence[Mapping[str, Any]]
NONE_BY = "None. That was last true on {day}."
NOT_KEPT = "The counts of this quarter are not kept any more."
UNTRUE = "That there was none has been found untrue: see entry {number}."
NOT_SAID = "Nobody has said yet whether there was any."
NOT_OF_PEOPLE = "Without people’s records: how many of them were disposed of is not shown."


def tell(what: Told, *, as_at: date, today: date, exact: bool = False) -> Lines:
    """Give the lines of a register as they were at the end of a day, of what is kept today.

    ``exact``: not for publication; of what was disposed of, nothing is hidden then.
    """
    if what is Told.EQUALITY:
        return list(equality(as_at, today=today))
    if what is Told.DISPOSALS:
        return list(disposals(as_at, exact=exact))
    return list(_TELLING[what](as_at))


def documents(as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give each kind of document: the version in force on the day, and whether it is overdue."""
    found = {it.fact.kind: it for it in assurance.in_force_on(as_at)}
    dpia = found.get(DocumentKind.DPIA)
    for kind in DocumentKind:
        if kind not in found:
            yield {"document": kind, "version": None, "state": "none in force"}
            continue
        fact = found[kind].fact
        yield {
            "document": kind,
            "version": fact.number,
            "state": "in force",
            "in_force_from": _day(fact.in_force_from),
            "review_on": _day(fact.review_on),
            "overdue": bool(fact.review_on and fact.review_on < as_at),
            "sha256": found[kind].fingerprint,
            "later_than_the_dpia": _is_later(fact.in_force_from, dpia),
            "copy": f"/public/documents/{kind}/{fact.number}/",
        }


def _is_later(day: date | None, dpia: PublicDocument | None) -> bool | None:
    if dpia is None or dpia.fact.in_force_from is None or day is None:
        return None
    return day > dpia.fact.in_force_from


def operations(_as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give every operation that goes on by itself, with its effect on a person's record."""
    for it in OPERATIONS:
        yield {"operation": it.does, "often": it.often, "effect": it.effect}


def scrutiny(as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give who looked at the desk from outside, what came of it, and how its log is verified."""
    register = outside.as_at(as_at)
    for it in register.found:
        yield {
            "entry": it.number,
            "kind": it.kind,
            "body": it.body,
            "on": _day(it.held_on),
            "scope": it.scope,
            "outcomes": [told.text for told in it.outcomes],
            "recommendations": [[one.text, one.standing] for one in it.recommendations],
            "corrections": [[_day(told.day), told.text] for told in it.corrections],
        }
    for kind, day in register.none.items():
        says = NONE_BY.format(day=f"{day:%-d %B %Y}") if day else NOT_SAID
        yield {"kind": kind, "none_true_on": _day(day), "says": says}
    for wrong in register.untrue:
        said = {"kind": wrong.kind, "said_none_by": _day(wrong.true_on)}
        yield {**said, "says": UNTRUE.format(number=wrong.number)}
    taken = answered(Question(code="log_taken", as_at=as_at), today=as_at)
    yield {"kind": "the whole log taken by those who oversee, to verify it", "times": taken.exact}
    compared = register.comparisons
    yield {
        "kind": "every record compared with the log within a year",
        "times": compared.times,
        "differences": compared.differences,
    }


def contents(_as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give what a request to a platform is made of, and which of it is of a person's record."""
    made_of = [it.name for it in fields(NoticeFacts)]
    # The contact in a request is the desk's own.
    of_a_person = sorted({it.column for it in PEOPLE if it.sealed} & {*made_of} - {"contact"})
    yield {
        "a_request_is_made_of": made_of,
        "of_a_persons_record": of_a_person,
        "requests_with_a_persons_record": 0,
        "note": "The address of the content goes along, and an address can be personal data.",
    }


def extremes(as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give the youngest and the oldest band of ages that may be published, and what is hidden."""
    found = answered(Question(code="people", as_at=as_at, by=(By.AGE,)), today=as_at)
    order = [name for name, _end in BANDS]
    held = sorted({it.of[0] for it in found.lines} & {*order}, key=order.index)
    if not held:
        yield {"youngest": None, "oldest": None, "note": "Nobody of a known age is on record."}
        return
    shown = shown_of(found, beside=told_already())
    numbers = shown.numbers if shown else {}
    seen = [it for it in held if numbers.get(frozenset({(By.AGE.value, it)})) is not None]
    yield {
        "youngest": seen[0] if seen else None,
        "oldest": seen[-1] if seen else None,
        "note": "Bands of ages when first recorded that hold enough people to be published.",
    }


def disposals(as_at: date, *, exact: bool) -> Iterator[Mapping[str, Any]]:
    """Say whether a record was ever disposed of, and the first and the last day.

    Where the number of people's records is hidden, that there were any or none, or that there were
    several, would tell of it: then it is told of the others alone.
    """
    rows = DayCountRow.objects.filter(counted="disposed", known_on__lte=as_at)
    rows = rows.filter(parts__contains='"record"')
    asked = Question(code="records_disposed", as_at=as_at, by=(By.KIND,))
    shown = shown_of(answered(asked, today=as_at), beside=told_already())
    is_hidden = shown is None or shown.numbers[frozenset()] is None
    note = {}
    if is_hidden and not exact:
        rows = rows.exclude(parts__startswith=OF_PEOPLE)
        note = {"note": NOT_OF_PEOPLE}
    days = rows.order_by("day").values_list("day", flat=True)
    first, last = days.first(), days.last()
    if note and first is None:
        yield {"ever": MARK, "first": MARK, "last": MARK, **note}
    else:
        yield {"ever": first is not None, "first": _day(first), "last": _day(last), **note}


def fields_held(as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give how many fields were recorded from which day on, and each: why, how long, since when.

    The numbers are of the service, day by day as it changed; a field is told from the day on which
    this desk had it.
    """
    for day in published_register.days():
        if day.day <= as_at:
            said = {"added": len(day.added), "removed": len(day.removed), "fields": day.count}
            yield {"from": _day(day.day), **said}
    every = FieldKnownRow.objects.order_by("its_table", "its_column")
    there = every.filter(since__lte=as_at).exclude(until__lte=as_at)
    since = {(it.its_table, it.its_column): it.since for it in there}
    not_there = {*every.values_list("its_table", "its_column")} - since.keys()
    for it in REGISTER:
        if (it.table, it.column) in not_there:
            continue
        known_on = since.pop((it.table, it.column), None)
        yield {
            "table": it.table,
            "field": it.column,
            "what": it.about,
            "purpose": it.purpose,
            "basis": BASES[it.basis],
            "kept": it.keep,
            "since": _day(known_on),
        }
    for (table, column), day_of in since.items():
        # It was there on that day; what it was for is told of the fields of today alone.
        yield {"table": table, "field": column, "since": _day(day_of)}
    for gone in FieldKnownRow.objects.filter(until__lte=as_at).order_by("until"):
        was = {"table": gone.its_table, "field": gone.its_column, "since": _day(gone.since)}
        yield {**was, "until": _day(gone.until)}


def equality(as_at: date, *, today: date) -> Iterator[Mapping[str, Any]]:
    """Give what is tallied of groups, apart from every record, of the last quarter that is over."""
    found = tally.monitoring(quarter_of(as_at).before, today=today)
    if found.is_over:
        yield {"quarter": str(found.quarter), "is_kept": found.is_kept, "says": NOT_KEPT}
        return
    yield {
        "quarter": str(found.quarter),
        "is_kept": found.is_kept,
        "not_asked": _shown(found.not_asked),
        "of_people_on_record": "No ethnic group is recorded of anybody; the tally names nobody.",
    }
    for it in found.tallied:
        if it.table is None:
            yield {"basis": it.basis, "says": it.says}
            continue
        for key, number in it.table.numbers.items():
            of = dict(sorted(key))
            yield {"basis": it.basis, **of, "number": _shown(number)}


def harms(_as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give the harms that a request can allege: there is no genre among them."""
    for harm in lawbook().harms.values():
        yield {"code": harm.code, "harm": harm.title}


def times(as_at: date) -> Iterator[Mapping[str, Any]]:
    """Give the median of the days from a request to the decision, exactly, by platform."""
    by = (By.PLATFORM, By.DAYS)
    found: dict[str, Counter[int]] = {}
    for line in answered(Question(code="days_to_decision", as_at=as_at, by=by), today=as_at).lines:
        platform, days = line.of
        found.setdefault(platform, Counter())[int(days)] += line.number
    for platform, days_of_all in sorted(found.items()):
        days_in_order = sorted(days_of_all.elements())
        middle = len(days_in_order) // 2
        around = days_in_order[(len(days_in_order) - 1) // 2 : middle + 1]
        yield {
            "platform": platform,
            "decisions": len(days_in_order),
            "median_days": sum(around) / len(around),
        }


def _shown(number: int | None) -> int | str:
    return MARK if number is None else number


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


_TELLING: Mapping[Told, Callable[[date], Iterator[Mapping[str, Any]]]] = {
    Told.DOCUMENTS: documents,
    Told.OPERATIONS: operations,
    Told.SCRUTINY: scrutiny,
    Told.CONTENTS: contents,
    Told.EXTREMES: extremes,
    Told.FIELDS: fields_held,
    Told.HARMS: harms,
    Told.TIMES: times,
}
