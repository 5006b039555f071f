"""What is said of a person: a fact with its source, or an assessment with its basis and grade."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.assessments import EvidenceMissing, Kind
from evenhand.rules.people import NotAsItStands
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.texts import LONG, SHORT, check_given, check_text, says_nothing
from evenhand.rules.words import words


class Source(StrEnum):
    """How far the source can be relied on: the first part of 3x5x2."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class Information(StrEnum):
    """How the source knows it: the second part of 3x5x2."""

    DIRECTLY = "A"
    INDIRECTLY_CORROBORATED = "B"
    INDIRECTLY = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


class Handling(StrEnum):
    """Whether it may be shared: the third part of 3x5x2."""

    PERMITTED = "P"
    CONDITIONS = "C"


class Condition(StrEnum):
    """A condition of sharing. College of Policing; A1 to A3 and S1, S2 are not verified."""

    COVERT_DEVELOPMENT = "A1"
    COVERT_USE = "A2"
    OVERT_USE = "A3"
    DELEGATED = "S1"
    CONSULT_ORIGINATOR = "S2"


class GradeOf(StrEnum):
    """What a grade is about: that something was posted is one thing, that it is true another."""

    WAS_POSTED = "was_posted"
    POST_IS_TRUE = "post_is_true"
    OTHER = "other"


SOURCE_WORDS: Mapping[Source, str] = {
    Source.RELIABLE: words("1: reliable"),
    Source.UNTESTED: words("2: untested"),
    Source.NOT_RELIABLE: words("3: not reliable"),
}
INFORMATION_WORDS: Mapping[Information, str] = {
    Information.DIRECTLY: words("A: known directly to the source"),
    Information.INDIRECTLY_CORROBORATED: words("B: known indirectly, but corroborated"),
    Information.INDIRECTLY: words("C: known indirectly"),
    Information.NOT_KNOWN: words("D: not known how"),
    Information.SUSPECTED_FALSE: words("E: suspected to be false"),
}
HANDLING_WORDS: Mapping[Handling, str] = {
    Handling.PERMITTED: words("P: lawful sharing permitted"),
    Handling.CONDITIONS: words("C: lawful sharing permitted with conditions"),
}
CONDITION_WORDS: Mapping[Condition, str] = {
    Condition.COVERT_DEVELOPMENT: words("A1: covert development"),
    Condition.COVERT_USE: words("A2: covert use"),
    Condition.OVERT_USE: words("A3: overt use"),
    Condition.DELEGATED: words("S1: delegated authority to share"),
    Condition.CONSULT_ORIGINATOR: words("S2: consult the originator first"),
}
GRADE_OF_WORDS: Mapping[GradeOf, str] = {
    GradeOf.WAS_POSTED: words("That this was posted"),
    GradeOf.POST_IS_TRUE: words("That what the post says is true"),
    GradeOf.OTHER: words("Something that does not come from a post"),
}
"""What people call grades, handling codes and conditions."""


class Standing(StrEnum):
    """How far a statement can be relied on. Only a standing one is shown and shared."""

    STANDING = "standing"
    CONTESTED = "contested"
    RESTRICTED = "restricted"
    REPLACED = "replaced"


class StatementIncomplete(EvidenceMissing):
    """A statement is a fact with its source or an assessment with its basis, never both."""


class GradeMissing(Refused):
    """An assessment has all three parts of 3x5x2; no post proves its own claims (never 1A)."""

    code = "E-GRD-19"
    clause = words("College of Policing: intelligence report, 3x5x2")


class HandlingMissing(Refused):
    """A statement has the handling code P or C; C names at least one condition, P none."""

    code = "E-HND-20"
    clause = words("College of Policing: intelligence report, 3x5x2; conditions not verified")
    verified = False


