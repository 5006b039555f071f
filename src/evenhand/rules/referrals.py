"""A referral's life: its states, the moves between them, and who may make them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evenhand.rules.officers import Officer, OfficerRef, Role
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words


class State(StrEnum):
    """Where a referral stands on the desk."""

    LOGGED = "logged"
    TRIAGED = "triaged"
    ASSESSING = "assessing"
    AWAITING_APPROVAL = "awaiting_approval"
    RETURNED = "returned"
    APPROVED = "approved"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    CHECKED = "checked"
    NO_RESPONSE = "no_response"
    CLOSED = "closed"
    NOT_FOR_US = "not_for_us"
    DUPLICATE = "duplicate"
    NOT_REFERRED = "not_referred"
    STATUTORY_ROUTE = "statutory_route"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"


_S = State
MOVES: Mapping[State, frozenset[State]] = {
    _S.LOGGED: frozenset({_S.TRIAGED, _S.NOT_FOR_US, _S.DUPLICATE, _S.WITHDRAWN}),
    _S.TRIAGED: frozenset({_S.ASSESSING, _S.NOT_FOR_US, _S.DUPLICATE, _S.WITHDRAWN}),
    _S.ASSESSING: frozenset({_S.AWAITING_APPROVAL, _S.STATUTORY_ROUTE, _S.WITHDRAWN}),
    _S.AWAITING_APPROVAL: frozenset(
        {_S.APPROVED, _S.RETURNED, _S.NOT_REFERRED, _S.ASSESSING, _S.WITHDRAWN}
    ),
    _S.RETURNED: frozenset({_S.ASSESSING, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.SENT, _S.UNDELIVERABLE, _S.WITHDRAWN}),
    _S.SENT: frozenset({_S.ACKNOWLEDGED, _S.DECIDED, _S.NO_RESPONSE, _S.WITHDRAWN}),
    _S.UNDELIVERABLE: frozenset({_S.APPROVED, _S.CLOSED, _S.WITHDRAWN}),
    _S.ACKNOWLEDGED: frozenset({_S.DECIDED, _S.NO_RESPONSE, _S.WITHDRAWN}),
    _S.DECIDED: frozenset({_S.DECIDED, _S.CHECKED, _S.WITHDRAWN}),
    _S.CHECKED: frozenset({_S.CHECKED, _S.DECIDED, _S.CLOSED, _S.WITHDRAWN}),
    _S.NO_RESPONSE: frozenset({_S.ACKNOWLEDGED, _S.DECIDED, _S.CHECKED, _S.CLOSED, _S.WITHDRAWN}),
    _S.CLOSED: frozenset({_S.REOPENED, _S.DECIDED}),
    _S.NOT_FOR_US: frozenset({_S.REOPENED}),
    _S.DUPLICATE: frozenset({_S.REOPENED, _S.STATUTORY_ROUTE}),
    _S.NOT_REFERRED: frozenset({_S.REOPENED}),
    _S.WITHDRAWN: frozenset({_S.REOPENED}),
    _S.STATUTORY_ROUTE: frozenset(),
    _S.REOPENED: frozenset({_S.ASSESSING, _S.DECIDED, _S.CHECKED, _S.CLOSED, _S.WITHDRAWN}),
}
AFTER_APPROVAL = frozenset({_S.APPROVED, _S.SENT, _S.UNDELIVERABLE})
"""States that a referral reaches only through a second officer; the database holds them too."""
AFTER_SENDING = frozenset({_S.ACKNOWLEDGED, _S.DECIDED, _S.CHECKED, _S.NO_RESPONSE})
"""States that only what was once approved and sent reaches, in this round or an earlier one."""


class TriageOutcome(StrEnum):
    """What the first look at a logged address led to. Emergency: a threat to life comes first."""

    PROCEED = "proceed"
    NOT_FOR_US = "not_for_us"
    DUPLICATE = "duplicate"
    EMERGENCY = "emergency"


AFTER_TRIAGE: Mapping[TriageOutcome, State] = {
    TriageOutcome.PROCEED: State.TRIAGED,
    TriageOutcome.EMERGENCY: State.TRIAGED,
    TriageOutcome.NOT_FOR_US: State.NOT_FOR_US,
    TriageOutcome.DUPLICATE: State.DUPLICATE,
}


class Decision(StrEnum):
    """What the second officer decided."""

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"


AFTER_DECISION: Mapping[Decision, State] = {
    Decision.APPROVE: State.APPROVED,
    Decision.RETURN: State.RETURNED,
    Decision.REFUSE: State.NOT_REFERRED,
}


@dataclass(frozen=True, slots=True)
class Referral:
    """One content on one platform, as the rules see it."""

    reference: str
    state: State
    version: int
    platform: str
    logged_by: OfficerRef
    assessors: frozenset[OfficerRef]
    terms_only: bool
    child: bool
    sent_at: datetime | None
    in_the_post: bool


class MoveForbidden(Refused):
    """A referral moves only along the table of moves."""

    code = "E-MOVE-01"
    clause = words("Rule of this desk: states and moves")
    kind = Kind.CONFLICT


class ChangedMeanwhile(Refused):
    """A decision is about the version that the officer saw; a newer one is looked at first."""

    code = "E-MOVE-02"
    clause = words("Rule of this desk: both officers see the same version")
    kind = Kind.CONFLICT


class SameOfficer(Refused):
    """Whoever approves a referral neither logged nor assessed it."""

    code = "E-TWO-01"
    clause = words("Rule of this desk: a second officer decides")
    kind = Kind.FORBIDDEN


class SeniorNeeded(Refused):
    """Where the harm alleges no offence (X1), only a senior approver approves."""

    code = "E-TWO-02"
    clause = words("Rule of this desk; ECHR Article 10")
    verified = False
    kind = Kind.FORBIDDEN


class ChildTrainingNeeded(Refused):
    """Where a child is shown or likely, the approver is trained for children's cases."""

    code = "E-CHD-74"
    clause = words("UNCRC Article 3; Children Act 2004 s.11")
    verified = False
    kind = Kind.FORBIDDEN


