"""Shares work among processes, where there is enough of it; what comes back is in its order.

Each piece is a plain function and what it is given. Where no process can be started, or one dies,
the work is done here: it takes longer and finds the same.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Protocol, Self, TypeVar

ALONE = 16
"""So many pieces are done here first: a short piece of work is over before a process has begun."""
AHEAD = 3
"""So many pieces for each process are handed out before the first is back; no more are kept."""
MOST_PROCESSES = 4

Given = TypeVar("Given")
Found = TypeVar("Found")


class Share(Protocol):
    """Does a piece of work for each that is given, and gives what was found in their order."""

    def __call__(self, work: Callable[[Given], Found], given: Iterable[Given]) -> Iterator[Found]:
        """Give what was found, in the order of what was given."""
        ...


def alone(work: Callable[[Given], Found], given: Iterable[Given]) -> Iterator[Found]:
    """Do all the work here, one piece after another."""
    return map(work, given)


class Processes:
    """Shares work among so many processes, which begin when they are needed. It is a Share."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            for process in multiprocessing.active_children():
                process.terminate()
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, work: Callable[[Given], Found], given: Iterable[Given]) -> Iterator[Found]:
        """Give what was found, in the order of what was given. Little is handed out ahead."""
        rest = iter(given)
        yield from map(work, islice(rest, ALONE if self._count > 1 else None))
        waiting: deque[Callable[[], Found]] = deque()
        for it in rest:
            waiting.append(self._hand_out(work, it))
            if len(waiting) == self._count * AHEAD:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()

    def _hand_out(self, work: Callable[[Given], Found], it: Given) -> Callable[[], Found]:
        """Have a process begin; give what waits for it, and does the work where it has died."""
        try:
            # What Python starts beside the first process lets interrupts in again; so it is first.
            pool = self._begun()
            with _interrupts_waiting():
                future = pool.submit(work, it)
        except (BrokenExecutor, ImportError, NotImplementedError, OSError):
            return partial(work, it)
        return partial(_fetched, future, partial(work, it))

    def _begun(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._count, multiprocessing.get_context("spawn"), initializer=begin
            )
        return self._pool


def _fetched(future: "Future[Found]", here: Callable[[], Found]) -> Found:
    try:
        return future.result()
    except BrokenExecutor:
        return here()


@contextmanager
def _interrupts_waiting() -> Iterator[None]:
    """Let a process begin that the keyboard does not interrupt: this one is, and ends it then."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: the process itself ignores them
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin() -> None:
    """Begin to work for another process, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: BaseProcess) -> None:
    """End at once when another process has ended."""
    parent.join()
    os._exit(1)


def processes() -> int:
    """Say how many processes may share work on this machine."""
    return min(os.cpu_count() or 1, MOST_PROCESSES)
