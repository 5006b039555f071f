"""What the desk's registers say, as the draft of an answer to a part of a request. A82.

An officer reads it over and keeps it: it is an answer in words. Numbers of people are in none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries import assurance, published_register, scrutiny
from evenhand.queries.registers_told import (
    changed,
    compared,
    none_found,
    title,
    untrue,
)
from evenhand.rules.assurance import DocumentKind, is_overdue
from evenhand.rules.foi_registers import OF_A_DAY, Register
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.operations import OPERATIONS
from evenhand.rules.public_registers import DOCUMENTS, STANDINGS
from evenhand.rules.register_desk import REGISTER
from evenhand.store.days import day_in_words
from evenhand.store.foi import FoiRequestRow


@dataclass(frozen=True, slots=True)
class Statement:
    """What a register says. ``as_at``: the day of receipt, or today where it knows no other.

    ``is_early``: that day is not over yet, and nothing can be answered with it before it is.
    """

    register: Register
    as_at: date
    is_early: bool
    text: str


def drafted(
    number: str, register: Register, *, part: int = 0, today: date, officer: Officer
) -> Statement:
    """Draft the answer of a register to a request. Raises NotFound.

    ``part``: to which part of it; one that asks for a document is told of that document alone.
    """
    check_may(officer, Permission.ANSWER_FOI)
    row = FoiRequestRow.objects.one(number)
    received_on = row.received_on
    held_in = row.parts.filter(number=part).values_list("held_in", flat=True).first()
    is_of_a_day = register in OF_A_DAY
    return Statement(
        register=register,
        as_at=received_on if is_of_a_day else today,
        is_early=is_of_a_day and received_on >= today,
        text=statement(register, as_at=received_on, today=today, held_in=held_in),
    )


def statement(register: Register, *, as_at: date, today: date, held_in: str | None = None) -> str:
    """Write what a register says, as at the end of a day, or of today where it knows no other.

    ``held_in``: what is asked for of it; of a document, nothing else is told.
    """
    if register is Register.DOCUMENTS and held_in in set(DocumentKind):
        return "\n".join(_documents(as_at, [DocumentKind(held_in)]))
    return "\n".join(_SAYING[register](as_at if register in OF_A_DAY else today))


def _documents(as_at: date, kinds: Iterable[DocumentKind] = DocumentKind) -> Iterator[str]:
    yield _("As at the end of %(day)s.") % {"day": day_in_words(as_at)}
    found = {it.fact.kind: it.fact for it in assurance.in_force_on(as_at)}
    for kind in kinds:
        name = {"document": _(DOCUMENTS[kind])}
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
    yield _("As at the end of %(day)s.") % {"day": day_in_words(as_at)}
    for it in register.found:
        head = {"number": it.number, "title": title(it), "day": day_in_words(it.held_on)}
        yield _("Entry %(number)d: %(title)s, %(day)s:") % head + f" {it.scope}"
        yield from (told.text for told in it.outcomes)
        for one in it.recommendations:
            yield f"{one.text} ({_(STANDINGS[one.standing])})"
        for correction in it.corrections:
            told = {"day": day_in_words(correction.day), "text": correction.text}
            yield _("Corrected on %(day)s: %(text)s") % told
    for kind, said in none_found(register):
        yield f"{kind}: {said}"
    yield from map(untrue, register.untrue)
    yield compared(register.comparisons)
    yield _address("public_scrutiny")


def _operations(today: date) -> Iterator[str]:
    yield _("As it is on %(day)s.") % {"day": day_in_words(today)}
    for it in OPERATIONS:
        yield f"{it.does} {it.often}."
        yield _("Effect on a person’s record: %(effect)s") % {"effect": it.effect}
    yield _address("by_itself")


def _fields(today: date) -> Iterator[str]:
    yield _("As it is on %(day)s.") % {"day": day_in_words(today)}
    said = {"fields": len(REGISTER), "personal": sum(it.personal for it in REGISTER)}
    yield _("This desk records %(fields)d fields. Of these, %(personal)d are personal data.") % said
    for it in published_register.published().days:
        yield f"{day_in_words(it.day)}: {changed(it)}"
    yield _("Each is listed, with what it is for, on what basis and for how long it is kept:")
    yield _address("data_held")


def _day(day: date | None) -> str:
    return day_in_words(day) if day else "–"


def _address(page: str, *parts: object) -> str:
    return f"{settings.PUBLIC_URL}{reverse(page, args=parts)}"


_SAYING: Mapping[Register, Callable[[date], Iterator[str]]] = {
    Register.DOCUMENTS: _documents,
    Register.SCRUTINY: _scrutiny,
    Register.OPERATIONS: _operations,
    Register.FIELDS: _fields,
}
