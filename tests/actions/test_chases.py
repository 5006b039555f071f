"""Reminding of many referrals at once: each its own message, entry and refusal."""

from datetime import timedelta

import pytest

from evenhand.actions.carriers import NOBODY
from evenhand.actions.chases import Chosen, chase_each
from evenhand.ledger.acts import Act
from evenhand.queries import history
from evenhand.rules.clocks import MOST_CHASES_AT_ONCE, TooManyAtOnce
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import State
from tests.builders import ADA, OLA
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db


def chosen(reference: str) -> Chosen:
    return Chosen(reference, row(reference).version)


def test_each_reminder_is_a_message_and_an_entry_of_its_own() -> None:
    desk = Desk()
    several = [desk.brought_to(State.SENT) for _ in range(3)]
    desk.now += timedelta(days=30)
    results = chase_each([chosen(it) for it in several], carrier=NOBODY, acting=desk.by(ADA))
    assert [(it.reference, it.refused) for it in results] == [(it, None) for it in several]
    for reference in several:
        assert row(reference).in_the_post
        assert row(reference).due_at is None
        assert row(reference).noticerows.filter(delivery="queued").count() == 1
        asked = [it.act for it in history.of(reference, officer=ADA).lines]
        assert asked.count(Act.NOTICE_REQUESTED) == 2


def test_what_is_refused_is_said_and_does_not_stop_the_others() -> None:
    desk = Desk()
    stale, answered, good = (desk.brought_to(State.SENT) for _ in range(3))
    desk.now += timedelta(days=30)
    old = chosen(stale)
    desk.do(stale, "acknowledge")
    seen = chosen(answered)
    desk.do(answered, "declined")
    wrong = [old, Chosen(answered, seen.version + 1), Chosen("2026-999999", 1)]
    before = [row(stale).version, row(answered).version]
    results = chase_each([*wrong, chosen(good)], carrier=NOBODY, acting=desk.by(ADA))
    told = {it.reference: it.refused.code if it.refused else "" for it in results}
    assert told == {
        stale: "E-MOVE-02",
        answered: "E-MOVE-01",
        "2026-999999": "E-FIND-01",
        good: "",
    }
    assert [row(stale).version, row(answered).version] == before
    assert row(good).in_the_post


def test_the_same_referral_twice_is_reminded_of_once() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    desk.now += timedelta(days=30)
    twice = [chosen(reference)] * 2
    assert len(chase_each(twice, carrier=NOBODY, acting=desk.by(ADA))) == 1
    assert row(reference).noticerows.count() == 2


def test_more_than_a_page_at_once_is_refused_and_so_is_who_may_not() -> None:
    desk = Desk()
    many = [Chosen(f"2026-{it:06d}", 1) for it in range(MOST_CHASES_AT_ONCE + 1)]
    desk.by(ADA)
    with changing_nothing(), refused(TooManyAtOnce):
        chase_each(many, carrier=NOBODY, acting=desk.by(ADA))
    desk.by(OLA)
    with changing_nothing(), refused(RoleMissing):
        chase_each([], carrier=NOBODY, acting=desk.by(OLA))
