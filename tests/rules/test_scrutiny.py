"""Scrutiny from outside has happened, says what it was, and what was done of what was asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.rules.refusals import Refused
from evenhand.rules.scrutiny import (
    FOLLOWED,
    NoRecommendation,
    NotNone,
    Scrutiny,
    ScrutinyDayWrong,
    ScrutinyKind,
    Told,
    check_none,
    check_scrutiny,
    check_told,
)
from tests.builders import TODAY

AUDIT = Scrutiny(
    kind=ScrutinyKind.AUDIT,
    body="Information Commissioner’s Office",
    held_on=TODAY,
    scope="How people on record are told.",
)
LATER = TODAY + timedelta(days=1)


def test_what_says_who_looked_at_what_and_when_is_taken() -> None:
    check_scrutiny(AUDIT, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "at"),
    [({"body": " "}, "body"), ({"scope": ""}, "scope"), ({"held_on": LATER}, "held_on")],
)
def test_without_its_body_or_scope_or_of_a_day_to_come_it_is_refused(
    changed: dict[str, object], at: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_scrutiny(replace(AUDIT, **changed), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.at == at


@pytest.mark.parametrize("what", Told)
def test_what_was_done_is_said_of_a_recommendation_and_nothing_else_is(what: Told) -> None:
    right = what in FOLLOWED
    said = {"held_on": TODAY, "today": TODAY}
    check_told(what, "So.", TODAY, of_recommendation=right, **said)
    with pytest.raises(NoRecommendation):
        check_told(what, "So.", TODAY, of_recommendation=not right, **said)


@pytest.mark.parametrize("day", [LATER, TODAY - timedelta(days=1)])
def test_what_came_of_it_came_after_it_and_has_come(day: object) -> None:
    with pytest.raises(ScrutinyDayWrong):
        check_told(
            Told.OUTCOME,
            "So.",
            day,  # type: ignore[arg-type]
            of_recommendation=False,
            held_on=TODAY,
            today=TODAY,
        )


def test_none_is_said_only_of_a_day_that_has_come_and_where_there_was_none() -> None:
    check_none(TODAY, held=False, today=TODAY)
    with pytest.raises(NotNone):
        check_none(TODAY, held=True, today=TODAY)
    with pytest.raises(ScrutinyDayWrong):
        check_none(LATER, held=False, today=TODAY)
