"""What the public may report, how a report is settled, and what its reporter is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.content import FrontPage, NotAnAddress, PrivatePlace
from evenhand.rules.intake import NotPublic
from evenhand.rules.public_letters import BECAME, reporter_letter
from evenhand.rules.public_reports import (
    AT_SETTLING,
    BY_AN_OFFICER,
    LONGEST_EMAIL,
    OPEN,
    TAKEN_UP,
    Became,
    ReachUnusable,
    ReportOver,
    ReportSettled,
    ReportStanding,
    ReportUnopened,
    became,
    check_anyone_sees_it,
    check_can_settle,
    check_open,
    check_reach,
    check_report,
    no_such_receipt,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing, TextTooLong
from tests.builders import TODAY, public_report

TOMORROW = TODAY + timedelta(days=1)
CLOSED = sorted(set(ReportStanding) - OPEN)


def test_a_report_that_says_enough_leads_to_its_content() -> None:
    assert check_report(public_report()).platform == "youtube"
    assert check_report(public_report(email="")).content_id == "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"why": " "}, TextMissing),
        ({"why": "x" * 4_001}, TextTooLong),
        ({"url": "no address"}, NotAnAddress),
        ({"url": "https://www.youtube.com/"}, FrontPage),
        ({"url": "https://t.me/+AbCdEfGhIjKlMnOp"}, PrivatePlace),
        ({"email": "nobody"}, ReachUnusable),
    ],
)
def test_a_report_that_says_too_little_is_refused(
    changes: dict[str, str], rule: type[Refused]
) -> None:
    with pytest.raises(rule):
        check_report(public_report(**changes))


def test_of_what_is_not_public_nobody_is_told_anything() -> None:
    check_anyone_sees_it(True)
    with pytest.raises(NotPublic, match="anyone can see") as refused:
        check_anyone_sees_it(False)
    assert (refused.value.code, "101" in refused.value.do) == ("E-PRIV-72", True)


@pytest.mark.parametrize(
    "email",
    [
        "two@mailbox.example, three@mailbox.example",
        "Name <name@mailbox.example>",
        "name@mailbox",
        "@mailbox.example",
        "na me@mailbox.example",
        "name@mailbox.example\r\nBcc: other@mailbox.example",
        f"{'x' * 64}@{'y' * LONGEST_EMAIL}.example",
    ],
)
def test_only_one_plain_address_can_be_written_to(email: str) -> None:
    check_reach("first.last+tag@mail-box.example")
    with pytest.raises(ReachUnusable):
        check_reach(email)


@pytest.mark.parametrize("standing", sorted(OPEN))
def test_what_waits_may_be_opened_until_its_last_day(standing: ReportStanding) -> None:
    check_open(standing, max_on=TOMORROW, today=TODAY)
    with pytest.raises(ReportOver):
        check_open(standing, max_on=TODAY, today=TODAY)


@pytest.mark.parametrize("standing", CLOSED)
def test_what_is_settled_is_settled_once(standing: ReportStanding) -> None:
    for check in (check_open, check_can_settle):
        with pytest.raises(ReportSettled):
            check(standing, max_on=TOMORROW, today=TODAY)


def test_nobody_settles_what_nobody_has_opened() -> None:
    check_can_settle(ReportStanding.OPENED, max_on=TOMORROW, today=TODAY)
    with pytest.raises(ReportUnopened):
        check_can_settle(ReportStanding.WAITING, max_on=TOMORROW, today=TODAY)


def test_each_way_of_settling_is_counted_as_itself() -> None:
    assert set(AT_SETTLING) == BY_AN_OFFICER
    assert {it.value: it.value for it in AT_SETTLING} == {
        standing.value: counted.value for standing, counted in AT_SETTLING.items()
    }


@given(standing=st.sampled_from(ReportStanding), has_ended=st.booleans(), is_last_day=st.booleans())
def test_a_reporter_is_told_once_there_is_something_to_tell(
    standing: ReportStanding, has_ended: bool, is_last_day: bool
) -> None:
    told = became(standing, has_ended=has_ended, is_last_day=is_last_day)
    if standing in TAKEN_UP:
        expected = Became.TAKEN_UP if has_ended else Became.ONGOING if is_last_day else None
        assert told is expected
    elif standing in {ReportStanding.SET_ASIDE, ReportStanding.LAPSED}:
        assert told == standing.value
    else:
        assert told is None


@pytest.mark.parametrize("told", Became)
def test_a_letter_says_what_became_of_it_and_nothing_of_the_content(told: Became) -> None:
    message = reporter_letter(
        told,
        tell="Ofcom can help.",
        reported_on="20 November 2026",
        desk="Harbour Police",
        contact="desk@harbour.example",
        said=str,
    )
    assert BECAME[told] in message.body
    assert "20 November 2026" in message.body
    assert "Ofcom can help." in message.body
    assert "http" not in message.subject + message.body
    for said in (str.upper, str.lower):
        letter = reporter_letter(told, tell="", reported_on="", desk="", contact="", said=said).body
        assert said(BECAME[told]) in letter


def test_a_receipt_that_is_wrong_and_one_that_is_over_read_the_same() -> None:
    assert str(no_such_receipt()) == "No report that we still have has this receipt number."
