"""The sequencer: what is committed gets an index, its place in tiles and a checkpoint, once."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from evenhand.actions import sequencing
from evenhand.actions.sequencing import Sequencer
from evenhand.cli.signer_folder import KEY, read_keys
from evenhand.ledger.broken import Broken, Overwritten
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.files import reader_of
from evenhand.ledger.notes import Note
from evenhand.ledger.signer import Head, Rollback
from evenhand.ledger.signing import sign_checkpoint
from evenhand.ledger.tiles import entries_between
from evenhand.ledger.tree import root_of
from evenhand.store import sequencing as store
from evenhand.store.log import EntryRow
from evenhand.store.sequencing import LogCheckpointRow, LogIndexRow, LogKeyRow, LogStateRow
from evenhand.store.trips import in_one_transaction
from evenhand.transports import signer as transport
from evenhand.transports.signer import SignerAway, keys_of
from tests.builders import ADA
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.signers import RunningSigner, running_signer
from tests.store.raw import LEAF

pytestmark = pytest.mark.usefixtures("fresh_desk")
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def signer() -> Iterator[RunningSigner]:
    with running_signer() as running:
        yield running


@pytest.fixture
def sequencer(signer: RunningSigner, tmp_path: Path) -> Sequencer:
    return Sequencer(tmp_path / "log", signer.socket)


def served(folder: Path, signer: RunningSigner) -> Head:
    """Check the published log wholly: checkpoint, entries, tree. Gives its head."""
    keys = keys_of(signer.socket)
    checkpoint = open_checkpoint((folder / CHECKPOINT).read_bytes(), keys).checkpoint
    entries = list(entries_between(reader_of(folder), 0, checkpoint.size, checkpoint.size))
    assert len(entries) == checkpoint.size
    assert root_of(entries) == checkpoint.root
    numbers = LogIndexRow.objects.filter(index__lt=checkpoint.size).order_by("index")
    leaves = dict(EntryRow.objects.values_list("number", "leaf"))
    assert [bytes(leaves[it.entry]) for it in numbers] == entries
    return Head(checkpoint.size, checkpoint.root)


def add(many: int) -> None:
    """Commit so many entries, each in a transaction of its own."""
    for _ in range(many):
        with connection.cursor() as cursor:
            cursor.execute(ENTER, [LEAF, LEAF])


ENTER = """
INSERT INTO entry (number, leaf, leaf_hash)
VALUES (nextval('entry_number'), %s, sha256('\\x00'::bytea || %s))
"""


def test_every_act_so_far_is_in_the_published_tree(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    desk = Desk()
    desk.by(ADA)
    desk.log()
    head = sequencer.step(now=NOON)
    assert head == served(tmp_path / "log", signer)
    assert head.size == EntryRow.objects.count() == LogIndexRow.objects.count()
    assert [it.key for it in LogKeyRow.objects.all()] == [str(it) for it in keys_of(signer.socket)]


def test_a_step_without_news_changes_nothing(sequencer: Sequencer, tmp_path: Path) -> None:
    for _ in range(2):
        sequencer.step(now=NOON)
    before = {it: it.stat().st_mtime_ns for it in (tmp_path / "log").rglob("*")}
    rows = list(LogCheckpointRow.objects.values())
    assert sequencer.step(now=NOON + timedelta(hours=1)) is not None
    assert {it: it.stat().st_mtime_ns for it in (tmp_path / "log").rglob("*")} == before
    assert list(LogCheckpointRow.objects.values()) == rows


def test_a_long_backlog_is_taken_in_by_one_step(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencing, "MOST", 256)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO entry (number, leaf, leaf_hash) SELECT nextval('entry_number'), %s,"
            " sha256('\\x00'::bytea || %s) FROM generate_series(1, 1000)",
            [LEAF, LEAF],
        )
    head = sequencer.step(now=NOON)
    assert head is not None
    assert head.size >= 1000
    assert served(tmp_path / "log", signer) == head
    # What the full tile says, no narrower one needs to say.
    assert not (tmp_path / "log" / "tile" / "0" / "000.p").exists()


def test_each_entry_gets_one_index_though_many_write_and_some_fail(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path, fresh_desk: FreshDesk
) -> None:
    """Eight writers commit in another order than their numbers, and every fifth rolls back."""

    def write(seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - moments, not secrets
        with psycopg.connect(fresh_desk.database_url) as writer:
            for _ in range(40):
                for _ in range(chance.randint(1, 3)):
                    writer.execute(ENTER, [LEAF, LEAF])
                if chance.random() < 0.2:
                    writer.rollback()
                else:
                    writer.commit()

    before = EntryRow.objects.count()
    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write, seed) for seed in range(8)]
        heads = []
        while not all(it.done() for it in writing):
            heads.append(sequencer.step(now=NOON))
    head = sequencer.step(now=NOON)
    head = sequencer.step(now=NOON)
    assert head is not None
    assert head.size == EntryRow.objects.count() > before
    assert served(tmp_path / "log", signer) == head
    sizes = [it.size for it in heads if it]
    assert sizes == sorted(sizes)


def test_entries_of_one_record_keep_their_order(sequencer: Sequencer) -> None:
    desk = Desk()
    desk.by(ADA)
    for _ in range(3):
        desk.log()
    sequencer.step(now=NOON)
    by_index = LogIndexRow.objects.order_by("index").values_list("entry", flat=True)
    versions: dict[Any, list[int]] = {}
    rows = {it.number: it for it in EntryRow.objects.all()}
    for number in by_index:
        row = rows[number]
        if row.ver is not None:
            versions.setdefault(row.obj, []).append(row.ver)
    assert versions
    assert all(it == sorted(it) for it in versions.values())


def test_two_sequencers_at_once_make_one_log(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    other = Sequencer(tmp_path / "log", signer.socket)
    done = []

    def go_on(one: Sequencer) -> None:
        try:
            for _ in range(10):
                done.append(one.step(now=NOON))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(go_on, it) for it in (sequencer, other)]
        add(50)
        for it in running:
            it.result()
    head = sequencer.step(now=NOON)
    assert served(tmp_path / "log", signer) == head


@pytest.mark.parametrize(
    "place", ["put_once", "sequencing.note_written", "signer.sign", "sequencing.keep_checkpoint",
              "publish", "replace"],
)  # fmt: skip
def test_whoever_was_cut_off_anywhere_begins_the_step_again(
    place: str,
    sequencer: Sequencer,
    signer: RunningSigner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(3)
    sequencer.step(now=NOON)
    before = served(tmp_path / "log", signer)
    add(300)
    for after in (False, True):
        with monkeypatch.context() as patch:
            _cut_off(patch, place, after=after)
            with pytest.raises(Cut):
                Sequencer(tmp_path / "log", signer.socket).step(now=NOON)
        add(5)
    head = Sequencer(tmp_path / "log", signer.socket).step(now=NOON)
    assert served(tmp_path / "log", signer) == head
    assert head is not None
    assert head.size > before.size
    assert LogStateRow.objects.get().fault == ""


class Cut(BaseException):
    """As if the process ended here."""


def _cut_off(patch: pytest.MonkeyPatch, place: str, *, after: bool) -> None:
    holder, _, name = f"sequencing.{place}".rpartition(".")
    owner = {
        "sequencing": sequencing,
        "sequencing.sequencing": store,
        "sequencing.signer": transport,
    }[holder]
    whole = getattr(owner, name)

    def cut(*words: Any, **more: Any) -> None:
        if after:
            whole(*words, **more)
        raise Cut

    patch.setattr(owner, name, cut)


def test_tiles_that_are_gone_are_made_anew_from_the_entries(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    add(300)
    sequencer.step(now=NOON)
    shutil.rmtree(tmp_path / "log")
    add(1)
    head = Sequencer(tmp_path / "log", signer.socket).step(now=NOON)
    assert served(tmp_path / "log", signer) == head


def test_without_a_signer_acts_go_on_and_the_fault_is_kept(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    sequencer.step(now=NOON)
    signer.kill()
    add(3)
    for minutes in (1, 2):
        with pytest.raises(SignerAway, match="does not answer"):
            sequencer.step(now=NOON + timedelta(minutes=minutes))
    state = LogStateRow.objects.get()
    assert "signer" in state.fault
    assert state.fault_since == NOON + timedelta(minutes=1)
    signer.start()
    assert served(tmp_path / "log", signer).size < state.written
    head = sequencer.step(now=NOON)
    assert served(tmp_path / "log", signer) == head
    assert LogStateRow.objects.get().fault == ""


def test_a_database_from_an_old_backup_is_not_signed(
    sequencer: Sequencer, signer: RunningSigner, fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    add(10)
    sequencer.step(now=NOON)
    head = sequencer.step(now=NOON)
    assert head is not None
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute("DELETE FROM machinery.log_index WHERE index >= 6")
        owner.execute("DELETE FROM machinery.log_checkpoint")
        root = root_of(list(entries_between(reader_of(tmp_path / "log"), 0, 6, head.size)))
        owner.execute("UPDATE machinery.log_state SET written = 6, root = %s", [root])
    again = Sequencer(tmp_path / "log", signer.socket)
    said = f"ROLLBACK: the log knows 6 entries, the signer signed {head.size}"
    with pytest.raises(Rollback, match=said):
        again.step(now=NOON)
    assert said in LogStateRow.objects.get().fault
    assert served_size(tmp_path / "log") == head.size


def test_after_a_cut_no_index_is_given_a_second_time(
    sequencer: Sequencer, signer: RunningSigner, fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    add(10)
    head = sequencer.step(now=NOON)
    assert head is not None
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute("DELETE FROM machinery.log_index WHERE index >= %s", [head.size - 3])
    add(1)
    said = f"The database knows the index of {head.size - 3} entries"
    for one in (sequencer, Sequencer(tmp_path / "log", signer.socket)):
        with pytest.raises(Broken, match=said):
            one.step(now=NOON)
        assert said in LogStateRow.objects.get().fault
    assert LogIndexRow.objects.count() == head.size - 3
    # Nor when more came in the meantime than was cut off.
    add(5)
    with pytest.raises(Broken, match=said):
        sequencer.step(now=NOON)
    assert served_size(tmp_path / "log") == head.size


def served_size(folder: Path) -> int:
    return int((folder / CHECKPOINT).read_text().split("\n")[1])


def test_another_history_in_the_same_tiles_stops_everything(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    sequencer.step(now=NOON)
    size = LogStateRow.objects.get().written
    for path in (tmp_path / "log" / "tile" / "entries").rglob("*"):
        if path.is_file():
            later = path.with_name(str(size + 1))
            later.write_bytes(b"another history")
    add(1)
    with pytest.raises(Overwritten, match="stop and look"):
        sequencer.step(now=NOON)


def test_an_entry_that_was_removed_before_its_turn_is_named(
    sequencer: Sequencer, fresh_desk: FreshDesk
) -> None:
    sequencer.step(now=NOON)
    add(1)
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute(
            "DELETE FROM entry WHERE number = (SELECT max(entry) FROM machinery.log_pending)"
        )
    with pytest.raises(Broken, match="was removed from the database"):
        sequencer.step(now=NOON)


def test_of_the_checkpoints_of_a_minute_the_last_is_kept(sequencer: Sequencer) -> None:
    for second in (0, 10, 59, 60, 70):
        add(1)
        sequencer.step(now=NOON + timedelta(seconds=second))
    kept = LogCheckpointRow.objects.order_by("size").values_list("signed_at", flat=True)
    assert [(it - NOON).seconds for it in kept] == [59, 70]


def test_the_application_gives_no_indexes_of_its_own(fresh_desk: FreshDesk) -> None:
    for statement in (
        "DELETE FROM machinery.log_pending",
        "INSERT INTO machinery.log_pending (entry) VALUES (1)",
        "INSERT INTO machinery.log_index VALUES (1000000, 1)",
        "UPDATE machinery.log_index SET entry = 0",
        "TRUNCATE machinery.log_index",
    ):
        with (
            psycopg.connect(fresh_desk.database_url) as application,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            application.execute(statement.encode())


def test_an_act_that_is_rolled_back_waits_for_no_index(sequencer: Sequencer) -> None:
    sequencer.step(now=NOON)
    head = sequencer.step(now=NOON)
    with pytest.raises(Cut), in_one_transaction():
        add(1)
        raise Cut
    assert sequencer.step(now=NOON) == head


def test_a_checkpoint_that_the_log_did_not_sign_is_never_published(
    sequencer: Sequencer, signer: RunningSigner, fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    sequencer.step(now=NOON)
    head = served(tmp_path / "log", signer)
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute(
            "INSERT INTO machinery.log_checkpoint (size, checkpoint, signed_at)"
            " SELECT size + 5, replace(checkpoint, E'\\n' || size || E'\\n', E'\\n9\\n'), signed_at"
            " FROM machinery.log_checkpoint"
        )
    add(1)
    with pytest.raises(Broken):
        sequencer.step(now=NOON)
    assert served(tmp_path / "log", signer) == head


def test_before_anything_is_signed_nothing_is_published(tmp_path: Path) -> None:
    sequencing.publish(tmp_path, [], now=NOON)
    assert list(tmp_path.iterdir()) == []


def test_tiles_and_database_that_do_not_agree_stop_the_log(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sequencer.step(now=NOON)
    add(1)
    whole = sequencing.grow

    def meanwhile(*words: Any) -> None:
        whole(*words)
        LogStateRow.objects.update(root=bytes(32))

    monkeypatch.setattr(sequencing, "grow", meanwhile)
    with pytest.raises(Broken, match="Another sequencer wrote at the same time"):
        sequencer.step(now=NOON)
    with pytest.raises(Broken, match="do not lead to the root that the database has"):
        Sequencer(tmp_path / "log", signer.socket).step(now=NOON)


def test_a_signer_that_signs_something_else_is_found_out(
    sequencer: Sequencer, signer: RunningSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    sequencer.step(now=NOON)
    add(1)
    keys = read_keys(signer.folder / KEY)

    def signs_another(_path: Path, asked: Checkpoint, **_more: Any) -> Note:
        return sign_checkpoint(replace(asked, root=bytes(32)), keys)

    monkeypatch.setattr(transport, "sign", signs_another)
    with pytest.raises(Broken, match="something else than it was asked to"):
        sequencer.step(now=NOON)


def test_begun_again_without_news_it_asks_the_signer_and_keeps_what_was_signed(
    sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    head = sequencer.step(now=NOON)
    rows = list(LogCheckpointRow.objects.values())
    again = Sequencer(tmp_path / "log", signer.socket)
    assert again.step(now=NOON + timedelta(hours=1)) == head
    assert list(LogCheckpointRow.objects.values()) == rows
