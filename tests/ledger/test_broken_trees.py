"""Entries and tiles that were changed, cut off or mixed up: each gets its sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.ledger.files import reader_of
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.tiles import entries_between, pack, unpack
from evenhand.ledger.tree import leaf_hash
from tests.ledger.breaking import Case, Damage, check_case, edit, put, remove, signed
from tests.ledger.bundles import (
    SmallLog,
    entry,
    found,
    lines_of,
    note_line,
    rebag,
)
from tests.ledger.folders import Shelf


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


def sparse(folder: Path) -> None:
    with (folder / "data/tile/entries/000").open("r+b") as file:
        file.truncate(2_000_000)
    rebag(folder)


CASES: dict[str, Case] = {
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
        edit("data/tile/1/000.p/1", lambda it: it[:-1] + bytes([it[-1] ^ 1])),
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
        edit("data/tile/0/001.p/56", lambda it: it[:-1] + bytes([it[-1] ^ 1])),
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
}


@pytest.mark.parametrize("what", CASES)
def test_a_broken_tree_gets_its_sentence(what: str, true: Path, tmp_path: Path) -> None:
    check_case(CASES[what], true, tmp_path / "bundle")


def test_what_was_before_is_checked_where_it_stands_in_the_first_bundle(
    small: SmallLog, tmp_path: Path
) -> None:
    folder = small.export(tmp_path / "bundle", since=303)
    path = folder / "data/tile/entries/001.p/56"
    entries = unpack(path.read_bytes(), 56)
    entries[2] = b"something else"
    path.write_bytes(pack(entries))
    rebag(folder)
    assert found(folder).difference == "Entry 258 is not the entry that the tree was made of."
