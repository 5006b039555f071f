"""Keeps one PostgreSQL running for as long as any process uses it, and then stops it.

Run as a program of its own, by path, with the standard library only. Whoever uses the server
shares the users' lock; this process waits to hold that lock alone, which happens when the last
user has gone, however it went. If this process is killed the server is told to stop (Linux).
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

START_SECONDS = 120
STOP_SECONDS = 60
PR_SET_PDEATHSIG = 1


class Ended(Exception):
    """PostgreSQL has ended by itself."""


class Told(Exception):
    """Someone asked this process to stop."""


def stop_with_parent() -> None:
    """Ask Linux to stop the server, in good order, when this process dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def recorded(data: Path) -> list[str]:
    """Give the lines of the server's own note of who it is."""
    with contextlib.suppress(OSError):
        return (data / "postmaster.pid").read_text().splitlines()
    return []


def is_postgres(process: int) -> bool:
    """Say whether a process number belongs to a PostgreSQL, and not to whoever got it since."""
    if Path("/proc/self/comm").exists():
        with contextlib.suppress(OSError):
            return "postgres" in Path(f"/proc/{process}/comm").read_text()
        return False
    shown = subprocess.run(
        ["/bin/ps", "-p", str(process), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return "postgres" in shown.stdout


def clear_stale(data: Path, socket_folder: Path) -> None:
    """End a server that lost its keeper, and remove the notes of one that was killed."""
    lines = recorded(data)
    if lines and lines[0].strip().isdigit():
        process = int(lines[0])
        with contextlib.suppress(ProcessLookupError, PermissionError):
            deadline = time.monotonic() + STOP_SECONDS
            while is_postgres(process):
                os.kill(process, signal.SIGINT if time.monotonic() < deadline else signal.SIGQUIT)
                time.sleep(0.2)
    (data / "postmaster.pid").unlink(missing_ok=True)
    for left in socket_folder.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def wait_until_ready(server: subprocess.Popen[bytes], data: Path) -> None:
    """Wait until the server takes connections. Raises Ended when it gave up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Ended
        lines = recorded(data)
        if len(lines) >= 8 and lines[0].strip() == str(server.pid) and lines[7].strip() == "ready":
            return
        time.sleep(0.02)
    raise Ended


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server: at once but in good order, and by force when that takes too long."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(STOP_SECONDS)


def keep(given: argparse.Namespace) -> int:
    """Start the server, say ready, and wait for the last user to go."""
    server: subprocess.Popen[bytes] | None = None

    def child_changed(_sign: int, _frame: object) -> None:
        if server is not None and server.poll() is not None:
            raise Ended

    def told(_sign: int, _frame: object) -> None:
        raise Told

    clear_stale(given.data, given.sockets)
    users = os.open(given.users, os.O_RDWR | os.O_CREAT, 0o600)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, told)
    try:
        server = subprocess.Popen(
            given.server,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            stderr=sys.stderr,
            cwd=given.data,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            user=given.user,
            group=given.group,
            extra_groups=[] if given.user is not None else None,
            umask=0o077,
            preexec_fn=stop_with_parent,  # noqa: PLW1509 - one thread, nothing to dead-lock
        )
        wait_until_ready(server, given.data)
        print("ready", flush=True)
        os.dup2(2, 1)
        signal.signal(signal.SIGCHLD, child_changed)
        child_changed(0, None)
        fcntl.flock(users, fcntl.LOCK_EX)
    except Ended:
        return 1
    except Told:
        pass
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if server is not None:
            stop(server)
    return 0


def main() -> int:
    """Read what to keep and keep it."""
    parser = argparse.ArgumentParser(description="Keeps an embedded PostgreSQL while it is used.")
    parser.add_argument("--data", type=Path, required=True, help="the cluster")
    parser.add_argument("--users", type=Path, required=True, help="the lock its users share")
    parser.add_argument("--mine", type=Path, required=True, help="the lock of the one keeper")
    parser.add_argument("--sockets", type=Path, required=True, help="the folder of its socket")
    parser.add_argument("--user", type=int, help="the user it runs as, when this one is root")
    parser.add_argument("--group", type=int)
    parser.add_argument("server", nargs="+", help="the program and its arguments")
    given = parser.parse_args()
    mine = os.open(given.mine, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(mine, fcntl.LOCK_EX)
    return keep(given)


if __name__ == "__main__":
    raise SystemExit(main())
