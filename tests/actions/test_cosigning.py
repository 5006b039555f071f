"""Witnesses cosign the newest checkpoint; one that is away or will not holds nobody up."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.actions.cosigning import have_cosigned
from evenhand.actions.sequencing import Sequencer
from evenhand.cli import witness_server
from evenhand.cli.witness_folder import LOGS, make_witness
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.policies import Policy, parse_policy
from evenhand.store import sequencing as store
from evenhand.store.sequencing import COSIGNER, LogCheckpointRow, LogWitnessRow
from evenhand.transports.signer import keys_of
from tests.actions.test_sequencing import add
from tests.desks import FreshDesk
from tests.signers import running_signer
from tests.witnesses import serving

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9"


class Log:
    """A desk's log with a real signer, two witnesses that trust it, and a policy that asks them."""

    def __init__(self, folder: Path, running: ExitStack) -> None:
        self.folder, self.running, self.now = folder / "log", running, NOON
        self.signer = running.enter_context(running_signer())
        self.sequencer = Sequencer(self.folder, self.signer.socket)
        [self.key] = keys_of(self.signer.socket)
        self.homes = {name: folder / name for name in ("east", "west")}
        self.keys = {name: self._made(name) for name in self.homes}

    def _made(self, name: str) -> VerifierKey:
        key = make_witness(self.homes[name], f"{name}.example/w")
        with (self.homes[name] / LOGS).open("a") as logs:
            logs.write(f"log {self.key}\n")
        return key

    def up(self, name: str) -> str:
        """Have a witness at work; give its address."""
        return self.running.enter_context(serving(self.homes[name]))

    def policy(self, least: str = "all", **urls: str) -> Policy:
        """Ask for ``least`` of both witnesses."""
        lines = [f"witness {it} {key} {urls.get(it, '')}" for it, key in self.keys.items()]
        return parse_policy(
            "\n".join([*lines, f"group both {least} east west", "quorum both"]).encode()
        )

    def go_on(self, policy: Policy, *, seconds: int = 60) -> int:
        """Commit one more entry, have it signed and cosigned; give the published size."""
        self.now += timedelta(seconds=seconds)
        add(1)
        self.sequencer.step(now=self.now)
        have_cosigned(self.folder, policy, now=self.now)
        return self.published()

    def published(self) -> int:
        return int((self.folder / CHECKPOINT).read_text().split("\n")[1])

    def opened(self, policy: Policy) -> list[str]:
        """Give who signed the published checkpoint, which the policy must trust."""
        return sorted(self.times(policy))

    def times(self, policy: Policy) -> dict[str, int]:
        """Give who signed it and when, 0 for the log, whose signature has no time."""
        text = f"log {self.key}\n".encode()
        whole = parse_policy(text + b"quorum none\n")
        trusted = Policy(whole.logs, policy.witnesses, policy.groups, policy.quorum)
        found = trusted.open((self.folder / CHECKPOINT).read_bytes())
        return {it.key.name: it.at or 0 for it in found.signed}


@pytest.fixture
def log(fresh_desk: FreshDesk, tmp_path: Path) -> Iterator[Log]:
    assert fresh_desk.name
    with ExitStack() as running:
        yield Log(tmp_path, running)


def newest() -> LogCheckpointRow:
    row = store.newest_checkpoint()
    assert row is not None
    return row


def test_what_both_cosigned_is_published_with_both_cosignatures(log: Log) -> None:
    policy = log.policy(east=log.up("east"), west=log.up("west"))
    size = 0
    for _ in range(3):
        size = log.go_on(policy)
        assert log.opened(policy) == ["desk.example/log", "east.example/w", "west.example/w"]
        assert newest().size == size
        assert newest().cosigned_at == log.now
    rows = LogWitnessRow.objects.all()
    assert {(it.size, it.heard_at, it.fault) for it in rows} == {(size, log.now, "")}


def test_until_enough_cosigned_the_one_before_stays_published(log: Log) -> None:
    east, west = log.up("east"), log.up("west")
    first = log.go_on(log.policy(east=east, west=west))
    assert log.go_on(log.policy(east=east, west=NOWHERE)) == first
    assert newest().cosigned_at is None
    row = LogWitnessRow.objects.get(key=str(log.keys["west"]))
    assert "does not answer" in row.fault
    assert (row.fault_since, row.size) == (log.now, first)
    # The same checkpoint again, when the other is back: the first is not asked twice.
    have_cosigned(log.folder, log.policy(east=NOWHERE, west=west), now=log.now)
    assert log.published() == first + 1
    assert not LogWitnessRow.objects.exclude(fault="").exists()


def test_after_ten_minutes_without_enough_it_is_published_with_what_it_has(log: Log) -> None:
    policy = log.policy(east=log.up("east"), west=NOWHERE)
    alone = log.go_on(policy)
    assert alone == newest().size  # Nothing was cosigned before it that could stay.
    first = log.go_on(log.policy(east=policy.witnesses["east"].url, west=log.up("west")))
    since = LogWitnessRow.objects.get(key=str(log.keys["east"])).heard_at
    # A desk on which nothing happened for hours: it counts how long a checkpoint waits for them.
    assert log.go_on(policy, seconds=20_000) == first
    row = LogWitnessRow.objects.get(key=str(log.keys["west"]))
    assert (row.heard_at, row.fault_since) == (since, log.now)
    assert log.go_on(policy, seconds=599) == first
    # Nothing new comes, and still it does not wait any longer.
    log.now += timedelta(seconds=2)
    have_cosigned(log.folder, policy, now=log.now)
    assert log.published() == first + 2 == newest().size


