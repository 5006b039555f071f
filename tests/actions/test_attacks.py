"""Attacks on a desk and its log, each as somebody with every right in the database would do it.

On a real desk with a real sequencer, a real signer and two witnesses. What is asserted is what the
overseer reads: `evenhand log verify` on an exported bundle, or `evenhand log reconcile`. The
numbers are those of the design's table; where a check does not see an attack, that is asserted too.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from evenhand.actions.sequencing import Sequencer, publish
from evenhand.ledger.broken import NotSigned
from evenhand.ledger.bundle import CHECKPOINT, head_of
from evenhand.ledger.files import reader_of
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.signer import Rollback
from evenhand.ledger.tiles import ENTRIES, Tile, entries_between
from evenhand.queries import referral as one_referral
from evenhand.store import sequencing
from evenhand.store.sequencing import LogStateRow
from tests.attacked import Story, tell_story
from tests.attacking import (
    Overseer,
    differs_from_tree,
    entry_at,
    entry_removed,
    holds,
    looked_by,
    put_in_place,
    remove,
    replace_checkpoint,
    tree_altered,
    with_digest,
    written_anew,
)
from tests.builders import ADA, BO, as_reader
from tests.databases import DatabaseServer
from tests.desks import FreshDesk
from tests.journeys import row
from tests.signers import running_signer


@pytest.fixture(scope="module")
def story(
    database_server: DatabaseServer,
    django_test_environment: None,
    django_db_blocker: "pytest_django.DjangoDbBlocker",  # type: ignore[name-defined]  # noqa: F821
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Story]:
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        FreshDesk(database_server).open(patch) as desk,
        running_signer() as signer,
    ):
        yield tell_story(desk, tmp_path_factory.mktemp("story"), signer)


@pytest.fixture
def attacked(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """A copy of everything, which the commands take for the desk."""
    with FreshDesk(story.desk.server, of=story.desk.name).open(monkeypatch) as desk:
        copy = story.copied_to(desk, tmp_path)
        monkeypatch.setattr(settings, "LOG_FOLDER", copy.log)
        with copy.telling():
            yield copy


@pytest.fixture
def overseer(capsys: pytest.CaptureFixture[str]) -> Overseer:
    return Overseer(capsys)


def test_what_nobody_touched_is_verified_and_agrees(attacked: Story, overseer: Overseer) -> None:
    said = overseer.verify(
        attacked,
        *("--receipts", attacked.stream, "--kept", attacked.kept[0]),
        *("--max-age", "86400", "--now", attacked.people.now.isoformat()),
    )
    assert holds(said)
    assert overseer.reconcile() == []


# 1
def test_a_row_changed_by_sql_is_seen_by_comparing(attacked: Story, overseer: Overseer) -> None:
    key = row(attacked.quiet).id
    with attacked.intruder() as run:
        run.execute("UPDATE referral SET state = 'closed' WHERE id = %s", [key])
    [said] = overseer.reconcile()
    assert said.startswith(f"Row {key} of referral was changed behind the application’s back")
    assert holds(overseer.verify(attacked))


# 2
def test_a_row_and_what_its_entry_says_changed_alike_are_seen_by_both(
    attacked: Story, overseer: Overseer
) -> None:
    key = row(attacked.quiet).id
    with attacked.intruder() as run:
        run.execute("UPDATE referral SET state = 'closed' WHERE id = %s", [key])
        [number, digest] = run.execute(
            "UPDATE change SET digest = row_digest((SELECT to_jsonb(it) FROM referral it"
            " WHERE it.id = %s)) WHERE number = (SELECT max(number) FROM change"
            " WHERE row_table = 'referral' AND row_key = %s)"
            " RETURNING entry, encode(digest, 'hex')",
            [key, str(key)],
        ).fetchone() or [0, ""]
        [opening] = run.execute(
            "SELECT fields FROM opening WHERE entry = %s", [number]
        ).fetchone() or [""]
        forged = with_digest(str(opening), "referral", str(digest))
        run.execute("UPDATE opening SET fields = %s WHERE entry = %s", [forged, number])
        [index] = run.execute(
            "SELECT index FROM machinery.log_index WHERE entry = %s", [number]
        ).fetchone() or [-1]
    [said] = overseer.reconcile()
    assert said == (
        f"The fields of entry {index} of the log were altered: they do not give the digest in its"
        " leaf."
    )
    said = overseer.verify(attacked)
    assert "The opening does not belong to its leaf." in said
    assert f"Entry {index} (" in said


# 4
def test_the_newest_entries_cut_off_are_seen_by_everybody(
    attacked: Story, overseer: Overseer
) -> None:
    whole, size = (head_of(it.read_bytes()).size for it in reversed(attacked.kept))
    assert whole - size >= 50
    with attacked.intruder() as run:
        remove(run, "SELECT entry FROM machinery.log_index WHERE index >= %s", size)
        run.execute("DELETE FROM machinery.log_checkpoint WHERE size > %s", [size])
        root = head_of(attacked.kept[0].read_bytes()).root
        run.execute("UPDATE machinery.log_state SET written = %s, root = %s", [size, root])
    said = overseer.reconcile()
    assert {entry_removed(index) for index in range(size, whole)} <= {*said}
    assert f"of {whole} entries that you kept is newer than this bundle" in overseer.verify(
        attacked, "--kept", attacked.kept[-1]
    )
    refused = f"ROLLBACK: the log knows {size} entries, the signer signed {whole}."
    with pytest.raises(Rollback, match=refused):
        Sequencer(attacked.log, attacked.signer.socket).step(now=attacked.people.now)
    assert LogStateRow.objects.get().fault == refused


# 5
def test_a_history_written_anew_with_the_logs_own_key_is_seen_from_outside_only(
    attacked: Story, overseer: Overseer
) -> None:
    """Somebody with the database, the log's folder and its key hides that they looked."""
    note, tiles = written_anew(attacked, without=attacked.look)
    answers = [it.ask(note, tiles.size, tiles, at=attacked.people.now) for it in attacked.witnesses]
    assert {it.status for it in answers} <= {409, 422}
    assert overseer.verify(attacked) == (
        "NOT VERIFIED: The quorum both is not reached: cosigned by none."
    )
    # Whoever asks for no witness still has what they kept, and the receipts.
    alone = attacked.outside / "alone.txt"
    alone.write_text(attacked.policy.read_text().split("\n")[0] + "\nquorum none\n")
    kept = ("--policy", alone, "--kept", attacked.kept[-1])
    assert "is newer than this bundle" in overseer.verify(attacked, *kept)
    first = ("--policy", alone, "--receipts", attacked.stream)
    assert "MISSING: 1 of the receipts are not in the log" in overseer.verify(attacked, *first)
    # Nothing inside of the desk sees it: everything there was made to agree.
    assert holds(overseer.verify(attacked, "--policy", alone))
    assert overseer.reconcile() == []


