"""A log that cannot go on is closed, and another one continues it with the same entries."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from evenhand.actions import new_log
from evenhand.actions.exporting import write_closed, write_published
from evenhand.actions.new_log import Named, begin
from evenhand.actions.reconciling import reconcile
from evenhand.actions.sequencing import Sequencer
from evenhand.cli.signer_folder import KEY, begin_new_log, read_keys
from evenhand.ledger.broken import Broken, NotSigned
from evenhand.ledger.bundle import CHECKPOINT, head_of
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.erasures import ERASED, read_erasures
from evenhand.ledger.files import reader_of
from evenhand.ledger.leaves import parse_leaf
from evenhand.ledger.signer import Rollback
from evenhand.ledger.signing import sign_checkpoint
from evenhand.ledger.tiles import entries_between
from evenhand.ledger.tree import root_of
from evenhand.ledger.verify import verify, verify_receipt
from evenhand.ledger.verify_asked import Asked
from evenhand.rules.handover import CannotWorkOnIt
from evenhand.rules.officers import WORKER, Acting, Role, RoleMissing
from evenhand.rules.oversight_new_log import LogGoesOn, LogNameNotNew, WhyClosed
from evenhand.rules.referrals import State
from evenhand.store import new_log as store
from evenhand.store import proving, sequencing
from evenhand.store.log import OpeningRow
from evenhand.store.new_log import closed_folder
from evenhand.store.sequencing import LogIndexRow, LogStateRow
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.ledger import reading
from tests.signers import ORIGIN, RunningSigner, running_signer
from tests.web.people import stored

NEW = "desk.example/log-2"
LOST = Named(why=WhyClosed.ENTRIES_LOST, administrator="kim", overseer="jon")


@pytest.fixture
def signer() -> Iterator[RunningSigner]:
    with running_signer() as running:
        yield running


class Log:
    """A desk with a signed log in a folder of its own, and two officers who may close it."""

    def __init__(self, desk: FreshDesk, folder: Path, signer: RunningSigner) -> None:
        self._desk, self.folder, self.signer = desk, folder, signer
        stored("Kim", Role.ADMINISTRATOR)
        stored("Jon", Role.OVERSEER)
        self.desk = Desk(now=datetime.now(UTC))
        self.desk.log()
        self.step()

    def step(self) -> int:
        head = Sequencer(self.folder, self.signer.socket).step(now=datetime.now(UTC))
        assert head
        return head.size

    def lose(self) -> int:
        """Go on, and be back where it was: only the signer knows of more. Give how many entries."""
        kept, copy = self.step(), self.folder.with_name("copy")
        shutil.copytree(self.folder, copy)
        with (
            pytest.MonkeyPatch.context() as patch,
            FreshDesk(self._desk.server, of=self._desk.name).open(patch),
        ):
            self.desk.log()
            lost = self.step() - kept
        shutil.rmtree(self.folder)
        copy.rename(self.folder)
        return lost

    def begin(self, origin: str = NEW, named: Named = LOST) -> new_log.Begun:
        acting = Acting(officer=WORKER, at=datetime.now(UTC))
        return begin(origin, named, log=self.folder, signer_at=self.signer.socket, acting=acting)

    def sign_anew(self) -> None:
        self.signer.kill()
        begin_new_log(self.signer.folder, NEW)
        self.signer.start()

    def leaves(self, folder: Path) -> list[bytes]:
        checkpoint = head_of((folder / CHECKPOINT).read_bytes())
        found = list(entries_between(reader_of(folder), 0, checkpoint.size, checkpoint.size))
        assert root_of(found) == checkpoint.root
        return found


@pytest.fixture
def log(fresh_desk: FreshDesk, signer: RunningSigner, tmp_path: Path, settings: object) -> Log:
    settings.LOG_FOLDER = tmp_path / "log"  # type: ignore[attr-defined]
    return Log(fresh_desk, tmp_path / "log", signer)


def test_entries_were_lost_and_another_log_continues_with_those_that_are_left(
    log: Log, tmp_path: Path
) -> None:
    assert log.lose() > 0
    with pytest.raises(Rollback, match="ROLLBACK"):
        log.step()
    before = log.leaves(log.folder)
    waiting = log.desk.log()
    done = log.begin()
    assert (done.closed, done.size, done.origin) == (ORIGIN, len(before), NEW)
    kept = closed_folder(log.folder, 1)
    assert log.leaves(kept) == before

    # The old signer is told nothing of the new log, and the new one begins with it.
    with pytest.raises(Broken, match=f"signs for {ORIGIN}, and this log is {NEW}"):
        log.step()
    log.sign_anew()
    log.step()
    after = log.leaves(log.folder)
    assert after[1 : len(before) + 1] == before
    assert [parse_leaf(it).act.decode() for it in after[:1]] == ["log.begin"]
    opening = OpeningRow.objects.get(entry=LogIndexRow.objects.get(index=0).entry)
    said = reading.fields(opening.fields)
    root = head_of((kept / CHECKPOINT).read_bytes()).root
    assert said["closed"] == [ORIGIN, str(len(before)), root.hex()]
    assert said["why"] == "entries_lost"
    assert said["who"] != said["named"]
    assert waiting
    assert reconcile(lambda: datetime.now(UTC), log=log.folder).ok
    assert LogStateRow.objects.get().fault == ""
    assert [it.name for it in sequencing.known_keys()] == [NEW]
    assert [it.name for it in sequencing.known_keys(closed=1)] == [ORIGIN]


def test_the_closed_log_can_still_be_taken_away_and_is_the_one_that_the_new_one_names(
    log: Log, tmp_path: Path
) -> None:
    log.lose()
    numbers = LogIndexRow.objects.order_by("index").values_list("entry", flat=True)
    receipt = proving.receipt_of(numbers[3], [sequencing.newest_checkpoint()], folder=log.folder)
    kept = (log.folder / CHECKPOINT).read_bytes()
    log.begin()
    log.sign_anew()
    log.step()
    at = datetime.now(UTC)
    size = write_closed(
        tmp_path / "before", ORIGIN, log=log.folder, witness_policy="quorum none", at=at
    )
    assert size == head_of(kept).size
    policy = sequencing.own_policy("quorum none")
    write_published(tmp_path / "now", log=log.folder, policy=policy.decode(), since=None, at=at)
    report = verify(
        tmp_path / "now",
        Asked(policy=policy, before=tmp_path / "before", kept=kept, receipt=str(receipt).encode()),
    )
    assert report.ok, report.difference
    assert report.continues
    assert report.continues.last.origin == ORIGIN
    of_old = sequencing.own_policy("quorum none", closed=1)
    assert verify(tmp_path / "before", Asked(policy=of_old, kept=kept)).ok
    assert verify_receipt(str(receipt).encode(), of_old).ok
    # A receipt that is made now is one of the new log.
    again = proving.receipt_of(numbers[3], [sequencing.newest_checkpoint()], folder=log.folder)
    assert verify_receipt(str(again).encode(), policy).ok
    with pytest.raises(Broken, match="called elsewhere was closed"):
        write_closed(tmp_path / "none", "elsewhere", log=log.folder, witness_policy="", at=at)


@pytest.mark.parametrize(
    ("named", "origin", "said"),
    [
        (LOST, NEW, "Nothing is wrong with this log"),
        (replace(LOST, why=WhyClosed.KEY_LOST), NEW, "Nothing is wrong with this log"),
        (LOST, ORIGIN, f"A log of this desk is or was called {ORIGIN}"),
        (LOST, "a name", "a host and a path"),
    ],
)
def test_a_log_that_goes_on_is_not_closed_and_a_name_is_used_once(
    named: Named, origin: str, said: str, log: Log
) -> None:
    size = log.step()
    with pytest.raises((LogGoesOn, LogNameNotNew), match=said):
        log.begin(origin, named)
    assert log.step() == size
    assert not sequencing.closed_logs()


def test_two_of_two_families_agree(log: Log) -> None:
    log.lose()
    for named in (
        replace(LOST, overseer="kim"),
        replace(LOST, administrator="jon"),
    ):
        with pytest.raises(RoleMissing):
            log.begin(named=named)
    with pytest.raises(CannotWorkOnIt):
        log.begin(named=replace(LOST, overseer="nobody"))
    assert not sequencing.closed_logs()


def test_each_reason_has_to_be_so(log: Log) -> None:
    log.lose()
    with pytest.raises(LogGoesOn, match="its key is not lost"):
        log.begin(named=replace(LOST, why=WhyClosed.KEY_LOST))
    log.signer.kill()
    with pytest.raises(LogGoesOn, match="does not answer"):
        log.begin()
    done = log.begin(named=replace(LOST, why=WhyClosed.KEY_LOST))
    assert done.origin == NEW


def test_a_key_in_other_hands_closes_a_log_that_goes_on_and_a_name_is_never_used_again(
    log: Log,
) -> None:
    exposed = replace(LOST, why=WhyClosed.KEY_EXPOSED)
    size = log.step()
    assert log.begin(named=exposed).size == size
    log.sign_anew()
    log.step()
    for used in (ORIGIN, NEW):
        with pytest.raises(LogNameNotNew, match=f"is or was called {used}"):
            log.begin(used, exposed)
    # A third one has the second's first entry behind its own.
    third = log.begin("desk.example/log-3", exposed)
    assert third.closed == NEW
    log.signer.kill()
    begin_new_log(log.signer.folder, "desk.example/log-3")
    log.signer.start()
    log.step()
    acts = [parse_leaf(it).act.decode() for it in log.leaves(log.folder)]
    assert acts[:2] == ["log.begin", "log.begin"]
    assert [it.id for it in sequencing.closed_logs()] == [2, 1]
    assert reconcile(lambda: datetime.now(UTC), log=log.folder).ok


class Killed(BaseException):
    """The process ends here."""


STEPS = {
    "what is decided is not committed": (store, "stop_the_sequencer"),
    "the entries do not wait": (store, "wait_again"),
    "the tiles are not moved": (new_log, "_put_away"),
    "the list is not moved": (new_log, "sync_folder"),
    "the sequencer still rests": (store, "let_the_sequencer_go_on"),
}


@pytest.mark.parametrize("at", STEPS)
def test_killed_at_any_step_it_is_run_again_and_ends_the_same(
    at: str, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.lose()
    before = log.leaves(log.folder)

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(*STEPS[at], die)
        log.begin()
    if sequencing.closed_logs():
        # Until it is done nobody sequences, and it is done under that name only.
        log.desk.log()
        with pytest.raises(Broken, match="Run “evenhand log begin” again"):
            log.step()
        with pytest.raises(LogNameNotNew, match=f"the name {NEW} is being begun"):
            log.begin("desk.example/log-3")
    log.begin()
    log.sign_anew()
    log.step()
    after = log.leaves(log.folder)
    assert after[1 : len(before) + 1] == before
    assert len(after) == len(set(LogIndexRow.objects.values_list("entry", flat=True)))
    assert log.leaves(closed_folder(log.folder, 1)) == before
    assert len(sequencing.closed_logs()) == 1


def test_the_list_of_erasures_begins_with_the_new_log_and_names_the_same(log: Log) -> None:
    log.desk.brought_to(State.STATUTORY_ROUTE)
    log.step()
    listed = log.folder.with_name(ERASED)
    before = {it.entry for it in read_erasures(listed)}
    assert before
    worker = Sequencer(log.folder, log.signer.socket)
    worker.step(now=datetime.now(UTC))
    log.begin(named=replace(LOST, why=WhyClosed.KEY_EXPOSED))
    assert not listed.exists()
    log.sign_anew()
    # A worker that ran on all the while goes on, too.
    for _ in range(2):
        with contextlib.suppress(Broken):
            worker.step(now=datetime.now(UTC))
    assert {it.entry for it in read_erasures(listed)} == before
    assert LogStateRow.objects.get().fault == ""


def test_a_newer_checkpoint_from_outside_is_the_last_one(log: Log, tmp_path: Path) -> None:
    lost = log.lose()
    size = sequencing.how_far().given
    [key] = read_keys(log.signer.folder / KEY)
    outside = str(sign_checkpoint(Checkpoint(ORIGIN, size + lost, b"x" * 32), [key])).encode()
    forged = outside.replace(b"desk.example/log\n", b"desk.example/elsewhere\n", 1)
    with pytest.raises(NotSigned):
        log.begin(named=replace(LOST, last=forged))
    log.begin(named=replace(LOST, last=outside))
    [row] = sequencing.closed_logs()
    assert row.size == size + lost
    # What is served goes as far as the tiles go.
    assert len(log.leaves(closed_folder(log.folder, 1))) == size


def test_the_tiles_may_be_lost_with_the_key(log: Log) -> None:
    before = log.leaves(log.folder)
    log.signer.kill()
    shutil.rmtree(log.folder)
    log.begin(named=replace(LOST, why=WhyClosed.KEY_LOST))
    log.sign_anew()
    log.step()
    assert parse_leaf(log.leaves(log.folder)[0]).act == b"log.begin"
    # They are made from the entries that the database has.
    assert log.leaves(closed_folder(log.folder, 1)) == before


def test_of_a_log_that_nobody_signed_there_is_nothing_to_continue(
    fresh_desk: FreshDesk, signer: RunningSigner, tmp_path: Path
) -> None:
    stored("Kim", Role.ADMINISTRATOR)
    stored("Jon", Role.OVERSEER)
    signer.kill()
    with pytest.raises(Broken, match="Nothing of this log was ever signed"):
        begin(
            NEW,
            replace(LOST, why=WhyClosed.KEY_LOST),
            log=tmp_path / "log",
            signer_at=signer.socket,
            acting=Acting(officer=WORKER, at=datetime.now(UTC)),
        )


def test_whoever_works_on_the_log_without_end_is_told(
    log: Log, fresh_desk: FreshDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.lose()
    monkeypatch.setattr(new_log, "WAIT_SECONDS", 0.3)
    with psycopg.connect(fresh_desk.database_url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [sequencing.COSIGNER])
        with pytest.raises(Broken, match="Stop the worker"):
            log.begin()
        other.execute("SELECT pg_advisory_lock(%s)", [sequencing.SEQUENCER])
        with pytest.raises(Broken, match="Stop the worker"):
            log.begin()
    assert not sequencing.closed_logs()
    log.begin()
