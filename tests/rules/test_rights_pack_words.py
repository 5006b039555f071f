"""A pack says in words what the record holds as codes, and names every code that there is."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from evenhand.rules.agreements import Field
from evenhand.rules.assessments import Kind
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import HoldKind
from evenhand.rules.notification import RestrictionGround, Telling
from evenhand.rules.people import PersonStanding, RestrictedBecause
from evenhand.rules.people_ages import AgeBasis
from evenhand.rules.people_grounds import Ground
from evenhand.rules.people_roles import SCHEDULES as KEPT_UNDER
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import (
    Condition,
    GradeOf,
    Handling,
    Information,
    Source,
    Standing,
)
from evenhand.rules.purposes import Purpose
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.reviews import ReviewOutcome, ReviewStanding
from evenhand.rules.rights_pack import SECTIONS, told_of
from evenhand.rules.rights_pack_about import ABOUT
from evenhand.rules.rights_pack_words import (
    A_STATEMENT,
    AS_THEY_ARE,
    ROLES,
    SCHEDULES,
    VALUES,
    in_words,
)
from evenhand.rules.sharing import Carrier
from evenhand.rules.sharing import Standing as PackageStanding

KNOWN: Mapping[str, type[StrEnum]] = {
    "person.standing": PersonStanding,
    "person.restricted_because": RestrictedBecause,
    "person.age_basis": AgeBasis,
    "person.telling": Telling,
    "person.erase_because": Duty,
    "person_link.role": PersonRole,
    "person_link.grounds": Ground,
    "person_statement.kind": Kind,
    "person_statement.grade_of": GradeOf,
    "person_statement.grade_source": Source,
    "person_statement.grade_information": Information,
    "person_statement.handling": Handling,
    "person_statement.handling_conditions": Condition,
    "person_statement.standing": Standing,
    "purpose_change.purpose": Purpose,
    "notify_decision.telling": Telling,
    "notify_decision.ground": RestrictionGround,
    "disclosure.standing": PackageStanding,
    "disclosure.purpose": Purpose,
    "disclosure.carrier": Carrier,
    "disclosure.fields": Field,
    "review.outcome": ReviewOutcome,
    "review.standing": ReviewStanding,
    "hold.kind": HoldKind,
}


@pytest.mark.parametrize("column", KNOWN)
def test_every_code_of_a_column_has_its_words(column: str) -> None:
    assert {str(it) for it in KNOWN[column]} == {str(it) for it in VALUES[column]}


def test_what_a_step_was_about_is_said_part_by_part() -> None:
    assert in_words("person_step", "about", "name age", said=str) == "Your name, Your age"
    assert in_words("person_step", "about", "victim", said=str) == "Victim"
    assert in_words("person_step", "about", "c71384ab-184a", said=str) == A_STATEMENT
    assert in_words("person_step", "what", "authorise", said=str).startswith("A second officer")


def test_what_is_no_code_is_given_as_it_is() -> None:
    assert in_words("person", "reference", "P-7K3M9XQA", said=str) == "P-7K3M9XQA"
    assert in_words("hold", "kind", "of another time", said=str) == "of another time"
    assert not AS_THEY_ARE & VALUES.keys()


def test_a_code_is_said_in_the_language_of_whoever_reads_it() -> None:
    assert in_words("person", "standing", "held", said=str.upper) == "HELD"
    assert in_words("person_step", "about", "name age", said=str.upper) == "YOUR NAME, YOUR AGE"


def test_every_column_of_a_pack_is_called_something_and_nothing_else_is() -> None:
    given = {f"{it.table}.{it.column}" for table in SECTIONS for it in told_of(table, REGISTER)}
    assert ABOUT.keys() == given


def test_a_pack_speaks_to_its_reader_and_of_nobody_else_as_they() -> None:
    spoken = [*ABOUT.values(), *(it for codes in VALUES.values() for it in codes.values())]
    assert not [it for it in spoken if {"this", "person"} <= set(it.lower().split())]
    assert not [it for it in spoken if "as a code" in it or "as codes" in it or "3x5x2" in it]


def test_a_record_of_somebody_is_kept_under_a_row_that_a_pack_can_name() -> None:
    assert set(KEPT_UNDER.values()) <= SCHEDULES.keys()
    assert set(ROLES) == set(KEPT_UNDER)