# 7
def test_a_row_inserted_without_an_entry_is_seen_by_comparing(
    attacked: Story, overseer: Overseer
) -> None:
    key = "0b6f4c3e-5a1d-4c7e-9f2a-1d2e3f4a5b6c"
    with attacked.intruder() as run:
        run.execute(
            "INSERT INTO note (id, referral_id, by_id, at, text, mentions)"
            " VALUES (%s, %s, %s, now(), 'x', '{}')",
            [key, row(attacked.quiet).id, ADA.ref],
        )
    [said] = overseer.reconcile()
    assert said.startswith(f"Row {key} of note was added behind the application’s back")
    assert holds(overseer.verify(attacked))


# 8
def test_a_row_deleted_without_an_erasure_is_seen_by_comparing(
    attacked: Story, overseer: Overseer
) -> None:
    key = row(attacked.quiet).id
    with attacked.intruder() as run:
        run.execute("DELETE FROM words WHERE id = %s", [key])
    [said] = overseer.reconcile()
    assert said.startswith(f"Row {key} of words was removed behind the application’s back")
    assert holds(overseer.verify(attacked))


# 11
def test_an_erasure_claimed_and_not_done_is_seen_by_comparing(
    attacked: Story, overseer: Overseer
) -> None:
    reference = attacked.people.log()
    with attacked.intruder() as run:
        run.execute("CREATE TABLE kept AS SELECT * FROM words")
    attacked.people.do(reference, "statutory")
    with attacked.intruder() as run:
        run.execute("INSERT INTO words SELECT * FROM kept WHERE id = %s", [row(reference).id])
        run.execute("DROP TABLE kept")
    [said] = overseer.reconcile()
    assert said.startswith(f"Row {row(reference).id} of words is there, although an entry")
    assert holds(overseer.verify(attacked))


