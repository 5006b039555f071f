"""Recipients are told without delay, by the package's id alone, until they answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from evenhand.rules.recalls import (
    Recall,
    Why,
    answer_due_at,
    check_all_sent,
    check_may_acknowledge,
    check_may_send,
    due_at,
    recall_message,
)
from evenhand.rules.refusals import Refused
from tests.builders import NOW, TODAY, clocks

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def recall(**changes: Any) -> Recall:
    plain = Recall(
        package="D-1",
        why=Why.RECTIFIED,
        due_at=NOW,
        sent_at=None,
        acknowledged_at=None,
        ended_at=None,
        in_the_post=False,
    )
    return replace(plain, **changes)


def test_a_recipient_is_told_by_the_end_of_the_next_working_day() -> None:
    calendar = clocks().calendar
    assert due_at(FRIDAY, calendar) == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    christmas = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    assert due_at(christmas, calendar) == datetime(2026, 12, 30, 0, 0, tzinfo=UTC)
    assert answer_due_at(FRIDAY, 2, calendar) == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "changes", [{"in_the_post": True}, {"acknowledged_at": NOW}, {"ended_at": NOW}]
)
def test_what_is_on_its_way_or_answered_is_not_sent_again(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as told:
        check_may_send(recall(**changes))
    assert told.value.code == "E-RECALL-19"
    check_may_send(recall())
    check_may_send(recall(sent_at=NOW))


@pytest.mark.parametrize(
    ("changes", "on", "sent_on"),
    [
        ({}, TODAY, None),
        ({"acknowledged_at": NOW}, TODAY, TODAY),
        ({"ended_at": NOW}, TODAY, TODAY),
        ({}, TODAY - timedelta(days=1), TODAY),
        ({}, TODAY + timedelta(days=1), TODAY),
    ],
)
def test_an_acknowledgement_is_of_a_recall_that_was_sent(
    changes: dict[str, Any], on: date, sent_on: date | None
) -> None:
    with pytest.raises(Refused) as told:
        check_may_acknowledge(recall(**changes), on=on, sent_on=sent_on, today=TODAY)
    assert told.value.code == "E-RECALL-19"
    check_may_acknowledge(recall(sent_at=NOW), on=TODAY, sent_on=TODAY, today=TODAY)


def test_nothing_is_erased_before_the_recipients_were_told() -> None:
    with pytest.raises(Refused, match="2 recalls") as told:
        check_all_sent(2)
    assert told.value.code == "E-RECALL-18"
    check_all_sent(0)


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("again", [False, True])
def test_a_recall_names_the_package_and_nothing_about_anybody(why: Why, again: bool) -> None:
    said = recall_message(
        "D-ABC", why, days=3, again=again, desk="Harbour Police", contact="x@harbour.example"
    )
    assert "D-ABC" in said.subject
    assert "D-ABC" in said.body
    assert ("3" in said.body) == ("answer this e-mail" in said.body) == (why is not Why.LIFTED)
    assert ("no answer yet" in said.body) == again
    assert recall(why=why).is_open
