"""What a platform sees of a request, at the link or by its program, and what it answered itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.queries import receipts
from evenhand.queries.filters import no_such_place
from evenhand.queries.history import act_of
from evenhand.queries.referrals import PAGE
from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus
from evenhand.rules.mail_reading import read_mail
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.order_reviews import OrderReview, check_can_be_asked
from evenhand.rules.platform_links import LASTS, Named, ends_at, may_write, possible
from evenhand.rules.receipts import SHOWN, no_such_entry
from evenhand.rules.referrals import State, allowed
from evenhand.store import platform_links, proving
from evenhand.store.log import EntryRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed

MOST_ANSWERS = 20
CURSOR = re.compile("[0-9]{1,18}")
OWES_A_DECISION = (State.SENT, State.ACKNOWLEDGED, State.NO_RESPONSE)
"""States in which a platform was asked and has not decided. A challenge shows in none of them."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that the platform gave itself."""

    said: AnswerKind | Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A request as its platform sees it; ``possible`` is what can be answered now.

    ``url`` is empty where the desk keeps the address no more. ``act_by``: by when a content removal
    notice has the platform act, and ``review`` how its review stands. ``version`` is what an answer
    is about. ``may_write``: whether a message is taken.
    """

    reference: str
    desk: str
    contact: str
    url: str
    sent_at: datetime
    act_by: datetime | None
    review: OrderReview | None
    may_ask_review: bool
    ends_at: datetime
    answers: Sequence[Given]
    possible: Sequence[AnswerKind | Outcome]
    version: int
    may_write: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for its platform's decision."""

    reference: str
    url: str
    sent_at: datetime
    act_by: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of what waits for a platform, and the cursor of the next one, if there is more."""

    lines: Sequence[Waiting]
    next: str | None


def opened(token: str, *, now: datetime) -> Opened:
    """Open a link. Raises LinkUnknown, LinkEnded."""
    return _opened(_checked(token, now), now)


def one(named: Named, *, now: datetime) -> Opened:
    """Give a request to the platform that it was sent to. Raises NotFound."""
    return _opened(_checked(named, now), now)


def notice(named: Named, *, now: datetime) -> str | None:
    """Give the words of the notice that a platform got by e-mail, if they are kept still.

    Raises NotFound.
    """
    row = _checked(named, now)
    sent = row.noticerows.filter(
        kind=NoticeKind.REFERRAL, transport=Transport.EMAIL, delivery=Delivery.ACCEPTED
    )
    newest = sent.order_by("at").last()
    if newest is None or newest.message is None:
        return None
    return read_mail(unsealed(newest, open_record_key(row.key), "message").encode("ascii")).text


def waiting(platform: str, cursor: str = "", *, now: datetime) -> WaitingPage:
    """List what waits for a platform's decision, the newest first. Raises CursorWrong."""
    if cursor and not CURSOR.fullmatch(cursor):
        raise no_such_place()
    owes = [it.value for it in OWES_A_DECISION]
    rows = ReferralRow.objects.filter(
        Q(state__in=owes) | Q(state=State.UNDER_CHALLENGE, before_challenge__in=owes),
        platform=platform,
        approved_at__gt=now - LASTS,
        **({"number__lt": int(cursor)} if cursor else {}),
    )
    found = list(rows.select_related("key").order_by("-number")[: PAGE + 1])
    lines = [
        Waiting(row.reference, _url(row), row.sent_at, row.answer_by)
        for row in found[:PAGE]
        if row.sent_at
    ]
    return WaitingPage(lines, str(found[PAGE - 1].number) if len(found) > PAGE else None)


def receipt(request: str | Named, answer: int, *, log: Path, now: datetime) -> str:
    """Give the receipt of an answer that a platform gave itself: the first one is 1.

    ``request`` is the token of a link, or what a platform's program names; ``log`` is the folder of
    the tiles. Raises LinkUnknown, LinkEnded, NotFound, ReceiptNotYet, ReceiptFalse.
    """
    row = _checked(request, now)
    given = _entries_of_answers(row)
    if not 0 < answer <= len(given):
        raise no_such_entry()
    return receipts.of_record(row.id, given[answer - 1], log, SHOWN)


def signed(token: str, *, now: datetime) -> Sequence[bool]:
    """Say of each answer, the first first, whether the signed log has it, so a receipt is there.

    Raises LinkUnknown, LinkEnded.
    """
    given = _entries_of_answers(_checked(token, now))
    there = proving.signed_of(given)
    return [it in there for it in given]


def _checked(request: str | Named, now: datetime) -> ReferralRow:
    """Give the referral that a link or a program names, if it works for it now."""
    if isinstance(request, Named):
        row = _row(request.reference)
        platform_links.check_is_of(row, request, now=now)
        return row
    link = platform_links.read(request)
    row = _row(platform_links.reference_of(link))
    platform_links.check_works(row, link, now=now)
    return row


def _entries_of_answers(row: ReferralRow) -> list[int]:
    """Give the numbers of the entries of the answers that a platform gave itself, in order."""
    entries = EntryRow.objects.filter(obj=row.id, ver__isnull=False).order_by("number")
    return [it.number for it in entries if act_of(it.leaf) is Act.ANSWER_GIVEN]


def _row(reference: str) -> ReferralRow:
    return ReferralRow.objects.select_related("key").named(reference)


def _url(row: ReferralRow) -> str:
    return unsealed(row, open_record_key(row.key), "canonical_url") if row.canonical_url else ""


def _opened(row: ReferralRow, now: datetime) -> Opened:
    approved_at, sent_at = row.approved_at, row.sent_at
    assert approved_at is not None  # noqa: S101 - what was sent was approved
    assert sent_at is not None  # noqa: S101 - whoever opens it checked that it was sent
    given = row.answerrows.filter(by__isnull=True).order_by("-at", "-id")
    answers = [
        Given(Outcome(it.outcome) if it.outcome else AnswerKind(it.kind), it.at)
        for it in given[:MOST_ANSWERS]
    ]
    is_restricted = row.is_restricted(timezone.localdate(now))
    may_ask = allowed(lambda: check_can_be_asked(row.order([])))
    return Opened(
        reference=row.reference,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        url=_url(row),
        sent_at=sent_at,
        act_by=row.answer_by,
        review=OrderReview(row.order_review) if row.order_review else None,
        may_ask_review=may_ask and not is_restricted,
        ends_at=ends_at(approved_at),
        answers=answers,
        possible=()
        if is_restricted
        else possible(row.as_fact(), PlatformStatus(row.platform_status)),
        version=row.version,
        may_write=may_write(State(row.state), is_restricted=is_restricted),
    )


def address_of(reference: str) -> str:
    """Give the link of a referral, for its officers to hand on."""
    return platform_links.address_of(ReferralRow.objects.named(reference))
