"""The embedded PostgreSQL of one home: made once, started when used, stopped when nobody does.

Every connection proves its role's password from the first start on (SCRAM, no trust at any time),
so the separation of the owner's and the application's role is as real as on a desk's own server.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from evenhand.cli.clusters import make_cluster, programs, socket_folder
from evenhand.cli.failures import CannotStart, last_lines, told_as
from evenhand.cli.locks import Held, Lock, is_held, locked
from evenhand.cli.system_user import SystemUser, system_user

DATABASE = "evenhand"
OWNER = "evenhand_owner"
APPLICATION = "evenhand_app"
SUPERUSER = "postgres"


class Cluster:
    """One PostgreSQL and its roles; ``secret`` gives the password of a role by name."""

    def __init__(
        self, folder: Path, *, secret: Callable[[str], str], careless: bool = False
    ) -> None:
        self.data = folder / "postgres"
        self.log = folder / "logs" / "postgres.log"
        self.locks = folder / "locks"
        self.sockets = socket_folder(folder)
        self._secret = secret
        self._careless = careless
        self._keeper = 0

    def address(self, role: str = APPLICATION, database: str = DATABASE) -> str:
        """Give the libpq address of a database for a role."""
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{role}:{self._secret(role)}@/{database}?host={host}&port=5432"

    @contextmanager
    def used(self) -> Iterator[None]:
        """Have the server running for the length of the block, shared with whoever else uses it."""
        self.locks.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        users = Lock(self.locks / "users.lock")
        users.shared()
        try:
            with locked(self.locks / "start.lock"):
                self._make_and_start()
            yield
        finally:
            users.free()

    @property
    def is_up(self) -> bool:
        """Whether the server takes connections and someone keeps it."""
        with suppress(OSError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            ready = len(lines) >= 8 and lines[7].strip() == "ready"
            return ready and is_held(self.locks / "keeper.lock")
        return False

    def wait_until_stopped(self, *, seconds: float = 60) -> bool:
        """Wait for the server to stop after the last use; False where others still use it."""
        shared_since = time.monotonic()
        deadline = shared_since + seconds
        while is_held(self.locks / "keeper.lock") and time.monotonic() < deadline:
            users = Lock(self.locks / "users.lock")
            try:
                users.alone(wait=False)
            except Held:
                if self._is_shared():
                    if time.monotonic() - shared_since > 1:
                        return False
                else:
                    shared_since = time.monotonic()
            finally:
                users.free()
            time.sleep(0.05)
        stopped = not is_held(self.locks / "keeper.lock")
        if stopped and self._keeper:
            with suppress(ChildProcessError):
                os.waitpid(self._keeper, 0)
            self._keeper = 0
        return stopped

    def _is_shared(self) -> bool:
        users = Lock(self.locks / "users.lock")
        try:
            users.shared(wait=False)
        except Held:
            return False
        users.free()
        return True

    def _make_and_start(self) -> None:
        with told_as("The embedded PostgreSQL could not be started"):
            user = system_user()
            user.let_read(programs().parent)
            if not (self.data / "PG_VERSION").exists():
                roles = {role: self._secret(role) for role in (SUPERUSER, OWNER, APPLICATION)}
                make_cluster(self.data, roles=roles, user=user, careless=self._careless)
            user.let_through(self.data)
            self._prepare_sockets(user)
            if not self.is_up:
                self._start(user)

    def _prepare_sockets(self, user: SystemUser) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        owner = self.sockets.lstat().st_uid
        if self.sockets.is_symlink() or owner not in {os.geteuid(), user.user}:
            raise CannotStart(
                f"{self.sockets} belongs to someone else; PostgreSQL's socket cannot be kept there."
            )
        user.own(self.sockets)
        user.let_through(self.sockets)

    def _start(self, user: SystemUser) -> None:
        server = [str(programs() / "postgres"), "-D", str(self.data)]
        server += ["-c", f'unix_socket_directories="{self.sockets}"']
        keeper = [sys.executable, "-I", str(Path(__file__).with_name("keeper.py"))]
        keeper += ["--data", str(self.data), "--sockets", str(self.sockets)]
        keeper += ["--users", str(self.locks / "users.lock")]
        keeper += ["--mine", str(self.locks / "keeper.lock")]
        if user.user is not None:
            keeper += ["--user", str(user.user), "--group", str(user.group)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*keeper, "--", *server],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        said = b""
        if process.stdout is not None:
            with process.stdout as stream:
                said = stream.read()
        if said.strip() != b"ready":
            process.wait()
            raise CannotStart(
                f"PostgreSQL did not start. The end of {self.log}:\n{last_lines(self.log)}"
            )
        # The keeper may outlive this process: others may use the server longer.
        self._keeper, process.returncode = process.pid, 0
