"""Requests for information: received or logged, estimated, and every step until they are closed."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from evenhand.actions import (
    foi_ending,
    foi_letters,
    foi_sending,
    foi_wording,
    holds,
    public_receipts,
    same_content,
)
from evenhand.actions.entering import committed
from evenhand.actions.foi_entering import about_request
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Commitment
from evenhand.rules.foi import (
    BEGIN_A_LETTER,
    OF_COMMISSIONER,
    REVIEWS,
    RUNS,
    WAYS,
    WITHOUT_REPLY,
    Channel,
    FoiRequest,
    FoiStanding,
    check_no_hand,
    check_standing,
    next_number,
)
from evenhand.rules.foi_costs import Activity, check_estimate
from evenhand.rules.foi_due import check_moves
from evenhand.rules.foi_taking import Taken, check_can_take, check_received
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.public_foi import FoiAsked, check_asked, check_reached
from evenhand.rules.public_foi_letters import LetterKind
from evenhand.rules.texts import check_reason
from evenhand.store.foi import FoiHoldRow, FoiRequesterRow, FoiRequestRow, FoiStepRow
from evenhand.store.lawbook import clocks
from evenhand.store.sealing import new_record_key, open_record_key, seal_into, unsealed
from evenhand.store.writing import writing

DOOR = "foi"
ANSWER = Permission.ANSWER_FOI


def receive(asked: FoiAsked, form: str, *, acting: Acting) -> tuple[str, str]:
    """Keep a request that came by the form; give its number and its receipt number.

    Sent again from the same page it is kept once. Who asks, and how they are reached, is apart.
    """
    check_asked(asked)
    ref, receipt = public_receipts.named_after(DOOR, form, asked)
    with transaction.atomic(savepoint=False):
        same_content.lock([ref.bytes])
        row = FoiRequestRow.objects.filter(id=ref).first()
        if row is None:
            row = _new(ref, Channel.FORM, timezone.localdate(acting.at), acting)
            row.receipt = public_receipts.kept(receipt)
            _keep(row, asked, Act.FOI_RECEIVED, acting)
    return row.number, public_receipts.shown(receipt)


def log(asked: FoiAsked, channel: Channel, received_on: date, *, acting: Acting) -> str:
    """Log a request that came by mail or on paper on a day; give its number."""
    check_may(acting.officer, ANSWER)
    check_asked(asked)
    check_received(channel, received_on, today=timezone.localdate(acting.at))
    with transaction.atomic(savepoint=False):
        row = _new(uuid4(), channel, received_on, acting)
        row.logged_by_id = acting.officer.ref
        _keep(row, asked, Act.FOI_LOGGED, acting)
    return row.number


def reach(number: str, email: str, postal: str, *, keeps: bool = False, acting: Acting) -> bool:
    """Correct how who asked is reached, as long as that is kept; say whether a letter goes there.

    ``keeps``: an address that is not given stays as it is; else it is known no more.

    A reply that nobody approved yet is published without the new address, too: one that is approved
    is changed by nobody, and has to arrive. Raises NotValid, FoiStepWrong,
    ToldOfRequester.
    """
    check_may(acting.officer, ANSWER)
    check_reached(email, postal)
    with writing() as pen:
        row = FoiRequestRow.objects.locked(number)
        who = foi_wording.requester_of(row)
        key = open_record_key(who.key)
        before = unsealed(who, key, "email")
        if keeps:
            email, postal = email or before, postal or unsealed(who, key, "postal")
        is_other = email != before
        seal_into(who, key, email=email, postal=postal)
        who.save()
        goes = foi_sending.send_anew(row, who, is_other_mail=is_other)
        row.keep()
        pen.enter(about_request(row, Act.FOI_REQUESTER_CORRECTED, acting))
    return goes


def take(number: str, taken: Taken, *, acting: Acting) -> None:
    """Enter one step of a request; whoever asked is written to where the step says so.

    An approved reply that cannot reach whoever asked is published all the same. Where no further
    reply is owed any more, what was drafted for it is removed: a later one is made anew. What was
    owed beneath a review, or before the Commissioner was asked, is owed again. After a
    reply that left, what is held stays so while something can follow.
    Raises what the clock of law refuses, FoiStepWrong and OwnReply.
    """
    needed = Permission.REVIEW_FOI if taken.step in REVIEWS else ANSWER
    check_may(acting.officer, needed)
    today = timezone.localdate(acting.at)
    with transaction.atomic(savepoint=False):
        row = FoiRequestRow.objects.locked(number)
        fact = row.as_fact()
        check_can_take(fact, taken, today=today)
        check_moves(fact, taken, clocks())
        if taken.step in REVIEWS:
            check_no_hand(fact, acting.officer.ref)
        if WAYS[taken.step].writes or taken.step in BEGIN_A_LETTER:
            foi_wording.requester_of(row)
        with writing() as pen:
            told = _add_step(row, taken, acting)
            way = WAYS[taken.step]
            if way.writes:
                foi_letters.write_notice(row, LetterKind(taken.step), taken, acting=acting)
            after = fact.after(taken.step, taken.on)
            if way.to is not None:
                _drop_drafts(row, after, acting)
                if after.standing is FoiStanding.UNREACHED and after.is_reply_to_leave:
                    foi_sending.publish(row, row.waiting_reply(), fact, on=today)
                foi_ending.move(row, after.standing, on=today)
            row.keep()
            entry = about_request(row, Act.FOI_STEP_TAKEN, acting, taken.step, told, needed)
            pen.enter(entry)
        if way.to in WITHOUT_REPLY and fact.replied_on is None:
            foi_ending.ask_to_end_holds(row, acting=acting)


def estimate(
    number: str, minutes: Mapping[Activity, int], *, like: str = "", acting: Acting
) -> None:
    """Keep how long the activities that count would take. ``like``: costed with that request."""
    check_may(acting.officer, ANSWER)
    check_estimate(minutes)
    with writing() as pen:
        row = FoiRequestRow.objects.locked(number)
        check_standing(row.as_fact(), RUNS)
        first = FoiRequestRow.objects.one(like) if like else None
        row.like = (first.like or first.number) if first and first.number != number else None
        row.put_estimate(dict(minutes))
        row.estimated_by_id, row.estimated_at = acting.officer.ref, acting.at
        row.keep()
        pen.enter(about_request(row, Act.FOI_ESTIMATED, acting))


@transaction.atomic(savepoint=False)
def hold(number: str, reference: str, reason: str, *, acting: Acting) -> UUID:
    """Hold a record that a request is about until no review can follow; give the hold's id. A83."""
    check_may(acting.officer, ANSWER)
    check_reason(reason)
    row = FoiRequestRow.objects.locked(number)
    check_standing(row.as_fact(), RUNS)
    placed = holds.place(
        reference.strip().upper(),
        HoldKind.FOI,
        their_reference=number,
        reason=reason,
        acting=acting,
    )
    with writing() as pen:
        FoiHoldRow(id=placed, request=row).save(force_insert=True)
        row.keep()
        pen.enter(about_request(row, Act.FOI_RECORD_HELD, acting))
    return placed


