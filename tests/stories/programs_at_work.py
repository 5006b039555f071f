"""A desk as its programs: web server and worker, each a process of its own, with their logs."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.cli.programs import EVENHAND, clean_environment
from tests.desks import FreshDesk


class ProgramsAtWork:
    """``evenhand serve`` and ``evenhand work`` on a fresh desk. ``url`` is where it answers."""

    def __init__(self, desk: FreshDesk, home: Path, *, mail: str) -> None:
        self.home = home
        self.url = ""
        self._settings = desk.env | {"EVENHAND_HOME": str(home), "EVENHAND_SMTP_URL": mail}

    @contextmanager
    def running(self) -> Iterator["ProgramsAtWork"]:
        """Have both running for the block; both must end in good order when they are told to."""
        self.home.mkdir()
        with socket.create_server(("127.0.0.1", 0), backlog=128) as web, ExitStack() as parts:
            self.url = f"http://127.0.0.1:{web.getsockname()[1]}"
            settings = clean_environment(**self._settings | {"EVENHAND_PUBLIC_URL": self.url})
            subprocess.run([*EVENHAND, "migrate"], env=settings, check=True, capture_output=True)
            serve = ["serve", "--bind", f"fd://{web.fileno()}"]
            parts.enter_context(self._part(serve, settings, keep=[web.fileno()]))
            parts.enter_context(self._part(["work"], settings))
            yield self

    def logs(self) -> dict[str, str]:
        """Give what each of them has said."""
        return {it.stem: it.read_text() for it in sorted(self.home.glob("*.log"))}

    @contextmanager
    def _part(
        self, words: Sequence[str], settings: Mapping[str, str], keep: Sequence[int] = ()
    ) -> Iterator[None]:
        with (self.home / f"{words[0]}.log").open("wb") as said:
            process = subprocess.Popen(
                [*EVENHAND, *words],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=settings,
                pass_fds=tuple(keep),
                start_new_session=True,
            )
        try:
            yield
            process.terminate()
            assert process.wait(60) == 0, self.logs()[words[0]]
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
