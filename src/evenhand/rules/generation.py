"""What a synthetic desk may be made of."""

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

MOST_REFERRALS = 10_000_000


class GenerationWrong(Refused):
    """A synthetic desk has at least one referral, and a number that a desk can hold."""

    code = "E-GEN-01"


class NoPeopleHere(Refused):
    """Synthetic people are made only where the desk holds people at all."""

    code = "E-GEN-02"
    clause = words("DPA 2018 s.37: not excessive")


def check_can_generate(referrals: int, people: int) -> None:
    """Refuse a number of referrals that is none or too many, and people."""
    if not 1 <= referrals <= MOST_REFERRALS:
        raise GenerationWrong(
            words("{count} referrals cannot be generated."),
            do=words("Choose a number from 1 to {most}."),
            at="referrals",
            count=f"{referrals:,}",
            most=f"{MOST_REFERRALS:,}",
        )
    if people:
        raise NoPeopleHere(
            words("This desk holds no data about people yet, so none can be generated."),
            do=words("Leave out --people, or give 0."),
            at="people",
        )