def _new(ref: UUID, channel: Channel, received_on: date, acting: Acting) -> FoiRequestRow:
    last = FoiRequestRow.objects.last_number(received_on.year)
    return FoiRequestRow(
        id=ref,
        key_id=ref,
        number=next_number(received_on.year, last),
        channel=channel,
        received_on=received_on,
        logged_at=acting.at,
    )


def _keep(row: FoiRequestRow, asked: FoiAsked, act: Act, acting: Acting) -> None:
    with writing() as pen:
        seal_into(row, new_record_key(row.id), asked=asked.asked)
        row.save(force_insert=True)
        who = FoiRequesterRow(request=row, language=asked.language)
        who.key_id = who.id
        texts = {"name": asked.name, "email": asked.email, "postal": asked.postal}
        seal_into(who, new_record_key(who.id), **texts)
        who.save(force_insert=True)
        pen.enter(about_request(row, act, acting, row.channel))


def _drop_drafts(row: FoiRequestRow, after: FoiRequest, acting: Acting) -> None:
    """Have fall what was drafted and nobody waits for once a step is taken. Needs the pen.

    That somebody goes to the Commissioner, or is done there, leaves a reply that is still owed.
    """
    last, _on = after.steps[-1]
    if last not in OF_COMMISSIONER or not after.answers:
        foi_letters.fall(row, acting=acting)
    is_dropped = not (after.answers or after.is_reply_to_leave)
    if after.owed is FoiStanding.REPLIED and is_dropped:
        row.parts.filter(reply=row.next_reply()).delete()


def _add_step(row: FoiRequestRow, taken: Taken, acting: Acting) -> Commitment | None:
    """Add a step to the others; give the commitment to its words. Needs the pen."""
    key = open_record_key(row.key)
    step = FoiStepRow(
        request=row,
        number=row.steps.count() + 1,
        what=taken.step,
        on=taken.on,
        by_id=acting.officer.ref,
        at=acting.at,
        until=taken.until,
        pence=taken.pence,
    )
    seal_into(step, key, text=taken.text)
    step.save(force_insert=True)
    return committed(key, taken.text)
