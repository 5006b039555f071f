"""Whom nobody released in time goes with many others: each as if alone, and nobody for another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from evenhand.actions import drafts, holds, retention
from evenhand.actions.disposal_together import dispose_together
from evenhand.ledger.acts import Act
from evenhand.queries.history import act_of
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import WORKER
from evenhand.rules.people import PersonStanding
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.machinery import DraftRow
from evenhand.store.people import PersonRow
from evenhand.store.retention import DisposalRow, TallyRow
from evenhand.store.sharing import RecallRow
from tests.actions.people import known_person, person
from tests.actions.sharing import in_force, released, staffed
from tests.actions.test_disposal import a_desk
from tests.actions.test_disposal_of_people import everybody
from tests.builders import ADA, RIA, proposal
from tests.journeys import Desk
from tests.ledger import reading
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
NAMES = ("Alba Quince", "Bea Quince", "Cato Quince")
YEARS = timedelta(days=3 * 365)


def several(desk: Desk) -> list[str]:
    return [known_person(desk, said=proposal(name=it)) for it in NAMES]


def who_is_left() -> set[str]:
    return set(PersonRow.objects.values_list("reference", flat=True))


def test_each_who_goes_with_others_has_a_certificate_an_entry_and_a_destroyed_key() -> None:
    desk = a_desk()
    people = [person(it) for it in several(desk)]
    drafts.save("verify", {}, about=people[0].reference, officer=ADA.ref, now=desk.now)
    desk.now += YEARS
    assert retention.run(acting=desk.by(WORKER)).destroyed == len(NAMES)
    assert (who_is_left(), everybody()) == (set(), (0, 0))
    assert not RecordKeyRow.objects.filter(id__in=[it.id for it in people]).exists()
    assert not DraftRow.objects.exists()
    assert set(TallyRow.objects.values_list("counted", "number")) == {
        ("person", len(NAMES)),
        ("person_role", len(NAMES)),
    }
    for it in people:
        certificate = DisposalRow.objects.get(record=it.id)
        assert (certificate.because, certificate.what) == ("not_released", "record")
        entry = EntryRow.objects.filter(obj=it.id).latest("number")
        assert act_of(entry.leaf) is Act.RECORD_DISPOSED
        changed = reading.fields(OpeningRow.objects.get(entry=entry).fields)["chg"]
        assert isinstance(changed, list)
        gone = {(table, key) for table, key, operation, _digest in changed if operation == "D"}
        assert {("person", str(it.id)), ("record_key", str(it.id))} < gone
        assert {table for table, _key in gone} == {
            *("person", "person_link", "person_statement", "person_step", "record_key")
        }
        assert sum(table in {"person", "disposal"} for table, *_ in changed) == 2


def test_who_is_held_stays_and_the_others_go() -> None:
    desk = a_desk()
    held, *_others = several(desk)
    holds.place(held, HoldKind.RIGHTS, their_reference="R 1", reason="Asked.", acting=desk.by(RIA))
    desk.now += YEARS
    assert retention.run(acting=desk.by(WORKER)).destroyed == len(NAMES) - 1
    assert who_is_left() == {held}


def test_who_is_held_meanwhile_stays_though_they_were_listed() -> None:
    desk = a_desk()
    held, other, *_others = several(desk)
    holds.place(held, HoldKind.RIGHTS, their_reference="R 1", reason="Asked.", acting=desk.by(RIA))
    desk.now += YEARS
    assert dispose_together([held], acting=desk.by(WORKER)) == []
    assert dispose_together([held, other], acting=desk.by(WORKER)) == [other]
    assert person(held).standing == PersonStanding.HELD


def test_who_was_given_to_others_waits_until_they_are_told_and_the_rest_go(
    server: MailServer,
) -> None:
    desk = staffed()
    given, *_others = several(desk)
    released(desk, given, in_force(desk))
    desk.now += YEARS
    assert retention.run(acting=desk.by(WORKER)).destroyed == len(NAMES) - 1
    assert who_is_left() == {given}
    assert RecallRow.objects.filter(disclosure__person=person(given)).exists()
    assert server.taken == []


def test_two_are_asked_about_no_more_often_than_one() -> None:
    """Nothing is read of somebody that was not read of all of them at once."""
    desk = a_desk()
    one, *two = several(desk)
    desk.now += YEARS
    asked = []
    for people in ([one], two):
        with CaptureQueriesContext(connection) as found:
            assert len(dispose_together(people, acting=desk.by(WORKER))) == len(people)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_one_whom_the_database_keeps_leaves_the_others_to_go() -> None:
    now = datetime.now(UTC)
    desk = Desk(now=now)
    kept, *_others = several(desk)
    # The worker's clock runs years ahead of the database's, for which the hold still stands.
    holds.place(
        kept,
        HoldKind.EVIDENCE,
        their_reference="Exhibit 1",
        owner="DC Fictional",
        reason="A court asks.",
        expires_on=now.date() + timedelta(days=90),
        acting=desk.by(RIA),
    )
    desk.now += YEARS
    with pytest.raises(DatabaseError, match="E-HOLD-30"):
        retention.run(acting=desk.by(WORKER))
    assert who_is_left() == {kept}
    assert person(kept).standing == PersonStanding.RESTRICTED