class NotFound(Refused):
    """What is asked for exists on this desk and under this address."""

    code = "E-FIND-01"
    kind = Kind.NOT_FOUND


def check_can_move(referral: Referral, there: State) -> None:
    """Refuse a move that is not in the table."""
    if there not in MOVES[referral.state]:
        raise MoveForbidden(
            words("Referral {reference} is “{here}”. It cannot become “{there}” from there."),
            do=words("Open the referral to see what can be done with it now."),
            reference=referral.reference,
            here=referral.state.replace("_", " "),
            there=there.replace("_", " "),
        )


def check_can_be_assessed(referral: Referral) -> None:
    """Refuse an assessment where none is under way and none can begin."""
    match referral.state:
        case State.ASSESSING:
            return
        case State.LOGGED:
            check_can_move(referral, State.TRIAGED)
        case _:
            check_can_move(referral, State.ASSESSING)


def check_version(referral: Referral, seen: int | None) -> None:
    """Refuse a change made on an older version than the stored one. None: no version was named."""
    if seen is not None and seen != referral.version:
        raise ChangedMeanwhile(
            words("Referral {reference} changed while you were looking at it."),
            do=words("Look at it again, then decide. Nothing was saved."),
            reference=referral.reference,
        )


def check_may_decide(referral: Referral, officer: Officer, decision: Decision) -> None:
    """Refuse a decision that is not a second pair of eyes, or lacks the training it needs."""
    check_can_move(referral, AFTER_DECISION[decision])
    if officer.ref == referral.logged_by or officer.ref in referral.assessors:
        raise SameOfficer(
            words("You logged or assessed this referral."), do=words("Ask a second officer.")
        )
    if decision is not Decision.APPROVE:
        return
    if referral.terms_only and Role.SENIOR_APPROVER not in officer.roles:
        raise SeniorNeeded(
            words("No offence is alleged here, only the platform’s terms."),
            do=words("Ask a senior approver to decide."),
        )
    if referral.child and Role.CHILD_APPROVER not in officer.roles:
        raise ChildTrainingNeeded(
            words("A child is shown or likely here."),
            do=words("Ask an approver with child training to decide."),
        )


def allowed(check: Callable[[], None]) -> bool:
    """Say whether a check would let something pass, for showing or hiding a button."""
    try:
        check()
    except Refused:
        return False
    return True
