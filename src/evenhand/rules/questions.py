"""Questions that the desk answers exactly: what is counted, of which days, as it was known when.

The same question as at the same day has the same answer for ever. What each number means is in
``rules/questions_library``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypedDict

from evenhand.rules.balance import CountsDoNotBalance
from evenhand.rules.publishing_tables import About
from evenhand.rules.questions_basis import Basis
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words


class By(StrEnum):
    """What a number may be divided by. There is no officer, no place and no genre among them."""

    KIND = "kind"
    SYSTEM = "system"
    SOURCE = "source"
    PLATFORM = "platform"
    GROUND = "ground"
    HARM = "harm"
    OUTCOME = "outcome"
    DAYS = "days"
    ROLE = "role"
    AGE = "age"
    BECAUSE = "because"
    WHAT = "what"
    RECIPIENT = "recipient"
    AGREEMENT = "agreement"
    PURPOSE = "purpose"
    ANSWER = "answer"
    ACT = "act"
    ACTOR = "actor"
    TELLING = "telling"
    STANDING = "standing"
    MONTH = "month"
    FIRST = "first"
    NEW = "new"
    KNOWN = "known"
    UNTIL = "until"
    CHILD = "child"
    STEP = "step"
    SENT = "sent"


class QuestionWrong(Refused):
    """A question is one of the library, of days that have come, divided by what it may be."""

    code = "E-COUNT-03"
    clause = words("FOIA 2000 s.1(1), (4): what was held when the request arrived")


class NotHeldIsUntrue(Refused):
    """“Not held” is no answer to a question that the desk’s own records answer."""

    code = "E-FOI-82"
    clause = words("FOIA 2000 s.1(1): whether it is held, and the information")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One number of the library: what it is, on which basis, and what it may be divided by.

    ``counted`` names the count it is read from and ``parts`` what tells one count of it from the
    next, in their order; ``only`` are the parts it is limited to. ``late``: only what is past its
    day. ``less``: the count of those that may be one with another, which is not decided.
    ``among``: the questions whose number this one is a part of, the largest first.
    ``published_as``: what is published of it, where it is for the desk and its overseers only.
    """

    code: str
    title: str
    definition: str
    counted: str
    parts: tuple[By, ...]
    by: tuple[By, ...]
    basis: Basis
    about: About = About.WORK
    only: Mapping[By, frozenset[str]] = field(default_factory=dict)
    late: bool = False
    less: str = ""
    among: tuple[str, ...] = ()
    published_as: str = ""

    @property
    def has_people_among_others(self) -> bool:
        """Say whether people’s records are in this number beside others, unless it is divided."""
        return self.about is About.PEOPLE and By.KIND in self.parts

    @property
    def subject(self) -> str:
        """Name what is counted, one name for all questions that count some of the same."""
        return [*self.among, self.code][0]

    @property
    def part(self) -> tuple[str, ...]:
        """Say which of the subject is counted: nothing where it is all of it."""
        return (*self.among, self.code)[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. Days from ``start`` to before ``end``; no ``start``: from the beginning.

    ``as_at``: as the desk knew it at the end of that day.
    """

    code: str
    as_at: date
    start: date | None = None
    end: date | None = None
    by: tuple[By, ...] = ()


class Asked(TypedDict):
    """A question as it is written down: days as text, an empty one for none."""

    code: str
    as_at: str
    start: str
    end: str
    by: Sequence[str]


def question_from(asked: Asked) -> Question:
    """Read a question as it was written down."""
    return Question(
        code=asked["code"],
        as_at=date.fromisoformat(asked["as_at"]),
        start=date.fromisoformat(asked["start"]) if asked["start"] else None,
        end=date.fromisoformat(asked["end"]) if asked["end"] else None,
        by=tuple(By(it) for it in asked["by"]),
    )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the log was signed when an answer was given. ``size`` 0: nothing is signed yet."""

    size: int
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One number of an answer and what it is of, in the order of the question’s ``by``."""

    of: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balanced:
    """Records of one kind and system: created and imported is held, disposed and transferred."""

    kind: str
    system: str
    created: int
    imported: int
    held: int
    disposed: int
    transferred: int

    @property
    def difference(self) -> int:
        """How many records are not explained."""
        return self.created + self.imported - self.held - self.disposed - self.transferred


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An exact answer: its number, its parts, what it means, and how far the log was.

    ``digest`` is of the question and its numbers: equal whenever it is asked. ``at_least``: where
    it is not decided yet whether two are one, how many there are at least; ``exact`` is at most.
    ``balance``: the records of the desk on the day, which add up.
    """

    question: Question
    meaning: Meaning
    exact: int
    lines: Sequence[Line]
    at_least: int | None
    balance: Sequence[Balanced]
    checkpoint: Checkpoint
    digest: bytes


def check_question(question: Question, meaning: Meaning, *, since: date, today: date) -> None:
    """Refuse a question that has no exact answer. Raises QuestionWrong."""
    if not since <= question.as_at <= today:
        raise QuestionWrong(
            words("What the desk knew on {day} is not kept, or has not come yet."),
            do=words("Choose today or an earlier day, from {since} on."),
            at="as_at",
            day=question.as_at.isoformat(),
            since=since.isoformat(),
        )
    if not meaning.basis.is_of_days and (question.start or question.end):
        raise QuestionWrong(
            words("This is the number of one day, and has no period."),
            do=words("Leave both days empty, and say as at which day."),
            at="start",
        )
    if question.start and question.end and question.start >= question.end:
        raise QuestionWrong(
            words("The period ends before it begins."),
            do=words("Give the first day, and the day after the last."),
            at="end",
        )
    twice = len(set(question.by)) < len(question.by)
    if wrong := [it for it in question.by if twice or it not in meaning.by]:
        raise QuestionWrong(
            words("This number is not divided by {by}."),
            do=words("Choose one of those that the library names."),
            at="by",
            by=", ".join(wrong),
        )


def check_may_say_not_held(answered_by: Sequence[str]) -> None:
    """Refuse to say “not held” of what questions of the library answer. A82."""
    if answered_by:
        raise NotHeldIsUntrue(
            words("The desk’s own records answer this: {codes}."),
            do=words("Answer it from the library, or say which exemption applies and why."),
            codes=", ".join(answered_by),
        )


def check_balances(balance: Sequence[Balanced]) -> None:
    """Refuse to answer while what came and went does not explain what is there. A29."""
    for it in balance:
        if it.difference:
            raise CountsDoNotBalance(
                words("The records of kind {kind} do not add up: {difference} are not explained."),
                do=words(
                    "Give no figure. Tell the data protection officer and compare with the log."
                ),
                kind=it.kind,
                difference=str(it.difference),
            )
