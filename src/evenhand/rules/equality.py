"""The equality tally: counts by perceived or stated ethnic group that no record can be joined to.

Equality Act 2010 s.149; DPA 2018 ss.35(8) and 41. A79: no key of a record or a person, no time
finer than a quarter, only added to, and read only as tables in which small numbers are hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.disparity import Quarter
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention_schedules import Schedule, dates
from evenhand.rules.words import words

SCHEDULE = "D18"
"""How long the counts of a quarter are kept."""


class Basis(StrEnum):
    """Whose word it is: an officer's impression, the person's own, or nobody was asked."""

    PERCEIVED = "perceived"
    STATED = "stated"
    NOT_ASKED = "not_asked"


class Part(StrEnum):
    """In what part somebody is in the content or the case."""

    POSTER = "poster"
    SUSPECT = "suspect"
    VICTIM = "victim"
    WITNESS = "witness"


PERCEIVED: Mapping[str, str] = {
    "ic1": words("White, North European"),
    "ic2": words("White, South European"),
    "ic3": words("Black"),
    "ic4": words("Asian, Indian subcontinent"),
    "ic5": words("Chinese, Japanese, Korean or other Southeast Asian"),
    "ic6": words("Arab or North African"),
    "ic9": words("Unknown"),
}
"""The identity codes that police in England and Wales use for what an officer perceives."""
STATED: Mapping[str, str] = {
    "w1": words("English, Welsh, Scottish, Northern Irish or British"),
    "w2": words("Irish"),
    "w3": words("Gypsy or Irish Traveller"),
    "w9": words("Any other White background"),
    "m1": words("White and Black Caribbean"),
    "m2": words("White and Black African"),
    "m3": words("White and Asian"),
    "m9": words("Any other Mixed or Multiple ethnic background"),
    "a1": words("Indian"),
    "a2": words("Pakistani"),
    "a3": words("Bangladeshi"),
    "a4": words("Chinese"),
    "a9": words("Any other Asian background"),
    "b2": words("African"),
    "b1": words("Caribbean"),
    "b9": words("Any other Black, African or Caribbean background"),
    "o2": words("Arab"),
    "o9": words("Any other ethnic group"),
    "ns": words("Not stated"),
}
"""The ethnic groups of the census of England and Wales of 2021, as people state them."""
ANSWERS: Mapping[Basis, Mapping[str, str]] = {
    Basis.PERCEIVED: PERCEIVED,
    Basis.STATED: STATED,
    Basis.NOT_ASKED: {"": words("Not asked, not perceived")},
}
NOBODY = words("Nobody was counted in this quarter.")
TOO_FEW = words("No table is shown: the numbers in it are too small.")
"""What is said where there is no table: that nobody is in it tells of no person."""
NOT_KNOWN = frozenset({"", "ic9", "ns"})
"""Answers that say of no group that somebody belongs to it."""


class NotTallied(Refused):
    """The tally is kept only where the profile says so, of answers on its list."""

    code = "E-EQ-79"
    clause = words("Equality Act 2010 s.149; DPA 2018 ss.35(8) and 41")


class TallyOff(NotTallied):
    """A desk whose profile has no tally keeps none."""

    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Answer:
    """What is counted of somebody: in what part, on whose word, and the group."""

    part: Part
    basis: Basis
    group: str = ""


def check_tally(answer: Answer, *, is_on: bool) -> None:
    """Refuse to tally on a desk without a tally, or what is not on the list."""
    if not is_on:
        raise TallyOff(
            words("This desk keeps no equality tally."),
            do=words("The profile of the desk can switch it on."),
        )
    if answer.group not in ANSWERS[answer.basis]:
        raise NotTallied(
            words("This is no answer of this kind."),
            do=words("Choose one of the list."),
            at="group",
        )


def is_over(quarter: Quarter, schedule: Schedule, *, today: date) -> bool:
    """Say whether the time of the counts of a quarter is over."""
    return dates(schedule, quarter.end, child=False).max_on <= today