# 11, and the change that erased it put before the one that made it
def test_an_erased_row_put_back_with_its_changes_renumbered_is_seen_by_comparing(
    attacked: Story, overseer: Overseer
) -> None:
    reference = attacked.people.log()
    with attacked.intruder() as run:
        run.execute("CREATE TABLE kept AS SELECT * FROM words")
    attacked.people.do(reference, "statutory")
    with attacked.own_signer() as signer:
        attacked.take_in(signer)
    key = row(reference).id
    with attacked.intruder() as run:
        run.execute("INSERT INTO words SELECT * FROM kept WHERE id = %s", [key])
        run.execute("DROP TABLE kept")
        moved = run.execute(
            "UPDATE change SET number = (SELECT max(number) + 1 FROM change)"
            " WHERE row_table = 'words' AND row_key = %s AND operation <> 'D'",
            [str(key)],
        )
        assert moved.rowcount == 1
    [said] = overseer.reconcile()
    assert said.startswith(f"Row {key} of words is there, although an entry")


# 15
def test_a_published_entry_edited_on_disk_is_seen_by_both(
    attacked: Story, overseer: Overseer
) -> None:
    size = head_of((attacked.log / CHECKPOINT).read_bytes()).size
    bundle = Tile(ENTRIES, 0, size).path
    path = attacked.log / bundle
    path.write_bytes(path.read_bytes().replace(b'"alteration"', b'"collection"', 1))
    assert overseer.reconcile() == [tree_altered(bundle)]
    said = overseer.verify(attacked)
    assert said.startswith("NOT VERIFIED: Entry ")
    assert "is not the entry that the tree was made of." in said


def test_an_act_dated_back_is_seen_by_the_cosignatures_around_it(
    attacked: Story, overseer: Overseer
) -> None:
    """The application itself, or whoever sets its clock, dates an act days back."""
    before = attacked.people.now
    index = head_of(attacked.kept[-1].read_bytes()).size
    attacked.people.now -= timedelta(days=5)
    dated = attacked.people.by(ADA).at
    one_referral.one(attacked.quiet, acting=as_reader(ADA, dated))
    attacked.people.now = before + timedelta(days=1)
    with attacked.own_signer() as signer:
        attacked.take_in(signer)
    assert overseer.verify(attacked) == (
        f"NOT VERIFIED: Entry {index} is dated {dated.isoformat()[:16]}, long before the"
        " cosignature after which it came into the log. This is of the log desk.example/log."
    )
    assert overseer.reconcile() == []


def test_a_log_that_goes_on_no_more_is_seen_by_its_age(attacked: Story, overseer: Overseer) -> None:
    later = attacked.people.now + timedelta(days=3)
    said = overseer.verify(attacked, "--max-age", "86400", "--now", later.isoformat())
    assert said.startswith("NOT VERIFIED: STALE: the newest checkpoint was cosigned on ")
    assert overseer.reconcile() == []


# More than the ten.
def test_an_entry_removed_before_it_came_into_the_tree_is_seen_by_receipts_only(
    attacked: Story, overseer: Overseer
) -> None:
    attacked.people.now += timedelta(days=1)
    one_referral.one(attacked.quiet, acting=as_reader(BO, attacked.people.now))
    with attacked.intruder() as run:
        remove(run, "SELECT entry FROM machinery.log_pending")
    one_referral.one(attacked.quiet, acting=as_reader(ADA, attacked.people.by(ADA).at))
    with attacked.own_signer() as signer:
        attacked.take_in(signer)
    said = overseer.verify(attacked, "--receipts", attacked.stream)
    assert said.startswith("NOT VERIFIED: MISSING: 1 of the receipts are not in the log")
    assert holds(overseer.verify(attacked))
    assert overseer.reconcile() == []


