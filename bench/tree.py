"""The log of a desk: from its tables into the tree, from an act to its signature, and compared.

Where nothing is waited for, times are processor time, of this process and of the one of PostgreSQL
that serves it.
"""

import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from bench.desks import Desk
from bench.in_turn import timed
from bench.inside import new_notice, values_of_notice
from bench.results import Goal, Peer, Result, compared, percentile
from bench.spent import here

ALLOWED = "what it may take"
WITHIN = Goal(most=1)
FROM_TABLES, COMPARED = 150_000, 10_000
"""Entries a second: read and put into the tree, and compared with casework."""
RATE, SECONDS = 100, 10
"""Acts a second, and for how long they are done."""
SIGNED_SECONDS = 2.0
GIVE_UP_SECONDS = 60
SIGNED = "SELECT max(size) FROM machinery.log_checkpoint"
INDEX = "SELECT entry, index FROM machinery.log_index WHERE entry > %s"


def tree(_desk: Desk) -> Iterator[Result]:
    """Integrate what the tables hold, time the way to a signature, and compare with casework."""
    from evenhand.actions.comparing import compare
    from evenhand.actions.sequencing import MOST
    from evenhand.ledger.tree import Tree, leaf_hashes
    from evenhand.store import sequencing

    size = sequencing.how_far().given

    def integrate() -> None:
        grown = Tree()
        for begin in range(0, size, MOST):
            grown.extend(leaf_hashes(sequencing.leaves(begin, min(size, begin + MOST))))

    taken = timed(integrate, 5, clock=here)
    allowed = Peer(ALLOWED, [size / FROM_TABLES] * len(taken))
    yield compared(f"integrate {size:,} from tables", taken, allowed, goal=WITHIN)
    waited = _signed_after()
    allowed = Peer(ALLOWED, [SIGNED_SECONDS])
    yield compared("act to signed, 99th", [percentile(waited, 99)], allowed, goal=WITHIN)
    found = []
    taken = timed(lambda: found.append(compare(settings.LOG_FOLDER)), 1, clock=here)
    [it] = found
    if not it.ok:
        raise AssertionError(it.differences)
    allowed = Peer(ALLOWED, [it.entries / COMPARED])
    yield compared(f"compare {it.entries:,} entries", taken, allowed, goal=WITHIN)


def _signed_after() -> list[float]:
    """Do acts at a steady pace, and give how long after its commit each was signed."""
    values, done = values_of_notice(), dict[int, float]()
    signed: list[tuple[float, int]] = []
    began, before = time.monotonic(), _one("SELECT max(number) FROM entry")
    for number in range(RATE * SECONDS):
        time.sleep(max(0.0, began + number / RATE - time.monotonic()))
        new_notice(values)
        done[_one("SELECT currval('entry_number')")] = time.monotonic()
        signed.append((time.monotonic(), _one(SIGNED)))
    while not done.keys() <= (index := _indexes(before)).keys():
        _wait(began)
    while signed[-1][1] <= max(index[it] for it in done):
        _wait(began)
        signed.append((time.monotonic(), _one(SIGNED)))
    return [_first(signed, index[it]) - at for it, at in done.items()]


def _first(signed: list[tuple[float, int]], index: int) -> float:
    return next(at for at, size in signed if size > index)


def _indexes(before: int) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(INDEX, [before])
        return dict(cursor.fetchall())


def _one(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def _wait(began: float) -> None:
    if time.monotonic() > began + SECONDS + GIVE_UP_SECONDS:
        raise AssertionError("An act was not signed a minute after it was done.")
    time.sleep(0.05)