def test_an_old_checkpoint_is_not_cosigned_once_acts_went_on_without_it(log: Log) -> None:
    """A worker that comes back would else have every act of the gap dated before a cosignature."""
    policy = log.policy(east=log.up("east"), west=log.up("west"))
    add(1)
    log.sequencer.step(now=log.now)
    before = newest()
    for waiting in (True, False):
        add(1)
        if not waiting:
            store.give_indexes(10)
        log.now += timedelta(minutes=20)
        have_cosigned(log.folder, policy, now=log.now)
        assert newest().checkpoint == before.checkpoint
        assert not LogWitnessRow.objects.exists()
    log.sequencer.step(now=log.now)
    have_cosigned(log.folder, policy, now=log.now)
    assert newest().cosigned_at == log.now
    assert newest().size == before.size + 2 == log.published()


def test_an_old_checkpoint_is_cosigned_if_nothing_happened_since(log: Log) -> None:
    add(1)
    log.sequencer.step(now=log.now)
    log.now += timedelta(hours=1)
    have_cosigned(log.folder, log.policy(east=log.up("east"), west=log.up("west")), now=log.now)
    assert newest().cosigned_at == log.now


def test_where_nothing_happens_the_same_checkpoint_is_cosigned_anew(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = log.policy(east=log.up("east"), west=log.up("west"))
    size = log.go_on(policy)
    quiet, before = log.now, log.times(policy)
    log.now += timedelta(minutes=59)
    have_cosigned(log.folder, policy, now=log.now)
    assert (newest().cosigned_at, log.times(policy)) == (quiet, before)
    # An hour passes for the witnesses, too, of whom one does not answer then.
    monkeypatch.setattr(witness_server, "time", LaterClock())
    log.now += timedelta(minutes=1)
    have_cosigned(log.folder, log.policy(east=policy.witnesses["east"].url), now=log.now)
    assert (log.published(), newest().cosigned_at) == (size, log.now)
    after = log.times(policy)
    assert after["east.example/w"] - before["east.example/w"] >= 3600
    assert after["west.example/w"] == before["west.example/w"]


class LaterClock:
    """The clock of an hour later."""

    monotonic = staticmethod(time.monotonic)

    def time(self) -> float:
        return time.time() + 3600


def test_what_was_cosigned_is_not_cosigned_anew_once_acts_went_on(log: Log) -> None:
    policy = log.policy(east=log.up("east"), west=log.up("west"))
    log.go_on(policy)
    before = newest().checkpoint
    add(1)
    log.now += timedelta(hours=2)
    have_cosigned(log.folder, policy, now=log.now)
    assert newest().checkpoint == before


def test_one_of_two_is_enough_where_the_policy_says_so(log: Log) -> None:
    policy = log.policy("any", east=log.up("east"), west=NOWHERE)
    log.go_on(policy)
    assert newest().cosigned_at == log.now
    assert log.opened(policy) == ["desk.example/log", "east.example/w"]


def test_a_witness_that_saw_more_of_this_log_will_not_go_back_and_says_so(log: Log) -> None:
    east, west = log.up("east"), log.up("west")
    policy = log.policy(east=east, west=west)
    for _ in range(3):
        log.go_on(policy)
    # As after an old backup whose signer was made to forget, too.
    older = LogCheckpointRow.objects.order_by("size").first()
    assert older is not None
    LogCheckpointRow.objects.exclude(size=older.size).delete()
    bare = _bare(older.checkpoint)
    LogCheckpointRow.objects.update(cosigned_at=None, signed_at=log.now, checkpoint=bare)
    have_cosigned(log.folder, policy, now=log.now)
    assert newest().cosigned_at is None
    assert "the log went back" in LogWitnessRow.objects.filter(fault__gt="")[0].fault


def test_only_one_asks_at_a_time(log: Log, fresh_desk: FreshDesk) -> None:
    import psycopg

    policy = log.policy("any", east=log.up("east"))
    add(1)
    log.sequencer.step(now=log.now)
    with psycopg.connect(fresh_desk.database_url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [COSIGNER])
        have_cosigned(log.folder, policy, now=log.now)
        assert newest().cosigned_at is None
        other.execute("SELECT pg_advisory_unlock(%s)", [COSIGNER])
    have_cosigned(log.folder, policy, now=log.now)
    assert newest().cosigned_at == log.now


def test_without_a_checkpoint_or_an_address_nobody_is_asked(log: Log) -> None:
    have_cosigned(log.folder, log.policy(), now=log.now)
    log.go_on(log.policy())
    assert newest().cosigned_at is None
    assert not LogWitnessRow.objects.exists()


def _bare(note: str) -> str:
    """Take the cosignatures from a note."""
    text, lines = note.split("\n\n")
    own = [it for it in lines.splitlines() if "desk.example/log" in it]
    return "\n\n".join([text, "\n".join(own) + "\n"])
