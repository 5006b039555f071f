"""The parts of a verifier that only a very long log or a hostile one needs."""

from contextlib import ExitStack
from io import FileIO
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.ledger import verify_files
from evenhand.ledger.bags import MANIFEST, Listed, walk, write_manifests
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.verify_files import Lines
from evenhand.ledger.verify_plan import MOST_STOPS, Plan
from evenhand.ledger.verify_trust import Stop
from tests.ledger.cast import ORIGIN


def test_any_file_is_found_in_a_manifest_in_whatever_order(tmp_path: Path) -> None:
    paths = ["a", "tile/0/000", "tile/0/001", "tile/0/x001/000", "tile/1/000.p/7", "z/\u00e9"]
    for number, path in enumerate(paths):
        (tmp_path / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / path).write_text(str(number))
    write_manifests(tmp_path, {"External-Identifier": "x" * 10_000})
    with (tmp_path / MANIFEST).open("rb") as file:
        listed = Listed(file)
        found = {path: listed.hash_of(path) for path in paths}
        assert len(set(found.values())) == len(paths)
        for path in (*reversed(paths), *paths, *paths[::2]):
            assert listed.hash_of(path) == found[path]
            for absent in ("", "0", "b", "tile/0/000/1", "zz"):
                assert listed.hash_of(absent) == ""
    assert len(list(walk(tmp_path / "data"))) == len(paths)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(st.integers(0, 9).map(lambda it: b"x" * it + b"\n"), max_size=30),
    rest=st.sampled_from([b"", b"x"]),
    counts=st.lists(st.integers(0, 12), min_size=1, max_size=6),
    piece=st.integers(1, 20),
)
def test_lines_are_counted_to_where_they_end(
    lines: list[bytes],
    rest: bytes,
    counts: list[int],
    piece: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("lines") / "file"
    path.write_bytes(b"".join(lines) + rest)
    passed = 0
    with pytest.MonkeyPatch.context() as patched, FileIO(path) as file:
        patched.setattr(verify_files, "PIECE", piece)
        found = Lines(file)
        for count in counts:
            found.pass_over(count)
            passed += count
            whole = path.stat().st_size if passed > len(lines) else sum(map(len, lines[:passed]))
            assert found.at == whole
        assert found.are_left() is (found.at < path.stat().st_size)


def test_a_million_checkpoints_of_one_size_do_not_fill_the_memory(true: Path) -> None:
    same = Stop(Checkpoint(ORIGIN, 3, bytes(32)), "in some line")
    with ExitStack() as files:
        plan = Plan(true, files, repeat(same), since=0, size=312)
        stops = plan.stops_to(312)
    assert len(stops.found) == MOST_STOPS
    assert str(stops.broken) == (
        "The checkpoint of 3 entries in some line comes after 12,288 others of about this size: no "
        "log has so many."
    )
