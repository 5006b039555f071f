"""How letters about requests for information leave: by e-mail, or by hand; replies are published.

Only the worker and the printed letter learn where a letter goes.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evenhand.actions import foi_ending
from evenhand.actions.foi_entering import about_request
from evenhand.actions.foi_wording import message_of, requester_of, told_of
from evenhand.actions.public_mail import hand_over
from evenhand.ledger.acts import Act
from evenhand.rules.foi import FoiRequest, FoiStanding, FoiStep, check_answers
from evenhand.rules.foi_due import running
from evenhand.rules.foi_parts import PartStageWrong, outcome
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.public_foi_letters import FAULT, LetterKind, check_says_nobody
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store import foi_counting
from evenhand.store.foi import FoiRequesterRow, FoiRequestRow
from evenhand.store.foi_replies import OF_DISCLOSURES, FoiDisclosureRow, FoiLetterRow
from evenhand.store.jobs import ask_to_send_foi_letter
from evenhand.store.lawbook import clocks
from evenhand.store.schedules import days_at_most
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.writing import writing

BY_COMMISSIONER = frozenset({FoiStanding.AT_COMMISSIONER, FoiStanding.TO_COMPLY})


def sent_by_hand(number: str, letter: int, *, acting: Acting) -> None:
    """Record that a printed letter left today. One that goes by e-mail leaves by itself."""
    check_may(acting.officer, Permission.ANSWER_FOI)
    with transaction.atomic(savepoint=False):
        row = FoiRequestRow.objects.locked(number)
        found = row.letters.filter(number=letter).first()
        if found is None:
            raise no_such_letter()
        _check_can_leave(found)
        if found.kind == LetterKind.REPLY:
            check_answers(row.as_fact())
        _left(row, found, acting=acting)


def deliver(letter: UUID, *, last_attempt: bool, acting: Acting) -> None:
    """Send one letter by e-mail, once. Raises NotAccepted for what may pass."""
    with transaction.atomic():
        waits = _waiting(letter)
        if waits is None or _is_too_late(*waits):
            return
        row, found = waits
        who = requester_of(row)
        refused = hand_over(
            message_of(row, found, who.language),
            unsealed(who, open_record_key(who.key), "email"),
            reference=row.number,
            named=found.id,
            at=acting.at,
            last_attempt=last_attempt,
        )
        if refused:
            _failed(row, found, refused, acting)
        else:
            _left(row, found, acting=acting)


def send_anew(row: FoiRequestRow, who: FoiRequesterRow, *, is_other_mail: bool) -> bool:
    """Have go to a corrected address what is still owed and has not left; say whether any does.

    What the mail server refused goes to no address again that it was refused for. What is on its
    way is printed where no e-mail address is known any more. Needs the pen.
    """
    for it in (row, *FoiRequestRow.objects.correcting(row.number).select_related("key")):
        reply = it.waiting_reply()
        if reply is not None and reply.approved_at is None:
            said = unsealed(reply, open_record_key(it.key), "published")
            check_says_nobody(f"{reply.title}\n{said}", told_of(who))
    if who.email is None:
        row.letters.filter(by_mail=True, sent_on=None, returned_at=None).update(
            by_mail=False, failed=""
        )
        return False
    again = [it for it in _owed(row) if _goes_anew(it, is_other_mail=is_other_mail)]
    for letter in again:
        letter.by_mail, letter.failed = True, ""
        letter.save()
        ask_to_send_foi_letter(letter.id)
    return bool(again)


def give_up(letter: UUID, *, acting: Acting) -> None:
    """Record that a letter could not be sent for a fault of the desk's own."""
    with transaction.atomic():
        waits = _waiting(letter)
        if waits is not None:
            _failed(*waits, FAULT, acting)


def leave(row: FoiRequestRow, letter: FoiLetterRow, *, on: date) -> None:
    """Have a letter leave; a reply closes its request and is published. Needs the pen.

    What the Commissioner looks at or decided is over once an officer enters that it is.
    """
    before = row.as_fact()
    letter.sent_on = on
    letter.save()
    if letter.kind == LetterKind.REPLY:
        if row.standing not in BY_COMMISSIONER:
            foi_ending.move(row, FoiStanding.REPLIED, on=on)
        publish(row, letter, before, on=on)


