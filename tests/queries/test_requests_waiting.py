"""What of the requests presses is given by clock, to who answers it, in a few questions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from evenhand.actions import foi_letters, foi_parts, rights, rights_letters
from evenhand.actions.rights_reviews import answer, look_again
from evenhand.queries import requests_waiting, rights_reviews
from evenhand.queries.rights_reviews import Waits
from evenhand.rules.foi_parts import Wanted, Withholding
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.requests_waiting import Pressing
from evenhand.rules.rights_replies import Route
from tests.actions import foi
from tests.actions.asking_rights import (
    BORN,
    NAME,
    NOTHING,
    on_paper,
    piece_of,
    requested,
    restriction,
    searched,
)
from tests.actions.people import known_person
from tests.actions.reviewing_rights import LIFTED, given_further, held_back, review_of, somebody
from tests.builders import ADA, CY, DEE, RIA, adult, as_reader, proposal
from tests.journeys import Desk
from tests.queries.test_bounds import queries

pytestmark = pytest.mark.django_db


def numbers(desk: Desk, who: Officer = RIA) -> Mapping[Pressing, Sequence[str]]:
    found = requests_waiting.of_information(acting=desk.by(who))
    return {why: [it.number for it in lines] for why, lines in found.items()}


def references(desk: Desk, who: Officer = RIA) -> Mapping[Pressing, Sequence[str]]:
    found = requests_waiting.about_data(acting=desk.by(who))
    return {why: [it.reference for it in lines] for why, lines in found.items()}


def test_requests_for_information_press_by_their_clock() -> None:
    desk = Desk()
    foi.on_paper(desk)
    soon, late = foi.on_paper(desk, days_ago=26), foi.on_paper(desk, days_ago=60)
    assert numbers(desk) == {Pressing.OVERDUE: [late], Pressing.SOON: [soon]}


def test_a_part_and_a_reply_wait_for_another_than_who_wrote_them() -> None:
    desk = Desk()
    part_of, reply_to = foi.on_paper(desk), foi.on_paper(desk)
    part = foi_parts.add(part_of, "Why?", Wanted.OTHER, acting=desk.by(RIA))
    why = Withholding(exemption="s42", why="It is advice.", public_interest="Candour weighs more.")
    foi_parts.withhold(part_of, part, why, acting=desk.by(RIA))
    foi.proposed(desk, reply_to)
    assert numbers(desk) == {}
    assert numbers(desk, DEE) == {Pressing.TO_LOOK_AT: [part_of, reply_to]}
    foi_parts.confirm(part_of, part, seen=foi.version_of(part_of, part), acting=desk.by(DEE))
    foi_letters.approve(reply_to, seen=foi.letter_of(reply_to).number, acting=desk.by(DEE))
    assert numbers(desk, DEE) == {}


def test_requests_about_data_press_by_their_clock() -> None:
    desk = Desk()
    late = on_paper(desk)
    desk.now += timedelta(days=20)
    soon = on_paper(desk)
    desk.now += timedelta(days=26)
    young = on_paper(desk)
    assert references(desk) == {Pressing.OVERDUE: [late], Pressing.SOON: [soon]}
    searched(desk, young)
    letter = rights_letters.propose(young, NOTHING, acting=desk.by(RIA))
    assert Pressing.TO_LOOK_AT not in references(desk)
    assert references(desk, DEE)[Pressing.TO_LOOK_AT] == [young]
    rights_letters.answer(young, letter, "It is right.", approves=True, acting=desk.by(DEE))
    assert Pressing.TO_LOOK_AT not in references(desk, DEE)


def test_what_is_held_back_is_on_the_pile_when_its_day_of_review_comes() -> None:
    desk = Desk()
    for officer in (ADA, CY):
        desk.by(officer)
    person = known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))
    request = requested(desk)
    searched(desk, request, person)
    rights.hold_back(request, person, piece_of(person), restriction(desk), acting=desk.by(RIA))
    assert not rights_reviews.due(acting=desk.by(RIA))
    desk.now += timedelta(days=80)
    [due] = rights_reviews.due(acting=desk.by(DEE))
    assert (due.reference, due.waits, due.pieces) == (request, Waits.REVIEW, 1)
    assert not due.is_overdue(desk.now.date())
    assert due.is_overdue(desk.now.date() + timedelta(days=1))


def test_a_review_waits_for_another_than_who_made_it_and_what_is_lifted_to_be_given() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    look_again(request, piece, LIFTED, acting=desk.by(RIA))
    assert not rights_reviews.due(acting=desk.by(RIA))
    [waits] = rights_reviews.due(acting=desk.by(DEE))
    assert (waits.reference, waits.waits) == (request, Waits.SECOND)
    answer(
        request, piece, "Yes.", approves=True, seen=review_of(request, piece), acting=desk.by(DEE)
    )
    [owed] = rights_reviews.due(acting=desk.by(RIA))
    assert (owed.reference, owed.waits, owed.pieces) == (request, Waits.LETTER, 1)
    assert not owed.is_overdue(desk.now.date() + timedelta(days=9))
    given_further(desk, request, Route.POST)
    assert not rights_reviews.due(acting=desk.by(DEE))


def test_more_requests_take_no_more_questions() -> None:
    desk = Desk()

    def ask() -> object:
        acting = as_reader(RIA, desk.now)
        return (
            requests_waiting.of_information(acting=acting),
            requests_waiting.about_data(acting=acting),
            rights_reviews.due(acting=acting),
        )

    def more(count: int) -> None:
        for _ in range(count):
            foi.proposed(desk, foi.on_paper(desk, days_ago=40))
            on_paper(desk)

    more(2)
    few = queries(ask)
    more(6)
    assert queries(ask) == few
    assert few <= 12


def test_nobody_else_is_given_any() -> None:
    now = Desk().by(ADA)
    for ask in (
        requests_waiting.of_information,
        requests_waiting.about_data,
        rights_reviews.due,
    ):
        with pytest.raises(RoleMissing):
            ask(acting=now)
