"""A real signer for tests: a process of its own, with a key and a memory in a folder of its own."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenhand.cli.signer_folder import KEY, make_key
from evenhand.transports import signer

ORIGIN = "desk.example/log"
SECONDS = 20


class RunningSigner:
    """A signer that can be killed and started again on the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "socket"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "evenhand.cli.main", "signer", "--folder", str(self.folder)],
            env={"EVENHAND_SIGNER": str(self.socket)},
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                signer.keys_of(self.socket)
            except signer.SignerAway:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """End it, at once unless another signal is given."""
        if self._process is not None:
            self._process.send_signal(sign)
            self._process.wait()
            self._process = None


@contextmanager
def running_signer() -> Iterator[RunningSigner]:
    """Have a signer with a new key at work for the block. A socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="signer-") as name:
        running = RunningSigner(Path(name))
        make_key(running.folder / KEY, ORIGIN)
        running.start()
        try:
            yield running
        finally:
            running.kill()
