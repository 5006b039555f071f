"""What came back from the platform, what a person saw, and the clock that ends the waiting."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from evenhand.actions.entering import about
from evenhand.actions.mail import note_answer_in
from evenhand.actions.referrals import make_findable
from evenhand.ledger.acts import Act
from evenhand.rules.answers import (
    AFTER_ANSWER,
    DSA,
    LONGEST_STATEMENT,
    AnswerKind,
    Outcome,
    PlatformStatus,
    Seen,
    WhyDeclined,
    check_answer,
    check_may_look_again,
    check_why_declined,
    is_removal,
)
from evenhand.rules.assessments import Ground
from evenhand.rules.clocks import CHASED
from evenhand.rules.notices import is_silent
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.own_errors import Parts
from evenhand.rules.referrals import State, check_version
from evenhand.rules.texts import LONG, SHORT, check_text
from evenhand.store.casework import AnswerRow, CheckRow
from evenhand.store.disposing import platform_counted
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing
from evenhand.transports.statement import check_statement

BATCH = 500


def record(  # noqa: PLR0913 - the parts of an answer, each by name
    reference: str,
    kind: AnswerKind,
    outcome: Outcome | None = None,
    *,
    why_declined: WhyDeclined | None = None,
    their_reference: str = "",
    ground_relied_on: str = "",
    statement_of_reasons: Mapping[str, object] | None = None,
    mail: UUID | None = None,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Record what the platform answered.

    A new decision makes the last re-check out of date. An acknowledgement begins the waiting anew;
    the reminders that went out before it still count. ``mail`` names the message that gave the
    answer; whoever records it has read that.
    """
    check_may(acting.officer, Permission.RECORD_ANSWER)
    words = AnswerWords(their_reference, ground_relied_on, statement_of_reasons, why_declined)
    words.check(by_officer=True)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_answer(row.as_fact(), kind, outcome, PlatformStatus(row.platform_status))
        check_why_declined(outcome, why_declined)
        if mail is not None:
            note_answer_in(mail, row, acting=acting)
        take(row, kind, outcome, words, by=acting.officer.ref, at=acting.at, mail=mail)
        entry = about(
            row,
            Act.ANSWER_RECORDED,
            Permission.RECORD_ANSWER,
            acting=acting,
            outcome=outcome or kind,
        )
        pen.enter(entry)


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What a platform says in an answer, besides its decision."""

    their_reference: str = ""
    ground_relied_on: str = ""
    statement_of_reasons: Mapping[str, object] | None = None
    why_declined: WhyDeclined | None = None

    @property
    def reasons(self) -> str:
        """Give the statement of reasons as it is kept; empty where there is none."""
        given = self.statement_of_reasons
        return json.dumps(given, ensure_ascii=False) if given else ""

    def check(self, *, by_officer: bool = False) -> None:
        """Refuse words that cannot be kept, or are too long, and a statement that is none.

        Raises what ``check_text`` raises, and StatementWrong.
        """
        statement = (self.statement_of_reasons or {}).get(DSA)
        most = LONG if by_officer and not statement else LONGEST_STATEMENT
        check_text(self.their_reference, at="their_reference", most=SHORT)
        check_text(self.ground_relied_on, at="ground_relied_on")
        check_text(self.reasons, at="statement_of_reasons", most=most)
        if statement is not None:
            check_statement(statement)


def take(  # noqa: PLR0913 - the parts of an answer, each by name
    row: ReferralRow,
    kind: AnswerKind,
    outcome: Outcome | None,
    words: AnswerWords,
    *,
    by: UUID | None,
    at: datetime,
    mail: UUID | None = None,
) -> None:
    """Keep an answer that was checked, and move the referral. Needs the pen.

    ``by`` is the officer who recorded it, None where the platform gave it itself; ``mail`` names
    the message that gave it.
    """
    row.platform_status = PlatformStatus(outcome or kind)
    row.last_seen, row.closed_at = None, None
    row.note_removal(False, at=at)
    row.stop_the_post("answered", at=at)
    row.go_on(AFTER_ANSWER[kind], at=at)
    row.keep()
    step = AnswerRow(referral=row, by_id=by, at=at, kind=kind, outcome=outcome, mail_id=mail)
    if outcome and row.ground:
        why = words.why_declined or WhyDeclined.NOT_SAID if outcome is Outcome.DECLINED else None
        step.why_declined = why
        step.counted_as = str(Parts(platform_counted(row), Ground(row.ground), outcome, why))
    seal_into(
        step,
        open_record_key(row.key),
        their_reference=words.their_reference,
        ground_relied_on=words.ground_relied_on,
        statement_of_reasons=words.reasons,
    )
    step.save(force_insert=True)
    make_findable(row, words.their_reference)


def look_again(
    reference: str, seen: Seen, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Record what a person saw when looking at the address again."""
    check_may(acting.officer, Permission.CHECK)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_may_look_again(row.as_fact())
        row.last_seen = seen
        row.note_removal(is_removal(PlatformStatus(row.platform_status), seen), at=acting.at)
        row.go_on(State.CHECKED, at=acting.at)
        row.keep()
        CheckRow.objects.create(referral=row, by_id=acting.officer.ref, at=acting.at, seen=seen)
        pen.enter(about(row, Act.CHECK_RECORDED, Permission.CHECK, acting=acting, outcome=seen))


def note_silences(*, acting: Acting) -> int:
    """Mark as *no response* what the platform left unanswered after every chase; give how many."""
    waiting = ReferralRow.objects.filter(
        state__in=[it.value for it in CHASED],
        chases__gte=settings.DESK.chases_before_silence,
        due_at__lte=acting.at,
    )
    references = list(waiting.order_by("due_at").values_list("reference", flat=True)[:BATCH])
    for reference in references:
        note_silence(reference, acting=acting)
    return len(references)


def note_silence(reference: str, *, acting: Acting) -> None:
    """Mark one referral as *no response*, unless the platform still has time or has answered."""
    with transaction.atomic(savepoint=False):
        row = ReferralRow.objects.locked(reference)
        standing = row.standing()
        if standing.state not in CHASED or not is_silent(
            standing, row.clocks(standing), now=acting.at
        ):
            return
        with writing() as pen:
            row.platform_status = PlatformStatus.NO_RESPONSE
            row.move(State.NO_RESPONSE, at=acting.at)
            row.keep()
            pen.enter(about(row, Act.SILENCE_RECORDED, None, acting=acting))
