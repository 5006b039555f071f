"""A referral's life: its states, the moves between them, and who may make them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
    UNDER_CHALLENGE = "under_challenge"


_S = State
MOVES: Mapping[State, frozenset[State]] = {
    _S.LOGGED: frozenset({_S.TRIAGED, _S.NOT_FOR_US, _S.DUPLICATE, _S.WITHDRAWN}),
    _S.TRIAGED: frozenset({_S.ASSESSING, _S.NOT_FOR_US, _S.DUPLICATE, _S.WITHDRAWN}),
    _S.ASSESSING: frozenset({_S.AWAITING_APPROVAL, _S.STATUTORY_ROUTE, _S.WITHDRAWN}),
    _S.AWAITING_APPROVAL: frozenset(
        {_S.APPROVED, _S.RETURNED, _S.NOT_REFERRED, _S.ASSESSING, _S.WITHDRAWN}
    ),
    _S.RETURNED: frozenset({_S.ASSESSING, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.SENT, _S.UNDELIVERABLE, _S.STATUTORY_ROUTE, _S.WITHDRAWN}),
    _S.SENT: frozenset(
        {
            _S.STATUTORY_ROUTE,
            _S.ACKNOWLEDGED,
            _S.DECIDED,
            _S.NO_RESPONSE,
            _S.UNDELIVERABLE,
            _S.WITHDRAWN,
            _S.UNDER_CHALLENGE,
        }
    ),
    _S.UNDELIVERABLE: frozenset({_S.APPROVED, _S.STATUTORY_ROUTE, _S.CLOSED, _S.WITHDRAWN}),
    _S.ACKNOWLEDGED: frozenset(
        {_S.STATUTORY_ROUTE, _S.DECIDED, _S.NO_RESPONSE, _S.WITHDRAWN, _S.UNDER_CHALLENGE}
    ),
    _S.DECIDED: frozenset(
        {_S.STATUTORY_ROUTE, _S.DECIDED, _S.CHECKED, _S.WITHDRAWN, _S.UNDER_CHALLENGE}
    ),
    _S.CHECKED: frozenset(
        {_S.STATUTORY_ROUTE, _S.CHECKED, _S.DECIDED, _S.CLOSED, _S.WITHDRAWN, _S.UNDER_CHALLENGE}
    ),
    _S.NO_RESPONSE: frozenset(
        {
            _S.STATUTORY_ROUTE,
            _S.ACKNOWLEDGED,
            _S.DECIDED,
            _S.CHECKED,
            _S.CLOSED,
            _S.WITHDRAWN,
            _S.UNDER_CHALLENGE,
        }
    ),
    _S.CLOSED: frozenset({_S.REOPENED, _S.DECIDED, _S.UNDER_CHALLENGE}),
    _S.NOT_FOR_US: frozenset({_S.REOPENED}),
    _S.DUPLICATE: frozenset({_S.REOPENED, _S.STATUTORY_ROUTE}),
    _S.NOT_REFERRED: frozenset({_S.REOPENED, _S.UNDER_CHALLENGE}),
    _S.WITHDRAWN: frozenset({_S.REOPENED}),
    _S.STATUTORY_ROUTE: frozenset(),
    _S.REOPENED: frozenset({_S.ASSESSING, _S.DECIDED, _S.CHECKED, _S.CLOSED, _S.WITHDRAWN}),
    # It goes back to where it stood, or to where an answer or a look has moved it meanwhile.
    _S.UNDER_CHALLENGE: frozenset(
        {
            _S.STATUTORY_ROUTE,
            _S.SENT,
            _S.ACKNOWLEDGED,
            _S.DECIDED,
            _S.CHECKED,
            _S.NO_RESPONSE,
            _S.CLOSED,
            _S.NOT_REFERRED,
            _S.WITHDRAWN,
        }
    ),
}
AFTER_APPROVAL = frozenset({_S.APPROVED, _S.SENT, _S.UNDELIVERABLE})
"""States that a referral reaches only through a second officer; the database holds them too."""
AFTER_SENDING = frozenset(
    {_S.ACKNOWLEDGED, _S.DECIDED, _S.CHECKED, _S.NO_RESPONSE, _S.UNDER_CHALLENGE}
)
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
    """One content on one platform, as the rules see it.

    ``before_challenge``: where it stands once the challenges to it are settled; None where no
    challenge interrupts it.
    """

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
    withdrawal_owed: bool = False
    before_challenge: State | None = None

    def unchallenged(self) -> "Referral":
        """Give it as it stands but for a challenge: by that, answers and looks are taken."""
        return replace(self, state=self.before_challenge or self.state, before_challenge=None)


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


ASK_WHO_IS_TRAINED = words(
    "Ask an approver with child training to decide. Where nobody’s is in date, ask an administrator"
    " or a senior owner to record it on the register of training."
)


class ChildTrainingNeeded(Refused):
    """Where a child is shown or likely, the approver is trained for children's cases."""

    code = "E-CHD-74"
    clause = words("UNCRC Article 3; Children Act 2004 s.11")
    verified = False
    kind = Kind.FORBIDDEN


class ChallengeOpen(Refused):
    """Nobody closes a referral while somebody’s challenge to it waits to be settled."""

    code = "E-CHAL-01"
    clause = words("Rule of this desk: a challenge is settled first")
    kind = Kind.CONFLICT


class NotFound(Refused):
    """What is asked for exists on this desk and under this address."""

    code = "E-FIND-01"
    kind = Kind.NOT_FOUND


