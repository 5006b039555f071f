"""Equality on pages: counted without being kept, shown without a small number."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.rules.disparity import quarter_of
from evenhand.rules.referrals import State
from tests.actions.test_equality import tallied
from tests.builders import ADA, EVA, OLA
from tests.journeys import Desk
from tests.web.filling import check_valid, fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """A desk that worked in the quarter before this one."""
    last = quarter_of(now().date()).start - timedelta(days=40)
    desk = Desk(now=now().replace(year=last.year, month=last.month, day=last.day))
    for officer in (ADA, EVA, OLA):
        desk.by(officer)
    return desk


def test_an_officer_counts_somebody_and_nothing_says_whom(desk: Desk) -> None:
    ada = signed_in(ADA)
    done = fill(ada, "/equality/tally/", part="poster", basis="perceived", perceived="ic3")
    assert done.status_code == 302, text_of(done)
    lacking = fill(ada, "/equality/tally/", part="poster", basis="perceived")
    assert "E-EQ-79" in lacking.content.decode()
    assert fill(ada, "/equality/tally/", part="victim", basis="not_asked").status_code == 302
    assert signed_in(OLA).get("/equality/tally/").status_code == 403


def test_a_desk_without_a_tally_says_so(desk: Desk, settings: Any) -> None:
    settings.DESK = replace(settings.DESK, equality_tally=False)
    assert "keeps no equality tally" in text_of(signed_in(ADA).get("/equality/tally/"))
    assert "keeps no equality tally" in text_of(Client().get("/public/equality/"))


def test_everybody_reads_the_tally_of_a_quarter_that_is_over(desk: Desk) -> None:
    tallied(desk, ic1=40, ic3=20, ic6=2, ic9=20)
    page = Client().get("/public/equality/")
    check_valid(page)
    text = text_of(page)
    assert "76% (65% to 84%)" in text
    assert "[c]" in text
    assert "Nobody was counted in this quarter." in text
    for wrong in ("2099-Q1", "never"):
        assert Client().get(f"/public/equality/?quarter={wrong}").status_code == 404


def test_a_tally_without_a_number_to_show_is_a_sentence_and_no_table(desk: Desk) -> None:
    tallied(desk, ic1=9)
    page = Client().get("/public/equality/")
    check_valid(page)
    assert "<table" not in page.content.decode()
    text = text_of(page)
    assert "[c]" not in text
    assert "No table is shown: the numbers in it are too small." in text
    assert text.count("Nobody was counted in this quarter.") == 1
    gone = text_of(Client().get("/public/equality/?quarter=2012-Q1"))
    assert "Quarter: January to March 2012." in gone
    assert 'quarter=2011-Q4">The quarter before: October to December 2011<' in gone
    assert "Counts of this quarter are not kept any more" in gone
    assert "Nobody was counted in this quarter." not in gone


def test_the_overseer_sees_what_stands_out_and_an_officer_does_not(desk: Desk) -> None:
    for _each in range(21):
        desk.brought_to(State.SENT)
    page = signed_in(OLA).get("/equality/")
    check_valid(page)
    assert "To be explained" in text_of(page)
    first = signed_in(OLA).get("/oversight/")
    check_valid(first)
    assert "The desk owes you the reason." in text_of(first)
    assert "of all that was assessed" in text_of(first)
    before = text_of(signed_in(EVA).get("/equality/?quarter=2020-Q1"))
    assert "Nothing was assessed." in before
    assert signed_in(ADA).get("/equality/").status_code == 403


def test_the_overseer_is_told_that_nothing_stands_out_or_was_assessed(desk: Desk) -> None:
    assert "Nothing was assessed in" in text_of(signed_in(OLA).get("/oversight/"))
    desk.brought_to(State.SENT)
    assert "No kind of work has surely more" in text_of(signed_in(OLA).get("/oversight/"))
