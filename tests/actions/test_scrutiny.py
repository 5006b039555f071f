"""The register of scrutiny from outside, as it stood on any day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from evenhand.actions import scrutiny
from evenhand.queries import scrutiny as known
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import NotFound
from evenhand.rules.scrutiny import NoRecommendation, NotNone, Scrutiny, ScrutinyKind, Told
from evenhand.store.log import EntryRow
from tests.builders import ADA, DEE, LIA, OLA
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
AUDIT = ScrutinyKind.AUDIT


def recorded(desk: Desk, **changes: object) -> int:
    said = Scrutiny(
        kind=AUDIT,
        body="Information Commissioner’s Office",
        held_on=desk.now.date(),
        scope="How people on record are told.",
    )
    return scrutiny.record(replace(said, **changes), acting=desk.by(DEE))  # type: ignore[arg-type]


def entry(desk: Desk, number: int = 1) -> known.ScrutinyInFull:
    return known.one(number, officer=OLA)


def test_an_audit_its_outcome_and_what_was_done_about_each_recommendation_are_told() -> None:
    desk = Desk()
    number = recorded(desk)
    today = desk.now.date()
    for what in (Told.OUTCOME, Told.RECOMMENDATION, Told.RECOMMENDATION, Told.CORRECTION):
        scrutiny.tell(number, what, f"The {what}.", today, acting=desk.by(LIA))
    first, second = entry(desk).recommendations
    scrutiny.tell(number, Told.IN_HAND, "Begun.", today, about=first.ref, acting=desk.by(DEE))
    scrutiny.tell(number, Told.DONE, "Over.", today, about=first.ref, acting=desk.by(DEE))
    found = entry(desk)
    assert [it.text for it in found.outcomes] == ["The outcome."]
    assert [it.text for it in found.corrections] == ["The correction."]
    assert [it.standing for it in found.recommendations] == [Told.DONE, None]
    assert [it.text for it in found.recommendations[0].followed] == ["Begun.", "Over."]
    assert found.body == "Information Commissioner’s Office"
    assert second.followed == []
    assert EntryRow.objects.count() > 7


def test_what_was_done_is_not_said_of_another_scrutinys_recommendation() -> None:
    desk = Desk()
    one, other = recorded(desk), recorded(desk)
    today = desk.now.date()
    scrutiny.tell(one, Told.RECOMMENDATION, "Do.", today, acting=desk.by(DEE))
    [asked] = entry(desk, one).recommendations
    for about in (asked.ref, uuid4(), None):
        with changing_nothing(), refused(NoRecommendation):
            scrutiny.tell(other, Told.DONE, "Done.", today, about=about, acting=desk.by(DEE))


def test_none_is_an_answer_with_the_day_on_which_it_was_last_true() -> None:
    desk = Desk()
    today = desk.now.date()
    for day in (today - timedelta(days=30), today - timedelta(days=2)):
        scrutiny.say_none(AUDIT, day, acting=desk.by(LIA))
    none = known.as_at(today).none
    assert none[AUDIT] == today - timedelta(days=2)
    assert none[ScrutinyKind.APPEAL] is None
    recorded(desk)
    assert AUDIT not in known.as_at(today).none
    with changing_nothing(), refused(NotNone):
        scrutiny.say_none(AUDIT, today, acting=desk.by(LIA))


def test_a_none_that_is_found_untrue_later_is_shown_beside_what_shows_it() -> None:
    desk = Desk()
    today = desk.now.date()
    for kind in (AUDIT, ScrutinyKind.APPEAL):
        scrutiny.say_none(kind, today, acting=desk.by(LIA))
    desk.now += timedelta(days=3)
    recorded(desk)
    assert known.as_at(desk.now.date()).untrue == []
    number = recorded(desk, held_on=today - timedelta(days=5))
    [found] = known.as_at(desk.now.date()).untrue
    assert (found.kind, found.true_on, found.number) == (AUDIT, today, number)
    assert known.as_at(today).untrue == []


def test_the_register_as_at_a_day_is_the_same_whatever_was_added_since() -> None:
    desk = Desk()
    before: date = desk.now.date()
    number = recorded(desk)
    asked = known.as_at(before)
    desk.now += timedelta(days=3)
    scrutiny.tell(number, Told.OUTCOME, "Nothing wrong.", desk.now.date(), acting=desk.by(DEE))
    recorded(desk, kind=ScrutinyKind.APPEAL, held_on=before)
    assert known.as_at(before) == asked
    assert len(known.as_at(desk.now.date()).found) == 2
    assert known.as_at(before - timedelta(days=1)).found == []


def test_only_who_keeps_the_register_adds_to_it_and_nothing_is_added_to_nothing() -> None:
    desk = Desk()
    said = Scrutiny(kind=AUDIT, body="A body", held_on=desk.now.date(), scope="All.")
    for officer in (ADA, OLA):
        with changing_nothing(), refused(RoleMissing):
            scrutiny.record(said, acting=desk.by(officer))
    with refused(NotFound):
        scrutiny.tell(9, Told.OUTCOME, "So.", desk.now.date(), acting=desk.by(DEE))
    with refused(NotFound):
        entry(desk, 9)
