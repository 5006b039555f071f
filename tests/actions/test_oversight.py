"""What was tried and refused is in the log: who, what, about which record, by which rule."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from evenhand.actions import consultations as following
from evenhand.actions.oversight import enter_attempt
from evenhand.queries import consultations, own
from evenhand.queries.history import disclosed
from evenhand.rules.consultations import ONE_CONSULTATION, Stretch
from evenhand.rules.officers import Acting, Permission, RoleMissing, check_may
from evenhand.rules.referrals import ChangedMeanwhile, SameOfficer
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing
from evenhand.store.log import EntryRow, OpeningRow
from tests.builders import ADA, BO, OLA, as_reader
from tests.journeys import Desk, row
from tests.ledger import reading

pytestmark = pytest.mark.django_db


def attempts() -> list[tuple[str, dict[str, object]]]:
    """Give what the log holds of attempts, oldest first: the act, and the opened fields."""
    rows = OpeningRow.objects.select_related("entry").order_by("entry__number")
    leaves = [(reading.check(bytes(it.entry.leaf), bytes(it.entry.leaf_hash), it.fields), it)
              for it in rows]  # fmt: skip
    return [
        (str(leaf["act"]), disclosed(it.fields))
        for leaf, it in leaves
        if str(leaf["act"]).startswith("attempt.")
    ]


def wrong_role() -> RoleMissing:
    with pytest.raises(RoleMissing) as told:
        check_may(OLA, Permission.LOG)
    return told.value


def test_an_attempt_is_an_entry_of_who_tried_what_on_which_record_and_which_rule_refused() -> None:
    desk = Desk()
    reference = desk.log()
    acting = Acting(officer=ADA, at=desk.now, request=UUID(int=5))
    enter_attempt(SameOfficer("No."), reference=reference, acting=acting)
    [(act, fields)] = attempts()
    assert act == "attempt.refuse"
    assert fields == {
        "at": desk.now.isoformat(timespec="microseconds"),
        "who": str(ADA.ref),
        "obj": str(row(reference).id),
        "why": "e-two-01",
        "tried": "decide",
        "req": str(UUID(int=5)),
        "chg": [],
    }


@pytest.mark.parametrize("reference", ["", "2020-000001", "No such\0", "2026-\ud800", "x" * 9000])
def test_an_attempt_on_what_is_not_there_names_no_record(reference: str) -> None:
    enter_attempt(wrong_role(), reference=reference, acting=as_reader(OLA))
    [(_act, fields)] = attempts()
    assert "obj" not in fields
    assert (fields["why"], fields["tried"]) == ("e-who-02", "log")


def test_an_answer_to_be_put_right_is_no_entry() -> None:
    for refused in (ChangedMeanwhile("Changed."), TextMissing("Missing.")):
        enter_attempt(refused, acting=as_reader(ADA))
    assert attempts() == []


def test_an_attempt_among_other_refusals_is_entered_once() -> None:
    several = TextMissing("Missing.").with_others([SameOfficer("No."), SameOfficer("No.")])
    enter_attempt(several, acting=as_reader(ADA))
    assert [fields["why"] for _act, fields in attempts()] == ["e-two-01"]


def test_the_same_attempt_again_within_ten_minutes_is_counted_and_entered_when_it_is_over() -> None:
    desk = Desk()
    reference = desk.log()
    began = desk.now
    for minutes in (0, 1, 9):
        again = as_reader(ADA, began + timedelta(minutes=minutes))
        enter_attempt(SameOfficer("No."), reference=reference, acting=again)
    assert len(attempts()) == 1
    enter_attempt(SameOfficer("No."), acting=as_reader(ADA, began))
    enter_attempt(wrong_role(), reference=reference, acting=as_reader(ADA, began))
    enter_attempt(SameOfficer("No."), reference=reference, acting=as_reader(BO, began))
    assert len(attempts()) == 4
    assert following.enter_repeats(now=began + ONE_CONSULTATION) == 1
    act, fields = attempts()[-1]
    assert (act, fields["times"]) == ("attempt.repeat", 2)
    assert (fields["obj"], fields["why"]) == (str(row(reference).id), "e-two-01")
    assert (fields["tried"], fields["who"]) == ("decide", str(ADA.ref))


def test_attempts_on_no_record_are_counted_too() -> None:
    for _ in range(2):
        enter_attempt(wrong_role(), acting=as_reader(OLA))
    following.enter_repeats(now=as_reader(OLA).at + ONE_CONSULTATION)
    (_first, _), (act, fields) = attempts()
    assert (act, fields["times"], "obj" in fields) == ("attempt.repeat", 1, False)


def test_an_attempt_is_no_look_that_an_officer_is_shown_as_opened() -> None:
    desk = Desk()
    enter_attempt(SameOfficer("No."), reference=desk.log(), acting=as_reader(ADA, desk.now))
    seen = consultations.exposure(officer=ADA, now=desk.now, day_began=desk.now)
    assert (seen.today, seen.week) == ({}, {})
    assert consultations.since_break(officer=ADA, now=desk.now) == Stretch(0, 0)


def test_who_tried_sees_it_among_what_was_done_in_their_name() -> None:
    desk = Desk()
    enter_attempt(SameOfficer("No."), acting=as_reader(OLA, desk.now))
    assert [it.act for it in own.entries(officer=OLA).lines] == ["attempt.refuse"]


@contextmanager
def broken_log() -> Iterator[None]:
    """Have PostgreSQL refuse whatever is written."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        yield


def test_where_the_log_cannot_be_written_the_refusal_stands_and_the_servers_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = EntryRow.objects.count()
    refused: Refused = SameOfficer("Secret words.")
    with broken_log():
        enter_attempt(refused, acting=as_reader(ADA))
    assert EntryRow.objects.count() == before
    [line] = caplog.records
    assert "E-TWO-01 is not in the log" in line.getMessage()
    assert "Secret" not in line.getMessage()
