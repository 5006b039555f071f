"""A desk with its cast in real tables, and referrals brought to any state by its own acts."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from evenhand.actions import (
    answers,
    assessments,
    assurance,
    decisions,
    notices,
    platforms,
    posters,
    referrals,
    training,
    yearly,
)
from evenhand.actions.carriers import NOBODY, NOBODY_HOME
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.answers import AnswerKind, Outcome, Seen
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.assurance import PARTS, DocumentKind, Part, Residual
from evenhand.rules.counting import month_of
from evenhand.rules.intake import Intake
from evenhand.rules.notices import ANY_OTHER_SITE, Transport
from evenhand.rules.officers import PUBLIC, WORKER, Acting, Officer, Role
from evenhand.rules.referrals import Decision, State, TriageOutcome
from evenhand.rules.refusals import Refused
from evenhand.rules.training import Course, Training
from evenhand.rules.yearly import ReportKind
from evenhand.store.assurance import true_here
from evenhand.store.challenges import ChallengeRow
from evenhand.store.notices import sign_off_for
from evenhand.store.officers import OfficerRow
from evenhand.store.provisioning import guarded_tables
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.writing import writing
from tests.builders import ADA, BO, CY, DEE, LIA, NED, NOW, SAM, assessment, intake

if TYPE_CHECKING:
    from _pytest._code import ExceptionInfo

LOG_TABLES = ("entry", "opening", "change")
NUMBERS = count(1)
INDEPENDENT = "No platform pays this desk, and nobody on it works for one."


@dataclass
class Desk:
    """A desk whose clock only the test moves. People come in when they first act."""

    now: datetime = NOW
    here: set[UUID] = field(default_factory=set)

    def by(self, officer: Officer) -> Acting:
        """Have somebody act, a minute later than whoever acted last."""
        if officer is not WORKER and officer.ref not in self.here:
            self.add(officer)
        self.now += timedelta(minutes=1)
        return Acting(officer=officer, at=self.now)

    def add(self, officer: Officer) -> None:
        """Give somebody of the cast an account without a password, and their roles."""
        with writing() as pen:
            account = User.objects.create_user(officer.name.lower(), password=None)
            OfficerRow.objects.create(
                id=officer.ref,
                account=account,
                name=officer.name,
                roles=sorted(officer.roles),
                added_at=self.now,
            )
            pen.enter(Entry(act=Act.OFFICER_ADDED, at=self.now, who=WORKER.ref, obj=officer.ref))
        self.here.add(officer.ref)
        if Role.CHILD_APPROVER in officer.roles:
            self.train(officer)

    def train(self, officer: Officer, *, days: int = 700) -> None:
        """Have the desk record that somebody was trained for children's cases."""
        done = Training(self.now.date(), self.now.date() + timedelta(days=days))
        acting = Acting(officer=WORKER, at=self.now)
        training.record(officer.name.lower(), Course.CHILDREN, done, acting=acting)

    def sign_off(
        self,
        platform: str = ANY_OTHER_SITE,
        contact: str = "abuse@hub.example",
        transport: Transport = Transport.EMAIL,
    ) -> None:
        """Have Dee sign off sending to a platform, or to any site without a sign-off of its own."""
        platforms.sign_off(
            platform,
            transport=transport,
            contact=contact,
            basis="DPA 2018 s.77",
            review_on=self.now.date() + timedelta(days=300),
            acting=self.by(DEE),
        )

    def write_document(self, kind: DocumentKind = DocumentKind.DPIA, **changes: Any) -> int:
        """Have Ned write a version of a document, whole unless a part is changed."""
        residual = changes.pop("residual", Residual.LOW if kind is DocumentKind.DPIA else None)
        claims = changes.pop("claims", true_here() if residual else ())
        plain = {part: f"The {part}, as it is." for part in PARTS[kind]} | {Part.PARTIES: "None"}
        parts = {part: changes.get(part, plain[part]) for part in PARTS[kind]}
        conditions = changes.pop("conditions", ("1",) if kind is DocumentKind.APD else ())
        return assurance.write(
            kind,
            parts,
            residual=residual,
            claims=claims,
            conditions=conditions,
            acting=self.by(NED),
        )

    def put_in_force(
        self, kind: DocumentKind = DocumentKind.DPIA, *, days: int = 300, **changes: Any
    ) -> int:
        """Have a version written, advised on by Dee and approved by Lia; give its number."""
        number = self.write_document(kind, **changes)
        assurance.advise(kind, number, "The measures will do.", acting=self.by(DEE))
        review_on = self.now.date() + timedelta(days=days)
        assurance.approve(kind, number, review_on, acting=self.by(LIA))
        return number

    def assured(self) -> None:
        """Have every document in force that work with people asks for."""
        for kind in (DocumentKind.DPIA, DocumentKind.APD):
            self.put_in_force(kind)

    def published_report(self, kind: ReportKind = ReportKind.TRANSPARENCY) -> date:
        """Have a yearly report prepared and published; give the first day of its last month."""
        last = month_of(self.now.date()).before
        number = yearly.prepare(kind, str(last), INDEPENDENT, acting=self.by(NED))
        yearly.publish(kind, last.first, number, acting=self.by(LIA))
        return last.first

    def log(self, address: str = "", *, said: Intake | None = None) -> str:
        """Have Ada log an address, a new one unless one is given."""
        address = address or f"https://site{next(NUMBERS)}.example/post/1"
        told = said or intake(observed_at=self.now)
        acting = self.by(ADA)
        content = referrals.admit(address, told, acting=acting)
        return referrals.log(content, address, told, acting=acting)

    def brought_to(self, state: State, *, address: str = "") -> str:
        """Bring a new referral to a state on one of the ways that lead there."""
        reference = self.log(address)
        for step in WAYS[state]:
            STEPS[step](self, reference)
        row = ReferralRow.objects.get(reference=reference)
        assert row.state == state
        return reference

    def do(self, reference: str, *steps: str) -> str:
        """Take further steps with a referral."""
        for step in steps:
            STEPS[step](self, reference)
        return reference


