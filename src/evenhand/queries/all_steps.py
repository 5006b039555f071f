"""All steps on one referral, of every kind, the latest first: a page at a time by keyset."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from evenhand.queries import consultations, steps
from evenhand.queries.filters import EPOCH, MICROSECOND, no_such_place
from evenhand.queries.first_look import EmergencyRecorded, emergency
from evenhand.queries.snoozes import SnoozeMade, snooze
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.seal.record import RecordKey
from evenhand.store.casework import (
    AnswerRow,
    AssessmentRow,
    CheckRow,
    DecisionRow,
    EmergencyRow,
    HandoverRow,
    MoveRow,
    NoteRow,
    NoticeRow,
    SnoozeRow,
    Step,
)
from evenhand.store.mail import MailRow
from evenhand.store.sealing import open_record_key
from evenhand.store.whole import NOW, Moment, briefly, latest, moment_of, together

CURSOR = re.compile(r"([0-9]{1,16})-([0-9a-f]{32})")
"""The moment of a step in microseconds, and which of those taken at once it is."""
READ: Mapping[type[Step], Callable[[Any, RecordKey | None], "Made"]] = {
    MoveRow: steps.move,
    EmergencyRow: emergency,
    AssessmentRow: steps.assessment,
    DecisionRow: steps.decision,
    NoticeRow: steps.notice,
    AnswerRow: steps.answer,
    CheckRow: steps.check,
    SnoozeRow: snooze,
    HandoverRow: steps.handover,
    MailRow: steps.mail,
}
Made: TypeAlias = (
    steps.MoveMade
    | EmergencyRecorded
    | steps.AssessmentMade
    | steps.DecisionMade
    | steps.NoticeSent
    | steps.AnswerReceived
    | steps.CheckMade
    | SnoozeMade
    | steps.HandedOver
    | steps.NoteMade
    | steps.MailReceived
)


@dataclass(frozen=True, slots=True)
class StepsPage:
    """A page of steps, the latest first, and the cursor of the next one, if there is more."""

    steps: Sequence[Made]
    next: str | None


def of(reference: str, cursor: str = "", *, acting: Acting) -> StepsPage:
    """Give a page of the steps on one referral, once the look is in the log."""
    check_may(acting.officer, Permission.READ_REFERRAL)
    row, place = briefly(reference)[0], place_of(cursor, NOW)
    [each] = consultations.at_referral(
        row, Permission.READ_REFERRAL, besides=[latest(row, place)], acting=acting
    )
    found = together(each)
    may_read = may(acting.officer, Permission.READ_WORDS)
    key = open_record_key(row.key) if may_read else None
    notes = [it for it in found.steps if isinstance(it, NoteRow)]
    told = dict(zip(notes, steps.notes(notes, key), strict=True))
    shown = [told[it] if isinstance(it, NoteRow) else READ[type(it)](it, key) for it in found.steps]
    return StepsPage(shown, cursor_of(found.steps[-1]) if found.more else None)


def cursor_of(step: Step) -> str:
    """Write the place of a step down for the next page."""
    return cursor_at(moment_of(step))


def cursor_at(moment: Moment) -> str:
    """Write a place down for the next page."""
    return f"{(moment.at - EPOCH) // MICROSECOND}-{moment.id.hex}"


def place_of(cursor: str, start: Moment) -> Moment:
    """Read where the page before ended; where the first begins without. Raises CursorWrong."""
    if not cursor:
        return start
    read = CURSOR.fullmatch(cursor)
    if read is None:
        raise no_such_place()
    return Moment(EPOCH + int(read[1]) * MICROSECOND, UUID(hex=read[2]))
