"""Of which days a number of the library is."""

from dataclasses import dataclass

from evenhand.rules.words import words


@dataclass(frozen=True, slots=True)
class Basis:
    """Whether a number is of days on which something happened, or of what is there on one day."""

    is_of_days: bool
    says: str


HAPPENED = Basis(True, words("Counted on the day on which it happened."))
THERE = Basis(False, words("What is there at the end of the day as at which it is asked."))
