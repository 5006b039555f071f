"""What can be done with a referral on the desk: log, triage, close, withdraw, reopen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from evenhand.actions import intake_refused, looks, notices, same_content, triage_detail
from evenhand.actions.carriers import MAIL, Carrier
from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code
from evenhand.rules.content import (
    WHOLE_ACCOUNT,
    Content,
    PrivatePlace,
    check_account_meant,
    identify_one,
    is_whole_account,
)
from evenhand.rules.intake import Intake, NotPublic, check_intake, check_public
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import (
    AFTER_TRIAGE,
    State,
    TriageOutcome,
    check_can_move,
    check_may_close,
    check_version,
)
from evenhand.rules.texts import SHORT, check_reason, check_text, says_nothing
from evenhand.rules.triage import NO_DETAIL, Detail, check_triage
from evenhand.seal.record import RecordKey
from evenhand.store.asking import ask
from evenhand.store.casework import MoveRow
from evenhand.store.challenges import is_challenged
from evenhand.store.lawbook import lawbook, signposts
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.sealing import blind_index, new_record_key, open_record_key, seal_into
from evenhand.store.writing import writing

AUTHORISED = Code("authorised")
"""What the log says of the reference of an authorisation, which is sealed with the referral."""
NEXT_NUMBER = "SELECT nextval('referral_number')"


@dataclass(frozen=True, slots=True)
class Continuing:
    """What the officer says to the questions that an address can raise.

    Where this desk has the same content already: link it as a duplicate, or go on for a reason.
    Where it leads to a whole account: that all of it is meant.
    """

    as_duplicate: bool = False
    reason: str = ""
    whole_account: bool = False


@dataclass(frozen=True, slots=True)
class Admitted:
    """An address that was let in, and what the officer says to the questions that it raises.

    ``origin`` is the old system that it was in, if it was.
    """

    content: Content
    address: str
    continuing: Continuing = Continuing()
    authorisation: str = ""
    origin: str = ""


def admit(address: str, intake: Intake, *, acting: Acting, key: str = "") -> Content:
    """Let an address and what is said of it in, or refuse it.

    Of what is not public only the refusal is counted (A72), and once only for a request that comes
    again under its ``key``. Call this outside the transaction that logs the referral.
    """
    admit_as_public(intake.public_without_login, acting=acting, key=key)
    try:
        content = identify_one(address)
    except PrivatePlace as refused:
        intake_refused.count(refused, acting=acting, key=key)
        raise
    check_intake(intake, now=acting.at)
    return content


def admit_as_public(public_without_login: bool, *, acting: Acting, key: str = "") -> None:
    """Refuse what is not public before anything else is asked of it; only that is counted. A72."""
    check_may(acting.officer, Permission.LOG)
    try:
        check_public(public_without_login)
    except NotPublic as refused:
        intake_refused.count(refused, acting=acting, key=key)
        raise


def log_several(several: Sequence[Admitted], intake: Intake, *, acting: Acting) -> list[str]:
    """Log addresses as a referral each, all of them or none; give their references in order."""
    check_may(acting.officer, Permission.LOG)
    tokens = [it for one in several for it in same_content.tokens_of(one.content)]
    with transaction.atomic(savepoint=False):
        same_content.lock(tokens)
        return [log_one(it, intake, acting=acting) for it in several]


def log_one(one: Admitted, intake: Intake, *, acting: Acting) -> str:
    """Log what was admitted, with what the officer said of it; raises what ``log`` raises."""
    return log(
        one.content,
        one.address,
        intake,
        continuing=one.continuing,
        authorisation=one.authorisation,
        origin=one.origin,
        acting=acting,
    )


@transaction.atomic(savepoint=False)
def log(  # noqa: PLR0913 - the parts of a log, each by name
    content: Content,
    address: str,
    intake: Intake,
    *,
    continuing: Continuing = Continuing(),
    authorisation: str = "",
    origin: str = "",
    acting: Acting,
) -> str:
    """Log one admitted address as a referral; give its reference. ``origin``: an old system's name.

    Raises SameContent, AccountNotMeant, and LookNeedsAuthority where it is one look at an account
    too many.
    """
    check_may(acting.officer, Permission.LOG)
    check_intake(intake, now=acting.at)
    check_account_meant(content, whole_account=continuing.whole_account)
    check_text(continuing.reason, at="continue_reason")
    check_text(authorisation, at="authorisation", most=SHORT)
    token, *account = tokens = same_content.tokens_of(content)
    look = looks.look_at(content, intake, acting=acting)
    with writing() as pen:
        same_content.lock(tokens)
        is_counted = looks.check(look, authorisation)
        decided = continuing.as_duplicate or not says_nothing(continuing.reason)
        earlier, statutory_with = same_content.earlier_ones(token, decided=decided)
        platform = lawbook().platform_at(content.platform)
        number = _next_number()
        row = ReferralRow(
            number=number,
            reference=f"{timezone.localdate(acting.at).year}-{number:06d}",
            state_since=acting.at,
            platform=platform.code if platform else content.platform,
            same_content=token,
            statutory_with=statutory_with,
            source=intake.source,
            public_without_login=intake.public_without_login,
            observed_at=intake.observed_at,
            content_type=intake.content_type,
            language=intake.language,
            logged_by_id=acting.officer.ref,
            logged_at=acting.at,
            owner_id=acting.officer.ref,
            duplicate_of_id=earlier[0].id if earlier and continuing.as_duplicate else None,
            counted_look=is_counted or None,
            account=account[0] if account else None,
            origin=origin or None,
        )
        row.set_clock()
        key = new_record_key(row.id)
        row.key_id = row.id
        seal_into(
            row,
            key,
            url=address,
            canonical_url=content.canonical_url,
            content_id=content.content_id or "",
            source_detail=intake.source_detail,
            description=intake.description,
            authorisation=authorisation,
        )
        row.save(force_insert=True)
        looks.count(look, row, acting=acting)
        WordsRow.objects.create(
            id=row.id,
            referral=row,
            number=number,
            tokens=blind_index().words(intake.description, intake.source_detail),
        )
        if earlier and not continuing.as_duplicate:
            add_move(row, key, "continue", continuing.reason, acting=acting)
        outcome = WHOLE_ACCOUNT if is_whole_account(content) else None
        entry = about(row, Act.REFERRAL_LOGGED, Permission.LOG, acting=acting, outcome=outcome)
        pen.enter(replace(entry, why=AUTHORISED) if authorisation else entry)
    if earlier and continuing.as_duplicate:
        triage_row(row, TriageOutcome.DUPLICATE, continuing.reason, acting=acting)
    return row.reference


def make_findable(row: ReferralRow, *texts: str) -> None:
    """Let a referral be found by the words of these texts as well, unless its content is gone.

    Needs the pen.
    """
    new = blind_index().words(*texts)
    words = WordsRow.objects.filter(id=row.id).first() if new else None
    if words is None:
        return
    found = {bytes(token) for token in words.tokens}
    words.tokens = sorted(found.union(new))
    words.save(update_fields=["tokens"])


def triage(
    reference: str,
    outcome: TriageOutcome,
    reason: str,
    *,
    detail: Detail = NO_DETAIL,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Record what the first look led to. What ends here needs a reason; an emergency waits open."""
    check_may(acting.officer, Permission.TRIAGE)
    check_triage(outcome, reason, detail, signposts=signposts())
    with transaction.atomic(savepoint=False):
        if detail.duplicate_of:
            same_content.lock_content_of(reference, detail.duplicate_of)
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        triage_detail.put(row, detail)
        triage_row(row, outcome, reason, acting=acting)


