"""Compares casework with the log: every row by its last change, every change by its entry."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from evenhand.ledger.acts import Act
from evenhand.ledger.explaining import ChangedRow, Fault, Opened, opened
from evenhand.store import reconciling
from evenhand.store.provisioning import guarded_tables
from evenhand.store.reconciling import Step

MOST_KEPT = 1_000
"""How many differences are named; all are counted."""
LOOKS = frozenset({Act.REFERRAL_CONSULTED, Act.LIST_CONSULTED, Act.LOG_CONSULTED})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree: in which table, at which key, and what."""

    table: str
    key: str
    what: Fault


@dataclass(slots=True)
class Comparison:
    """What was compared, and what did not agree. ``looks`` counts by day and purpose."""

    entries: int = 0
    rows: int = 0
    changes: int = 0
    found: int = 0
    differences: list[Difference] = field(default_factory=list)
    looks: Counter[tuple[date, str]] = field(default_factory=Counter)
    repeats: Counter[tuple[date, str]] = field(default_factory=Counter)

    @property
    def ok(self) -> bool:
        """Whether everything agreed."""
        return not self.found

    def add(self, table: str, key: object, what: Fault) -> None:
        """Note a difference."""
        self.found += 1
        if len(self.differences) < MOST_KEPT:
            self.differences.append(Difference(table, str(key), what))


def compare(progress: Callable[[int], None] = lambda _entries: None) -> Comparison:
    """Read the whole log and all of casework as they are at this moment. Changes nothing.

    ``progress`` is called with the number of entries read since it was called last.
    """
    found = Comparison()
    with reconciling.one_snapshot():
        for step in reconciling.steps():
            _entries(step, found)
            progress(len(step.entries))
        for record in reconciling.records_with_gaps():
            found.add("entry", record, Fault.VERSION_GAP)
        for table in guarded_tables():
            _rows(table, found)
    return found


def _entries(step: Step, found: Comparison) -> None:
    # When the log has its tree, each entry of a step is looked up in it here, by its number.
    for stored in step.entries:
        read = opened(stored)
        changed = step.changed.get(stored.number, [])
        if read.fault is None:
            _changes(stored.number, read.fields["chg"], changed, found)
            _count(read, found)
        else:
            table = "opening" if read.fault.startswith("opening") else "entry"
            found.add(table, stored.number, read.fault)
    found.entries += len(step.entries)
    found.changes += sum(map(len, step.changed.values()))
    for number in step.changed.keys() - {it.number for it in step.entries}:
        for table, key, *_rest in step.changed[number]:
            found.add(table, key, Fault.CHANGE_WITHOUT_ENTRY)
    for number in step.lone_openings:
        found.add("opening", number, Fault.OPENING_WITHOUT_ENTRY)


def _changes(
    number: int, told: list[ChangedRow], stored: list[ChangedRow], found: Comparison
) -> None:
    """Expect the rows that an entry tells of to be those that the guard noted, in their order."""
    if told == stored:
        return
    for table, key, *_rest in (it for it in stored if it not in told):
        found.add(table, key, Fault.CHANGE_WITHOUT_ENTRY)
    for table, key, *_rest in (it for it in told if it not in stored):
        found.add(table, key, Fault.CHANGE_MISSING)


def _count(read: Opened, found: Comparison) -> None:
    """Count a look by its day and purpose. By whom it was is not asked."""
    if read.act in LOOKS:
        found.looks[date.fromisoformat(read.day), read.fields["why"]] += 1
    elif read.act == Act.CONSULTATIONS_REPEATED:
        found.repeats[date.fromisoformat(read.day), read.fields["why"]] += read.fields["times"]


def _rows(table: str, found: Comparison) -> None:
    for compared in reconciling.rows_of(table):
        found.rows += compared.read
        for key, operation, missing in compared.wrong:
            found.add(table, key, _what(operation, is_missing=missing))


def _what(operation: str, *, is_missing: bool) -> Fault:
    match operation:
        case "":
            return Fault.ROW_WITHOUT_LOG_ENTRY
        case "D":
            return Fault.ERASURE_NOT_DONE
        case _:
            return Fault.ROW_MISSING if is_missing else Fault.ROW_DIFFERS
