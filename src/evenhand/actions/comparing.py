"""Compares casework with the log: every row by its last change, every change by its entry.

And the log itself with its published tree.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from evenhand.actions.comparing_lost import Unopened
from evenhand.actions.comparing_tree import Published, against_tree
from evenhand.ledger.acts import Act
from evenhand.ledger.explaining import ChangedRow, Fault, Opened, opened
from evenhand.store import guarding, reconciling
from evenhand.store.provisioning import guarded_tables
from evenhand.store.reconciling import Step

MOST_KEPT = 1_000
"""How many differences are named; all are counted."""
MADE = {"referral": Act.REFERRAL_LOGGED, "person": Act.PERSON_PROPOSED}
"""By which act each kind of record comes to be; the kinds have the names of their tables."""
OF_ENTRIES = frozenset({"entry", "opening"})
"""Tables of which a difference has the number of an entry, but for what is found of a record."""
OF_RECORDS = frozenset({Fault.VERSION_GAP, Fault.CHANGE_WITHOUT_ENTRY, Fault.CHANGE_MISSING})
"""What names a record, or a row as somebody wrote it, whatever the table."""
LOOKS = frozenset(
    {
        Act.REFERRAL_CONSULTED,
        Act.PERSON_CONSULTED,
        Act.PERSON_SOUGHT,
        Act.IMPORT_CONSULTED,
        Act.REPORT_CONSULTED,
        Act.FOI_CONSULTED,
        Act.FOI_REQUESTER_CONSULTED,
        Act.MAIL_CONSULTED,
        Act.RIGHTS_CONSULTED,
        Act.RIGHTS_PACK_DRAWN,
        Act.LIST_CONSULTED,
        Act.LOG_CONSULTED,
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree: in which table, at which key, and what."""

    table: str
    key: str
    what: Fault


@dataclass(slots=True)
class Comparison:
    """What was compared, and what did not agree. ``looks`` counts by day and purpose.

    ``in_tree`` counts the entries of the published tree; None where nothing is published yet.
    ``unopened.lost`` counts the entries that were lost at restores, as these say themselves.
    """

    entries: int = 0
    rows: int = 0
    changes: int = 0
    in_tree: int | None = None
    found: int = 0
    differences: list[Difference] = field(default_factory=list)
    looks: Counter[tuple[date, str]] = field(default_factory=Counter)
    repeats: Counter[tuple[date, str]] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    unopened: Unopened = field(default_factory=Unopened)

    @property
    def ok(self) -> bool:
        """Whether everything agreed."""
        return not self.found

    def add(self, table: str, key: object, what: Fault) -> None:
        """Note a difference."""
        self.found += 1
        if len(self.differences) < MOST_KEPT:
            self.differences.append(Difference(table, str(key), what))

    def join(self, other: "Comparison") -> None:
        """Add what was found by comparing something else."""
        self.rows += other.rows
        self.in_tree = other.in_tree
        self.found += other.found
        self.differences += other.differences[: MOST_KEPT - len(self.differences)]


def compare(log: Path, *, progress: Callable[[int], None] = lambda _entries: None) -> Comparison:
    """Read the whole log and all of casework as they are at this moment. Changes nothing.

    ``log`` is the folder in which the log's tree is published. ``progress`` is called with the
    number of entries read since it was called last.
    """
    found = Comparison()
    published = Published.at(log)
    with reconciling.one_snapshot() as snapshot, ThreadPoolExecutor(1) as beside:
        # PostgreSQL computes the digests of rows while entries are checked here.
        casework = beside.submit(_casework, snapshot, published)
        for step in reconciling.steps():
            _entries(step, found)
            progress(len(step.entries))
        _altered(found.unopened.before(), found)
        found.join(casework.result())
        found.differences = _named(found.differences)
        _balance(found)
    return found


