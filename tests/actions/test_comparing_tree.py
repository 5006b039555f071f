"""The log in the database is compared with its published tree, and nothing is claimed beyond it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from evenhand.actions.comparing import compare
from evenhand.actions.comparing_tree import Found, Published, against_tree
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.bundle import CHECKPOINT, head_of
from evenhand.ledger.explaining import Fault
from evenhand.store import reconciling
from evenhand.store.log import EntryRow
from evenhand.store.sequencing import LogIndexRow
from tests.desks import FreshDesk
from tests.signers import RunningSigner, running_signer
from tests.store.raw import LEAF

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MANY = 600


@pytest.fixture
def signer() -> Iterator[RunningSigner]:
    with running_signer() as running:
        yield running


@pytest.fixture
def log(fresh_desk: FreshDesk, signer: RunningSigner, tmp_path: Path) -> Path:
    """A published log of some full tiles and a partial one."""
    assert fresh_desk.name
    add(MANY)
    folder = tmp_path / "log"
    Sequencer(folder, signer.socket).step(now=NOON)
    return folder


def add(many: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO entry (number, leaf, leaf_hash) SELECT nextval('entry_number'), %s,"
            " sha256('\\x00'::bytea || %s) FROM generate_series(1, %s)",
            [LEAF, LEAF, many],
        )


def differing(folder: Path) -> list[Found]:
    published = Published.at(folder)
    return list(against_tree(published, published.checkpoint()))


def altered(path: str) -> Found:
    return "tree", path, Fault.TREE_ALTERED


def test_what_waits_or_came_later_is_no_fault(
    log: Path, signer: RunningSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = (log / CHECKPOINT).read_bytes()
    add(3)
    assert differing(log) == []
    Sequencer(log, signer.socket).step(now=NOON)
    add(2)
    for step in (1, 7, 300, 2_000):
        monkeypatch.setattr(reconciling, "STEP", step)
        assert differing(log) == []
    (log / CHECKPOINT).write_bytes(older)
    assert differing(log) == []
    in_tree = LogIndexRow.objects.count() - 3
    assert compare(log).in_tree == in_tree == EntryRow.objects.count() - 5


def test_where_nothing_is_signed_nothing_is_claimed(fresh_desk: FreshDesk, tmp_path: Path) -> None:
    assert fresh_desk.name
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute("DELETE FROM machinery.log_pending")
    assert differing(tmp_path) == []
    found = compare(tmp_path)
    assert (found.in_tree, found.differences) == (None, [])


def test_each_file_that_is_altered_or_gone_is_named(log: Path) -> None:
    size = head_of((log / CHECKPOINT).read_bytes()).size
    edge = f"{size // 256:03}.p/{size % 256}"
    later = {"tile/0/001": [altered("tile/0/001")], f"tile/0/{edge}": [altered(f"tile/0/{edge}")]}
    for path, said in {
        "tile/entries/000": [altered("tile/entries/000")],
        f"tile/entries/{edge}": [altered(f"tile/entries/{edge}")],
        "tile/1/000.p/2": [altered("tile/1/000.p/2")],
        CHECKPOINT: [altered(CHECKPOINT)],
        **later,
    }.items():
        whole = (log / path).read_bytes()
        (log / path).unlink()
        assert differing(log) == said
        (log / path).mkdir()
        assert differing(log) == said
        (log / path).rmdir()
        (log / path).write_bytes(whole[:-1])
        assert differing(log) == said
        (log / path).write_bytes(whole)
    assert differing(log) == []


def test_a_hash_altered_in_a_tile_is_named_by_its_entry_and_by_all_that_it_leads_to(
    log: Path,
) -> None:
    path = log / "tile/0/001"
    path.write_bytes(bytes(32) + path.read_bytes()[32:])
    number = LogIndexRow.objects.get(index=256).entry
    assert differing(log) == [
        ("entry", number, Fault.ENTRY_DIFFERS_FROM_TREE),
        altered("tile/entries/001"),
        altered("tile/1/000.p/2"),
        altered(CHECKPOINT),
    ]


def test_a_comparison_names_entries_as_the_verifier_does(log: Path, fresh_desk: FreshDesk) -> None:
    add(1)
    with psycopg.connect(fresh_desk.server.address("postgres", fresh_desk.name)) as intruder:
        intruder.execute("SET session_replication_role = replica")
        [newest] = intruder.execute("SELECT max(number) FROM entry").fetchone() or [0]
        for number in (LogIndexRow.objects.get(index=300).entry, newest):
            intruder.execute("UPDATE entry SET obj = gen_random_uuid() WHERE number = %s", [number])
            intruder.execute("INSERT INTO opening VALUES (%s, '[]')", [number])
    found = [it.key for it in compare(log).differences if it.what is Fault.OPENING_ALTERED]
    assert found == ["300", f"#{newest}"]


def test_an_entry_whose_index_or_row_is_gone_is_named_by_its_index(
    log: Path, fresh_desk: FreshDesk
) -> None:
    with psycopg.connect(fresh_desk.owner_url) as owner:
        [number] = owner.execute(
            "DELETE FROM machinery.log_index WHERE index = 300 RETURNING entry"
        ).fetchone() or [0]
        owner.execute(
            "DELETE FROM entry WHERE number ="
            " (SELECT entry FROM machinery.log_index WHERE index = 301)"
        )
    assert differing(log) == [
        ("tree", 300, Fault.ENTRY_REMOVED),
        ("tree", 301, Fault.ENTRY_REMOVED),
        ("entry", number, Fault.ENTRY_NOT_IN_TREE),
    ]


def test_an_index_below_the_first_is_no_place_in_the_tree(log: Path, fresh_desk: FreshDesk) -> None:
    add(1)
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute("ALTER TABLE machinery.log_index DROP CONSTRAINT log_index_index_check")
        [number] = owner.execute(
            "DELETE FROM machinery.log_pending RETURNING entry"
        ).fetchone() or [0]
        owner.execute("INSERT INTO machinery.log_index VALUES (-1, %s)", [number])
    assert differing(log) == [("entry", number, Fault.ENTRY_NOT_IN_TREE)]