def triage_row(row: ReferralRow, outcome: TriageOutcome, reason: str, *, acting: Acting) -> None:
    """Triage a referral that is locked already, as part of another act."""
    with writing() as pen:
        check_can_move(row.as_fact(), AFTER_TRIAGE[outcome])
        key = open_record_key(row.key)
        row.triage = outcome
        if outcome is TriageOutcome.EMERGENCY:
            row.emergency_since = acting.at
        row.move(AFTER_TRIAGE[outcome], at=acting.at)
        row.keep()
        add_move(row, key, f"triage_{outcome}", reason, acting=acting)
        pen.enter(
            about(
                row,
                Act.REFERRAL_TRIAGED,
                Permission.TRIAGE,
                acting=acting,
                outcome=outcome,
                reason=committed(key, reason),
            )
        )


def close(reference: str, reason: str, *, seen_version: int | None = None, acting: Acting) -> None:
    """Close a referral for a reason."""
    _end(reference, State.CLOSED, reason, seen_version, acting)


@transaction.atomic(savepoint=False)
def withdraw(
    reference: str,
    reason: str,
    *,
    seen_version: int | None = None,
    carrier: Carrier = MAIL,
    acting: Acting,
) -> UUID | None:
    """Withdraw a referral for a reason. What was sent stays on record, and the platform is told.

    Gives the notice that tells it, if one is on its way.
    """
    row = _end(reference, State.WITHDRAWN, reason, seen_version, acting)
    return notices.owe_withdrawal(row, Permission.WITHDRAW, carrier=carrier, acting=acting)


def reopen(reference: str, reason: str, *, seen_version: int | None = None, acting: Acting) -> None:
    """Reopen a referral that had come to an end, for a reason."""
    _end(reference, State.REOPENED, reason, seen_version, acting)


ENDINGS = {
    State.CLOSED: (Act.REFERRAL_CLOSED, Permission.CLOSE),
    State.WITHDRAWN: (Act.REFERRAL_WITHDRAWN, Permission.WITHDRAW),
    State.REOPENED: (Act.REFERRAL_REOPENED, Permission.REOPEN),
}


def _end(
    reference: str, there: State, reason: str, seen_version: int | None, acting: Acting
) -> ReferralRow:
    act, permission = ENDINGS[there]
    check_may(acting.officer, permission)
    check_reason(reason)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_can_move(row.as_fact(), there)
        if there is State.CLOSED:
            check_may_close(row.as_fact(), challenged=is_challenged(row))
        key = open_record_key(row.key)
        row.closed_at = acting.at if there is State.CLOSED else None
        row.stop_the_post("withdrawn", at=acting.at)
        row.move(there, at=acting.at)
        if there is State.WITHDRAWN:
            row.note_removal(False, at=acting.at)
        row.keep()
        add_move(row, key, there, reason, acting=acting)
        pen.enter(about(row, act, permission, acting=acting, reason=committed(key, reason)))
    return row


def add_move(row: ReferralRow, key: RecordKey, move: str, reason: str, *, acting: Acting) -> None:
    """Store a move made for a reason. Needs the pen."""
    step = MoveRow(referral=row, by_id=acting.officer.ref, at=acting.at, move=move)
    seal_into(step, key, reason=reason)
    step.save(force_insert=True)


def _next_number() -> int:
    [[(number,)]] = ask((NEXT_NUMBER, []))
    return int(number)
