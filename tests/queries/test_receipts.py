"""A receipt proves that an act is in the log, and says no more than it must."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from evenhand.actions import people_restrictions, posters
from evenhand.actions import platform_links as answering
from evenhand.actions.answers import AnswerWords
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.__main__ import main
from evenhand.ledger.acts import Act
from evenhand.ledger.policies import trusting
from evenhand.ledger.receipts import parse_receipt
from evenhand.queries import challenges, history, platform_links, public_reports, receipts
from evenhand.queries.challenges import ByThePublic
from evenhand.queries.people import one as look_at
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.rules.officers import PUBLIC, WORKER, Acting, Officer, RoleMissing
from evenhand.rules.people import LookReasonMissing, NotYourPerson, Restriction
from evenhand.rules.receipts import ReceiptFalse, ReceiptNotYet
from evenhand.rules.referrals import NotFound, State
from evenhand.rules.retention import Restricted
from evenhand.store import sequencing
from evenhand.store.retention import DisposalRow
from evenhand.store.sequencing import LogIndexRow
from evenhand.transports.signer import keys_of
from tests.actions.people import known_person, person
from tests.actions.reporting import received
from tests.actions.sharing import in_force, released, staffed
from tests.actions.sharing import row as package_row
from tests.actions.test_disposal import dispose_of
from tests.actions.test_platform_links import token_of
from tests.builders import ADA, BO, CY, DEE, LEE, MAX, OLA, RON, SID
from tests.journeys import Desk, told
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


def told_of(receipt: str) -> dict[str, object]:
    """Give the act and the fields that a receipt tells, besides the time."""
    said = parse_receipt(receipt.encode()).proves()
    return {name: said[name] for name in said if name not in {"index", "day", "withheld", "at"}}


def test_each_entry_about_a_person_has_a_receipt_that_says_no_more_than_when(
    desk: Desk, sequencer: Sequencer, signer: RunningSigner, tmp_path: Path
) -> None:
    reference = known_person(desk)
    sequencer.step(now=desk.now)
    acting = desk.by(ADA)
    look_at(reference, "To warn them.", acting=acting)
    lines = history.of_person(reference, acting=acting).lines
    acts = [Act.PERSON_PROPOSED, Act.STATEMENT_ADDED, Act.PERSON_AUTHORISED]
    assert [it.act for it in lines] == acts
    about = str(person(reference).id)
    for line in lines:
        made = receipts.of_person(reference, line.number, log=tmp_path / "log", acting=acting)
        parse_receipt(made.encode()).check(trusting(*keys_of(signer.socket)))
        assert told_of(made) == {"act": line.act, "obj": about, "ver": line.version}


def test_the_history_of_a_person_is_for_who_gave_a_reason_and_may_open_the_record(
    desk: Desk, tmp_path: Path
) -> None:
    reference = known_person(desk)
    for officer, refusal in ((ADA, LookReasonMissing), (OLA, RoleMissing), (BO, NotYourPerson)):
        acting = desk.by(officer)
        with pytest.raises(refusal):
            history.of_person(reference, acting=acting)
        with pytest.raises(refusal):
            receipts.of_person(reference, 1, log=tmp_path / "log", acting=acting)
    ada = desk.by(ADA)
    look_at(reference, "To warn them.", acting=ada)
    assert history.of_person(reference, most=1, acting=ada).next
    with pytest.raises(NotFound, match="no such entry"):
        receipts.of_person(reference, 10**6, log=tmp_path / "log", acting=ada)
    people_restrictions.restrict(reference, Restriction.UNLAWFUL, "No basis.", acting=desk.by(DEE))
    with pytest.raises(Restricted):
        history.of_person(reference, acting=ada)


def test_the_receipt_of_a_release_names_the_bytes_that_left_and_nobody(
    sequencer: Sequencer, tmp_path: Path
) -> None:
    desk = staffed()
    package = released(desk, known_person(desk), in_force(desk))
    sequencer.step(now=desk.now)
    lines = history.of_package(package, officer=SID).lines
    about = {"obj": str(package_row(package).id)}
    for line in lines:
        made = receipts.of_package(package, line.number, log=tmp_path / "log", officer=SID)
        left = {"package": (package_row(package).package_sha256 or b"").hex()}
        more = left if line.act is Act.PACKAGE_DISCLOSED else {}
        assert told_of(made) == {"act": line.act, "ver": line.version} | about | more
    assert lines[-1].act is Act.PACKAGE_DISCLOSED
    with pytest.raises(RoleMissing):
        history.of_package(package, officer=MAX)
    with pytest.raises(NotFound):
        receipts.of_package("D-NOTTHERE", 1, log=tmp_path / "log", officer=SID)


def test_a_disposal_has_a_receipt_when_the_record_is_gone(
    desk: Desk, sequencer: Sequencer, tmp_path: Path
) -> None:
    for officer in (CY, LEE, RON):
        desk.by(officer)
    certificate = dispose_of(desk, desk.brought_to(State.CLOSED))
    sequencer.step(now=desk.now)
    made = receipts.of_disposal(certificate, log=tmp_path / "log", officer=OLA)
    record = DisposalRow.objects.get().record
    assert told_of(made).items() >= {"act": Act.CONTENT_DISPOSED, "obj": str(record)}.items()
    with pytest.raises(NotFound):
        receipts.of_disposal("C-NOTTHERE", log=tmp_path / "log", officer=OLA)
    with pytest.raises(RoleMissing):
        receipts.of_disposal(certificate, log=tmp_path / "log", officer=ADA)


def verified(receipt: str, folder: Path, settings: Any) -> bool:
    """Say whether the verifier that anybody runs holds a receipt for good, with the log's key."""
    (folder / "receipt").write_text(receipt)
    (folder / "policy").write_bytes(sequencing.own_policy(settings.DESK.witness_policy))
    options = ["--receipt", str(folder / "receipt"), "--policy", str(folder / "policy")]
    return main(["verify", *options]) == 0


