"""The steps taken on a referral, as its page and the API give them. Words only with its key."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenhand.queries import officers
from evenhand.queries.summary import words_of
from evenhand.rules.answers import AnswerKind, Outcome, Seen, WhyDeclined
from evenhand.rules.assessments import KINDS, Assessment, Child, Expression, Ground
from evenhand.rules.gate import Proof
from evenhand.rules.mail import MailKind
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.officers import OfficerRef
from evenhand.rules.referrals import Decision
from evenhand.seal.record import RecordKey
from evenhand.store.casework import (
    AnswerRow,
    AssessmentRow,
    CheckRow,
    DecisionRow,
    HandoverRow,
    MoveRow,
    NoteRow,
    NoticeRow,
)
from evenhand.store.mail import MailRow
from evenhand.store.sealing import unsealed


@dataclass(frozen=True, slots=True)
class MoveMade:
    """A move made for a reason: triage, continue, close, withdraw, reopen."""

    move: str
    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class AssessmentMade:
    """A submitted assessment with who made it and when."""

    number: int
    by: str
    at: datetime
    answers: Assessment | None
    harm: str
    in_group: UUID | None


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A second officer's decision."""

    decision: Decision
    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A message to the platform and what became of it. ``sha256`` is of the exact bytes."""

    kind: NoticeKind
    transport: Transport
    form: NoticeForm | None
    by: str
    at: datetime
    delivery: Delivery
    failure: str | None
    proof: Proof | None
    settled_at: datetime | None
    sha256: str
    recipient: str | None
    message: str | None
    came_back: str | None
    their_reference: str | None
    witness: str | None
    witness_initials: str | None


@dataclass(frozen=True, slots=True)
class AnswerReceived:
    """An answer of the platform; ``by`` None: it gave it itself, by the link of a notice.

    ``mail`` is the message that gave it, if one did.
    """

    kind: AnswerKind
    outcome: Outcome | None
    mail: UUID | None
    by: str | None
    at: datetime
    their_reference: str | None
    ground_relied_on: str | None
    statement_of_reasons: object
    why_declined: WhyDeclined | None


@dataclass(frozen=True, slots=True)
class CheckMade:
    """What a person saw."""

    seen: Seen
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over from one officer to another; ``by`` None: by the desk itself."""

    earlier_owner: str
    new_owner: str
    by: str | None
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class NoteMade:
    """A note to colleagues, and whom it mentions."""

    by: str
    at: datetime
    text: str | None
    mentions: Sequence[str]


@dataclass(frozen=True, slots=True)
class MailReceived:
    """A message that came in. ``by`` None: the desk's own marks brought it to its referral."""

    id: UUID
    kind: MailKind
    at: datetime
    by: str | None
    status: str | None
    size: int
    whole: bool
    sha256: str
    sender: str | None
    subject: str | None
    reason: str | None
    read_by: str | None
    read_at: datetime | None


def move(row: MoveRow, key: RecordKey | None) -> MoveMade:
    """Read a move."""
    return MoveMade(row.move, row.by.name, row.at, words_of(row, key, "reason"))


def decision(row: DecisionRow, key: RecordKey | None) -> DecisionMade:
    """Read a decision."""
    decided = Decision(row.decision)
    return DecisionMade(decided, row.by.name, row.at, words_of(row, key, "reason"))


def check(row: CheckRow, _key: RecordKey | None) -> CheckMade:
    """Read what a person saw."""
    return CheckMade(Seen(row.seen), row.by.name, row.at)


def handover(row: HandoverRow, key: RecordKey | None) -> HandedOver:
    """Read a hand-over."""
    return HandedOver(
        earlier_owner=row.earlier_owner.name,
        new_owner=row.new_owner.name,
        by=row.by.name if row.by else None,
        at=row.at,
        reason=words_of(row, key, "reason"),
    )


def notes(rows: Iterable[NoteRow], key: RecordKey | None) -> list[NoteMade]:
    """Read notes; whom they mention is looked up at once."""
    made = list(rows)
    mentioned = {ref for it in made for ref in it.mentions}
    names = officers.names(mentioned) if mentioned else {}
    return [
        NoteMade(
            by=it.by.name,
            at=it.at,
            text=words_of(it, key, "text"),
            mentions=sorted(names[OfficerRef(ref)] for ref in it.mentions),
        )
        for it in made
    ]


def assessment(row: AssessmentRow, key: RecordKey | None) -> AssessmentMade:
    """Read an assessment."""
    answers = None
    if key:
        answers = Assessment(
            harm=row.harm,
            also_harms=tuple(row.also_harms),
            ground=Ground(row.ground),
            expression=frozenset(Expression(it) for it in row.expression),
            child=Child(row.child),
            **{name: unsealed(row, key, name) for name in KINDS},
        )
    return AssessmentMade(row.number, row.by.name, row.at, answers, row.harm, row.in_group)


def notice(row: NoticeRow, key: RecordKey | None) -> NoticeSent:
    """Read a message."""
    return NoticeSent(
        kind=NoticeKind(row.kind),
        transport=Transport(row.transport),
        form=NoticeForm(row.form) if row.form else None,
        by=row.by.name,
        at=row.at,
        delivery=Delivery(row.delivery),
        failure=row.failure,
        proof=Proof(row.proof) if row.proof else None,
        settled_at=row.settled_at,
        came_back=row.came_back,
        sha256=bytes(row.message_sha256).hex(),
        recipient=words_of(row, key, "recipient"),
        message=words_of(row, key, "message"),
        their_reference=words_of(row, key, "their_reference"),
        witness=row.witness.name if row.witness else None,
        witness_initials=words_of(row, key, "witness_initials"),
    )


def answer(row: AnswerRow, key: RecordKey | None) -> AnswerReceived:
    """Read an answer."""
    reasons = words_of(row, key, "statement_of_reasons")
    return AnswerReceived(
        kind=AnswerKind(row.kind),
        outcome=Outcome(row.outcome) if row.outcome else None,
        mail=row.mail_id,
        by=row.by.name if row.by else None,
        at=row.at,
        their_reference=words_of(row, key, "their_reference"),
        ground_relied_on=words_of(row, key, "ground_relied_on"),
        statement_of_reasons=json.loads(reasons) if reasons else None,
        why_declined=WhyDeclined(row.why_declined) if row.why_declined else None,
    )


def mail(row: MailRow, key: RecordKey | None) -> MailReceived:
    """Read what the row of a message says, and not the message."""
    return MailReceived(
        id=row.id,
        kind=MailKind(row.kind),
        at=row.at,
        by=row.by.name if row.by else None,
        status=row.status,
        size=row.size,
        whole=row.whole,
        sha256=bytes(row.message_sha256).hex(),
        sender=words_of(row, key, "sender"),
        subject=words_of(row, key, "subject"),
        reason=words_of(row, key, "reason"),
        read_by=row.read_by.name if row.read_by else None,
        read_at=row.read_at,
    )
