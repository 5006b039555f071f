"""What a platform sees at the link of a notice: our request, and what it answered by this link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus
from evenhand.rules.platform_links import ends_at, possible
from evenhand.store import platform_links
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.transports import statement

MOST_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given by the link."""

    said: AnswerKind | Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A request as its platform sees it; ``possible`` is what can be answered now.

    ``url`` is empty where the desk keeps the address no more. ``version`` is what an answer is
    about.
    """

    reference: str
    desk: str
    contact: str
    url: str
    sent_at: datetime
    ends_at: datetime
    answers: Sequence[Given]
    possible: Sequence[AnswerKind | Outcome]
    version: int


def opened(token: str, *, now: datetime) -> Opened:
    """Open a link. Raises LinkUnknown, LinkEnded."""
    link = platform_links.read(token)
    reference = platform_links.reference_of(link)
    row = ReferralRow.objects.select_related("key").named(reference)
    platform_links.check_works(row, link, now=now)
    approved_at, sent_at = row.approved_at, row.sent_at
    assert approved_at is not None  # noqa: S101 - the check says so
    assert sent_at is not None  # noqa: S101 - the check says so
    given = row.answerrows.filter(by__isnull=True).order_by("-at", "-id")
    answers = [
        Given(Outcome(it.outcome) if it.outcome else AnswerKind(it.kind), it.at)
        for it in given[:MOST_ANSWERS]
    ]
    return Opened(
        reference=reference,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        url=unsealed(row, open_record_key(row.key), "canonical_url") if row.canonical_url else "",
        sent_at=sent_at,
        ends_at=ends_at(approved_at),
        answers=answers,
        possible=()
        if row.is_restricted(timezone.localdate(now))
        else possible(row.as_fact(), PlatformStatus(row.platform_status)),
        version=row.version,
    )


def address_of(reference: str) -> str:
    """Give the link of a referral, for its officers to hand on."""
    return platform_links.address_of(ReferralRow.objects.named(reference))


def statement_schema() -> str:
    """Give the JSON Schema of a statement of reasons, for anyone."""
    return statement.schema()
