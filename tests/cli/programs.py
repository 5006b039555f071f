"""Starting ``evenhand`` as a program of its own, as people do, and seeing what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EVENHAND = [sys.executable, "-P", "-m", "evenhand.cli.main"]
FIRST_PAGE_SECONDS = 120
OURS = ("EVENHAND_", "DATABASE_URL", "DJANGO_", "PYTEST_ADDOPTS")


def clean_environment(**more: str) -> dict[str, str]:
    """Give an environment in which no desk is set, with evenhand importable."""
    kept = {name: it for name, it in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONPATH": str(ROOT / "src")} | more


def evenhand(
    *words: str, given: bytes = b"", environment: dict[str, str] | None = None, **more: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run one command to its end."""
    return subprocess.run(
        [*EVENHAND, *words],
        input=given,
        capture_output=True,
        env=clean_environment(**more, **(environment or {})),
        check=False,
        timeout=300,
    )


class RunningDemo:
    """A demo that was started in a home; ``said`` is its first line once it has printed it."""

    def __init__(self, home: Path, *, port: int = 0) -> None:
        self.home = home
        self.errors = home.with_name(f"{home.name}.stderr")
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*EVENHAND, "demo", "--json", "--silent", "--port", str(port), "--home", str(home)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=clean_environment(),
                start_new_session=True,
            )
        self.said: dict[str, Any] = {}

    def wait_until_up(self) -> dict[str, Any]:
        """Read its first line; an assertion with its messages if there is none."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.errors.read_text()
        self.said = json.loads(line)
        return self.said

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Send it a signal and wait for its end."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        status = self.process.wait(90)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status


@contextmanager
def started(*words: str, says: str, **more: str) -> Iterator[None]:
    """Have a command run for the length of the block: from when it says so, still at its end."""
    with subprocess.Popen(
        [*EVENHAND, *words], env=clean_environment(**more), stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr
            assert any(says in line for line in process.stderr)
            yield
            assert process.poll() is None
        finally:
            process.terminate()


@contextmanager
def running_demo(home: Path, *, port: int = 0) -> Iterator[RunningDemo]:
    """Have a demo up for the length of the block."""
    demo = RunningDemo(home, port=port)
    try:
        demo.wait_until_up()
        yield demo
    finally:
        demo.stop()


def left_behind(home: Path) -> list[str]:
    """Name the processes that belong to a home: by their arguments or their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            around = (process / "environ").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if int(process.name) != os.getpid() and (
            f"{home}/" in words or f"EVENHAND_HOME={home}\0" in around
        ):
            found.append(f"{process.name} {words}")
    return found


def wait_until_nothing_is_left(home: Path, *, seconds: float = 40) -> list[str]:
    """Wait for every process of a home to end, and name those that did not."""
    deadline = time.monotonic() + seconds
    while (left := left_behind(home)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left
