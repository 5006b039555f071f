"""What an assessment must answer."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.assessments import (
    KINDS,
    Assessment,
    Child,
    Expression,
    Ground,
    GroundMismatch,
    check_answer,
    check_assessment,
    questions,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG
from tests.builders import EMPTY_TEXTS, assessment, terms_only

ALWAYS = {
    "evidence_inside": "E-FACT-12",
    "evidence_outside": "E-FACT-12",
    "supports_opposite": "E-PROP-80",
    "less_intrusive": "E-PROP-80",
    "necessity": "E-LAW-02",
}
LAW = {"provision": "E-LAW-02", "provision_why": "E-LAW-02"}
POLICY = {"policy_clause": "E-REF-81", "policy_version": "E-REF-81", "policy_why": "E-REF-81"}
WEIGHING = {"expression_weighing": "E-PROP-80"}
CHILD = {"child_interests": "E-CHD-75"}


def faults(given_answers: Assessment, *, x1: bool = False) -> dict[str, str]:
    try:
        check_assessment(given_answers, terms_only=x1)
    except Refused as refused:
        return {it.at: it.code for it in refused.every}
    return {}


@pytest.mark.parametrize(
    ("ground", "expression", "child", "asked"),
    [
        (Ground.ILLEGAL, frozenset(), Child.NO, ALWAYS | LAW),
        (Ground.TERMS, frozenset(), Child.NO, ALWAYS | POLICY),
        (Ground.BOTH, frozenset(), Child.NO, ALWAYS | LAW | POLICY),
        (Ground.ILLEGAL, frozenset({Expression.ARTISTIC}), Child.NO, ALWAYS | LAW | WEIGHING),
        (Ground.ILLEGAL, frozenset(), Child.LIKELY, ALWAYS | LAW | CHILD),
        (Ground.ILLEGAL, frozenset(), Child.YES, ALWAYS | LAW | CHILD),
        (Ground.BOTH, frozenset(Expression), Child.YES, {
            **ALWAYS, **LAW, **POLICY, **WEIGHING, **CHILD,
        }),
    ],
)  # fmt: skip
def test_every_question_without_an_answer_is_named_with_its_rule(
    ground: Ground, expression: frozenset[Expression], child: Child, asked: dict[str, str]
) -> None:
    assert questions(ground, expression, child) == set(asked)
    empty = assessment(ground=ground, expression=expression, child=child, **EMPTY_TEXTS)
    assert faults(empty) == asked
    blank = assessment(
        ground=ground, expression=expression, child=child, **dict.fromkeys(KINDS, " \u2003\n")
    )
    assert faults(blank) == asked


def test_a_complete_assessment_passes() -> None:
    assert faults(assessment()) == {}
    assert faults(terms_only(), x1=True) == {}


def test_before_a_ground_is_chosen_only_what_is_always_asked_is_asked() -> None:
    assert questions(None, frozenset(), None) == set(ALWAYS)


@given(
    st.sampled_from(Ground),
    st.frozensets(st.sampled_from(Expression)),
    st.sampled_from(Child),
)
def test_weighing_and_a_childs_interests_are_asked_only_where_they_matter(
    ground: Ground, expression: frozenset[Expression], child: Child
) -> None:
    asked = questions(ground, expression, child)
    assert ("expression_weighing" in asked) == bool(expression)
    assert ("child_interests" in asked) == (child is not Child.NO)
    assert asked <= set(KINDS)


@given(st.sampled_from(sorted(KINDS)))
def test_a_text_is_measured_even_where_it_is_not_asked_for(name: str) -> None:
    assert faults(assessment(**{name: "a" * (LONG + 1)})) == {name: "E-TEXT-02"}
    assert faults(assessment(**{name: "a\0"})) == {name: "E-TEXT-03"}
    assert faults(assessment(**{name: "a" * LONG})) == {}


@pytest.mark.parametrize("ground", [Ground.ILLEGAL, Ground.BOTH])
def test_no_offence_alleged_is_never_put_on_the_law(ground: Ground) -> None:
    with pytest.raises(GroundMismatch) as told:
        check_assessment(assessment(harm="X1", ground=ground), terms_only=True)
    assert told.value.at == "ground"


def test_facts_and_assessments_are_told_apart_for_every_text() -> None:
    texts = {it.name for it in fields(Assessment) if it.type == "str" or it.type is str}
    assert texts - {"harm"} == set(KINDS)


def test_one_answer_is_checked_alone_as_on_its_page() -> None:
    check_answer("necessity", "Because.")
    with pytest.raises(Refused) as told:
        check_answer("necessity", "")
    assert told.value.at == "necessity"