def test_an_entry_removed_with_its_index_is_named_with_it(
    attacked: Story, overseer: Overseer
) -> None:
    with attacked.intruder() as run:
        remove(run, "SELECT entry FROM machinery.log_index WHERE index = %s", attacked.look)
    assert overseer.reconcile() == [entry_removed(attacked.look)]


def test_indexes_exchanged_are_named_with_both_entries(attacked: Story, overseer: Overseer) -> None:
    with attacked.intruder() as run:
        one, other = (entry_at(run, it) for it in (attacked.look, attacked.look + 1))
        for index, entry in ((-1, one), (attacked.look, other), (attacked.look + 1, one)):
            run.execute("DELETE FROM machinery.log_index WHERE entry = %s", [entry])
            if index >= 0:
                run.execute("INSERT INTO machinery.log_index VALUES (%s, %s)", [index, entry])
    assert overseer.reconcile() == [
        differs_from_tree(attacked.look),
        differs_from_tree(attacked.look + 1),
    ]
    assert f"Entry {attacked.look} (referral.consult" in overseer.verify(attacked)


def test_a_leaf_and_its_opening_replaced_alike_differ_from_the_tree(
    attacked: Story, overseer: Overseer
) -> None:
    with attacked.intruder() as run:
        number = entry_at(run, attacked.look)
        put_in_place(run, number, looked_by(ADA.ref, attacked))
    assert overseer.reconcile() == [differs_from_tree(attacked.look)]
    assert f"Entry {attacked.look} (referral.consult" in overseer.verify(attacked)


def test_a_leaf_replaced_in_the_database_and_in_the_tiles_does_not_lead_to_the_root(
    attacked: Story, overseer: Overseer
) -> None:
    size = head_of((attacked.log / CHECKPOINT).read_bytes()).size
    entries = list(entries_between(reader_of(attacked.log), 0, size, size))
    forged = looked_by(ADA.ref, attacked)
    entries[attacked.look] = forged.leaf
    for path, data in GrowingLog().add(entries):
        (attacked.log / path).write_bytes(data)
    with attacked.intruder() as run:
        put_in_place(run, entry_at(run, attacked.look), forged)
    assert overseer.reconcile() == [tree_altered(CHECKPOINT)]
    assert overseer.verify(attacked).startswith(
        f"NOT VERIFIED: The entries do not lead to the checkpoint of {size} entries"
    )


def test_an_entry_put_in_past_the_guard_has_no_place_in_the_tree(
    attacked: Story, overseer: Overseer
) -> None:
    forged = looked_by(ADA.ref, attacked)
    with attacked.intruder() as run:
        [number] = run.execute(
            "INSERT INTO entry (number, obj, leaf, leaf_hash) VALUES (nextval('entry_number'),"
            " %s, %s, %s) RETURNING number",
            [row(attacked.quiet).id, forged.leaf, forged.leaf_hash],
        ).fetchone() or [-1]
        run.execute("INSERT INTO opening (entry, fields) VALUES (%s, %s)", [number, forged.opening])
    [said] = overseer.reconcile()
    assert said == (
        f"Entry #{number} of the log was put in behind the application’s back: it has no index in"
        " the tree, and does not wait for one."
    )


def test_a_checkpoint_replaced_in_the_database_is_refused(
    attacked: Story, overseer: Overseer
) -> None:
    replace_checkpoint(attacked, newest=False)
    said = overseer.verify(attacked, bundle="older")
    assert said.startswith("NOT VERIFIED: Line 1 of checkpoints.jsonl: ")
    # What is served is another file, and the comparison goes by that.
    assert overseer.reconcile() == []
    replace_checkpoint(attacked, newest=True)
    assert overseer.verify(attacked, bundle="newest").startswith("NOT VERIFIED: ")
    with pytest.raises(NotSigned):
        publish(attacked.log, attacked.keys(), now=attacked.people.now)
    assert overseer.reconcile() == []
    newest = sequencing.newest_checkpoint()
    assert newest
    (attacked.log / CHECKPOINT).write_text(newest.checkpoint)
    assert overseer.reconcile() == [tree_altered(CHECKPOINT)]
