"""The demo's life: stopped, resumed, interrupted, killed, out of disk; nothing is left behind."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from evenhand.actions.demo_cases import CASES
from tests.campaigns import sampled
from tests.cli.programs import (
    RunningDemo,
    evenhand,
    left_behind,
    running_demo,
    wait_until_nothing_is_left,
)

AS_ROOT = os.geteuid() == 0
# What a start makes, the last first; it is interrupted at each.
MOMENTS = (
    "keys/demo-officers.json",
    "postgres.new",
    "keys/demo-begun",
    "keys/desk.key",
    "postgres/postmaster.pid",
    "locks/demo.lock",
)


# What a whole demo shows, the last that is written last.
WHOLE = {"referral": len(CASES), "person": 1, "disclosure": 1, "review": 1, "public_report": 1}


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """A file system of its own with little room. Only root can make one."""
    folder.mkdir()
    size = f"size={megabytes}m,mode=0755"
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["/bin/umount", "--lazy", folder], check=True)


def wait_for(path: Path) -> None:
    """Wait until a start has come as far as making this file."""
    deadline = time.monotonic() + 180
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert path.exists()


def wait_until_it_sent(home: Path, *, mails: int) -> None:
    """Wait until the fictional cases are being written, and some of their notices were sent."""
    deadline = time.monotonic() + 180
    while len(list((home / "mail").glob("*.eml"))) < mails and time.monotonic() < deadline:
        time.sleep(0.005)


def end_by_its_own(demo: RunningDemo) -> str:
    """Wait for a demo that ends by itself with status 1, and give what it said."""
    assert demo.process.wait(120) == 1
    assert demo.process.stdout is not None
    demo.process.stdout.close()
    return demo.errors.read_text()


def test_it_stops_resumes_begins_again_and_repairs_itself(place: Path) -> None:
    home = place / "home"
    # Killed while it writes its cases, it begins again at the next start and makes the whole desk.
    interrupted, started = RunningDemo(home), home / "keys" / "demo-begun"
    wait_for(started)
    wait_until_it_sent(home, mails=5)
    interrupted.process.kill()
    interrupted.stop()
    assert started.exists()
    # Killed a moment later, it would have left this, too.
    (home / "keys" / "demo-officers.json").write_text("[]")
    with running_demo(home) as demo:
        first = demo.said
        assert len(first["officers"]) >= 5
        with psycopg.connect(first["database_url"]) as run:
            for table, least in WHOLE.items():
                [(many,)] = run.execute(f'SELECT count(*) FROM "{table}"'.encode()).fetchall()
                assert many >= least, table
        assert "beginning again" in demo.errors.read_text()
        assert not started.exists()
        begun = time.monotonic()
        assert demo.stop(signal.SIGTERM) == 0
        assert time.monotonic() - begun < 30
    assert wait_until_nothing_is_left(home) == []

    # A second start goes on where it stopped, with the same passwords.
    with running_demo(home) as demo:
        assert demo.said["officers"] == first["officers"]
        assert demo.said["database_url"] == first["database_url"]
        # Killed outright, it takes its children with it.
        demo.process.kill()
        demo.process.wait()
        assert wait_until_nothing_is_left(home) == []

    # What the kill left is repaired; a part that dies stops everything, and its log is named.
    with running_demo(home) as demo:
        assert demo.said["officers"] == first["officers"]
        (worker,) = [line for line in left_behind(home) if "evenhand.cli.main work" in line]
        os.kill(int(worker.split()[0]), signal.SIGKILL)
        said = end_by_its_own(demo)
        assert "The worker has ended by itself" in said
        assert f"{home}/logs/worker.log" in said
    assert wait_until_nothing_is_left(home) == []

    # The database too.
    with running_demo(home) as demo:
        process = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGKILL)
        assert "PostgreSQL has ended by itself" in end_by_its_own(demo)
    assert wait_until_nothing_is_left(home) == []

    # Stopped, its desk is still there for other commands, and they stop the database again.
    done = evenhand("status", EVENHAND_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert wait_until_nothing_is_left(home) == []


@pytest.mark.parametrize("moment", sampled(MOMENTS, "EVENHAND_EVERY_MISHAP", most=2))
def test_interrupted_while_it_starts_it_leaves_nothing(place: Path, moment: str) -> None:
    home = place / "home"
    demo = RunningDemo(home)
    wait_for(home / moment)
    assert demo.stop() in {0, 130}
    assert wait_until_nothing_is_left(home) == []
    assert "Traceback" not in demo.errors.read_text()


def test_a_desk_that_does_not_fit_on_the_disk_is_one_sentence(place: Path) -> None:
    if not AS_ROOT:
        return  # only root can make a small disk
    with small_disk(place / "disk", megabytes=50) as disk:
        refused_for_room(disk / "home")


def test_a_disk_that_fills_up_later_is_one_sentence_and_no_loss(place: Path) -> None:
    if not AS_ROOT:
        return  # only root can make a small disk
    with small_disk(place / "disk", megabytes=260) as disk:
        home, filler = disk / "home", disk / "filler"
        with running_demo(home) as demo:
            first = demo.said["officers"]
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(b"x" * 65536):
                pass
        (home / "prepared").unlink()
        refused_for_room(home)
        filler.unlink()
        with running_demo(home) as demo:
            assert demo.said["officers"] == first
        assert wait_until_nothing_is_left(home) == []


def refused_for_room(home: Path) -> None:
    done = evenhand("demo", "--port", "0", "--home", str(home))
    assert done.returncode == 1
    assert b"the disk is full" in done.stderr.lower(), done.stderr
    assert b"Traceback" not in done.stderr
    assert wait_until_nothing_is_left(home) == []


def test_a_read_only_home_is_one_sentence(place: Path) -> None:
    folder = place / "home"
    if AS_ROOT:
        with small_disk(folder, megabytes=1) as disk:
            subprocess.run(["/bin/mount", "-o", "remount,ro", disk], check=True)
            done = evenhand("demo", "--port", "0", "--home", str(disk / "inner"))
    else:
        folder.mkdir(mode=0o500)
        done = evenhand("demo", "--port", "0", "--home", str(folder / "inner"))
    assert done.returncode == 1
    assert b"cannot be kept in" in done.stderr
    assert b"read-only" in done.stderr or b"may not" in done.stderr
    assert b"Traceback" not in done.stderr
