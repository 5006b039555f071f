"""A statement is a fact or an assessment, never both, graded and coded."""

import pytest

from evenhand.rules.assessments import EvidenceMissing, Kind
from evenhand.rules.people import NotAsItStands
from evenhand.rules.people_statements import (
    Condition,
    GradeMissing,
    GradeOf,
    Handling,
    HandlingMissing,
    Information,
    SensitiveNotHeld,
    Source,
    Standing,
    Statement,
    check_may_verify,
    check_statement,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing, TextTooLong
from tests.builders import fact, opinion


def fault(said: Statement) -> Refused:
    with pytest.raises(Refused) as told:
        check_statement(said)
    assert not told.value.also, told.value.also
    return told.value


def test_a_fact_and_an_assessment_that_are_whole_are_taken() -> None:
    check_statement(fact())
    check_statement(opinion())


@pytest.mark.parametrize(
    ("said", "rule", "at"),
    [
        (fact(text=""), TextMissing, "text"),
        (fact(basis="x" * 10_001, source="y"), TextTooLong, None),
        (fact(source=" "), EvidenceMissing, "source"),
        (fact(basis="I think so."), EvidenceMissing, "basis"),
        (opinion(basis=""), EvidenceMissing, "basis"),
        (opinion(source="The content."), EvidenceMissing, "source"),
        (fact(sensitive=None), EvidenceMissing, "sensitive"),
        (fact(sensitive=True), SensitiveNotHeld, "sensitive"),
        (fact(grade_source=Source.RELIABLE), GradeMissing, "grade_source"),
        (opinion(grade_of=None), GradeMissing, "grade_of"),
        (opinion(grade_source=None), GradeMissing, "grade_source"),
        (opinion(grade_information=None), GradeMissing, "grade_information"),
        (fact(handling=None), HandlingMissing, "handling"),
        (opinion(conditions=frozenset()), HandlingMissing, "conditions"),
        (fact(conditions=frozenset({Condition.OVERT_USE})), HandlingMissing, "conditions"),
    ],
)
def test_what_is_not_whole_is_refused(said: Statement, rule: type[Refused], at: str | None) -> None:
    with pytest.raises(Refused) as told:
        check_statement(said)
    assert isinstance(told.value, rule)
    assert at is None or [it.at for it in told.value.every] == [at]


def test_the_codes_are_those_of_the_catalogue() -> None:
    assert fault(fact(source="")).code == "E-FACT-12"
    assert fault(opinion(grade_of=None)).code == "E-GRD-19"
    assert fault(fact(handling=None)).code == "E-HND-20"
    assert fault(fact(sensitive=True)).code == "E-SEN-03"


@pytest.mark.parametrize("of", GradeOf)
@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("information", Information)
def test_no_post_proves_its_own_claims(
    of: GradeOf, source: Source, information: Information
) -> None:
    said = opinion(grade_of=of, grade_source=source, grade_information=information)
    if (of, source, information) == ("post_is_true", "1", "A"):
        assert isinstance(fault(said), GradeMissing)
    else:
        check_statement(said)


def test_every_code_is_one_of_the_scheme() -> None:
    assert [*Source] == ["1", "2", "3"]
    assert [*Information] == ["A", "B", "C", "D", "E"]
    assert [*Handling] == ["P", "C"]
    assert [*Kind] == ["fact", "assessment"]


@pytest.mark.parametrize("standing", Standing)
def test_only_what_stands_is_verified_again(standing: Standing) -> None:
    if standing is Standing.STANDING:
        check_may_verify(standing)
        return
    with pytest.raises(NotAsItStands):
        check_may_verify(standing)
