"""The demo's child processes: started together, watched, and stopped together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from evenhand.cli.failures import CannotStart, last_lines
from evenhand.cli.leash import SIGNS, signals_waiting, start_child

GRACE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Child:
    """One running part, with the log of what it says."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path


class Children:
    """All the parts of one demo; when the block ends, none of them is left."""

    def __init__(self, logs: Path, *, settings: dict[str, str]) -> None:
        self._logs = logs
        self._settings = settings
        self._running: list[Child] = []

    def start(self, name: str, arguments: Sequence[str], *, keep: Sequence[int] = ()) -> None:
        """Start ``evenhand ARGUMENTS``. A signal that comes meanwhile waits until it is noted."""
        log = self.log_of(name)
        with signals_waiting():
            process = start_child(arguments, log=log, settings=self._settings, keep=keep)
            self._running.append(Child(name, process, log))

    def log_of(self, name: str) -> Path:
        """Say where a part's log is."""
        return self._logs / f"{name.replace(' ', '-')}.log"

    def check(self) -> None:
        """Raise CannotStart if one of them has ended by itself."""
        for child in self._running:
            status = child.process.poll()
            if status is not None:
                raise CannotStart(
                    f"The {child.name} has ended by itself (status {status}), so everything was "
                    f"stopped. Its log is {child.log}. It ends with:\n{last_lines(child.log)}"
                )

    def stop(self) -> None:
        """Stop them all: in good order, and by force those that do not."""
        for child in self._running:
            if child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self._running:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, deadline - time.monotonic()))
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
        self._running.clear()


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Turn the first signal to stop into KeyboardInterrupt; the clean-up is not disturbed again."""

    def later(_sign: int, _frame: object) -> None:
        """Ignore it: the first one is being obeyed."""

    def now(_sign: int, _frame: object) -> None:
        for sign in SIGNS:
            signal.signal(sign, later)
        raise KeyboardInterrupt

    before: dict[signal.Signals, Callable[..., object] | int | None] = {}
    for sign in SIGNS:
        if sign is signal.SIGHUP and signal.getsignal(sign) is signal.SIG_IGN:
            continue  # nohup
        before[sign] = signal.signal(sign, now)
    try:
        yield
    finally:
        for sign in before:
            signal.signal(sign, later)
