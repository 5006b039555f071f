"""In which order a run takes its tests: each worker begins with what takes longest."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

LONG = (
    {"stories/test_every_page.py"},
    {
        "api/test_schema.py",
        "cli/test_demo.py",
        "cli/test_demo_life.py",
        "stories/test_finding_in_the_browser.py",
        "stories/test_in_the_browser.py",
    },
    {"cli/test_backup.py", "stories/test_a_day_at_the_desk.py", "stories/test_canary.py"},
)
"""Files that take minutes, for one worker after another; those that share a demo are together."""


def each_begins_with_long_ones(
    items: Sequence[T], workers: int, file_of: Callable[[T], str]
) -> list[T]:
    """Order tests so that long files are at the head of each worker's piece.

    xdist cuts the list into as many pieces as there are workers, and takes tests from the end of a
    piece for whoever has none left. A long test in the middle would begin last, and be waited for.
    """
    heads: list[list[T]] = [[] for _ in range(workers)]
    for number, files in enumerate(LONG):
        heads[number % workers] += [it for it in items if file_of(it) in files]
    known = {file for files in LONG for file in files}
    rest = iter([it for it in items if file_of(it) not in known])
    ordered: list[T] = []
    for number, head in enumerate(heads):
        room = (len(items) - len(ordered)) // (workers - number)
        ordered += [*head, *islice(rest, max(0, room - len(head)))]
    return ordered
