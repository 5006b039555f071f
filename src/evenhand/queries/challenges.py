"""Challenges that wait for an officer, one in full, and what the holder of a receipt may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.db.models import BooleanField, F, Func, Sum, Value
from django.utils import timezone

from evenhand.queries import consultations, receipts
from evenhand.rules.assessments import Ground
from evenhand.rules.challenges import ChallengeStanding, Told, check_can_challenge, no_such_asking
from evenhand.rules.counting import Counted
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.public_doors import plain_number
from evenhand.rules.referrals import State, allowed
from evenhand.seal.blind import What
from evenhand.store.challenges import (
    AskingRow,
    ChallengeRow,
    WithholdingRow,
    has_touched,
    last_withholding,
)
from evenhand.store.lawbook import lawbook
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import MonthCountRow, TallyRow
from evenhand.store.sealing import blind_index, open_record_key, unsealed

PAGE = 50


class ByThePublic(StrEnum):
    """What whoever has a receipt number did: by the name of the table that has it."""

    ASKING = "asking"
    CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """One challenge as a list names it, without a word of what was said."""

    id: UUID
    reference: str
    platform: str
    at: datetime
    due_on: date
    standing: ChallengeStanding
    has_touched: bool

    def is_overdue(self, today: date) -> bool:
        """Say whether nobody settled it in time."""
        return self.standing is ChallengeStanding.OPEN and self.due_on < today


@dataclass(frozen=True, slots=True)
class ChallengeLines:
    """Challenges that wait, what is due first at the top; ``more``: there are others."""

    items: Sequence[ChallengeLine]
    more: bool


@dataclass(frozen=True, slots=True)
class ChallengeInFull:
    """One challenge, with what was said and how it was settled, once the look is in the log."""

    line: ChallengeLine
    words: str
    settled_by: str = ""
    settled_at: datetime | None = None
    reasons: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Until when posters are not told of a referral, and on which ground in law."""

    ground: RestrictionGround
    until: date


@dataclass(frozen=True, slots=True)
class Answered:
    """What the holder of a receipt sees: nothing of anybody, and nothing before the day.

    ``signed``: which of their own acts the signed log has. ``sent_on`` and what follows are only
    there where they are told that it was this desk.
    """

    asked_on: date
    answer_on: date
    told: Told | None
    signed: Sequence[ByThePublic]
    sent_on: date | None = None
    ground: Ground | None = None
    harm: str = ""
    is_withdrawn: bool = False
    may_challenge: bool = False
    challenge: ChallengeStanding | None = None
    challenged_on: date | None = None
    due_on: date | None = None
    reply: str = ""


def waiting(*, most: int = PAGE, officer: Officer) -> ChallengeLines:
    """Give the challenges that nobody has settled, a bounded number, and which are not for one."""
    check_may(officer, Permission.SETTLE_CHALLENGE)
    rows = ChallengeRow.objects.open().select_related("referral")
    found = list(rows[: most + 1])
    # Asked once of them all: how many wait changes how many are asked about, and no more.
    touched = ChallengeRow.objects.filter(_touched(officer), id__in=[it.id for it in found])
    theirs = set(touched.values_list("id", flat=True))
    lines = [_line(it, has_touched=it.id in theirs) for it in found[:most]]
    return ChallengeLines(lines, len(found) > most)


def count_overdue(*, today: date) -> int:
    """Count the challenges that nobody settled by their day: a number alone."""
    return ChallengeRow.objects.open().filter(due_on__lt=today).count()


def about(challenge: UUID) -> Sequence[str]:
    """Name the referral that is challenged, to forget with it what was written of both."""
    rows = ChallengeRow.objects.filter(id=challenge)
    return list(rows.values_list("referral__reference", flat=True))


