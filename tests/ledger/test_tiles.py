"""Tiles, bundles and their paths, as c2sp.org/tlog-tiles says."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import Malformed
from evenhand.ledger.files import reader_of
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.merkle_proofs import (
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
)
from evenhand.ledger.tiles import (
    Tile,
    TileReader,
    bundles_of,
    entries_between,
    pack,
    parse_path,
    read_tile,
    tiles_of,
    unpack,
)
from evenhand.ledger.tree import Tree, leaf_hash, root_of
from tests.ledger import slow_tree
from tests.ledger.folders import Shelf, grown
from tests.ledger.published import published

ENTRIES = [f"entry {n}".encode() for n in range(700)]
sizes = st.integers(0, len(ENTRIES))
WHOLE = grown(ENTRIES)[1]


def test_a_path_is_written_as_in_the_specification() -> None:
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(2, 0, 1).path == "tile/2/000.p/1"
    assert Tile("entries", 273, 112).path == "tile/entries/273.p/112"


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    tiles = list(tiles_of(70_000))
    assert Counter(it.level for it in tiles if it.width == 256) == {0: 273, 1: 1}
    assert [it for it in tiles if it.width < 256] == [
        Tile(0, 273, 112),
        Tile(1, 1, 17),
        Tile(2, 0, 1),
    ]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []
    assert sum(it.width for it in bundles_of(70_000)) == 70_000


@settings(deadline=None)
@given(st.sampled_from(["entries", *range(64)]), st.integers(0, 10**15), st.integers(1, 256))
def test_a_path_is_read_as_it_was_written(level: int | str, number: int, width: int) -> None:
    tile = Tile(level, number, width)
    assert parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/../000",
        "tile/0/000\n",
        "tile/0/\u0660\u0660\u0660",
        "tile/entry/000",
    ],
)
def test_no_other_spelling_is_a_path(path: str) -> None:
    with pytest.raises(Malformed):
        parse_path(path)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 300), max_size=4))
def test_the_files_are_the_ones_that_the_specification_defines(batches: list[int]) -> None:
    log, shelf = grown(ENTRIES, *batches)
    assert log.root() == slow_tree.mth(ENTRIES)
    for tile in tiles_of(log.size):
        assert isinstance(tile.level, int)
        step = 256**tile.level
        begin = tile.number * 256
        hashes = [
            slow_tree.mth(ENTRIES[at * step : (at + 1) * step])
            for at in range(begin, begin + tile.width)
        ]
        assert shelf[tile.path] == b"".join(hashes)
    for tile in bundles_of(log.size):
        begin = tile.number * 256
        assert unpack(shelf[tile.path], tile.width) == ENTRIES[begin : begin + tile.width]


@settings(max_examples=25, deadline=None)
@given(sizes, sizes)
def test_a_log_is_taken_up_from_its_files_where_it_was_left(old: int, new: int) -> None:
    old, new = sorted((old, new))
    _log, shelf = grown(ENTRIES[:old])
    again = GrowingLog.read(shelf.read, old)
    assert (again.size, again.root()) == (old, root_of(ENTRIES[:old]))
    shelf.put(again.add(ENTRIES[old:new]))
    assert again.root() == root_of(ENTRIES[:new])
    assert GrowingLog.read(shelf.read, new).root() == root_of(ENTRIES[:new])


@settings(max_examples=25, deadline=None)
@given(sizes.filter(bool), st.data())
def test_proofs_come_straight_from_the_tiles(size: int, data: st.DataObject) -> None:
    _log, shelf = grown(ENTRIES[:size])
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    node = TileReader(shelf.read, size).node
    root = root_of(ENTRIES[:size])
    check_inclusion(
        leaf_hash(ENTRIES[index]),
        index=index,
        size=size,
        proof=inclusion_proof(index, size, node),
        root=root,
    )
    check_consistency(
        old=old,
        new=size,
        proof=consistency_proof(old, size, node),
        old_root=root_of(ENTRIES[:old]),
        new_root=root,
    )


@settings(max_examples=25, deadline=None)
@given(sizes, sizes)
def test_the_tiles_since_an_older_tree_are_enough_to_go_on_from_it(old: int, new: int) -> None:
    old, new = sorted((old, new))
    _log, shelf = grown(ENTRIES[:new])
    kept = Shelf({it.path: shelf[it.path] for it in tiles_of(new, since=old)})
    assert Tree.of(old, TileReader(kept.read, new).node).root() == root_of(ENTRIES[:old])
    bundles = Shelf({it.path: shelf[it.path] for it in bundles_of(new, since=old)})
    assert list(entries_between(bundles.read, old, new, new)) == ENTRIES[old:new]


@settings(deadline=None)
@given(sizes, sizes)
def test_entries_are_read_from_where_to_where_one_asks(begin: int, end: int) -> None:
    begin, end = sorted((begin, end))
    assert list(entries_between(WHOLE.read, begin, end, len(ENTRIES))) == ENTRIES[begin:end]


def test_a_partial_tile_that_is_gone_is_cut_from_the_full_one() -> None:
    _log, shelf = grown(ENTRIES, 100)
    for kind in ("0", "entries"):
        partial = shelf.pop(f"tile/{kind}/000.p/100")
        tile = parse_path(f"tile/{kind}/000.p/100")
        assert read_tile(shelf.read, tile) == partial
    with pytest.raises(FileNotFoundError):
        read_tile(shelf.read, Tile(0, 9))
    with pytest.raises(FileNotFoundError):
        read_tile(shelf.read, Tile(0, 9, 7))


@pytest.mark.parametrize("damage", [lambda it: it[:-1], lambda it: it + bytes(32)])
def test_a_tile_of_another_length_is_refused(damage: object) -> None:
    _log, shelf = grown(ENTRIES)
    assert callable(damage)
    shelf["tile/0/000"] = damage(shelf["tile/0/000"])
    with pytest.raises(Malformed, match="does not hold 256 hashes"):
        TileReader(shelf.read, len(ENTRIES)).node(0, 3)


@pytest.mark.parametrize(
    ("bundle", "why"),
    [
        (b"", "0 entries and not 2"),
        (b"\x00\x01a", "1 entries and not 2"),
        (b"\x00\x01a\x00", "1 entries and not 2"),
        (b"\x00\x01a\x00\x02b", "does not end"),
        (b"\x00\x01a\xff\xffb", "does not end"),
        (b"\x00\x01a\x00\x01bc", "does not end"),
    ],
)
def test_a_bundle_holds_exactly_its_entries(bundle: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        unpack(bundle, 2)


def test_an_entry_has_at_most_65535_bytes() -> None:
    assert unpack(pack([bytes(65_535), b""]), 2) == [bytes(65_535), b""]
    log = GrowingLog()
    with pytest.raises(Malformed, match="65536 bytes is too long"):
        log.add([b"first", bytes(65_536)])
    assert log.size == 0


def test_a_long_way_up_the_numbers_still_fit() -> None:
    node = TileReader(lambda path: bytes(32 * parse_path(path).width), 10**9).node
    assert len(inclusion_proof(10**8, 10**9, node)) == 30


def test_published_sample_logs_are_read_and_rebuilt_byte_for_byte() -> None:
    folder = published("tessera_log")
    log, shelf = GrowingLog(), Shelf()
    for size in range(1, 16):
        tile = Tile("entries", 0, size)
        entries = unpack(reader_of(folder)(tile.path), size)
        shelf.put(log.add(entries[-1:]))
        assert log.root() == root_of(entries)
    for path, data in shelf.items():
        assert (Path(folder) / path).read_bytes() == data
