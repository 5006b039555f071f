"""Works out the answers to questions of the library, from what was counted as it happened."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

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
from evenhand.store.retention import KnownSinceRow

Parts = Mapping[By, str]
OF_ALL_DAYS = """
    SELECT coalesce(sum(number), 0)::bigint
    FROM machinery.counted_of(%s, %s, NULL, NULL, by_month => false, one_place => NULL)
"""
OF_RECORDS = """
    SELECT it.counted, parts, number
    FROM unnest(ARRAY['created', 'held', 'disposed', 'passed']) AS it (counted),
        machinery.counted_of(it.counted, %s, NULL, NULL, by_month => false, one_place => NULL)
"""


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
    found = _records(as_at)
    created, held, disposed, passed = (
        found[it] for it in ("created", "held", "disposed", "passed")
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


def _records(as_at: date) -> Mapping[str, Counter[tuple[str, str]]]:
    """Give what is counted of records until a day, by kind and system."""
    found: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for counted, kept, number in _asked(OF_RECORDS, [as_at]):
        parts = json.loads(kept)
        if counted == "disposed":
            kind, what, system, _because = parts
            if what != "record":
                continue
        else:
            kind, system = parts
        found[counted][str(kind), str(system)] += number
    return found


def lines_of(question: Question, meaning: Meaning) -> list[Line]:
    """Give the numbers that answer a question."""
    wanted = len(question.by)
    told = [*dict.fromkeys((*question.by, *(meaning.parts if meaning.late else ())))]
    found: Counter[tuple[str, ...]] = Counter()
    for *of, number in _read(question, meaning, told):
        if not meaning.late or _is_late(dict(zip(told, of, strict=True)), question.as_at):
            found[tuple(of[:wanted])] += number
    if not question.by:
        return [Line((), found[()])]
    return [Line(of, number) for of, number in sorted(found.items()) if number]


def _read(question: Question, meaning: Meaning, told: Sequence[By]) -> Iterator[Sequence[Any]]:
    """Add up what was counted, by some of its parts. What is alike is taken apart once.

    Who asks for one part or none is answered from what was counted by one part alone.
    """
    asked_for = [it for it in dict.fromkeys((*told, *meaning.only)) if it is not By.MONTH]
    places = {it: place for place, it in enumerate(meaning.parts)}
    alone = None
    if len(asked_for) < 2 <= len(meaning.parts):
        [alone] = [places[it] for it in asked_for] or [0]
        places = dict.fromkeys(asked_for, 0)
    of_all = {it: f"coalesce(its ->> {place}, '')" for it, place in places.items()}
    parts = "".join(f', {of_all[it]} AS "{it}"' for it in told if it is not By.MONTH)
    only = "".join(f" AND {of_all[it]} = ANY(%s)" for it in meaning.only)
    columns = "".join(
        "to_char(month, 'YYYY-MM'), " if it is By.MONTH else f'"{it}", ' for it in told
    )
    alike = ", ".join("month" if it is By.MONTH else f'"{it}"' for it in told)
    yield from _asked(
        "WITH kept AS MATERIALIZED"  # noqa: S608
        " (SELECT * FROM machinery.counted_of(%s, %s, %s, %s, by_month => %s, one_place => %s)),"
        f" told AS MATERIALIZED (SELECT parts{parts} FROM"
        " (SELECT parts, parts::jsonb AS its FROM kept GROUP BY parts OFFSET 0) AS each"
        f" WHERE true{only})"
        f" SELECT {columns}coalesce(sum(number), 0)::bigint FROM kept JOIN told USING (parts)"
        f" GROUP BY {alike or '()'}",
        [
            *(meaning.counted, question.as_at, question.start, question.end),
            *(By.MONTH in told, alone),
            *(sorted(it) for it in meaning.only.values()),
        ],
    )


def _number(counted: str, as_at: date) -> int:
    [(number,)] = _asked(OF_ALL_DAYS, [counted, as_at])
    return int(number)


def _asked(question: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


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