class SensitiveNotHeld(Refused):
    """What reveals race, belief, politics, health or sexuality is not held by this desk."""

    code = "E-SEN-03"
    clause = words("DPA 2018 s.35(3), (5) and (8)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one officer says of a person. ``basis_holder``: who keeps the records behind it.

    ``sensitive``: the officer’s own answer whether it reveals what s.35(8) protects; None: not
    answered.
    """

    kind: Kind
    text: str
    source: str = ""
    basis: str = ""
    basis_holder: str = ""
    grade_of: GradeOf | None = None
    grade_source: Source | None = None
    grade_information: Information | None = None
    handling: Handling | None = None
    conditions: frozenset[Condition] = frozenset()
    sensitive: bool | None = None


def check_statement(statement: Statement) -> None:
    """Refuse a statement that is not told apart, graded or coded, every fault at once."""
    raise_all(_faults(statement))


def check_may_verify(standing: Standing) -> None:
    """Refuse to call right again what is contested, restricted or replaced. A16."""
    if standing is not Standing.STANDING:
        raise NotAsItStands(
            words("This statement is contested, restricted or replaced."),
            do=words("Have a second officer settle it first."),
            at="about",
        )


def _faults(statement: Statement) -> Iterator[Refused]:
    for text, at, most in (
        (statement.text, "text", LONG),
        (statement.source, "source", LONG),
        (statement.basis, "basis", LONG),
        (statement.basis_holder, "basis_holder", SHORT),
    ):
        try:
            (check_given if at == "text" else check_text)(text, at=at, most=most)
        except Refused as refused:
            yield refused
    yield from _faults_of_sensitivity(statement)
    yield from _faults_of_kind(statement)
    yield from _faults_of_grade(statement)
    yield from _faults_of_handling(statement)


def _faults_of_sensitivity(statement: Statement) -> Iterator[Refused]:
    if statement.sensitive is None:
        yield StatementIncomplete(
            words("You have not said whether this reveals something sensitive."),
            do=words("Answer yes or no."),
            at="sensitive",
        )
    elif statement.sensitive:
        yield SensitiveNotHeld(
            words("This reveals something that this desk does not hold. Nothing was stored."),
            do=words("Say it without that, or leave it out."),
            at="sensitive",
        )


def _faults_of_kind(statement: Statement) -> Iterator[Refused]:
    needed, forbidden = ("source", "basis")
    if statement.kind is Kind.ASSESSMENT:
        needed, forbidden = forbidden, needed
    if says_nothing(getattr(statement, needed)):
        yield StatementIncomplete(
            words("It does not say yet what this rests on."),
            do=words("A fact has a source, an assessment has a basis. Say it in own words."),
            at=needed,
        )
    if getattr(statement, forbidden):
        yield StatementIncomplete(
            words("This is a fact and an assessment in one."),
            do=words("Make two statements of it, one of each kind."),
            at=forbidden,
        )


def _faults_of_grade(statement: Statement) -> Iterator[Refused]:
    grade = (statement.grade_of, statement.grade_source, statement.grade_information)
    if statement.kind is Kind.FACT:
        if any(grade):
            yield GradeMissing(
                words("A fact has no grade: its source is named."),
                do=words("Leave the grade empty, or make it an assessment."),
                at="grade_source",
            )
        return
    for part, at in zip(grade, ("grade_of", "grade_source", "grade_information"), strict=True):
        if part is None:
            yield GradeMissing(
                words("A part of the grade is missing."),
                do=words("Choose it. If you do not know: 2 and D."),
                at=at,
            )
    if grade == (GradeOf.POST_IS_TRUE, Source.RELIABLE, Information.DIRECTLY):
        yield GradeMissing(
            words("That a post says something does not make it 1A that it is true."),
            do=words("Grade what the post claims lower, or only that it was posted."),
            at="grade_source",
        )


def _faults_of_handling(statement: Statement) -> Iterator[Refused]:
    if statement.handling is None:
        yield HandlingMissing(
            words("There is no handling code yet."), do=words("Choose P or C."), at="handling"
        )
    elif (statement.handling is Handling.CONDITIONS) != bool(statement.conditions):
        yield HandlingMissing(
            words("The handling code and the conditions do not fit together."),
            do=words("C has at least one condition. P has none."),
            at="conditions",
        )