def test_whoever_reported_gets_a_receipt_that_says_no_more_than_when(
    desk: Desk, sequencer: Sequencer, tmp_path: Path, settings: Any
) -> None:
    number = received(desk)
    assert not public_reports.by_receipt(number).is_in_the_signed_log
    with pytest.raises(ReceiptNotYet):
        public_reports.log_receipt(number, log=tmp_path / "log")
    sequencer.step(now=desk.now)
    assert public_reports.by_receipt(number).is_in_the_signed_log
    made = public_reports.log_receipt(number, log=tmp_path / "log")
    assert told_of(made) == {"act": Act.REPORT_RECEIVED}
    assert parse_receipt(made.encode()).fields().keys() == {"at"}
    assert verified(made, tmp_path, settings)
    with pytest.raises(NotFound, match="No report that we still have"):
        public_reports.log_receipt("7KQ2-M9XA-4TRB-W8CE", log=tmp_path / "log")


def test_whoever_asked_and_challenged_gets_a_receipt_of_each(
    desk: Desk, sequencer: Sequencer, tmp_path: Path, settings: Any
) -> None:
    desk.brought_to(State.SENT, address=VIDEO)
    number, other = told(desk, VIDEO), told(desk, "https://site1.example/nothing")
    assert challenges.by_receipt(number).signed == []
    sequencer.step(now=desk.now)
    log = tmp_path / "log"
    for asked in (number, other):
        made = challenges.log_receipt(asked, ByThePublic.ASKING, log=log)
        assert told_of(made) == {"act": Act.POSTER_ASKED}
        assert verified(made, tmp_path, settings)
        with pytest.raises(NotFound) as refused:
            challenges.log_receipt(asked, ByThePublic.CHALLENGE, log=log)
        with pytest.raises(NotFound, match=str(refused.value)):
            challenges.log_receipt("7KQ2-M9XA-4TRB-W8CE", ByThePublic.CHALLENGE, log=log)
    posters.challenge(number, "It was a song.", acting=Acting(PUBLIC, desk.now))
    assert challenges.by_receipt(number).signed == [ByThePublic.ASKING]
    sequencer.step(now=desk.now)
    assert challenges.by_receipt(number).signed == list(ByThePublic)
    made = challenges.log_receipt(number, ByThePublic.CHALLENGE, log=log)
    assert told_of(made) == {"act": Act.CHALLENGE_MADE}
    assert verified(made, tmp_path, settings)


def test_an_act_of_the_public_that_the_log_does_not_name_has_no_receipt(tmp_path: Path) -> None:
    nowhere = uuid4()
    assert not receipts.has_public_act(ByThePublic.ASKING, nowhere)
    with pytest.raises(ReceiptFalse):
        receipts.of_public_act(ByThePublic.ASKING, nowhere, tmp_path)


def test_the_link_gives_a_receipt_of_each_answer_once_the_log_is_signed(
    desk: Desk, sequencer: Sequencer, tmp_path: Path, settings: Any
) -> None:
    reference = desk.brought_to(State.SENT)
    token, log = token_of(reference), tmp_path / "log"
    assert platform_links.signed(token, now=desk.now) == []
    answers: list[AnswerKind | Outcome] = [AnswerKind.ACKNOWLEDGED, Outcome.DECLINED]
    for signed, said in enumerate(answers):
        worker = desk.by(WORKER)
        answering.answer(token, said, AnswerWords(), seen_version=None, acting=worker)
        assert platform_links.signed(token, now=desk.now) == [*[True] * signed, False]
        with pytest.raises(ReceiptNotYet):
            platform_links.receipt(token, signed + 1, log=log, now=desk.now)
        sequencer.step(now=desk.now)
    assert platform_links.signed(token, now=desk.now) == [True, True]
    made = platform_links.receipt(token, 2, log=log, now=desk.now)
    assert told_of(made).items() >= {"act": Act.ANSWER_GIVEN, "outcome": "declined"}.items()
    assert verified(made, tmp_path, settings)
    other = token_of(desk.brought_to(State.SENT, address=VIDEO))
    for link, number in ((other, 1), (token, 3)):
        with pytest.raises(NotFound):
            platform_links.receipt(link, number, log=log, now=desk.now)