def one(challenge: UUID, *, acting: Acting) -> ChallengeInFull:
    """Give one challenge with its words, once the look is in the log. Raises NotFound."""
    check_may(acting.officer, Permission.SETTLE_CHALLENGE)
    row = ChallengeRow.objects.one(challenge)
    consultations.at_referral(row.referral, Permission.SETTLE_CHALLENGE, acting=acting)
    key = open_record_key(row.referral.key)
    touched = has_touched(row.referral.id, acting.officer.ref)
    return ChallengeInFull(
        _line(row, has_touched=touched),
        words=unsealed(row, key, "words"),
        settled_by=row.settled_by.name if row.settled_by else "",
        settled_at=row.settled_at,
        reasons=unsealed(row, key, "reasons"),
        told=unsealed(row, key, "told"),
    )


def by_receipt(number: str) -> Answered:
    """Give what the holder of a receipt number may see now. Raises NotFound."""
    asking = _with_receipt(number)
    told = Told(asking.told) if asking.told else None
    signed = [it for it in ByThePublic if receipts.has_public_act(it, asking.id)]
    there = ReferralRow.objects.filter(id__in=[asking.referral] if asking.referral else [])
    row = there.select_related("key").exclude(state=State.STATUTORY_ROUTE).first()
    if row is None:
        return Answered(asking.day, asking.answer_on, told, signed)
    made = row.challenges.filter(id=asking.id).first()
    state = State(row.state)
    return Answered(
        asking.day,
        asking.answer_on,
        told,
        signed,
        sent_on=timezone.localdate(row.sent_at) if row.sent_at else None,
        ground=Ground(asking.ground) if asking.ground else None,
        harm=lawbook().harm(asking.harm).title if asking.harm else "",
        is_withdrawn=state is State.WITHDRAWN,
        may_challenge=allowed(lambda: check_can_challenge(state, is_first=made is None)),
        challenge=ChallengeStanding(made.standing) if made else None,
        challenged_on=timezone.localdate(made.at) if made else None,
        due_on=made.due_on if made else None,
        reply=unsealed(made, open_record_key(row.key), "told") if made else "",
    )


def log_receipt(number: str, act: ByThePublic, *, log: Path) -> str:
    """Give what proves that the log has the question with this receipt number, or its challenge.

    ``log`` is the folder of the tiles. Raises NotFound, ReceiptNotYet, ReceiptFalse.
    """
    asking = _with_receipt(number)
    if act is ByThePublic.CHALLENGE and not ChallengeRow.objects.filter(id=asking.id).exists():
        raise no_such_asking()
    return receipts.of_public_act(act, asking.id, log)


def withheld(reference: str, *, today: date) -> Withheld | None:
    """Say until when posters are not told of a referral; None where they are."""
    last = last_withholding(WithholdingRow.objects.filter(referral__reference=reference))
    if last is None or last.until < today:
        return None
    return Withheld(RestrictionGround(last.ground), last.until)


def published() -> tuple[int, int]:
    """Give how many challenges came since the desk was opened, and how many were upheld."""
    return _ever(Counted.CHALLENGED), _ever(Counted.UPHELD)


def _ever(what: Counted) -> int:
    there, disposed = (
        rows.objects.filter(counted=what).aggregate(total=Sum("number"))["total"] or 0
        for rows in (MonthCountRow, TallyRow)
    )
    return int(there + disposed)


def _with_receipt(number: str) -> AskingRow:
    token = blind_index().token(What.RECEIPT, plain_number(number))
    asking = AskingRow.objects.filter(receipt=token).first()
    if asking is None:
        raise no_such_asking()
    return asking


def _touched(officer: Officer) -> Func:
    return Func(
        F("referral_id"),
        Value(officer.ref),
        function="has_touched",
        output_field=BooleanField(),
    )


def _line(row: ChallengeRow, *, has_touched: bool) -> ChallengeLine:
    return ChallengeLine(
        id=row.id,
        reference=row.referral.reference,
        platform=row.referral.platform,
        at=row.at,
        due_on=row.due_on,
        standing=ChallengeStanding(row.standing),
        has_touched=has_touched,
    )