def publish(row: FoiRequestRow, letter: FoiLetterRow, before: FoiRequest, *, on: date) -> None:
    """Put a reply into the disclosure log, without whoever asked. Needs the pen.

    A further reply stands there beside the first, and so does what corrects it once its request is
    erased. ``before``: the request with its clock that runs.
    """
    runs = running(before, clocks())
    number, reply = row.number, letter.reply
    if row.corrects:
        number = row.corrects
        there = FoiDisclosureRow.objects.filter(number=number)
        reply = 1 + (there.aggregate(last=Max("reply"))["last"] or 0)
    parts = row.parts.filter(reply=letter.reply).order_by("number")
    FoiDisclosureRow.objects.create(
        number=number,
        reply=reply,
        title=letter.title,
        body=unsealed(letter, open_record_key(row.key), "published"),
        tables=foi_counting.written(parts),
        received_on=row.received_on,
        due_on=runs.due.target if runs else None,
        replied_on=on,
        outcome=outcome(it.as_fact() for it in parts),
        max_on=days_at_most(OF_DISCLOSURES, on)[1],
    )


def no_such_letter() -> NotFound:
    """Refuse a letter that a request does not have."""
    return NotFound(words("There is no such letter."), do=words("Open the request."))


def _waiting(letter: UUID) -> tuple[FoiRequestRow, FoiLetterRow] | None:
    """Give a letter that is to leave by e-mail; None where it has left or failed.

    Its request is locked first, as by every act on it, and then the letter is read.
    """
    of_it = FoiLetterRow.objects.filter(id=letter).values("request")
    rows = FoiRequestRow.objects.select_related("key").select_for_update(of=("self",))
    row = rows.filter(id__in=of_it).first()
    if row is None:
        return None
    found = row.letters.select_for_update()
    waits = found.filter(id=letter, by_mail=True, sent_on=None, failed="").first()
    return (row, waits) if waits else None


def _owed(row: FoiRequestRow) -> list[FoiLetterRow]:
    """Give what has not left and is still to be told: an approved reply, and the last notices."""
    fact = row.as_fact()
    last = {it.kind: it for it in row.letters.filter(returned_at=None).order_by("number")}
    reply = last.pop(LetterKind.REPLY, None)
    found = [it for kind, it in last.items() if fact.still_tells(FoiStep(kind))]
    if reply is not None and reply.approved_at is not None and fact.answers:
        found.append(reply)
    return [it for it in found if it.sent_on is None]


def _goes_anew(letter: FoiLetterRow, *, is_other_mail: bool) -> bool:
    """Say whether an e-mail address that is known now was not tried with a letter."""
    is_refused = letter.failed not in {"", FAULT}
    return not letter.by_mail or letter.failed == FAULT or (is_refused and is_other_mail)


def _is_too_late(row: FoiRequestRow, letter: FoiLetterRow) -> bool:
    """Say whether a reply has nothing to close any more: its request has ended without it."""
    return letter.kind == LetterKind.REPLY and not row.as_fact().answers


def _check_can_leave(letter: FoiLetterRow) -> None:
    """Refuse to record as sent what has left, is on its way, or nobody approved."""
    on_its_way = letter.by_mail and not letter.failed
    unapproved = letter.kind == LetterKind.REPLY and letter.approved_at is None
    if letter.sent_on or letter.returned_at or on_its_way or unapproved:
        raise PartStageWrong(
            words("This letter has left already, is on its way, or waits for approval."),
            do=words("Open the request to see how it stands."),
        )


def _left(row: FoiRequestRow, letter: FoiLetterRow, *, acting: Acting) -> None:
    """Enter that a letter left."""
    with writing() as pen:
        leave(row, letter, on=timezone.localdate(acting.at))
        row.keep()
        pen.enter(about_request(row, Act.FOI_LETTER_SENT, acting, letter.kind))


def _failed(row: FoiRequestRow, letter: FoiLetterRow, code: str, acting: Acting) -> None:
    with writing() as pen:
        letter.failed = code
        letter.save()
        row.keep()
        pen.enter(about_request(row, Act.FOI_LETTER_FAILED, acting, letter.kind))
