"""A body that wrong data came from is told once, what kind of data it was, and never the data."""

from datetime import date, timedelta

import pytest

from evenhand.rules.originators import (
    NOBODY,
    STATEMENT,
    WHAT,
    Originator,
    OriginatorStands,
    check_may_tell,
    check_originator,
    check_originators_told,
    originator_message,
)
from evenhand.rules.people_changes import IdentityPart
from evenhand.rules.recalls import RecallsWait
from evenhand.rules.texts import SHORT, TextTooLong
from tests.builders import TODAY

DAY = timedelta(days=1)


def test_nobody_needs_to_be_named_but_a_reference_is_somebodys() -> None:
    check_originator(NOBODY)
    check_originator(Originator(body="Harbour Police"))
    with pytest.raises(OriginatorStands) as told:
        check_originator(Originator(body=" ", their_reference="HP 7"))
    assert (told.value.code, told.value.at) == ("E-RECALL-20", "originator")
    for long in (
        Originator(body="x" * (SHORT + 1)),
        Originator(body="Police", their_reference="x" * (SHORT + 1)),
    ):
        with pytest.raises(TextTooLong):
            check_originator(long)


@pytest.mark.parametrize("on", [TODAY - 3 * DAY, TODAY + DAY])
def test_it_is_told_between_the_correction_and_today(on: date) -> None:
    corrected = TODAY - 2 * DAY
    with pytest.raises(OriginatorStands) as told:
        check_may_tell(told_on=None, on=on, corrected_on=corrected, today=TODAY)
    assert told.value.at == "on"
    for day in (corrected, TODAY):
        check_may_tell(told_on=None, on=day, corrected_on=corrected, today=TODAY)
        with pytest.raises(OriginatorStands):
            check_may_tell(told_on=day, on=day, corrected_on=corrected, today=TODAY)


def test_nothing_is_erased_before_it_was_told() -> None:
    check_originators_told(0)
    with pytest.raises(RecallsWait):
        check_originators_told(1)


def test_each_part_that_can_be_corrected_has_words() -> None:
    assert set(WHAT) == {*(it.value for it in IdentityPart), STATEMENT}


@pytest.mark.parametrize("theirs", ["HP 7", ""])
def test_the_message_names_their_reference_or_asks_for_a_safe_way(theirs: str) -> None:
    message = originator_message(
        Originator(body="Harbour Police", their_reference=theirs),
        "name age",
        reference="P-7K3M9XQA",
        at=TODAY,
        desk="The desk",
        contact="desk@evenhand.example",
    )
    assert message.body.startswith("Harbour Police")
    assert "a name, an age or birth date" in message.body
    assert ("Your reference: HP 7" in message.body) is bool(theirs)
    assert ("by a safe way" in message.body) is not bool(theirs)
    assert "section 48(7)" in message.body
