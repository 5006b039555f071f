"""The record of processing activities: whether the policy on keeping was followed, and why not."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why the record cannot say that all is as it should be. DPA 2018 s.42(4), ss.42 and 64."""

    KEPT_TOO_LONG = "kept_too_long"
    NO_POLICY = "no_policy"
    NO_CONDITION = "no_condition"
    POLICY_OVERDUE = "policy_overdue"
    NO_ASSESSMENT = "no_assessment"
    NO_OFFICER = "no_officer"
    REGISTERS_OVERDUE = "registers_overdue"
    PARTY_LAPSED = "party_lapsed"


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one row of the schedule: so many past their last day, and how many of them on hold.

    A hold is the recorded reason for which something is kept longer.
    """

    schedule: str
    late: int
    held: int

    @property
    def without_reason(self) -> int:
        """How many are kept too long, and nothing says why."""
        return self.late - self.held
