"""Works out the answers to questions of the library, from what was counted as it happened."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum

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
RECORDS = r'^\["[a-z_]+", "record", '
"""How the parts begin under which whole records that are disposed of are counted."""


def answered(question: Question, *, today: date) -> Answer:
    """Answer a question exactly. Raises QuestionWrong, CountsDoNotBalance."""
    meaning = meaning_of(question.code)
    check_question(question, meaning, since=KnownSinceRow.objects.get().day, today=today)
    balance = balanced(question.as_at)
    check_balances(balance)
    lines = lines_of(question, meaning)
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
    created, held, disposed, passed = _by_kind_and_system(as_at)
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


def _by_kind_and_system(as_at: date) -> list[Counter[tuple[str, str]]]:
    """Add up the records that came, are there, were disposed of and passed on, in one query."""
    found = {it: Counter[tuple[str, str]]() for it in ("created", "held", "disposed", "passed")}
    rows = DayCountRow.objects.filter(
        Q(counted__in=sorted({*found} - {"disposed"}))
        | Q(counted="disposed", parts__regex=RECORDS),
        known_on__lte=as_at,
    )
    lines = rows.values_list("counted", "parts").annotate(total=Sum("number"))
    for counted, kept, number in lines.order_by():
        parts = json.loads(kept)
        kind, system = (parts[0], parts[2]) if counted == "disposed" else parts
        found[counted][str(kind), str(system)] += number
    return list(found.values())


def lines_of(question: Question, meaning: Meaning) -> list[Line]:
    """Give the numbers that answer a question."""
    wanted = len(question.by)
    told = (*question.by, *(meaning.parts if meaning.late else ()))
    found: Counter[tuple[str, ...]] = Counter()
    for *of, number in _read(question, meaning, told):
        if not meaning.late or _is_late(dict(zip(told, of, strict=True)), question.as_at):
            found[tuple(of[:wanted])] += number
    if not question.by:
        return [Line((), found[()])]
    return [Line(of, number) for of, number in sorted(found.items()) if number]


def _read(question: Question, meaning: Meaning, told: Sequence[By]) -> Iterator[Sequence[Any]]:
    """Add up what was counted, by some of its parts: first what is alike, which is quick."""
    of_all = {it: f"its ->> {place}" for place, it in enumerate(meaning.parts)}
    of_all = {it: f"coalesce({part}, '')" for it, part in of_all.items()} | {By.MONTH: "month"}
    month = "to_char(day, 'YYYY-MM')" if By.MONTH in told else "NULL"
    only = [f"{of_all[it]} = ANY(%s)" for it in meaning.only]
    columns = ", ".join([*(of_all[it] for it in told), "coalesce(sum(number), 0)::bigint"])
    alike = ", ".join(str(place + 1) for place in range(len(told)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM (SELECT parts::jsonb AS its, {month} AS month,"  # noqa: S608
            " sum(number) AS number FROM machinery.day_count WHERE counted = %s AND known_on <= %s"
            " AND day >= coalesce(%s, '-infinity'::date) AND day < coalesce(%s, 'infinity'::date)"
            f" GROUP BY parts, 2 OFFSET 0) AS it WHERE {' AND '.join(['true', *only])}"
            f" GROUP BY {alike or '()'}",
            [
                *(meaning.counted, question.as_at, question.start, question.end),
                *(sorted(it) for it in meaning.only.values()),
            ],
        )
        yield from cursor.fetchall()


def _number(counted: str, as_at: date) -> int:
    rows = DayCountRow.objects.filter(counted=counted, known_on__lte=as_at)
    return rows.aggregate(total=Sum("number"))["total"] or 0


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
