"""How requests for information end: closed, in time their holds ended, and forgotten."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from evenhand.actions import holds, vaults
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.foi import RUNS, FoiStanding
from evenhand.rules.foi_due import held_until
from evenhand.rules.officers import Acting, OfficerRef
from evenhand.rules.public_foi_letters import LetterKind
from evenhand.store import foi_counting
from evenhand.store.foi import (
    OF_REQUESTERS,
    SCHEDULE,
    FoiRequesterRow,
    FoiRequestRow,
    held_after_reply,
    requesters_to_forget,
    to_forget,
)
from evenhand.store.foi_replies import FoiDisclosureRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import clocks
from evenhand.store.retention import HoldRow
from evenhand.store.schedules import days_at_most
from evenhand.store.writing import writing

DAY = timedelta(days=1)
CLOSED = "The request was closed."
OVER = "Nothing can follow the reply any more."
ERASED = "The request was erased."


def move(row: FoiRequestRow, to: FoiStanding, *, on: date) -> None:
    """Have a request stand elsewhere: closed it gets its last day, opened again it has none.

    Needs the pen; the row is stored by whoever asks.
    """
    row.standing = to
    row.closed_on = row.review_on = row.max_on = None
    last_on = None
    if to not in RUNS:
        row.closed_on = on
        row.review_on, row.max_on = _days(row, SCHEDULE, on)
        last_on = _days(row, OF_REQUESTERS, on)[1]
    FoiRequesterRow.objects.filter(request=row).update(last_on=last_on)


def ask_to_end_holds(row: FoiRequestRow, *, acting: Acting) -> None:
    """Ask for the holds of a request to end that one officer closed; a colleague ends them."""
    for held in _standing(row):
        reference = _reference(held)
        holds.ask_to_end(reference, held.id, f"{row.number}: {CLOSED}", acting=acting)


def end_holds(*, acting: Acting) -> int:
    """End the holds of requests that nothing can follow any more; give how many. FOIA 2000 s.77.

    Whatever was lost with a backup may have followed, so a restore leaves them to the next night.
    """
    return sum(_end_if_over(it, acting=acting) for it in held_after_reply())


@transaction.atomic(savepoint=False)
def _end_if_over(number: str, *, acting: Acting) -> int:
    """End what is held for a request once it is over: by the two officers of its last reply."""
    row = FoiRequestRow.objects.locked(number)
    until = held_until(row.as_fact(), clocks())
    if until is None or timezone.localdate(acting.at) <= until:
        return 0
    standing = _standing(row)
    replies = row.letters.filter(kind=LetterKind.REPLY, sent_on__isnull=False)
    letter = replies.latest("reply")
    for held in standing:
        holds.end_with_reply(
            _reference(held),
            held.id,
            because=f"{row.number}: {OVER}",
            asked_by=OfficerRef(letter.by_id),
            ended_by=OfficerRef(letter.approved_by_id or letter.by_id),
            acting=acting,
        )
    return len(standing)


def forget_old(*, acting: Acting) -> int:
    """Erase requests, those who asked, and published replies past their last day; give how many."""
    today = timezone.localdate(acting.at)
    forgotten = sum(forget_requester(it, acting=acting) for it in requesters_to_forget(today))
    forgotten += sum(forget(it, acting=acting) for it in to_forget(today))
    old = FoiDisclosureRow.objects.filter(max_on__lte=today)
    if old.exists():
        with writing() as pen:
            forgotten += old.delete()[0]
            act, who = Act.FOI_DISCLOSURES_FORGOTTEN, acting.officer.ref
            pen.enter(Entry(act=act, at=acting.at, who=who))
    return forgotten


@transaction.atomic(savepoint=False)
def forget_requester(requester: UUID, *, acting: Acting) -> bool:
    """Erase who asked, with its key; say whether it was there."""
    row = FoiRequesterRow.objects.select_for_update().filter(id=requester).first()
    if row is None:
        return False
    act = Act.FOI_REQUESTER_FORGOTTEN
    vaults.forget(FoiRequesterRow.objects, row.id, act, acting=acting)
    return True


@transaction.atomic(savepoint=False)
def forget(request: UUID, *, acting: Acting) -> bool:
    """Erase a request with all that is of it, and its key; say whether it was there.

    What was published of its reply stays, and says nothing of who asked.
    """
    row = FoiRequestRow.objects.select_for_update(of=("self",)).filter(id=request).first()
    if row is None:
        return False
    _have_holds_ended(row, acting=acting)
    for requester in FoiRequesterRow.objects.filter(request=row).values_list("id", flat=True):
        forget_requester(requester, acting=acting)
    with writing() as pen:
        _keep_what_was_told(row)
        for of_it in (row.steps, row.parts, row.letters, row.holds):
            of_it.all().delete()
        FoiRequestRow.objects.filter(id=row.id).delete()
        RecordKeyRow.objects.filter(id=row.id).delete()
        act, who = Act.FOI_FORGOTTEN, acting.officer.ref
        pen.enter(Entry(act=act, at=acting.at, who=who, obj=row.id))
    return True


def _keep_what_was_told(row: FoiRequestRow) -> None:
    """Have the disclosure log keep the numbers of replies from before it did. Needs the pen."""
    for told in FoiDisclosureRow.objects.filter(number=row.number, tables=foi_counting.NOTHING):
        told.tables = foi_counting.written(row.parts.filter(reply=told.reply).order_by("number"))
        if told.tables != foi_counting.NOTHING:
            told.save(update_fields=["tables"])


def _days(row: FoiRequestRow, code: str, on: date) -> tuple[date, date]:
    """Give the review and last day of what closed on a day: no earlier than something can follow.

    The desk's figures may be shorter than the law's.
    """
    review_on, last = days_at_most(code, on)
    until = held_until(row.as_fact(), clocks())
    return review_on, max(last, until + DAY) if until else last


def _have_holds_ended(row: FoiRequestRow, *, acting: Acting) -> None:
    """Have the holds end of a request that is erased while they stand, as after a restore."""
    for held in _standing(row):
        because = f"{row.number}: {ERASED}"
        holds.ask_for_who_placed_it(_reference(held), held.id, because, acting=acting)


def _standing(row: FoiRequestRow) -> list[HoldRow]:
    """Give the holds of a request that nobody has ended or asked to end."""
    ids = row.holds.values_list("id", flat=True)
    found = HoldRow.objects.filter(id__in=list(ids), ended_at=None, asked_at=None)
    return list(found.select_related("referral", "person").order_by("at"))


def _reference(held: HoldRow) -> str:
    return (held.referral or held.person).reference  # type: ignore[union-attr] # of one record
