"""Times two pieces of work in turn, so that a slow moment of the machine falls on both."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

Clock = Callable[[], float]
Work = Callable[[], object]
Times = list[float]


def in_turn(
    ours: Work, peer: Work, *, rounds: int, each: int, clock: Clock = time.perf_counter
) -> tuple[Times, Times]:
    """Do both pieces of work, ``each`` times in turn; the first round only warms up."""
    taken: tuple[Times, Times] = ([], [])
    for number in range(rounds + 1):
        for work, times in zip((ours, peer), taken, strict=True):
            found = timed(work, each, clock=clock)
            if number:
                times.extend(found)
    return taken


def timed(work: Work, count: int, *, clock: Clock = time.perf_counter) -> Times:
    """Do a piece of work so many times; give how long each took by a clock, in seconds."""
    times = []
    for _each in range(count):
        started = clock()
        work()
        times.append(clock() - started)
    return times


def at_once(works: Sequence[Work], *, each: int) -> Times:
    """Do several pieces of work at once, one thread each."""
    with ThreadPoolExecutor(len(works)) as pool:
        found = list(pool.map(lambda work: timed(work, each), works))
    return [it for times in found for it in times]
