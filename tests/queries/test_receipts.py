"""A receipt proves that an act is in the log, and says no more than it must."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.policies import trusting
from evenhand.ledger.receipts import parse_receipt
from evenhand.queries import history, receipts
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.receipts import ReceiptFalse, ReceiptNotYet
from evenhand.rules.referrals import NotFound
from evenhand.store import sequencing
from evenhand.store.sequencing import LogIndexRow
from evenhand.transports.signer import keys_of
from tests.builders import ADA, MAX
from tests.journeys import Desk
from tests.signers import RunningSigner, running_signer

pytestmark = pytest.mark.django_db
VIDEO = "https://www.tiktok.com/@nobody.at.all/video/7000000000000000001"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def signer() -> Iterator[RunningSigner]:
    with running_signer() as running:
        yield running


@pytest.fixture
def sequencer(signer: RunningSigner, tmp_path: Path) -> Sequencer:
    return Sequencer(tmp_path / "log", signer.socket)


def numbers(reference: str) -> list[int]:
    return [it.number for it in history.of(reference, officer=ADA).lines]


def given(reference: str, number: int, folder: Path, *, officer: Officer = ADA) -> str:
    return receipts.of_entry(reference, number, log=folder / "log", officer=officer)


def test_a_receipt_holds_for_anyone_with_the_logs_key_and_names_nobody(
    desk: Desk, sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    reference = desk.log()
    sequencer.step(now=desk.now)
    policy = trusting(*keys_of(signer.socket))
    for number in numbers(reference):
        made = parse_receipt(given(reference, number, tmp_path).encode())
        assert made.check(policy).checkpoint.size > made.proof.index
        assert made.fields().keys() == {"at", "obj", "ver"}


def test_it_is_made_under_what_witnesses_cosigned_if_that_covers_it(
    desk: Desk, sequencer: Sequencer, tmp_path: Path
) -> None:
    reference = desk.log()
    sequencer.step(now=desk.now)
    [number] = numbers(reference)
    first = sequencing.newest_checkpoint()
    assert first is not None
    sequencing.keep_cosigned(first, first.checkpoint, at=desk.now)
    later = desk.log(VIDEO)
    sequencer.step(now=desk.now)
    newest = sequencing.newest_checkpoint()
    assert newest is not None
    assert given(reference, number, tmp_path).endswith(first.checkpoint)
    assert given(later, numbers(later)[0], tmp_path).endswith(newest.checkpoint)


@pytest.mark.parametrize("harm", ["altered", "lost"])
def test_one_that_the_published_log_does_not_bear_out_is_not_handed_out(
    harm: str, desk: Desk, sequencer: Sequencer, tmp_path: Path
) -> None:
    reference = desk.log()
    sequencer.step(now=desk.now)
    [number] = numbers(reference)
    assert given(reference, number, tmp_path)
    for tile in (tmp_path / "log" / "tile" / "0").rglob("*"):
        if tile.is_file() and harm == "altered":
            tile.write_bytes(bytes(len(tile.read_bytes())))
        elif tile.is_file():
            tile.unlink()
    with pytest.raises(ReceiptFalse):
        given(reference, number, tmp_path)


def test_before_it_is_signed_there_is_none_yet(
    desk: Desk, sequencer: Sequencer, tmp_path: Path
) -> None:
    sequencer.step(now=desk.now)
    reference = desk.log()
    [number] = numbers(reference)
    with pytest.raises(ReceiptNotYet):
        given(reference, number, tmp_path)
    assert sequencing.give_indexes(10)
    assert LogIndexRow.objects.filter(entry=number).exists()
    with pytest.raises(ReceiptNotYet):
        given(reference, number, tmp_path)


def test_there_is_none_of_another_record_or_for_who_may_not_read_it(
    desk: Desk, sequencer: Sequencer, tmp_path: Path
) -> None:
    reference, other = desk.log(), desk.log(VIDEO)
    sequencer.step(now=desk.now)
    [number] = numbers(reference)
    for wrong in (numbers(other)[0], number + 10**6):
        with pytest.raises(NotFound, match="no such entry"):
            given(reference, wrong, tmp_path)
    with pytest.raises(NotFound):
        given("2026-999999", number, tmp_path)
    with pytest.raises(RoleMissing):
        given(reference, number, tmp_path, officer=MAX)
