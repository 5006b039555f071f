"""The poster's door: whether a restriction came from this desk's referral, and challenging it.

Whoever asks is answered on one day, whatever the answer is. Where the law forbids telling, and
where there is nothing to tell, the words are the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.calendar import Calendar
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.referrals import MOVES, NotFound, State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention_schedules import Period
from evenhand.rules.texts import check_given, check_own_words
from evenhand.rules.words import words

ANSWERED_AFTER = 1
"""In working days: everybody is answered the next working day, so that no answer says more."""
ANSWERS_UNTIL = Period(months=6, days=0)
"""So long after it was asked, or after a challenge was settled, a receipt answers."""
WITHHELD_WITHIN = timedelta(days=90)
LONGEST_CHALLENGE = 4_000
LONGEST_TOLD = 2_000
COME_FROM = frozenset(it for it, there in MOVES.items() if State.UNDER_CHALLENGE in there)
"""States that a challenge interrupts. Work that goes on before sending goes on."""


class Told(StrEnum):
    """What whoever asks is told. ``CANNOT_SAY``: there is nothing, or it must not be told."""

    REFERRED = "referred"
    CANNOT_SAY = "cannot_say"


class ChallengeStanding(StrEnum):
    """Where a challenge stands, and how it was settled."""

    OPEN = "open"
    REJECTED = "rejected"
    UPHELD = "upheld"
    UPHELD_IN_PART = "upheld_in_part"


class ChallengeBecame(StrEnum):
    """What a challenger is written, once: never how it was settled."""

    SETTLED = "settled"
    ERASED = "erased"
    WAITING = "waiting"


UPHELD = frozenset({ChallengeStanding.UPHELD, ChallengeStanding.UPHELD_IN_PART})
SETTLED = UPHELD | {ChallengeStanding.REJECTED}


class HandsOnIt(Refused):
    """A challenge is settled by an officer who did nothing on the referral before."""

    code = "E-CHAL-02"
    clause = words("Rule of this desk: nobody judges their own work; ECHR Articles 10 and 13")
    verified = False
    kind = Kind.FORBIDDEN


class ChallengeSettled(Refused):
    """A challenge is settled once."""

    code = "E-CHAL-03"
    kind = Kind.CONFLICT


class NothingToChallenge(Refused):
    """A referral is challenged once by whoever was told of it, and while it stands."""

    code = "E-CHAL-04"
    kind = Kind.CONFLICT


class WithheldWrong(Refused):
    """Posters are not told of a referral only on a ground in law, and for 90 days at a time."""

    code = "E-CHAL-05"
    clause = words("DPA 2018 ss.44(4) and 45(4); ECHR Article 10")
    verified = False


class NotWithheld(Refused):
    """Only what posters are not told of now is told of again before its day."""

    code = "E-CHAL-06"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a challenge is settled: the reasons for the desk, and what its challenger reads."""

    standing: ChallengeStanding
    reasons: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """That posters are not told of a referral until a day, on a ground in law, for reasons."""

    ground: RestrictionGround
    reasons: str
    until: date


def answer_on(asked_on: date, calendar: Calendar) -> date:
    """Give the day on which everybody who asks on a day is answered."""
    return calendar.working_day_after(asked_on, ANSWERED_AFTER)


def is_withheld(*, emergency: bool, withheld_until: date | None, today: date) -> bool:
    """Say whether the law forbids telling of a content because of one of its referrals.

    It does while an officer withholds it, and for good where a life was at risk: what was done
    about that changes nothing.
    """
    return emergency or (withheld_until is not None and withheld_until >= today)


def check_challenge(text: str) -> None:
    """Refuse a challenge that says nothing, or more than one person reads."""
    check_given(text, at="words", most=LONGEST_CHALLENGE)


def check_can_challenge(state: State, *, is_first: bool) -> None:
    """Refuse what is challenged already, or what the desk does not stand by any more."""
    if not is_first:
        raise NothingToChallenge(
            words("You have challenged this already."),
            do=words("Look your receipt number up to see how it stands."),
        )
    if state in {State.WITHDRAWN, State.STATUTORY_ROUTE}:
        raise nothing_left()


def nothing_left() -> NothingToChallenge:
    """Refuse a challenge to what is gone or withdrawn."""
    return NothingToChallenge(
        words("There is nothing to challenge any more."),
        do=words("Look your receipt number up to see how it stands."),
    )


def became(standing: str | None, *, is_last_day: bool) -> ChallengeBecame | None:
    """Say what a challenger is written now; None: nothing yet. Nobody is reached after a last day.

    ``standing`` is None where the challenge went with its referral.
    """
    if standing is None:
        return ChallengeBecame.ERASED
    if standing != ChallengeStanding.OPEN:
        return ChallengeBecame.SETTLED
    return ChallengeBecame.WAITING if is_last_day else None


def check_may_settle(standing: ChallengeStanding, *, has_touched: bool) -> None:
    """Refuse to settle what is settled, and what one has worked on oneself."""
    if standing in SETTLED:
        raise ChallengeSettled(
            words("This challenge has been settled already."),
            do=words("Open the list of challenges to see what is left."),
        )
    if has_touched:
        raise HandsOnIt(
            words("You have worked on this referral."),
            do=words("Ask an approver who has had no part in it."),
        )


def check_settlement(settlement: Settlement) -> None:
    """Refuse to settle a challenge without a result, reasons, or words for the challenger."""
    if settlement.standing not in SETTLED:
        raise ChallengeSettled(
            words("Say how the challenge ends."),
            do=words("Choose whether it is upheld, upheld in part, or rejected."),
            at="outcome",
        )
    check_own_words(settlement.reasons, at="reasons")
    check_given(settlement.told, at="told", most=LONGEST_TOLD)


def check_withholding(withheld: Withholding, *, today: date) -> None:
    """Refuse to keep a referral from posters without reasons, or for longer than 90 days."""
    check_own_words(withheld.reasons, at="reasons")
    if not today < withheld.until <= today + WITHHELD_WITHIN:
        raise WithheldWrong(
            words("Posters are kept in the dark for at most {days} days at a time."),
            do=words("Enter a day from tomorrow on, within {days} days."),
            at="until",
            days=str(WITHHELD_WITHIN.days),
        )


def check_is_withheld(until: date | None, *, today: date) -> None:
    """Refuse to end what nobody keeps from posters, or not any more."""
    if until is None or until < today:
        raise NotWithheld(
            words("Posters are told of this referral already."),
            do=words("There is nothing to end."),
        )


def no_such_asking() -> NotFound:
    """Refuse a receipt number: in the same words whatever it is that there is not."""
    return NotFound(
        words("No question that we still have has this receipt number."),
        do=words(
            "Compare it with the one that you were given. We answer for six months, and for six"
            " months after a challenge was settled."
        ),
        at="receipt",
    )