Step = Callable[[Desk, str], object]


def asked(desk: Desk, address: str) -> str:
    """Have somebody of the public ask whether an address was ours; give the receipt number."""
    desk.now += timedelta(minutes=1)
    return posters.ask(address, f"form {next(NUMBERS)}", acting=Acting(PUBLIC, desk.now))


def told(desk: Desk, address: str) -> str:
    """Have somebody ask, and everybody be answered when their day has come; give the receipt."""
    receipt = asked(desk, address)
    desk.now += timedelta(days=6)
    posters.answer_due(acting=desk.by(WORKER))
    return receipt


def challenged(
    desk: Desk, reference: str, words: str = "It was a song.", *, email: str = ""
) -> UUID:
    """Have somebody ask, be told, and challenge; give the challenge."""
    row = ReferralRow.objects.select_related("key").get(reference=reference)
    receipt = told(desk, unsealed(row, open_record_key(row.key), "canonical_url"))
    known = set(ChallengeRow.objects.values_list("id", flat=True))
    desk.now += timedelta(minutes=1)
    posters.challenge(receipt, words, email=email, acting=Acting(PUBLIC, desk.now))
    [new] = set(ChallengeRow.objects.values_list("id", flat=True)) - known
    return new


def _sent(desk: Desk, reference: str) -> None:
    if not sign_off_for(ANY_OTHER_SITE):
        desk.sign_off()
    notice = notices.send(reference, "email", carrier=NOBODY, acting=desk.by(ADA))
    notices.deliver(notice, last_attempt=False, carrier=NOBODY, acting=desk.by(WORKER))


def _bounced(desk: Desk, reference: str) -> None:
    if not sign_off_for(ANY_OTHER_SITE):
        desk.sign_off()
    notice = notices.send(reference, "email", carrier=NOBODY_HOME, acting=desk.by(ADA))
    notices.deliver(notice, last_attempt=False, carrier=NOBODY_HOME, acting=desk.by(WORKER))


def chased(desk: Desk, reference: str) -> None:
    """Remind the platform once, as early as it may be."""
    desk.now += timedelta(days=30)
    notice = notices.chase(reference, carrier=NOBODY, acting=desk.by(ADA))
    notices.deliver(notice, last_attempt=False, carrier=NOBODY, acting=desk.by(WORKER))


def _silent(desk: Desk, reference: str) -> None:
    from django.conf import settings

    for _ in range(settings.DESK.chases_before_silence):
        chased(desk, reference)
    desk.now += timedelta(days=60)
    answers.note_silences(acting=desk.by(WORKER))


def _answered(outcome: Outcome) -> Step:
    return lambda desk, reference: answers.record(
        reference, AnswerKind.DECIDED, outcome, acting=desk.by(ADA)
    )


def _decided(decision: Decision, officer: Officer = CY) -> Step:
    return lambda desk, reference: decisions.decide(
        reference, decision, "I have looked at it myself.", acting=desk.by(officer)
    )


