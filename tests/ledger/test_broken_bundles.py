"""Bundles that are broken, cut, mixed up or made to harm: each gets its sentence, and nothing more.

Whoever tampers also makes the manifests fit again, unless the case is about the manifests.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.ledger.bags import MOST_IN_A_FOLDER, sha256_of
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.files import reader_of
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.notes import Note
from evenhand.ledger.signing import sign, sign_checkpoint
from evenhand.ledger.tiles import entries_between, pack, unpack
from evenhand.ledger.tree import leaf_hash
from tests.ledger.bundles import (
    SmallLog,
    copy_of,
    entry,
    found,
    lines_of,
    note_line,
    rebag,
    small_log,
)
from tests.ledger.cast import EAST, LOG, NOON, ORIGIN, STRANGER, WEST, checkpoint
from tests.ledger.folders import Shelf
from tests.ledger.published import ROOT

Damage = Callable[[Path], object]
SIZES = (3, 300, 9)


@pytest.fixture(scope="module")
def log() -> SmallLog:
    return small_log(*SIZES)


@pytest.fixture(scope="module")
def true(log: SmallLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return log.export(tmp_path_factory.mktemp("true") / "bundle")


def edit(path: str, change: Callable[[bytes], bytes]) -> Damage:
    """Change a file, and make the manifests fit again."""

    def damage(folder: Path) -> None:
        file = folder / path
        file.write_bytes(change(file.read_bytes() if file.exists() else b""))
        rebag(folder)

    return damage


def put(path: str, data: bytes) -> Damage:
    def damage(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        rebag(folder)

    return damage


def raw(path: str, change: Callable[[bytes], bytes]) -> Damage:
    """Change a file and leave the manifests as they were."""
    return lambda folder: (folder / path).write_bytes(change((folder / path).read_bytes()))


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


def remove(path: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / path).unlink()
        rebag(folder)

    return damage


def swap_entries(bundle: bytes) -> bytes:
    entries = unpack(bundle, 256)
    entries[7], entries[9] = entries[9], entries[7]
    return pack(entries)


def change_entry(folder: Path) -> None:
    """Change an entry, and the tile above it."""
    path = folder / "data/tile/entries/000"
    entries = unpack(path.read_bytes(), 256)
    entries[7] = entry(7).leaf
    path.write_bytes(pack(entries))
    tile = folder / "data/tile/0/000"
    data = tile.read_bytes()
    tile.write_bytes(data[: 7 * 32] + leaf_hash(entries[7]) + data[8 * 32 :])
    openings = folder / "data/openings.jsonl"
    lines = lines_of(openings)
    lines[7] = b"null\n"
    openings.write_bytes(b"".join(lines))
    rebag(folder)


def with_leaf(leaf: Callable[[bytes], bytes], index: int = 311) -> Damage:
    """Write the last entry anew, and sign the whole log again with its own keys."""

    def damage(folder: Path) -> None:
        leaves = list(entries_between(reader_of(folder / "data"), 0, 312, 312))
        leaves[index] = leaf(leaves[index])
        grown, shelf = GrowingLog(), Shelf()
        shelf.put(grown.add(leaves))
        for path in shelf:
            put(f"data/{path}", shelf[path])(folder)
        note = signed(312, grown.root()).decode()
        (folder / "data/checkpoint").write_text(note)
        (folder / "data/checkpoints.jsonl").write_bytes(note_line(note))
        rebag(folder)

    return damage


def signed(size: int, root: bytes = bytes(32), *, at: int = NOON + 400 * 3600) -> bytes:
    return str(checkpoint(size, root, at=at, by=(EAST, WEST))).encode()


def opening(change: Callable[[bytes], bytes], number: int = 311) -> Damage:
    def lines(data: bytes) -> bytes:
        parts = data.splitlines(keepends=True)
        parts[number] = change(parts[number])
        return b"".join(parts)

    return edit("data/openings.jsonl", lines)


def other_log(folder: Path) -> None:
    note = sign_checkpoint(Checkpoint("another.example", 3, bytes(32)), [LOG])
    path = folder / "data/checkpoints.jsonl"
    path.write_bytes(note_line(str(note)))
    rebag(folder)


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


def sparse(folder: Path) -> None:
    with (folder / "data/tile/entries/000").open("r+b") as file:
        file.truncate(2_000_000)
    rebag(folder)


HUGE = 2**62
CASES: dict[str, tuple[Damage, str]] = {
    # The folder and its manifests.
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
    # The tree.
    "an entry changed": (
        edit("data/tile/entries/000", lambda it: it.replace(b'"n":5', b'"n":6', 1)),
        "Entry 0 (referral.log of 2026-09-21) is not the entry that the tree was made of.",
    ),
    "two entries in each other's place": (
        edit("data/tile/entries/000", swap_entries),
        "Entry 7 (referral.consult of 2026-09-21) is not the entry that the tree was made of.",
    ),
    "an entry and its tile changed": (
        change_entry,
        "The entries do not lead to the checkpoint of 303 entries in line 2 of checkpoints.jsonl,",
    ),
    "a tile above changed": (
        edit("data/tile/1/000.p/1", lambda it: it[:-1] + b"\0"),
        "tile/1/000.p/1 does not hold the hashes that the entries lead to.",
    ),
    "a bundle cut off": (
        edit("data/tile/entries/000", lambda it: it[:-10]),
        "tile/entries/000: A bundle does not end after its 256 entries.",
    ),
    "a bundle of length fields that lie": (
        edit("data/tile/entries/000", lambda it: b"\xff\xff" + it[2:]),
        "tile/entries/000: A bundle holds 1 entries and not 256.",
    ),
    "an empty bundle": (
        edit("data/tile/entries/000", lambda _it: b""),
        "tile/entries/000: A bundle holds 0 entries and not 256.",
    ),
    "a giant bundle": (sparse, "tile/entries/000 is larger than such a file can be."),
    "a bundle missing": (
        remove("data/tile/entries/001.p/56"),
        "data/tile/entries/001.p/56 cannot be read: No such file or directory.",
    ),
    "a tile changed": (
        edit("data/tile/0/001.p/56", lambda it: it[:-1] + b"\0"),
        "Entry 311 (notice.accept of 2026-10-04) is not the entry that the tree was made of.",
    ),
    "a tile cut off": (
        edit("data/tile/0/001.p/56", lambda it: it[:-32]),
        "A tile of 1760 bytes does not hold 56 hashes.",
    ),
    "a tile more": (
        put("data/tile/0/001.p/57", bytes(57 * 32)),
        "The bundle holds 6 tiles, of which a log of 312 has 5.",
    ),
    "a leaf with a name in it": (
        with_leaf(lambda it: it.replace(b'"n":5', b'"name":"J Smith","n":5')),
        "Entry 311 is not written as a leaf of this log is.",
    ),
    "an act that nobody knows": (
        with_leaf(lambda it: it.replace(b"notice.accept", b"notice.forget")),
        "Entry 311 is of an act that this version does not know: notice.forget.",
    ),
    "an act of another class": (
        with_leaf(lambda it: it.replace(b"disclosure", b"collection")),
        "Entry 311 gives notice.accept another class under s.62 than it has.",
    ),
    "a day that does not exist": (
        with_leaf(lambda it: it.replace(b"2026-10-04", b"2026-02-30")),
        "Entry 311 is of a day that does not exist: 2026-02-30.",
    ),
    # Checkpoints.
    "a checkpoint of another size": (
        edit("data/checkpoint", lambda _it: signed(300)),
        "Line 2 of checkpoints.jsonl: the checkpoint of 303 entries is not in its place between 3",
    ),
    "a huge size": (
        edit("data/checkpoint", lambda _it: signed(HUGE)),
        "data/tile/entries/001 cannot be read: No such file or directory.",
    ),
    "a size of 2^63": (
        edit("data/checkpoint", lambda it: it.replace(b"\n312\n", b"\n9223372036854775808\n")),
        "The size of a checkpoint is not a whole number below 2^63",
    ),
    "a checkpoint signed by a stranger": (
        edit(
            "data/checkpoint",
            lambda _it: str(sign_checkpoint(Checkpoint(ORIGIN, 3, bytes(32)), [STRANGER])).encode(),
        ),
        "No key that is known here has signed.",
    ),
    "a checkpoint with a false signature": (
        edit("data/checkpoint", lambda it: it.replace(b"\n312\n", b"\n311\n")),
        f"The signature of {ORIGIN} does not fit the text.",
    ),
    "a checkpoint with one witness": (
        edit("data/checkpoint", lambda it: it[: it.rindex("\u2014".encode())]),
        "The quorum both is not reached: cosigned by east.",
    ),
    "a giant checkpoint": (
        edit("data/checkpoint", lambda _it: b"a" * 2_000_000),
        "checkpoint is larger than such a file can be.",
    ),
    "a checkpoint that is not UTF-8": (
        edit("data/checkpoint", lambda it: it + b"\xff"),
        "A note is written in UTF-8.",
    ),
    "no checkpoint": (
        remove("data/checkpoint"),
        "data/checkpoint cannot be read: No such file or directory.",
    ),
    "an older checkpoint of another tree": (
        edit("data/checkpoints.jsonl", lambda it: note_line(signed(303).decode()) + it),
        (
            "The entries do not lead to the checkpoint of 303 entries in line 1 of "
            "checkpoints.jsonl, "
            "cosigned 2026-10-08 06:13 UTC: something before entry 303 differs, and nothing before "
            "entry 0 does."
        ),
    ),
    "checkpoints in another order": (
        edit("data/checkpoints.jsonl", lambda it: b"".join(it.splitlines(keepends=True)[::-1])),
        (
            "Line 2 of checkpoints.jsonl: the checkpoint of 303 entries is not in its place "
            "between "
            "312 and 312."
        ),
    ),
    "a checkpoint that is no JSON": (
        edit("data/checkpoints.jsonl", lambda it: it + b"{\n"),
        "Line 4 of checkpoints.jsonl: It is not JSON.",
    ),
    "a checkpoint that is no note": (
        edit("data/checkpoints.jsonl", lambda it: it + b"[[1]]\n"),
        "Line 4 of checkpoints.jsonl: It is not a note.",
    ),
    "a checkpoint of half a letter": (
        edit("data/checkpoints.jsonl", lambda it: it + b'"\\ud800"\n'),
        "Line 4 of checkpoints.jsonl: A note is a text, an empty line and lines of signatures.",
    ),
    "nested a million deep": (
        edit("data/checkpoints.jsonl", lambda _it: b"[" * 1_000_000),
        "Line 1 of checkpoints.jsonl: It is not JSON.",
    ),
    "a checkpoint of another log": (
        other_log,
        "Line 1 of checkpoints.jsonl: It is of another log.",
    ),
    "a since from elsewhere": (
        put("data/since", signed(3)),
        "The entries do not lead to the checkpoint of 3 entries that the bundle goes on from",
    ),
    "a since after the end": (
        put("data/since", signed(400)),
        "The bundle goes on from 400 entries, but it ends at 312.",
    ),
    # Openings.
    "an opening of another entry": (
        opening(lambda _it: small_log(1).written[0].opening.encode() + b"\n"),
        "Entry 311 (notice.accept of 2026-10-04): The opening does not belong to its leaf.",
    ),
    "an opening with a field less": (
        opening(lambda _it: b"[]\n"),
        "Entry 311 (notice.accept of 2026-10-04): The opening has 0 fields where its leaf says 5.",
    ),
    "an opening missing": (
        edit("data/openings.jsonl", lambda it: b"".join(it.splitlines(keepends=True)[:-1])),
        "The opening of entry 311 (notice.accept of 2026-10-04) is missing.",
    ),
    "an opening cut off": (
        edit("data/openings.jsonl", lambda it: it[:-9]),
        (
            "The opening of entry 311 (notice.accept of 2026-10-04) is cut off or longer "
            "than it can "
            "be."
        ),
    ),
    "an opening more": (
        edit("data/openings.jsonl", lambda it: it + b"null\n"),
        "openings.jsonl has more lines than the 312 entries need.",
    ),
    "an opening that is no JSON": (
        opening(lambda _it: b"{\n"),
        (
            "Entry 311 (notice.accept of 2026-10-04): The opening is not JSON of whole numbers and "
            "text."
        ),
    ),
    "an opening of two values": (
        opening(lambda it: it[:-1] + b"[]\n"),
        "The opening is not JSON of whole numbers and text.",
    ),
    "an opening with a float": (
        opening(lambda _it: b"[1.5]\n"),
        "The opening is not JSON of whole numbers and text.",
    ),
    "an opening that is no array": (
        opening(lambda _it: b'{"x":1}\n'),
        "The opening is not an array of fields.",
    ),
    "an opening of numbers": (
        opening(lambda _it: b"[1,2,3,4,5]\n"),
        "The opening has a field that is neither a disclosure nor a digest.",
    ),
    "an opening of short digests": (
        opening(lambda _it: b'[{"x":"A"},{"x":"A"},{"x":"A"},{"x":"A"},{"x":"A"}]\n'),
        "The opening has a field that is neither a disclosure nor a digest.",
    ),
    "an opening nested deep": (
        opening(lambda _it: b"[" * 1_000_000 + b"\n"),
        "The opening is not JSON of whole numbers and text.",
    ),
    "an opening of five megabytes": (
        opening(lambda _it: b'["' + b"a" * 5_000_000 + b'"]\n'),
        "is cut off or longer than it can be.",
    ),
    # The key beside the log.
    "a policy's worth of rubbish for a key": (
        edit("data/log.vkey", lambda _it: b"\xff" * 1000),
        "",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_a_broken_bundle_gets_its_sentence(what: str, true: Path, tmp_path: Path) -> None:
    damage, sentence = CASES[what]
    folder = copy_of(true, tmp_path / "bundle")
    damage(folder)
    report = found(folder)
    assert sentence in str(report.difference)
    assert report.ok is (not sentence)
    assert report.difference is None or report.difference.endswith(".")


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (b"", "No key that is known here has signed."),
        (b"rubbish\n", "A key is written as its name, its id and its bytes, joined by plus signs."),
        (b"\n" * 20, "log.vkey has at most 10 keys."),
    ],
)
def test_without_a_policy_the_key_beside_the_log_must_be_one(
    keys: bytes, sentence: str, true: Path, tmp_path: Path
) -> None:
    folder = copy_of(true, tmp_path / "bundle")
    edit("data/log.vkey", lambda _it: keys)(folder)
    assert found(folder, policy=None).difference == sentence


def test_a_policy_or_kept_checkpoint_that_is_none_is_said(true: Path) -> None:
    assert found(true, policy=b"nonsense\n").difference == (
        "Line 1 of the policy: this is no log, witness, group or quorum."
    )
    assert found(true, kept=b"nonsense").difference == (
        "A note is a text, an empty line and lines of signatures."
    )
    note = sign_checkpoint(Checkpoint("another.example", 3, bytes(32)), [LOG])
    assert found(true, kept=str(note).encode()).difference == (
        "The checkpoint that you kept is of another log."
    )


def test_a_checkpoint_of_the_log_that_only_witnesses_signed_is_none(
    true: Path, tmp_path: Path
) -> None:
    folder = copy_of(true, tmp_path / "bundle")
    text = str(Checkpoint(ORIGIN, 3, bytes(32)))
    note = Note(text, (sign(text, EAST, at=NOON),))
    edit("data/checkpoints.jsonl", lambda _it: note_line(str(note)))(folder)
    assert found(folder).difference == (
        "Line 1 of checkpoints.jsonl: No key of the log has signed it."
    )


def test_a_checkpoint_older_than_the_bundle_is_out_of_place(log: SmallLog, tmp_path: Path) -> None:
    folder = log.export(tmp_path / "bundle", since=303)
    edit("data/checkpoints.jsonl", lambda it: note_line(log.notes[3]) + it)(folder)
    assert found(folder).difference == (
        "The checkpoint of 3 entries in line 1 of checkpoints.jsonl is older than this bundle, "
        "which begins at 303."
    )


def test_what_was_before_is_checked_where_it_stands_in_the_first_bundle(
    log: SmallLog, tmp_path: Path
) -> None:
    folder = log.export(tmp_path / "bundle", since=303)
    path = folder / "data/tile/entries/001.p/56"
    entries = unpack(path.read_bytes(), 56)
    entries[2] = b"something else"
    path.write_bytes(pack(entries))
    rebag(folder)
    assert found(folder).difference == "Entry 258 is not the entry that the tree was made of."


def test_an_opening_whose_time_is_not_on_the_day_of_its_leaf_is_refused(tmp_path: Path) -> None:
    from tests.ledger.test_openings import leaf_of

    log = small_log(2)
    written = leaf_of(["at", "2026-09-23T00:00:00.000000+00:00"], day="2026-09-21")
    log.grow([written])
    report = found(log.export(tmp_path / "bundle"))
    assert "The opening tells a time that is not on the day of its leaf." in str(report.difference)


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


def test_a_long_bundle_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    written = entry(0)
    log = SmallLog()
    log.grow([written] * 20_000)
    log.export(folder)
    code = (
        "from pathlib import Path\n"
        "from evenhand.ledger.verify import Asked, verify\n"
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
