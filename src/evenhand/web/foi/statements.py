"""What the desk's registers say, as the draft of an answer to a part of a request. A82.

An officer reads it over and keeps it: it is an answer in words. Numbers of people are in none.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries import assurance, published_register, scrutiny
from evenhand.rules.assurance import DocumentKind, is_overdue
from evenhand.rules.operations import OPERATIONS
from evenhand.rules.register_desk import REGISTER
from evenhand.web import times
from evenhand.web.public.documents import TITLES
from evenhand.web.public.home import changed
from evenhand.web.public.scrutiny import STANDINGS, compared, none_found, title, untrue
from evenhand.web.words import Words


class Register(StrEnum):
    """A register of the desk that can answer a part."""

    DOCUMENTS = "documents"
    SCRUTINY = "scrutiny"
    OPERATIONS = "operations"
    FIELDS = "fields"


NAMES: Mapping[Register, Words] = {
    Register.DOCUMENTS: later("Documents in force, and whether their review is overdue"),
    Register.SCRUTINY: later("Who looked at this desk from outside, and what came of it"),
    Register.OPERATIONS: later("What the software does by itself"),
    Register.FIELDS: later("Which fields are recorded, and how that changed"),
}


OF_A_DAY = frozenset({Register.DOCUMENTS, Register.SCRUTINY})
"""Registers that know every day; the others know today alone."""


def statement(register: Register, *, as_at: date, today: date) -> str:
    """Write what a register says, as at the end of a day, or of today where it knows no other."""
    return "\n".join(_SAYING[register](as_at if register in OF_A_DAY else today))


def _documents(as_at: date) -> Iterator[str]:
    yield _("As at the end of %(day)s.") % {"day": times.day(as_at)}
    found = {it.fact.kind: it.fact for it in assurance.in_force_on(as_at)}
    for kind in DocumentKind:
        name = {"document": str(TITLES[kind])}
        if kind not in found:
            yield _("%(document)s: none in force.") % name
            continue
        fact = found[kind]
        said = {**name, "number": fact.number, "day": _day(fact.in_force_from)}
        yield _("%(document)s: version %(number)d, in force from %(day)s.") % said
        review = {"day": _day(fact.review_on)}
        if is_overdue(fact, today=as_at):
            yield _("It was to be reviewed by %(day)s, and that is overdue.") % review
        else:
            yield _("It is to be reviewed by %(day)s.") % review
        yield _address("public_document_version", kind, fact.number)


def _scrutiny(as_at: date) -> Iterator[str]:
    register = scrutiny.as_at(as_at)
    yield _("As at the end of %(day)s.") % {"day": times.day(as_at)}
    for it in register.found:
        head = {"number": it.number, "title": title(it), "day": times.day(it.held_on)}
        yield _("Entry %(number)d: %(title)s, %(day)s:") % head + f" {it.scope}"
        yield from (told.text for told in it.outcomes)
        for one in it.recommendations:
            yield f"{one.text} ({STANDINGS[one.standing][0]})"
        for correction in it.corrections:
            told = {"day": times.day(correction.day), "text": correction.text}
            yield _("Corrected on %(day)s: %(text)s") % told
    for kind, said in none_found(register):
        yield f"{kind}: {said}"
    yield from map(untrue, register.untrue)
    yield compared(register.comparisons)
    yield _address("public_scrutiny")


def _operations(today: date) -> Iterator[str]:
    yield _("As it is on %(day)s.") % {"day": times.day(today)}
    for it in OPERATIONS:
        yield f"{it.does} {it.often}."
        yield _("Effect on a person’s record: %(effect)s") % {"effect": it.effect}
    yield _address("by_itself")


def _fields(today: date) -> Iterator[str]:
    yield _("As it is on %(day)s.") % {"day": times.day(today)}
    said = {"fields": len(REGISTER), "personal": sum(it.personal for it in REGISTER)}
    yield _("This desk records %(fields)d fields. Of these, %(personal)d are personal data.") % said
    for it in published_register.published().days:
        day = changed(it)
        yield f"{day['title']}: {day['brief']}"
    yield _("Each is listed, with what it is for, on what basis and for how long it is kept:")
    yield _address("data_held")


def _day(day: date | None) -> str:
    return times.day(day) if day else "–"


def _address(page: str, *parts: object) -> str:
    return f"{settings.PUBLIC_URL}{reverse(page, args=parts)}"


_SAYING: Mapping[Register, Callable[[date], Iterator[str]]] = {
    Register.DOCUMENTS: _documents,
    Register.SCRUTINY: _scrutiny,
    Register.OPERATIONS: _operations,
    Register.FIELDS: _fields,
}
