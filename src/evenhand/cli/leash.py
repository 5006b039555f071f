"""Ties a child process to the one that started it, where the system can (Linux)."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PARENT = "EVENHAND_PARENT"
PR_SET_PDEATHSIG = 1
SIGNS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def tie_to_parent() -> None:
    """End with the parent, even if it is killed outright. A child calls this first."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNS)
    parent = os.environ.pop(PARENT, "")
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit("The process that started this one has ended.")


@contextmanager
def signals_waiting() -> Iterator[None]:
    """Have a signal to stop wait until the block is done, and go by the threads started in it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_child(
    arguments: Iterable[str], *, log: Path, settings: Mapping[str, str], keep: Iterable[int] = ()
) -> subprocess.Popen[bytes]:
    """Start ``evenhand ARGUMENTS`` in a session of its own; what it says goes to its log.

    Signals wait until the caller holds the child: one that comes now cannot leave it behind.
    """
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "evenhand.cli.main", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=os.environ | dict(settings) | {PARENT: str(os.getpid())},
            pass_fds=tuple(keep),
            start_new_session=True,
        )
