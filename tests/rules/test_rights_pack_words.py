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
from evenhand.rules.rights_pack import SECTIONS, said_of, told_of
from evenhand.rules.rights_pack_words import A_STATEMENT, AS_THEY_ARE, VALUES, in_words
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
    assert in_words("person_step", "about", "name age") == "Your name, Your age"
    assert in_words("person_step", "about", "victim") == "Victim"
    assert in_words("person_step", "about", "c71384ab-184a") == A_STATEMENT
    assert in_words("person_step", "what", "authorise").startswith("A second officer")


def test_what_is_no_code_is_given_as_it_is() -> None:
    assert in_words("person", "reference", "P-7K3M9XQA") == "P-7K3M9XQA"
    assert in_words("hold", "kind", "of another time") == "of another time"
    assert not AS_THEY_ARE & VALUES.keys()


def test_no_column_of_a_pack_is_said_to_hold_codes() -> None:
    lines = [it for table in SECTIONS for it in told_of(table, REGISTER)]
    assert not [
        it.column for it in lines if "as a code" in said_of(it) or "as codes" in said_of(it)
    ]
    assert any("as a code" in it.about for it in lines)
