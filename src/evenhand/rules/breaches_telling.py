"""A breach is told: to the Commissioner in phases with four contents, and to groups of people.

DPA 2018 ss.67 and 68.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from evenhand.rules.breaches import (
    TOLD,
    Breach,
    BreachIncomplete,
    BreachStands,
    Content,
    Group,
    PeopleNotTold,
    PeopleSettled,
    ToTell,
    check_open,
    missing,
)
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.texts import check_own_words, says_no_word, says_nothing
from evenhand.rules.words import words


def check_phase(
    breach: Breach,
    contents: Mapping[Content, str],
    told_at: datetime,
    *,
    late_because: str,
    rest_follows: bool,
    now: datetime,
) -> None:
    """Refuse to record that the Commissioner was told too little, or late without reasons.

    ``rest_follows``: what is missing is told in a later phase. s.67(5).
    """
    check_open(breach)
    raise_all(_faults_of_phase(breach, contents, told_at, late_because, rest_follows, now))


def _faults_of_phase(
    breach: Breach,
    contents: Mapping[Content, str],
    told_at: datetime,
    late_because: str,
    rest_follows: bool,
    now: datetime,
) -> Iterator[Refused]:
    given = {it for it, text in contents.items() if not says_nothing(text)}
    if not given:
        yield BreachIncomplete(
            words("It does not say what the Commissioner was told."),
            do=words("Enter what is known; the rest follows in a later phase."),
            at=Content.NATURE,
        )
    for lacking in (it for it in Content if it not in breach.told | given and not rest_follows):
        yield BreachIncomplete(
            words("One of the four contents is missing."),
            do=words("Enter it, or say that the rest follows."),
            at=lacking,
        )
    if not breach.aware_at <= told_at <= now:
        yield BreachIncomplete(
            words("This time is before somebody knew of the breach, or has not come yet."),
            do=words("Enter when the Commissioner was told."),
            at="told_at",
        )
    is_late = breach.first_told_at is None and told_at > breach.due_at
    if is_late and says_nothing(late_because):
        yield BreachIncomplete(
            words("The Commissioner was told after more than 72 hours, and no reasons are given."),
            do=words("Give the reasons for the delay. They go with what is told."),
            at="late_because",
        )


def check_not_told(breach: Breach, reason: str) -> None:
    """Refuse not to tell the Commissioner without a reason, or where that was done already."""
    check_open(breach)
    if breach.first_told_at is not None or breach.not_told:
        raise BreachStands(
            words("It is settled already whether the Commissioner is told."),
            do=words("Look at the record of the breach."),
        )
    if says_no_word(reason):
        raise BreachIncomplete(
            words("There is no reason why the Commissioner is not told."),
            do=words("Say why nobody’s rights and freedoms are likely to be in danger."),
            at="reason",
        )
    check_own_words(reason, at="reason")


def check_group(breach: Breach, group: Group) -> None:
    """Refuse to decide about a group of people without reasons, or without a ground where asked."""
    check_open(breach)
    check_own_words(group.reasons, at="reasons")
    if group.about < 1:
        raise PeopleNotTold(
            words("It does not say how many people they are."),
            do=words("Enter about how many; 1 at least."),
            at="about",
        )
    if (group.to_tell is ToTell.RESTRICTED) != (group.ground is not None):
        raise PeopleNotTold(
            words("A ground in law is needed where telling is restricted, and only there."),
            do=words("Choose the ground, or another answer."),
            at="ground",
        )


def check_told(
    to_tell: ToTell, contents: Mapping[Content, str], on: date, *, is_told: bool, today: date
) -> None:
    """Refuse to record that people were told without the four contents, or on a day to come."""
    if is_told or to_tell not in TOLD:
        raise PeopleSettled(
            words("These people were told already, or are not told."),
            do=words("Look at the record of the breach."),
        )
    raise_all(missing({it: contents.get(it, "") for it in Content}))
    if on > today:
        raise PeopleNotTold(
            words("This day has not come yet."),
            do=words("Enter the day on which they were told."),
            at="told_on",
        )
