"""What is sent by a platform's form is recorded as provably as an e-mail."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from evenhand.actions import notices, platforms, sheets
from evenhand.queries import history
from evenhand.queries import referral as one_referral
from evenhand.queries import sheets as drawn
from evenhand.queries.steps import NoticeSent
from evenhand.rules.lawbook import Fill, FormField
from evenhand.rules.notices import (
    Delivery,
    NoChaseYet,
    NoticeKind,
    NotSignedOff,
    Transport,
    TransportUnknown,
)
from evenhand.rules.officers import RoleMissing
from evenhand.rules.platforms import with_form
from evenhand.rules.referrals import ChangedMeanwhile, MoveForbidden, State
from evenhand.rules.sheets import ByHand, SentWhen, SheetChanged, SheetEmpty, WitnessWrong
from evenhand.store import platform_versions
from evenhand.store.casework import NoticeRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.writing import writing
from tests.builders import ADA, BO, CY, DEE, MAX, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused, row
from tests.ledger import reading

pytestmark = pytest.mark.django_db
FORM = "https://forms.clipnest.example"
CLIP = "https://clipnest.example/v/abc-{number}"
NUMBERS = iter(range(10_000))


def desk_with_form(code: str = "clipnest") -> Desk:
    desk = Desk()
    desk.by(CY)
    sign_off(desk, code)
    return desk


def sign_off(desk: Desk, code: str, *, transport: Transport = Transport.PORTAL) -> None:
    platforms.sign_off(
        code,
        transport=transport,
        contact=FORM if transport is Transport.PORTAL else "reports@clipnest.example",
        basis="DPA 2018 s.77",
        review_on=desk.now.date() + timedelta(days=300),
        acting=desk.by(DEE),
    )


def approved(desk: Desk, state: State = State.APPROVED) -> str:
    return desk.brought_to(state, address=CLIP.format(number=next(NUMBERS)))


def told(desk: Desk, **changes: object) -> ByHand:
    plain: dict[str, object] = {
        "sent_at": desk.now,
        "as_shown": True,
        "changed": "",
        "their_reference": "CASE-7",
        "witness": "cy",
        "initials": "C",
    }
    return ByHand(**plain | changes)  # type: ignore[arg-type]


def record(
    desk: Desk, reference: str, kind: NoticeKind = NoticeKind.REFERRAL, **said: object
) -> None:
    sheets.record(reference, kind, told(desk, **said), acting=desk.by(ADA))


def last(reference: str) -> NoticeSent:
    return one_referral.one(reference, acting=as_reader(ADA)).notices[-1]


def test_a_form_that_was_sent_makes_the_referral_sent_at_the_time_it_was_sent() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    sent_at = desk.now
    record(desk, reference)
    read, sent = one_referral.one(reference, acting=as_reader(ADA)), last(reference)
    assert (read.fact.state, read.fact.sent_at, read.last_message_at) == (
        State.SENT,
        sent_at,
        sent_at,
    )
    assert (sent.transport, sent.delivery) == (Transport.PORTAL, Delivery.ACCEPTED)
    assert (sent.recipient, sent.their_reference) == (FORM, "CASE-7")
    assert (sent.witness, sent.witness_initials) == ("Cy", "C")
    assert sent.settled_at == sent_at


def test_the_exact_text_is_kept_sealed_under_its_digest() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    shown = drawn.one(reference, NoticeKind.REFERRAL, acting=as_reader(ADA, desk.now))
    record(desk, reference, sheet=shown.sha256)
    sent = last(reference)
    assert sent.message is not None
    assert hashlib.sha256(sent.message.encode()).hexdigest() == sent.sha256 == shown.sha256
    for field in shown.fields:
        assert field.label in sent.message
    stored = NoticeRow.objects.get()
    assert b"Where do we answer" not in bytes(stored.message or b"")
    assert b"CASE-7" not in bytes(stored.their_reference or b"")


def test_what_was_changed_on_the_form_is_part_of_the_exact_text() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    record(desk, reference, as_shown=False, changed="The reason was cut:\nshort.")
    message = last(reference).message or ""
    assert message.endswith(
        "Changed on the form before it was sent\n    The reason was cut:\n    short.\n"
    )


def test_the_log_tells_it_as_a_disclosure_without_words() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    record(desk, reference)
    entry = EntryRow.objects.filter(obj=row(reference).id).latest("number")
    assert b'"act":"notice.byhand"' in bytes(entry.leaf)
    assert b'"s62":"disclosure"' in bytes(entry.leaf)
    fields = reading.fields(OpeningRow.objects.get(entry=entry).fields)
    assert (fields["recipient"], fields["outcome"]) == ("clipnest", "referral")
    assert history.of(reference, officer=OLA).lines[-1].outcome == "referral"


def test_nothing_is_recorded_without_a_sign_off_of_the_form() -> None:
    desk = Desk()
    desk.by(CY)
    reference = approved(desk)
    with changing_nothing(), refused(NotSignedOff):
        record(desk, reference)
    sign_off(desk, "clipnest", transport=Transport.EMAIL)
    with changing_nothing(), refused(TransportUnknown):
        record(desk, reference)


def test_what_was_sent_before_the_sign_off_was_ended_comes_on_record_all_the_same() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    sent_at = desk.now
    platforms.end_sign_off("clipnest", Transport.PORTAL, acting=desk.by(DEE))
    with changing_nothing(), refused(NotSignedOff):
        record(desk, reference, sent_at=desk.now)
    record(desk, reference, sent_at=sent_at)
    assert last(reference).recipient == FORM


def test_a_sign_off_is_no_leave_for_what_was_sent_before_it() -> None:
    desk = Desk()
    desk.by(CY)
    reference = approved(desk)
    sent_at = desk.now
    sign_off(desk, "clipnest")
    with changing_nothing(), refused(NotSignedOff):
        record(desk, reference, sent_at=sent_at)
    record(desk, reference, sent_at=desk.now)
    assert row(reference).state == State.SENT


def test_a_platform_may_have_both_sign_offs_and_each_keeps_to_its_channel() -> None:
    desk = desk_with_form()
    sign_off(desk, "clipnest", transport=Transport.EMAIL)
    reference = approved(desk)
    with changing_nothing(), refused(TransportUnknown):
        notices.send(reference, "portal", acting=desk.by(ADA))
    notices.send(reference, "email", acting=desk.by(ADA))
    assert last(reference).recipient == "reports@clipnest.example"


def test_another_sheet_an_older_version_and_another_state_are_refused() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    acting = desk.by(ADA)
    with changing_nothing(), refused(SheetChanged):
        record(desk, reference, sheet="0" * 64)
    with changing_nothing(), refused(ChangedMeanwhile):
        sheets.record(reference, NoticeKind.REFERRAL, told(desk), seen_version=1, acting=acting)
    with changing_nothing(), refused(MoveForbidden):
        record(desk, desk.log(CLIP.format(number=next(NUMBERS))))


@pytest.mark.parametrize("witness", ["ada", "nobody", "\0", "dee"])
def test_the_witness_is_an_officer_of_the_desk_who_may_send(witness: str) -> None:
    desk = desk_with_form()
    reference = approved(desk)
    with changing_nothing(), refused(WitnessWrong):
        record(desk, reference, witness=witness)


def test_a_time_before_the_approval_is_refused() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    with changing_nothing(), refused(SentWhen):
        record(desk, reference, sent_at=desk.now - timedelta(days=1))


def test_who_oversees_records_nothing_and_sees_no_sheet() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    acting = desk.by(OLA)
    for kind in sheets.PERMISSIONS:
        with changing_nothing(), refused(RoleMissing):
            sheets.record(reference, kind, told(desk), acting=acting)
    with pytest.raises(RoleMissing):
        drawn.one(reference, NoticeKind.REFERRAL, acting=as_reader(OLA, desk.now))
    with pytest.raises(RoleMissing):
        drawn.possible_witnesses(officer=OLA)


def test_a_platform_without_a_known_form_has_no_sheet() -> None:
    desk = desk_with_form("vimeo")
    reference = desk.brought_to(State.APPROVED, address="https://vimeo.com/99991234")
    with changing_nothing(), refused(SheetEmpty):
        record(desk, reference)
    with pytest.raises(SheetEmpty):
        drawn.one(reference, NoticeKind.REFERRAL, acting=as_reader(ADA, desk.now))


def test_an_unknown_site_has_no_sheet() -> None:
    desk = Desk()
    reference = desk.brought_to(State.APPROVED)
    with pytest.raises(SheetEmpty):
        drawn.one(reference, NoticeKind.REFERRAL, acting=as_reader(ADA, desk.now))


def test_a_reminder_goes_by_the_form_too_and_counts() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    record(desk, reference)
    with changing_nothing(), refused(NoChaseYet):
        record(desk, reference, NoticeKind.CHASE)
    desk.now += timedelta(days=30)
    shown = drawn.one(reference, NoticeKind.CHASE, acting=as_reader(ADA, desk.now))
    record(desk, reference, NoticeKind.CHASE, sheet=shown.sha256)
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.chases, read.fact.state) == (1, State.SENT)
    assert "Reminder number: 1" in (last(reference).message or "")
    assert (last(reference).message or "").splitlines()[2] == f"Reminder about referral {reference}"


def test_what_could_not_be_delivered_is_sent_by_the_form() -> None:
    desk = Desk()
    desk.by(CY)
    sign_off(desk, "clipnest", transport=Transport.EMAIL)
    reference = approved(desk, State.UNDELIVERABLE)
    sign_off(desk, "clipnest")
    shown = drawn.one(reference, NoticeKind.REFERRAL, acting=as_reader(ADA, desk.now))
    record(desk, reference, sheet=shown.sha256)
    assert row(reference).state == State.SENT


def test_a_sheet_is_filled_from_the_version_that_the_desk_keeps() -> None:
    desk = desk_with_form("vimeo")
    kept = platform_versions.current("vimeo")
    assert kept is not None
    fields = (FormField(label="Where is it?", fills=Fill.ADDRESS, longest=10),)
    changed = with_form(kept.platform, fields, verified=True)
    platforms.edit(changed, seen=kept.number, acting=desk.by(MAX))
    reference = desk.brought_to(State.APPROVED, address="https://vimeo.com/99991234")
    shown = drawn.one(reference, NoticeKind.REFERRAL, acting=as_reader(ADA, desk.now))
    assert [(it.label, it.too_long_by > 0) for it in shown.fields] == [("Where is it?", True)]
    assert (shown.sheet.version, shown.sheet.verified) == (2, True)


def test_the_possible_witnesses_are_the_others_who_may_send() -> None:
    desk = desk_with_form()
    for officer in (ADA, BO, OLA, MAX):
        desk.by(officer)
    assert list(drawn.possible_witnesses(officer=ADA)) == [("bo", "Bo"), ("cy", "Cy")]


def test_the_database_takes_no_notice_by_hand_without_a_witness() -> None:
    desk = desk_with_form()
    reference = approved(desk)
    for witness in (None, ADA.ref):
        with (
            pytest.raises(IntegrityError, match="notice_by_hand_has_a_witness"),
            transaction.atomic(),
            writing(),
        ):
            _store(reference, witness, desk.now)
            NoticeRow.objects.count()  # what is waited for brings back what went wrong before


def _store(reference: str, witness: UUID | None, at: datetime) -> None:
    NoticeRow(
        referral=row(reference),
        by_id=ADA.ref,
        at=at,
        kind=NoticeKind.REFERRAL,
        transport=Transport.PORTAL,
        message_sha256=b"",
        delivery=Delivery.ACCEPTED,
        witness_id=witness,
    ).save(force_insert=True)