def check_can_move(referral: Referral, there: State) -> None:
    """Refuse a move that is not in the table."""
    if there not in MOVES[referral.state]:
        raise as_it_stands(referral)


def as_it_stands(referral: Referral) -> MoveForbidden:
    """Refuse what cannot be done with a referral as it stands: say how, and what can be done."""
    sentence, do = _STANDS[referral.state]
    return MoveForbidden(sentence, do=do, reference=referral.reference)


_STANDS: Mapping[State, tuple[str, str]] = {
    _S.LOGGED: (
        words("Referral {reference} has been logged, and nobody has assessed it yet."),
        words("Triage or assess it first."),
    ),
    _S.TRIAGED: (
        words("Referral {reference} has been triaged, and nobody has assessed it yet."),
        words("Assess it first."),
    ),
    _S.ASSESSING: (
        words("Referral {reference} is being assessed."),
        words("Finish the assessment first, or withdraw the referral."),
    ),
    _S.AWAITING_APPROVAL: (
        words("Referral {reference} waits for a second officer’s decision."),
        words("Wait for the decision, or take it back to assess it again."),
    ),
    _S.RETURNED: (
        words("Referral {reference} was returned for more work."),
        words("Assess it again first, or withdraw it."),
    ),
    _S.APPROVED: (
        words("Referral {reference} is approved, and not sent yet."),
        words("Send it first, or withdraw it."),
    ),
    _S.SENT: (
        words("Referral {reference} has been sent to the platform."),
        words("Record the platform’s answer when it comes, or withdraw the referral."),
    ),
    _S.UNDELIVERABLE: (
        words("Referral {reference} could not be delivered to the platform."),
        words("Send it again, close it or withdraw it."),
    ),
    _S.ACKNOWLEDGED: (
        words("The platform has acknowledged referral {reference}, and has not decided."),
        words("Record the platform’s decision when it comes, or withdraw the referral."),
    ),
    _S.DECIDED: (
        words("The platform has decided on referral {reference}."),
        words("Look again whether the content is gone."),
    ),
    _S.CHECKED: (
        words("The platform has decided on referral {reference}, and a person has looked again."),
        words("Look again, record another decision, or close it."),
    ),
    _S.NO_RESPONSE: (
        words("The platform has not answered referral {reference}."),
        words("Record an answer if one comes, look again, or close it."),
    ),
    _S.CLOSED: (
        words("Referral {reference} is closed."),
        words("An approver can reopen it."),
    ),
    _S.NOT_FOR_US: (
        words("Referral {reference} ended as not for this desk."),
        words("An approver can reopen it."),
    ),
    _S.DUPLICATE: (
        words("Referral {reference} ended as a duplicate."),
        words("Work on the other referral, or ask an approver to reopen this one."),
    ),
    _S.NOT_REFERRED: (
        words("A second officer refused to refer {reference}."),
        words("An approver can reopen it."),
    ),
    _S.WITHDRAWN: (
        words("Referral {reference} is withdrawn."),
        words("An approver can reopen it."),
    ),
    _S.STATUTORY_ROUTE: (
        words("Referral {reference} went by the statutory route, and its words are destroyed."),
        words("Nothing more is done with it here."),
    ),
    _S.REOPENED: (
        words("Referral {reference} is open again."),
        words("Assess it again, look again, or close it."),
    ),
    _S.UNDER_CHALLENGE: (
        words("Somebody challenges referral {reference}, and nobody has settled that yet."),
        words("Wait for the officer who settles the challenge, or withdraw the referral."),
    ),
}
"""How a referral stands, and what can be done with it from there: see the moves above."""


def check_can_be_assessed(referral: Referral) -> None:
    """Refuse an assessment where none is under way and none can begin."""
    match referral.state:
        case State.ASSESSING:
            return
        case State.LOGGED:
            check_can_move(referral, State.TRIAGED)
        case _:
            check_can_move(referral, State.ASSESSING)


def begins_assessing(state: State) -> bool:
    """Say whether an assessment can begin here."""
    return state is State.LOGGED or State.ASSESSING in MOVES[state]


def check_statutory_route(referral: Referral) -> None:
    """Refuse it after the end, and for a duplicate alone: that goes with what it repeats.

    Whenever it is found that content is imagery of child abuse, the desk keeps neither it nor any
    words about it: also once a platform was asked. What has ended is reopened first, so that what
    closed it, a hold or a review, is looked at before. A77, C1.
    """
    leads = begins_assessing(referral.state) or State.STATUTORY_ROUTE in MOVES[referral.state]
    if referral.state is State.DUPLICATE or not leads:
        raise as_it_stands(referral)


def check_may_close(referral: Referral, *, challenged: bool = False) -> None:
    """Refuse to close what somebody challenges, wherever it stands. Raises ChallengeOpen."""
    if challenged or referral.state is State.UNDER_CHALLENGE:
        sentence, do = _STANDS[State.UNDER_CHALLENGE]
        raise ChallengeOpen(sentence, do=do, reference=referral.reference)


def check_version(referral: Referral, seen: int | None) -> None:
    """Refuse a change made on an older version than the stored one. None: no version was named."""
    if seen is not None and seen != referral.version:
        raise ChangedMeanwhile(
            words("Referral {reference} changed while you were looking at it."),
            do=words("Nothing was saved. Look at it again before you go on."),
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
            do=ASK_WHO_IS_TRAINED,
        )


def allowed(check: Callable[[], None]) -> bool:
    """Say whether a check would let something pass, for showing or hiding a button."""
    try:
        check()
    except Refused:
        return False
    return True
