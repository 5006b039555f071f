"""Whose work a referral is: handing it over, and who stands in while somebody is away."""

from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.rules.officers import Officer, OfficerRef, Permission, may
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

ENDED = frozenset(
    {
        State.CLOSED,
        State.NOT_FOR_US,
        State.DUPLICATE,
        State.NOT_REFERRED,
        State.STATUTORY_ROUTE,
        State.WITHDRAWN,
    }
)
"""States in which nobody works on a referral; reopened, it waits for its owner again."""
OPEN = frozenset(State) - ENDED
MOST_AT_ONCE = 50
LONGEST_ABSENCE = timedelta(days=366)


class NothingToHandOver(Refused):
    """A referral that has come to an end is nobody’s work, so it is not handed over."""

    code = "E-HAND-01"
    kind = Kind.CONFLICT


class OwnedAlready(Refused):
    """A referral is handed over to somebody else than whose work it is."""

    code = "E-HAND-02"
    kind = Kind.CONFLICT


class CannotWorkOnIt(Refused):
    """Only an officer of the desk whose role works on referrals gets or reads them."""

    code = "E-HAND-03"
    clause = words("DPA 2018 s.57(4): access by default to no more people than needed")


class WorkLeftBehind(Refused):
    """Nobody leaves the desk while referrals wait for them: the work is handed over first."""

    code = "E-HAND-04"
    kind = Kind.CONFLICT


class TooManyAtOnce(Refused):
    """Handing over several at once is one reason for at most as many as one page shows."""

    code = "E-HAND-05"


class AbsenceDaysWrong(Refused):
    """An absence ends on or after its first day, not in the past, and within about a year."""

    code = "E-AWAY-01"


class StandInWrong(Refused):
    """Who stands in is another officer who may do the same work and is not away as well."""

    code = "E-AWAY-02"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """The days on which an officer is away, the last one included. Why is nobody’s business."""

    officer: OfficerRef
    first_day: date
    last_day: date
    stand_in: OfficerRef | None = None

    def covers(self, day: date) -> bool:
        """Say whether the officer is away on this day."""
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: "Absence") -> bool:
        """Say whether there is a day on which both are away."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def check_can_work_on_it(officer: Officer, *, at: str = "officer") -> None:
    """Refuse to give a referral, or to tell of it, to somebody whose role does not work on any."""
    if not may(officer, Permission.ASSESS):
        raise CannotWorkOnIt(
            words("{name} does not work on referrals."),
            do=words("Choose a colleague with the role officer or approver."),
            at=at,
            name=officer.name,
        )


def check_is_open(reference: str, state: State) -> None:
    """Refuse to hand over what has come to an end."""
    if state in ENDED:
        raise NothingToHandOver(
            words("Referral {reference} has come to an end."),
            do=words("Reopen it first if there is more to do."),
            reference=reference,
        )


def check_may_hand_over(
    reference: str, state: State, owner: OfficerRef, *, receiver: Officer
) -> None:
    """Refuse to hand over what has ended, or to whom it belongs already or could not do it."""
    check_can_work_on_it(receiver)
    check_is_open(reference, state)
    if receiver.ref == owner:
        raise OwnedAlready(
            words("Referral {reference} is the work of {name} already."),
            do=words("Choose another colleague."),
            at="officer",
            reference=reference,
            name=receiver.name,
        )


def check_count(count: int) -> None:
    """Refuse more referrals at once than anybody can look through."""
    if not 0 < count <= MOST_AT_ONCE:
        raise TooManyAtOnce(
            words("Choose between 1 and {most} referrals."),
            do=words("Hand over the rest in a second go."),
            at="references",
            most=str(MOST_AT_ONCE),
        )


def check_absence(
    absence: Absence, stand_in: Officer | None, *, theirs: Absence | None = None, today: date
) -> None:
    """Refuse days that make no absence, and somebody standing in who could not.

    ``theirs`` is the absence that is entered for whoever stands in.
    """
    _check_days(absence.first_day, absence.last_day, today)
    if stand_in is None:
        return
    if stand_in.ref == absence.officer or not may(stand_in, Permission.ASSESS):
        raise StandInWrong(
            words("{name} cannot stand in here."),
            do=words("Choose another officer or approver, or nobody."),
            at="stand_in",
            name=stand_in.name,
        )
    if theirs and absence.overlaps(theirs):
        raise StandInWrong(
            words("{name} is away on some of these days as well."),
            do=words("Choose another officer or approver, or nobody."),
            at="stand_in",
            name=stand_in.name,
        )


def _check_days(first: date, last: date, today: date) -> None:
    """Refuse days that make no absence, each mistake in its own words at its own question."""
    if last < first:
        raise AbsenceDaysWrong(
            words("The last day away is before the first."),
            do=words("Enter the day before they are back."),
            at="last_day",
        )
    if last < today:
        raise AbsenceDaysWrong(
            words("The last day away is past."),
            do=words("Enter today or a later day. For who is back, no absence is needed."),
            at="last_day",
        )
    if last - first > LONGEST_ABSENCE:
        raise AbsenceDaysWrong(
            words("These days are more than a year."),
            do=words("If nobody knows yet when it ends, enter a likely day and change it later."),
            at="last_day",
        )
