"""Works out the answers to questions of the library, from what was counted as it happened."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import TruncMonth

from evenhand.ledger.canonical import canonical
from evenhand.rules.imports import THIS_DESK
from evenhand.rules.notification import due_on
from evenhand.rules.questions import (
    Answer,
    Balanced,
    By,
    Checkpoint,
    Line,
    Meaning,
    Question,
    check_balances,
    check_question,
)
from evenhand.rules.questions_library import meaning_of
from evenhand.store import sequencing
from evenhand.store.day_counts import DayCountRow
from evenhand.store.retention import KnownSinceRow

Parts = Mapping[By, str]


def answered(question: Question, *, today: date) -> Answer:
    """Answer a question exactly. Raises QuestionWrong, CountsDoNotBalance."""
    meaning = meaning_of(question.code)
    check_question(question, meaning, since=KnownSinceRow.objects.get().day, today=today)
    balance = balanced(question.as_at)
    check_balances(balance)
    lines = _lines(question, meaning)
    exact = sum(it.number for it in lines)
    less = _number(meaning.less, question.as_at) if meaning.less else None
    return Answer(
        question=question,
        meaning=meaning,
        exact=exact,
        lines=lines,
        at_least=None if less is None else exact - less,
        balance=balance,
        checkpoint=newest_checkpoint(),
        digest=hashlib.sha256(canonical(document(question, lines, exact, less))).digest(),
    )


def document_of(found: Answer, *, desk: str) -> bytes:
    """Write an answer as the file that its receipt is of."""
    it = found.meaning
    return canonical(
        {
            **document(
                found.question,
                found.lines,
                found.exact,
                None if found.at_least is None else found.exact - found.at_least,
            ),
            "desk": desk,
            "title": it.title,
            "definition": it.definition,
            "basis": it.basis.says,
            "balance": [
                [b.kind, b.system, b.created, b.imported, b.held, b.disposed, b.transferred]
                for b in found.balance
            ],
            "checkpoint": found.checkpoint.note,
            "digest": found.digest.hex(),
        }
    )


def document(
    question: Question, lines: Sequence[Line], exact: int, less: int | None
) -> dict[str, Any]:
    """Give a question and its numbers as they are hashed: the same whenever it is asked."""
    return {
        "question": asked(question),
        "exact": exact,
        "at_least": exact if less is None else exact - less,
        "lines": [[list(it.of), it.number] for it in lines],
    }


def asked(question: Question) -> dict[str, Any]:
    """Give a question as it is hashed: what is asked, of which days, as at which."""
    return {
        "code": question.code,
        "start": question.start.isoformat() if question.start else "",
        "end": question.end.isoformat() if question.end else "",
        "as_at": question.as_at.isoformat(),
        "by": [str(it) for it in question.by],
    }


def newest_checkpoint() -> Checkpoint:
    """Give how far the log is signed now."""
    row = sequencing.newest_checkpoint()
    return Checkpoint(row.size, row.checkpoint) if row else Checkpoint(0, "")


def balanced(as_at: date) -> list[Balanced]:
    """Give the records of each kind and system as at a day, with what explains them."""
    created, held, disposed, passed = (
        _by_kind_and_system(counted, as_at) for counted in ("created", "held", "disposed", "passed")
    )
    return [
        Balanced(
            kind=kind,
            system=system,
            created=created[kind, system] if system == THIS_DESK else 0,
            imported=0 if system == THIS_DESK else created[kind, system],
            held=held[kind, system],
            disposed=disposed[kind, system],
            transferred=passed[kind, system],
        )
        for kind, system in sorted({*created, *held, *disposed, *passed})
    ]


def _by_kind_and_system(counted: str, as_at: date) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for parts, number in _read(counted, as_at):
        if counted == "disposed":
            kind, what, system, _because = parts
            if what != "record":
                continue
        else:
            kind, system = parts
        found[str(kind), str(system)] += number
    return found


def _lines(question: Question, meaning: Meaning) -> list[Line]:
    found: Counter[tuple[str, ...]] = Counter()
    for its, number in _counted(question, meaning):
        found[tuple(its[by] for by in question.by)] += number
    if not question.by:
        return [Line((), found[()])]
    return [Line(of, number) for of, number in sorted(found.items()) if number]


def _counted(question: Question, meaning: Meaning) -> Iterator[tuple[Parts, int]]:
    by_month = By.MONTH in question.by
    span: dict[str, Any] = {}
    if question.start:
        span["day__gte"] = question.start
    if question.end:
        span["day__lt"] = question.end
    for parts, number, *month in _read(meaning.counted, question.as_at, by_month, **span):
        its = dict(zip(meaning.parts, map(_said, parts), strict=True))
        if any(its[by] not in wanted for by, wanted in meaning.only.items()):
            continue
        if meaning.late and not _is_late(its, question.as_at):
            continue
        if by_month:
            its[By.MONTH] = f"{month[0]:%Y-%m}"
        yield its, number


def _read(
    counted: str, as_at: date, by_month: bool = False, **span: Any
) -> Iterator[tuple[Any, ...]]:
    rows = DayCountRow.objects.filter(counted=counted, known_on__lte=as_at, **span)
    groups = rows.annotate(month=TruncMonth("day")) if by_month else rows
    names = ["parts", "month"] if by_month else ["parts"]
    for parts, *month, number in groups.values_list(*names).annotate(total=Sum("number")):
        yield json.loads(parts), number, *month


def _number(counted: str, as_at: date) -> int:
    return sum(number for _parts, number in _read(counted, as_at))


def _said(part: object) -> str:
    """Write a part as a code; what was not known is the empty text."""
    match part:
        case None:
            return ""
        case bool():
            return str(part).lower()
        case _:
            return str(part)


def _is_late(its: Parts, as_at: date) -> bool:
    """Say whether something is past its day: a decision on telling, or a recall."""
    until = date.fromisoformat(its[By.UNTIL]) if its[By.UNTIL] else None
    if By.SENT in its:
        return _recall_is_late(its, as_at)
    if until is None:
        return False
    if its[By.TELLING] == "undecided":
        until = due_on(until, child=its[By.CHILD] == "true")
    return until < as_at


def _recall_is_late(its: Parts, as_at: date) -> bool:
    until = date.fromisoformat(its[By.UNTIL])
    if its[By.SENT]:
        sent_on = date.fromisoformat(its[By.SENT])
        until = settings.CLOCKS.calendar.working_day_after(sent_on, int(its[By.DAYS]))
    return until < as_at
