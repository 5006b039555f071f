"""Whom a note is meant for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.notes import NoMoreWords, check_may_note, mentioned, unknown
from evenhand.rules.referrals import State

DESK = ("ada", "bo", "cy.hart", "Gus")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada please look", {"ada"}),
        ("Ask @BO, or (@cy.hart).", {"bo", "cy.hart"}),
        ("@gus- and @ada.", {"Gus", "ada"}),
        ("@nobody, ada, bo", set()),
        ("ada@bo.example wrote @@ada", set()),
        ("", set()),
    ],
)
def test_a_name_after_an_at_sign_is_a_mention(text: str, found: set[str]) -> None:
    assert mentioned(text, DESK) == found


@given(st.text())
def test_only_officers_of_the_desk_are_mentioned(text: str) -> None:
    assert mentioned(text, DESK) <= set(DESK)


def test_nothing_is_written_about_what_went_by_the_statutory_route() -> None:
    with pytest.raises(NoMoreWords):
        check_may_note("2026-000001", State.STATUTORY_ROUTE)
    for state in set(State) - {State.STATUTORY_ROUTE}:
        check_may_note("2026-000001", state)


def test_a_name_of_nobody_is_told_as_it_was_written() -> None:
    assert unknown("@ada, @nobody. and @NoBody, @cy.hart. @x", DESK) == ["nobody", "x"]
    assert unknown("no names", DESK) == []
