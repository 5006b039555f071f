"""Witnesses cosign the newest checkpoint; one that is away or will not holds nobody up."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.actions.cosigning import have_cosigned
from evenhand.actions.sequencing import Sequencer
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
        signer = running.enter_context(running_signer())
        self.sequencer = Sequencer(self.folder, signer.socket)
        [self.key] = keys_of(signer.socket)
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
        text = f"log {self.key}\n".encode()
        whole = parse_policy(text + b"quorum none\n")
        trusted = Policy(whole.logs, policy.witnesses, policy.groups, policy.quorum)
        found = trusted.open((self.folder / CHECKPOINT).read_bytes())
        return sorted(it.key.name for it in found.signed)


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
    assert log.go_on(policy, seconds=599) == first
    assert log.go_on(policy, seconds=2) == first + 2
    row = LogWitnessRow.objects.get(key=str(log.keys["west"]))
    assert row.heard_at == since
    assert row.fault_since == log.now - timedelta(seconds=2)


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
    LogCheckpointRow.objects.update(cosigned_at=None, checkpoint=_bare(older.checkpoint))
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
