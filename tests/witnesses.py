"""Real witnesses for tests: in a thread, or a process that can be killed and started again."""

import json
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from evenhand.cli.witness_folder import LOGS, Witness, make_witness
from evenhand.cli.witness_server import WitnessServer
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.merkle_proofs import consistency_proof
from evenhand.ledger.notes import Note
from evenhand.ledger.tree import root_of
from tests.cli.programs import EVENHAND, clean_environment
from tests.ledger import slow_tree
from tests.ledger.cast import LOG, checkpoint

NAME = "north.example/w"
ENTRIES = [f"entry {n}".encode() for n in range(40)]
NODE = slow_tree.nodes_of(ENTRIES)


def signed(size: int, root: bytes = b"") -> Note:
    """Sign a checkpoint of the log of these tests."""
    return checkpoint(size, root or root_of(ENTRIES[:size]))


def proof(old: int, new: int) -> Sequence[bytes]:
    """Prove that the log of these tests grew from one size to another."""
    return consistency_proof(old, new, NODE) if 0 < old < new else ()


def made(folder: Path) -> VerifierKey:
    """Make a witness that trusts the log of these tests."""
    key = make_witness(folder, NAME)
    with (folder / LOGS).open("a") as logs:
        logs.write(f"log {LOG.verifier}\n")
    return key


@contextmanager
def serving(folder: Path, host: str = "127.0.0.1") -> Iterator[str]:
    """Have the witness of a folder answer in a thread; give its address."""
    server = WitnessServer((host, 0), Witness.open(folder))
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.finish()
        thread.join()


class RunningWitness:
    """A process that serves a folder."""

    def __init__(self, folder: Path) -> None:
        self.url = ""
        self.errors = folder / "errors"
        at = ["--folder", str(folder), "--bind", "127.0.0.1:0"]
        with self.errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [*EVENHAND, "witness", "serve", "--json", *at],
                stdout=subprocess.PIPE,
                stderr=errors,
                env=clean_environment(),
            )

    def wait_until_up(self) -> None:
        """Read where it answers."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.errors.read_text()
        self.url = json.loads(line)["url"]

    def stop(self, sign: signal.Signals) -> int:
        """Send it a signal, wait for its end, and give its status."""
        self._process.send_signal(sign)
        status = self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return status


@contextmanager
def running(folder: Path) -> Iterator[RunningWitness]:
    """Have a witness at work in a process of its own for the block."""
    witness = RunningWitness(folder)
    try:
        witness.wait_until_up()
        yield witness
    finally:
        witness.stop(signal.SIGKILL)
