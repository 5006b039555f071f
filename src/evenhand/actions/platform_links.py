"""What a platform answers, by the link of a notice or by its program; taking a link back."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions.answers import AnswerWords, take
from evenhand.actions.entering import about, committed
from evenhand.actions.mail import keep_for
from evenhand.actions.order_reviews import note_asked
from evenhand.actions.referrals import add_move
from evenhand.ledger.acts import Act
from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus, check_why_declined
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.platform_links import (
    SUBJECTS,
    Named,
    Writing,
    check_can_say,
    check_can_write,
    check_how_many,
)
from evenhand.rules.referrals import State, check_version
from evenhand.rules.texts import check_given, check_reason, check_text
from evenhand.store import platform_links
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key
from evenhand.store.writing import writing
from evenhand.transports.by_link import BY_LINK, BY_PROGRAM, letter

A_DAY = timedelta(days=1)
LINK_TAKEN_BACK = "link_taken_back"


def answer(
    request: str | Named,
    said: AnswerKind | Outcome,
    words: AnswerWords,
    *,
    seen_version: int | None,
    acting: Acting,
) -> None:
    """Take an acknowledgement or a decision that a platform gives to a request.

    ``request`` is the token of a link, or what a platform's program names. ``acting`` is the desk's
    own worker. A decision is the platform's; what follows from it is an officer's. Raises
    LinkUnknown or NotFound, LinkEnded, TooManyAnswers, ChangedMeanwhile, StatementWrong.
    """
    words.check()
    with writing() as pen:
        row = _locked(request, acting)
        status = PlatformStatus(row.platform_status)
        is_restricted = row.is_restricted(timezone.localdate(acting.at))
        check_can_say(said, row.as_fact(), status, is_restricted=is_restricted)
        check_version(row.as_fact(), seen_version)
        kind = said if isinstance(said, AnswerKind) else AnswerKind.DECIDED
        outcome = said if isinstance(said, Outcome) else None
        check_why_declined(outcome, words.why_declined)
        take(row, kind, outcome, words, by=None, at=acting.at)
        pen.enter(about(row, Act.ANSWER_GIVEN, None, acting=acting, outcome=said))


def write(request: str | Named, what: Writing, text: str, *, acting: Acting) -> None:
    """Take what a platform writes to a request: it comes as its mail does, for an officer to read.

    ``request`` is the token of a link, or what a platform's program names. ``acting`` is the desk's
    own worker. Raises LinkUnknown or NotFound, LinkEnded, TooManyAnswers, TextTooLong, and
    TextMissing for an empty question or review; for a review what ``note_asked`` raises.
    """
    (check_text if what is Writing.WRONG_ADDRESS else check_given)(text, at="text")
    with transaction.atomic(savepoint=False):
        row = _locked(request, acting)
        is_restricted = row.is_restricted(timezone.localdate(acting.at))
        check_can_write(State(row.state), is_restricted=is_restricted)
        if what is Writing.REVIEW:
            note_asked(row, acting=acting)
        data = letter(
            SUBJECTS[what],
            text or SUBJECTS[what],
            contact=settings.DESK.contact_email,
            reference=row.reference,
            at=acting.at,
            way=BY_PROGRAM if isinstance(request, Named) else BY_LINK,
        )
        keep_for(row, data, acting=acting)


def take_back(
    reference: str, reason: str, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Take back the link by which a platform could answer; what is sent from now on has a new one.

    Raises NotFound.
    """
    check_may(acting.officer, Permission.SEND)
    check_reason(reason)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        key = open_record_key(row.key)
        row.link_number += 1
        row.keep()
        add_move(row, key, LINK_TAKEN_BACK, reason, acting=acting)
        reasoned = committed(key, reason)
        pen.enter(about(row, Act.LINK_TAKEN_BACK, Permission.SEND, acting=acting, reason=reasoned))


def _locked(request: str | Named, acting: Acting) -> ReferralRow:
    """Lock the referral that a platform may answer, unless it answered too often today."""
    if isinstance(request, Named):
        row = ReferralRow.objects.locked(request.reference)
        platform_links.check_is_of(row, request, now=acting.at)
    else:
        link = platform_links.read(request)
        row = ReferralRow.objects.locked(platform_links.reference_of(link))
        platform_links.check_works(row, link, now=acting.at)
    since = acting.at - A_DAY
    answers = row.answerrows.filter(by__isnull=True, at__gt=since).count()
    check_how_many(answers + row.mailrows.filter(at__gt=since).count())
    return row
