"""The number of queries does not grow with the number of referrals or of what happened to them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.queries import history, platforms, referrals, worklist
from evenhand.queries import referral as one_referral
from evenhand.queries.referrals import PAGE, Filter
from evenhand.rules.officers import Officer
from evenhand.rules.referrals import State
from tests.builders import ADA, BO, CY, OLA, as_reader
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
EVERY_STATE = [state for state in State if state is not State.NO_RESPONSE]


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


QUESTIONS: dict[str, Callable[[Officer], object]] = {
    "the whole list": lambda who: referrals.find(Filter(), acting=as_reader(who)),
    "a list by state": lambda who: referrals.find(
        Filter(state=State.LOGGED), acting=as_reader(who)
    ),
    "a list by day, platform and harm": lambda who: referrals.find(
        Filter(since=date(2020, 1, 1), platform="youtube", harm="V1"), acting=as_reader(who)
    ),
    "platforms": lambda who: platforms.signed_off(officer=who),
}


def test_lists_and_worklists_ask_the_same_number_of_questions_of_10_and_of_60_referrals() -> None:
    desk = Desk()
    desk.sign_off()
    for state in EVERY_STATE[:10]:
        desk.brought_to(state)
    few = {name: queries(lambda ask=ask: ask(ADA)) for name, ask in QUESTIONS.items()}  # type: ignore[misc]
    few |= {who.name: queries(lambda who=who: _worklist(who, desk)) for who in (ADA, BO, CY)}  # type: ignore[misc]
    for state in (EVERY_STATE * 3)[:30] + [State.AWAITING_APPROVAL] * 20:
        desk.brought_to(state)
    many = {name: queries(lambda ask=ask: ask(ADA)) for name, ask in QUESTIONS.items()}  # type: ignore[misc]
    many |= {who.name: queries(lambda who=who: _worklist(who, desk)) for who in (ADA, BO, CY)}  # type: ignore[misc]
    assert many == few
    # One for all piles of an officer, and one that says in the log what was shown.
    assert {few[who.name] for who in (ADA, BO, CY)} == {2}
    # A list is a question or two, and one statement that says in the log what it showed.
    assert max(few[name] for name in QUESTIONS) <= 3
    assert few["the whole list"] == few["a list by state"] == 2
    assert few["platforms"] == 3


def _worklist(who: Officer, desk: Desk) -> object:
    return worklist.waiting_for(acting=as_reader(who, desk.now))


def _read(reference: str) -> object:
    return one_referral.one(reference, acting=as_reader(ADA))


def test_one_referral_asks_the_same_number_of_questions_whatever_happened_to_it() -> None:
    desk = Desk()
    young, old = desk.log(), desk.brought_to(State.REOPENED)
    desk.do(old, *["submit", "return"] * 4, "submit", "approve", "send", "acknowledge", "declined")
    desk.do(old, *["look_visible"] * 5)
    for _ in range(10):
        desk.log()
    # Its row; then what says in the log what was shown, and on the same trip all of its steps.
    assert {queries(lambda it=it: _read(it)) for it in (young, old)} == {3}  # type: ignore[misc]
    desk.do(old, *["look_visible"] * 5)
    assert queries(lambda: _read(old)) == 3


def test_a_history_asks_the_same_number_of_questions_however_long_it_is() -> None:
    desk = Desk()
    short, long = desk.log(), desk.brought_to(State.CLOSED)
    counts = {queries(lambda it=it: history.of(it, officer=OLA)) for it in (short, long)}  # type: ignore[misc]
    assert counts == {2}


def test_a_page_is_no_longer_than_a_page() -> None:
    desk = Desk()
    for _ in range(PAGE + 3):
        desk.log()
    first = referrals.find(Filter(), acting=as_reader(ADA))
    assert len(first.lines) == PAGE
    assert first.next
    rest = referrals.find(Filter(cursor=first.next), acting=as_reader(ADA))
    assert (len(rest.lines), rest.next) == (3, None)
    references = [it.reference for it in (*first.lines, *rest.lines)]
    assert references == sorted(references, reverse=True)
    assert len(set(references)) == PAGE + 3
