"""Breaches of personal data: recorded every one, told to the Commissioner in time, and to people.

DPA 2018 ss.67 and 68. The hours are UTC hours that pass, at night and on holidays too.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from evenhand.rules.notification import RestrictionGround
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import check_given
from evenhand.rules.words import words

S67 = words("DPA 2018 s.67: telling the Commissioner of a breach")
S68 = words("DPA 2018 s.68: telling people of a breach")
RAISED = (timedelta(hours=24), timedelta(hours=48), timedelta(hours=60))
"""After so long without having been told to the Commissioner, a breach is more urgent."""


class BreachKind(StrEnum):
    """What happened to the data. More than one may be so."""

    DISCLOSED = "disclosed"
    ALTERED = "altered"
    LOST = "lost"


class Content(StrEnum):
    """The four contents of what the Commissioner and people are told. ss.67(4), 68(2)."""

    NATURE = "nature"
    CONTACT = "contact"
    CONSEQUENCES = "consequences"
    MEASURES = "measures"


class Noted(StrEnum):
    """What is added to the record of a breach; nothing of it is ever changed. s.67(6)."""

    FACTS = "facts"
    EFFECTS = "effects"
    REMEDY = "remedy"
    CORRECTION = "correction"


RECORD = (Noted.FACTS, Noted.EFFECTS, Noted.REMEDY)
"""What the record of every breach holds before it is closed."""


class Whom(StrEnum):
    """Whose data it was."""

    SUSPECTS = "suspects"
    VICTIMS = "victims"
    WITNESSES = "witnesses"
    REPORTERS = "reporters"
    POSTERS = "posters"
    STAFF = "staff"
    OTHERS = "others"


class ToTell(StrEnum):
    """Whether a group of people is told, or why not: not high, or s.68(3)(a) to (c), or s.68(7)."""

    TELL = "tell"
    NOT_HIGH = "not_high"
    PROTECTED = "protected"
    AVERTED = "averted"
    EFFORT = "effort"
    RESTRICTED = "restricted"


TOLD = frozenset({ToTell.TELL, ToTell.EFFORT})
"""Where somebody is told: the people, or, where that takes too much effort, the public. s.68(5)."""


class Urgency(StrEnum):
    """How far the time is gone in which the Commissioner is told."""

    SETTLED = "settled"
    BEGUN = "begun"
    AFTER_24 = "after_24"
    AFTER_48 = "after_48"
    AFTER_60 = "after_60"
    LATE = "late"


class BreachIncomplete(Refused):
    """A breach is recorded, told with its four contents within 72 hours, or reasons say why not."""

    code = "E-BRE-66"
    clause = S67


class BreachStands(BreachIncomplete):
    """What was recorded of a breach stands: it goes its way once, and is never changed."""

    kind = Kind.CONFLICT


class PeopleNotTold(Refused):
    """People in high danger from a breach are told the four contents, or a ground says why not."""

    code = "E-BRE-67"
    clause = S68


class PeopleSettled(PeopleNotTold):
    """A group of people is told once."""

    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People whose data a breach touched, counted roughly: who is told, and why else not."""

    whom: Whom
    about: int
    under_18: bool
    to_tell: ToTell
    reasons: str
    ground: RestrictionGround | None = None

    @property
    def needs_protected_route(self) -> bool:
        """Say whether they are reached only by a way that does not put them in danger."""
        return self.under_18 or self.whom in {Whom.VICTIMS, Whom.WITNESSES, Whom.REPORTERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A breach as the rules see it.

    ``told``: which contents the Commissioner has. ``not_told``: there is a reason why nobody tells
    the Commissioner. ``noted``: what the record holds. ``owed``: of so many groups, people are
    still to be told; ``groups``: of so many it was decided.
    """

    aware_at: datetime
    due_at: datetime
    first_told_at: datetime | None = None
    told: frozenset[Content] = frozenset()
    not_told: bool = False
    noted: frozenset[Noted] = frozenset()
    groups: int = 0
    owed: int = 0
    is_closed: bool = False
    is_erased: bool = False

    @property
    def is_told_whole(self) -> bool:
        """Say whether the Commissioner has all four contents."""
        return self.told >= set(Content)


def urgency(breach: Breach, *, now: datetime) -> Urgency:
    """Say how urgent it is that the Commissioner is told."""
    if breach.is_closed or breach.not_told or breach.first_told_at is not None:
        return Urgency.SETTLED
    if now > breach.due_at:
        return Urgency.LATE
    passed = sum(now - breach.aware_at >= it for it in RAISED)
    return (Urgency.BEGUN, Urgency.AFTER_24, Urgency.AFTER_48, Urgency.AFTER_60)[passed]


def check_begun(
    kinds: Collection[BreachKind], facts: str, aware_at: datetime, *, now: datetime
) -> None:
    """Refuse a breach of no kind, without facts, or that somebody will know of only later."""
    raise_all(_faults_of_beginning(kinds, facts, aware_at, now))


def _faults_of_beginning(
    kinds: Collection[BreachKind], facts: str, aware_at: datetime, now: datetime
) -> Iterator[Refused]:
    if not kinds:
        yield BreachIncomplete(
            words("It does not say what happened to the data."),
            do=words("Choose at least one."),
            at="kinds",
        )
    if aware_at > now:
        yield BreachIncomplete(
            words("This time has not come yet."),
            do=words("Enter when somebody on the desk first knew of it."),
            at="aware_at",
        )
    yield from missing({"facts": facts})


def missing(texts: Mapping[str, str]) -> Iterator[Refused]:
    """Give what is wrong with each of these texts, named by where it was asked. E-TEXT-01."""
    for at, text in texts.items():
        try:
            check_given(text, at=at)
        except Refused as refused:
            yield refused


def check_open(breach: Breach) -> None:
    """Refuse to go on with a breach that is closed."""
    if breach.is_closed:
        raise BreachStands(
            words("This breach is closed."),
            do=words("Add a correction, or record a new breach."),
        )


def check_not_erased(breach: Breach) -> None:
    """Refuse to go on with a breach of which only the facts are left."""
    if breach.is_erased:
        raise BreachStands(
            words("The words of this breach were erased when their time was over."),
            do=words("Record a new breach if there is one."),
        )


def check_note(breach: Breach, what: Noted, text: str) -> None:
    """Refuse to add nothing, or anything but a correction once it is closed."""
    if what is not Noted.CORRECTION:
        check_open(breach)
    check_given(text, at="text")


def check_may_close(breach: Breach) -> None:
    """Refuse to close a breach whose record, or whose telling, is not whole."""
    check_open(breach)
    if not set(RECORD) <= breach.noted:
        raise BreachStands(
            words("The record lacks the facts, the effects or the remedy."),
            do=words("Add what is missing first."),
        )
    if not (breach.is_told_whole or breach.not_told):
        raise BreachStands(
            words("The Commissioner was not told all four contents, and no reason says why not."),
            do=words("Record what was told, or why it is not."),
        )
    if breach.owed or (breach.first_told_at is not None and not breach.groups):
        raise PeopleSettled(
            words("It is not settled yet whether the people are told, or they were not told."),
            do=words("Decide for each group, and tell those who are to be told."),
        )
