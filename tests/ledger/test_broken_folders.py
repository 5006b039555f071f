"""Folders and manifests that are broken, mixed up or made to harm: each gets its sentence."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.ledger.bags import MOST_IN_A_FOLDER, sha256_of
from evenhand.ledger.verify_walk import MOST_MONTHS
from tests.ledger.breaking import Case, Damage, check_case, put, raw
from tests.ledger.bundles import (
    SmallLog,
    copy_of,
    entry,
    found,
    lines_of,
)
from tests.ledger.published import ROOT


def manifest(change: Callable[[list[bytes]], list[bytes]]) -> Damage:
    """Change the lines of the manifest, and make the manifest of manifests fit."""

    def damage(folder: Path) -> None:
        path = folder / "manifest-sha256.txt"
        path.write_bytes(b"".join(change(lines_of(path))))
        tags = folder / "tagmanifest-sha256.txt"
        lines = tags.read_text().splitlines()
        lines[-1] = f"{sha256_of(path)}  manifest-sha256.txt"
        tags.write_text("".join(f"{line}\n" for line in lines))

    return damage


def another_bag(folder: Path) -> None:
    path, tags = folder / "bagit.txt", folder / "tagmanifest-sha256.txt"
    before = sha256_of(path)
    path.write_bytes(path.read_bytes().replace(b"1.0", b"2.0"))
    tags.write_text(tags.read_text("ascii").replace(before, sha256_of(path)), "ascii")


def many_files(folder: Path) -> None:
    for number in range(MOST_IN_A_FOLDER + 1):
        (folder / f"data/{number}").touch()


def deep(folder: Path) -> None:
    (folder / "/".join(["data", *["d"] * 30])).mkdir(parents=True)


def link(folder: Path) -> None:
    (folder / "data/policy.txt").unlink()
    (folder / "data/policy.txt").symlink_to("/etc/passwd")


def link_top(folder: Path) -> None:
    (folder / "bag-info.txt").unlink()
    (folder / "bag-info.txt").symlink_to("/etc/passwd")


def pipe(folder: Path) -> None:
    (folder / "data/checkpoint").unlink()
    os.mkfifo(folder / "data/checkpoint")


def no_payload(folder: Path) -> None:
    (folder / "data").rename(folder.with_name(f"{folder.name}-moved"))
    (folder / "data").write_bytes(b"")


CASES: dict[str, Case] = {
    "a file changed": (
        raw("data/rules.json", lambda it: it + b" "),
        "data/rules.json was changed: it has another hash than in manifest-sha256.txt.",
    ),
    "a file more": (
        lambda folder: (folder / "data/note.txt").write_bytes(b"hello"),
        "data/note.txt is in the bundle but not in manifest-sha256.txt.",
    ),
    "a file more beside data": (
        lambda folder: (folder / "note.txt").write_bytes(b"hello"),
        "note.txt is in the bundle but in no manifest.",
    ),
    "what a Mac left": (
        lambda folder: (folder / ".DS_Store").write_bytes(b""),
        ".DS_Store is in the bundle but in no manifest. If your own computer put it there, remove",
    ),
    "what Windows left": (
        lambda folder: (folder / "data/tile/Thumbs.db").write_bytes(b""),
        "manifest-sha256.txt. If your own computer put it there, remove it.",
    ),
    "a file less": (
        lambda folder: (folder / "data/tile/entries/000").unlink(),
        "data/tile/entries/000 is in manifest-sha256.txt but not in the bundle.",
    ),
    "the last file less": (
        lambda folder: (folder / "data/tile/entries/001.p/56").unlink(),
        "data/tile/entries/001.p/56 is in manifest-sha256.txt but not in the bundle.",
    ),
    "no manifest": (
        lambda folder: (folder / "manifest-sha256.txt").unlink(),
        "This is no bundle: it has no manifest-sha256.txt.",
    ),
    "a changed manifest": (
        raw("manifest-sha256.txt", lambda it: it + b" "),
        "manifest-sha256.txt was changed: it has another hash than in tagmanifest-sha256.txt.",
    ),
    "another file that says what it is": (
        raw("bagit.txt", bytes.lower),
        "bagit.txt was changed: it has another hash than in tagmanifest-sha256.txt.",
    ),
    "another kind of bag": (
        another_bag,
        "bagit.txt does not say BagIt 1.0 in UTF-8.",
    ),
    "a path that leads out": (
        manifest(lambda lines: [*lines, lines[0][:64] + b"  data/../../../etc/passwd\n"]),
        "Line 13 of manifest-sha256.txt is not in the order of its paths.",
    ),
    "a path that leads out, at the end": (
        manifest(lambda lines: [*lines, lines[0][:64] + b"  data/z/../../../etc/passwd\n"]),
        "data/z/../../../etc/passwd is in manifest-sha256.txt but not in the bundle.",
    ),
    "an absolute path": (
        manifest(lambda lines: [lines[0][:64] + b"  /etc/passwd\n", *lines]),
        "/etc/passwd is in manifest-sha256.txt but not in the bundle.",
    ),
    "a path with a NUL": (
        manifest(lambda lines: [*lines, lines[0][:64] + b"  data/z\0z\n"]),
        "data/z\\x00z is in manifest-sha256.txt but not in the bundle.",
    ),
    "a path that is not UTF-8": (
        manifest(lambda lines: [*lines, lines[0][:64] + b"  data/\xff\n"]),
        "data/\ufffd is in manifest-sha256.txt but not in the bundle.",
    ),
    "a path twice": (
        manifest(lambda lines: [lines[0], *lines]),
        "Line 2 of manifest-sha256.txt is not in the order of its paths.",
    ),
    "a manifest in another order": (
        manifest(lambda lines: lines[::-1]),
        "data/README.txt is in the bundle but not in manifest-sha256.txt.",
    ),
    "a giant line in the manifest": (
        manifest(lambda lines: [lines[0][:64] + b"  " + b"a" * 10_000_000 + b"\n"]),
        "Line 1 of manifest-sha256.txt is not a hash and a path.",
    ),
    "an empty manifest": (
        manifest(lambda _lines: []),
        "data/README.txt is in the bundle but not in manifest-sha256.txt.",
    ),
    "a link": (link, "data/policy.txt in the bundle is neither a file nor a folder."),
    "a link beside data": (link_top, "bag-info.txt in the bundle is not a file."),
    "a pipe": (pipe, "data/checkpoint in the bundle is neither a file nor a folder."),
    "no folder": (no_payload, "data in the bundle is not a folder."),
    "too many files": (many_files, "data holds more than 4000 files."),
    "too deep": (deep, "Folders in the bundle are more than 20 deep."),
    "a file that is no part": (put("data/run.exe", b"MZ"), "data/run.exe is no part of a bundle."),
}


@pytest.mark.parametrize("what", CASES)
def test_a_broken_folder_gets_its_sentence(what: str, true: Path, tmp_path: Path) -> None:
    check_case(CASES[what], true, tmp_path / "bundle")


def test_who_names_the_folder_within_a_bundle_is_told_which_to_name(true: Path) -> None:
    told = str(found(true / "data").difference)
    assert "it has no bagit.txt" in told
    assert "not data itself." in told


def test_what_is_no_folder_is_said(tmp_path: Path) -> None:
    assert found(tmp_path / "absent").difference == (". cannot be read: No such file or directory.")
    (tmp_path / "file").write_bytes(b"")
    assert "cannot be read: Not a directory." in str(found(tmp_path / "file").difference)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_byte_of_a_bundle_can_be_changed_unseen(
    data: st.DataObject, true: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = copy_of(true, tmp_path_factory.mktemp("fuzz") / "bundle")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(files))
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    report = found(folder)
    assert not report.ok
    assert str(report.difference).endswith(".")


def test_days_that_somebody_invented_do_not_fill_the_memory(tmp_path: Path) -> None:
    reports = []
    for months in (MOST_MONTHS, MOST_MONTHS + 1):
        log = SmallLog()
        days = [datetime(1900 + at // 12, at % 12 + 1, 1, tzinfo=UTC) for at in range(months)]
        log.grow([entry(0, at=day) for day in days])
        reports.append(found(log.export(tmp_path / str(months))))
    assert [it.ok for it in reports] == [True, False]
    assert "of more than 1,200 different months" in str(reports[1].difference)


def test_a_long_bundle_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    written = entry(0)
    log = SmallLog()
    log.grow([written] * 20_000)
    log.export(folder)
    code = (
        "from pathlib import Path\n"
        "from evenhand.ledger.verify import verify\n"
        "from evenhand.ledger.verify_asked import Asked\n"
        f"report = verify(Path({str(folder)!r}), Asked())\n"
        "status = Path('/proc/self/status').read_text().split()\n"
        "print(report.difference, status[status.index('VmHWM:') + 1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.defpath},
        capture_output=True,
        check=True,
        text=True,
    )
    difference, kilobytes = done.stdout.split()
    assert difference == "None"
    assert int(kilobytes) < 40 * 1024