def _named(differences: Sequence[Difference]) -> list[Difference]:
    """Name entries as the verifier does, in place of their numbers in the database."""
    numbers = {int(it.key) for it in differences if _is_of_an_entry(it)}
    names = reconciling.names_of(numbers)
    return [
        replace(it, key=names[int(it.key)]) if _is_of_an_entry(it) else it for it in differences
    ]


def _is_of_an_entry(it: Difference) -> bool:
    """Say whether its key is an entry’s number. What a noted change names is as it stands there."""
    return it.table in OF_ENTRIES and it.what not in OF_RECORDS


def _balance(found: Comparison) -> None:
    """Expect as many records as the log says were made, less those with a certificate. A29."""
    for kind, made in MADE.items():
        live, disposed = reconciling.live_and_disposed(kind)
        if found.acts[made] != live + disposed:
            found.add(kind, found.acts[made] - live - disposed, Fault.COUNTS_DIFFER)


def _casework(snapshot: str, published: Published) -> Comparison:
    found = Comparison()
    with reconciling.same_snapshot(snapshot):
        for name in guarding.altered_functions():
            found.add("guard", name, Fault.FUNCTION_ALTERED)
        for table in guarding.unguarded_tables():
            found.add("guard", table, Fault.GUARD_OFF)
        for record in reconciling.records_with_gaps():
            found.add("entry", record, Fault.VERSION_GAP)
        for table in guarded_tables():
            _rows(table, found)
        checkpoint = published.checkpoint()
        found.in_tree = checkpoint.size if checkpoint else None
        for it in against_tree(published, checkpoint):
            found.add(*it)
        for counted in reconciling.sums_that_differ():
            found.add("machinery.day_sum", counted, Fault.SUMS_DIFFER)
    return found


def _entries(step: Step, found: Comparison) -> None:
    for stored, read in zip(step.entries, opened(step.entries), strict=True):
        if read.fault is Fault.OPENING_MISSING:
            found.unopened.add(stored.number)
            continue
        _altered(found.unopened.before(read), found)
        if read.fault is not None:
            table = "opening" if read.fault.startswith("opening") else "entry"
            found.add(table, stored.number, read.fault)
            continue
        if read.told is not None:
            _changes(stored.number, read.told, json.loads(stored.changed), found)
        _count(read, found)
    found.entries += len(step.entries)
    found.changes += step.changes
    for rows in step.lone_changes:
        for table, key, *_rest in json.loads(rows):
            found.add(table, key, Fault.CHANGE_WITHOUT_ENTRY)
    for number in step.lone_openings:
        found.add("opening", number, Fault.OPENING_WITHOUT_ENTRY)


def _changes(
    number: int, told: Sequence[ChangedRow], noted: Sequence[ChangedRow], found: Comparison
) -> None:
    """Expect the rows that an entry tells of to be those that the guard noted, in their order."""
    as_told, as_noted = Counter(map(tuple, told)), Counter(map(tuple, noted))
    for table, key, *_rest in (as_noted - as_told).elements():
        found.add(table, key, Fault.CHANGE_WITHOUT_ENTRY)
    for table, key, *_rest in (as_told - as_noted).elements():
        found.add(table, key, Fault.CHANGE_MISSING)
    if as_told == as_noted and told != noted:
        found.add("entry", number, Fault.CHANGES_REORDERED)


def _altered(numbers: Sequence[int], found: Comparison) -> None:
    for number in numbers:
        found.add("opening", number, Fault.OPENING_MISSING)


def _count(read: Opened, found: Comparison) -> None:
    """Count a look by its day and purpose. By whom it was is not asked."""
    if read.act in MADE.values():
        found.acts[read.act] += 1
    day_and_purpose = date.fromisoformat(read.day), str(read.fields.get("why", ""))
    times = read.fields.get("times")
    if read.act in LOOKS:
        found.looks[day_and_purpose] += 1
    elif read.act == Act.CONSULTATIONS_REPEATED and isinstance(times, int):
        found.repeats[day_and_purpose] += times


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