def _triaged(outcome: TriageOutcome) -> Step:
    return lambda desk, reference: referrals.triage(
        reference, outcome, "At first look.", acting=desk.by(ADA)
    )


def _looked(seen: Seen) -> Step:
    return lambda desk, reference: answers.look_again(reference, seen, acting=desk.by(ADA))


STEPS: Mapping[str, Step] = {
    "triage": _triaged(TriageOutcome.PROCEED),
    "emergency": _triaged(TriageOutcome.EMERGENCY),
    "not_for_us": _triaged(TriageOutcome.NOT_FOR_US),
    "duplicate": _triaged(TriageOutcome.DUPLICATE),
    "start": lambda desk, reference: assessments.start(reference, acting=desk.by(BO)),
    "submit": lambda desk, reference: assessments.submit(
        reference, assessment(), acting=desk.by(BO)
    ),
    "submit_by_cy": lambda desk, reference: assessments.submit(
        reference, assessment(), acting=desk.by(CY)
    ),
    "statutory": lambda desk, reference: assessments.take_statutory_route(
        reference,
        reported_to=ReportedTo.IWF,
        reported_reference="IWF-2026-1",
        acting=desk.by(BO),
    ),
    "approve": _decided(Decision.APPROVE),
    "approve_by_sam": _decided(Decision.APPROVE, SAM),
    "return": _decided(Decision.RETURN),
    "refuse": _decided(Decision.REFUSE),
    "send": _sent,
    "bounce": _bounced,
    "chase": chased,
    "acknowledge": lambda desk, reference: answers.record(
        reference, AnswerKind.ACKNOWLEDGED, acting=desk.by(ADA)
    ),
    **{outcome: _answered(outcome) for outcome in Outcome},
    **{f"look_{seen}": _looked(seen) for seen in Seen},
    "silence": _silent,
    "close": lambda desk, reference: referrals.close(reference, "Done.", acting=desk.by(ADA)),
    "withdraw": lambda desk, reference: referrals.withdraw(
        reference, "A mistake of ours.", acting=desk.by(ADA)
    ),
    "challenge": challenged,
    "reopen": lambda desk, reference: referrals.reopen(
        reference, "There is news.", acting=desk.by(CY)
    ),
}
_APPROVED = ("submit", "approve")
_DECIDED = (*_APPROVED, "send", "restricted_in_full")
WAYS: Mapping[State, tuple[str, ...]] = {
    State.LOGGED: (),
    State.TRIAGED: ("triage",),
    State.ASSESSING: ("triage", "start"),
    State.AWAITING_APPROVAL: ("submit",),
    State.RETURNED: ("submit", "return"),
    State.APPROVED: _APPROVED,
    State.SENT: (*_APPROVED, "send"),
    State.UNDELIVERABLE: (*_APPROVED, "bounce"),
    State.ACKNOWLEDGED: (*_APPROVED, "send", "acknowledge"),
    State.DECIDED: _DECIDED,
    State.CHECKED: (*_DECIDED, "look_not_visible"),
    State.NO_RESPONSE: (*_APPROVED, "send", "silence"),
    State.CLOSED: (*_DECIDED, "look_not_visible", "close"),
    State.NOT_FOR_US: ("not_for_us",),
    State.DUPLICATE: ("duplicate",),
    State.NOT_REFERRED: ("submit", "refuse"),
    State.STATUTORY_ROUTE: ("statutory",),
    State.WITHDRAWN: ("withdraw",),
    State.REOPENED: (*_DECIDED, "look_not_visible", "close", "reopen"),
    State.UNDER_CHALLENGE: (*_DECIDED, "look_not_visible", "challenge"),
}


@contextmanager
def refused(rule: type[Refused]) -> "Iterator[ExceptionInfo[Refused]]":
    """Expect a refusal, and take back with it whatever the act had begun."""
    with pytest.raises(rule) as told, transaction.atomic():
        yield told


@contextmanager
def changing_nothing() -> Iterator[None]:
    """Expect every casework table and the log to be as they were before."""
    before = everything()
    yield
    assert everything() == before


def everything() -> dict[str, bytes]:
    """Give a digest of every row of casework and of the log, table by table."""
    tables = [*guarded_tables(), *LOG_TABLES]
    with connection.cursor() as cursor:
        digests = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY t::text')
            digests[table] = sha256(repr(cursor.fetchall()).encode()).digest()
        return digests


def row(reference: str) -> ReferralRow:
    return ReferralRow.objects.get(reference=reference)


def earlier(acting: Acting, **before: float) -> Acting:
    """Have somebody act at an earlier time."""
    return replace(acting, at=acting.at - timedelta(**before))
