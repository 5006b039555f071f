"""Records counted in and out: what was there, came, went, and is there now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention import RecordKind
from evenhand.rules.words import words


class InBalance(StrEnum):
    """What is counted in and out: records, and lines of old systems that wait in quarantine."""

    REFERRAL = RecordKind.REFERRAL.value
    PERSON = RecordKind.PERSON.value
    OLD_RECORD = "old_record"


class CountsDoNotBalance(Refused):
    """No figure of records is given while what came and went does not explain what is there."""

    code = "E-CNT-29"
    clause = words("DPA 2018 s.39; FOIA 2000 s.1: exact counts of what was destroyed")
    kind = Kind.CONFLICT


class BalanceDaysWrong(Refused):
    """What came and went is counted from a first day to a last one that is not before it."""

    code = "E-CNT-30"


A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One kind of record over a period from one day to before another.

    ``close`` was counted, not worked out: it is what the rows and certificates say of that day.
    ``system``: the one that they came from; of all together nothing, and then ``by_system`` has
    each.
    """

    kind: InBalance
    system: str = ""
    start: date
    end: date
    open: int
    created: int
    imported: int
    disposed: int
    transferred: int
    close: int
    by_system: tuple["Balance", ...] = ()

    @property
    def difference(self) -> int:
        """How many records more are there than the movements explain."""
        explained = self.open + self.created + self.imported - self.disposed - self.transferred
        return self.close - explained


def added_up(kind: InBalance, start: date, end: date, by_system: Sequence[Balance]) -> Balance:
    """Give what came and went of all systems together."""
    return Balance(
        kind=kind,
        start=start,
        end=end,
        open=sum(it.open for it in by_system),
        created=sum(it.created for it in by_system),
        imported=sum(it.imported for it in by_system),
        disposed=sum(it.disposed for it in by_system),
        transferred=sum(it.transferred for it in by_system),
        close=sum(it.close for it in by_system),
        by_system=tuple(by_system),
    )


def check_days(first: date, last: date) -> None:
    """Refuse to count to a day before the first one, or to one that is too far ahead."""
    if last < first or date.max - last < A_YEAR:
        raise BalanceDaysWrong(
            words("The last day is before the first one, or too far ahead."),
            do=words("Give the first day and the last day of the time to count."),
            at="last",
        )


def check_balances(balance: Balance) -> None:
    """Refuse figures that do not add up, of all together or of one system alone. A29."""
    for it in (*balance.by_system, balance):
        if it.difference:
            raise CountsDoNotBalance(
                words("The records of kind {kind} do not add up: {difference} are not explained."),
                do=words(
                    "Give no figure. Tell the data protection officer and compare with the log."
                ),
                kind=it.kind,
                difference=str(it.difference),
            )
