"""A long log, checked by several processes: the same report as from one, whatever is wrong."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evenhand.ledger.bundle import write_bundle
from evenhand.ledger.sharing import ALONE, Processes
from evenhand.ledger.tiles import pack, unpack
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.ledger.verify_stretch import MOST_ENTRIES
from tests.ledger.breaking import Case, edit, raw, remove, signed
from tests.ledger.bundles import POLICY, SmallLog, copy_of, entry, note_line, restore
from tests.ledger.cast import NOON
from tests.ledger.published import ROOT

SIZE = (ALONE + 3) * MOST_ENTRIES
LATE = SIZE - 200
BUNDLE = SIZE // 256 - 1
PATH = f"data/tile/entries/{BUNDLE:03}"
OPEN = 300
MINE = Asked(policy=POLICY.encode())


def erased(log: SmallLog, folder: Path, *, but: int) -> Path:
    """Write a bundle of which only the newest openings are left, from that of a restore on."""
    openings = [
        None if at < log.log.size - but else it.opening for at, it in enumerate(log.written)
    ]
    write_bundle(folder, replace(log.contents(), openings=openings), on=date(2026, 9, 30))
    return folder


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    log, lost = SmallLog(), SIZE - OPEN
    entries = [entry(0)] * lost + [restore(lost, after=0)] + [entry(0)] * (OPEN - 1)
    for begin, end in ((0, 1_000), (1_000, LATE), (LATE, SIZE)):
        log.grow(entries[begin:end], at=NOON + 60)
    return erased(log, tmp_path_factory.mktemp("long") / "bundle", but=OPEN)


@pytest.fixture(scope="module")
def share() -> Iterator[Processes]:
    with Processes(2) as processes:
        yield processes


def other_entry(bundle: bytes) -> bytes:
    entries = unpack(bundle, 256)
    entries[9] = entry(1).leaf
    return pack(entries)


def no_opening(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    lines[-60] = b"null\n"
    return b"".join(lines)


def other_opening(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    lines[-50] = lines[-50].replace(b"W", b"V", 1)
    return b"".join(lines)


CASES: dict[str, Case] = {
    "nothing": (lambda _folder: None, ""),
    "an opening of another entry": (
        edit("data/openings.jsonl", other_opening),
        f"Entry {SIZE - 50} (referral.log of 2026-09-21): The opening does not belong to its leaf.",
    ),
    "an opening missing": (
        edit("data/openings.jsonl", lambda it: b"".join(it.splitlines(keepends=True)[:-1])),
        f"The opening of entry {SIZE - 1} (referral.log of 2026-09-21) is missing.",
    ),
    "an opening taken out": (
        edit("data/openings.jsonl", no_opening),
        f"The opening of entry {SIZE - 60} is not there, and no restore of the desk says that",
    ),
    "an opening more": (
        edit("data/openings.jsonl", lambda it: it + b"null\n"),
        f"openings.jsonl has more lines than the {SIZE} entries need.",
    ),
    "an entry changed": (
        edit(PATH, other_entry),
        f"Entry {BUNDLE * 256 + 9} (referral.consult of 2026-09-21) is not the entry that the tree",
    ),
    "a bundle missing": (remove(PATH), f"{PATH} cannot be read: No such file or directory."),
    "a bundle changed on its way": (
        raw(PATH, other_entry),
        f"{PATH} was changed: it has another hash than in manifest-sha256.txt.",
    ),
    "a checkpoint of another tree": (
        edit(
            "data/checkpoints.jsonl",
            lambda it: b"".join(
                [*it.splitlines(keepends=True)[:2], note_line(signed(SIZE - 9).decode())]
            ),
        ),
        f"differs, and nothing before entry {LATE} does.",
    ),
    "a checkpoint that is no note, and later an entry changed": (
        lambda folder: (
            edit("data/checkpoints.jsonl", lambda it: it + b"{\n")(folder),
            edit(PATH, other_entry)(folder),
        ),
        f"Entry {BUNDLE * 256 + 9} (referral.consult",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_several_processes_find_what_one_finds(
    what: str, long: Path, share: Processes, tmp_path: Path
) -> None:
    damage, sentence = CASES[what]
    folder = copy_of(long, tmp_path / "bundle")
    damage(folder)
    found = verify(folder, MINE, share)
    assert found == verify(folder, MINE)
    assert sentence in str(found.difference)
    assert found.ok is (not sentence)


@pytest.mark.parametrize("signal_to_all", [True, False])
def test_whoever_interrupts_gets_a_sentence_and_leaves_nothing_running(
    signal_to_all: bool, tmp_path: Path
) -> None:
    log, lost = SmallLog(), 999_999
    log.grow([entry(0)] * lost + [restore(lost, after=0)], at=NOON + 60)
    folder = erased(log, tmp_path / "bundle", but=1)
    code = (
        "import sys, evenhand.ledger.__main__ as it\n"
        "it.processes = lambda: 2\n"
        f"sys.exit(it.main(['verify', {str(folder)!r}]))\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.defpath},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    begun = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    ends = time.monotonic() + 60
    while len(begun.read_text().split()) < 2 and time.monotonic() < ends:
        time.sleep(0.01)
    if signal_to_all:
        os.killpg(running.pid, signal.SIGINT)
    else:
        running.send_signal(signal.SIGINT)
    # It ends once nobody can write any more, so no process is left.
    said = running.communicate(timeout=60)
    assert (running.returncode, *said) == (
        130,
        "",
        "Stopped before the end: nothing is verified.\n",
    )
