"""Six years after something left the desk, its line is forgotten; the log still counts it."""

from datetime import timedelta

import pytest

from evenhand.actions import recalls, reviews, sharing, sharing_past
from evenhand.ledger.acts import Act
from evenhand.queries.history import act_of
from evenhand.rules.officers import WORKER
from evenhand.store.log import EntryRow
from evenhand.store.sharing import DisclosureRow, RecallRow
from tests.actions.people import known_person
from tests.actions.sharing import built, in_force, released, staffed
from tests.actions.test_disposal import DISPOSE
from tests.builders import LEE, RON, SID, proposal
from tests.journeys import Desk, changing_nothing

pytestmark = pytest.mark.django_db
SIX_YEARS = timedelta(days=6 * 366)


def shared_of_who_is_gone(desk: Desk) -> None:
    """Have a package leave and another one dropped, and the person disposed of."""
    someone, agreement = known_person(desk), in_force(desk)
    released(desk, someone, agreement)
    sharing.drop(built(desk, someone, agreement), acting=desk.by(SID))
    for officer in (LEE, RON):
        desk.by(officer)
    reviews.review(someone, DISPOSE, acting=desk.by(RON))
    reviews.confirm(someone, acting=desk.by(LEE))
    recall = RecallRow.objects.get().id
    recalls.give_up(recall, acting=desk.by(WORKER))
    recalls.sent_on_paper(recall, acting=desk.by(SID))
    reviews.confirm(someone, acting=desk.by(LEE))


def forget_old(desk: Desk) -> int:
    return sharing_past.forget_old(acting=desk.by(WORKER))


def test_after_six_years_the_line_and_its_recalls_are_gone_and_the_log_counts_them() -> None:
    desk = staffed()
    shared_of_who_is_gone(desk)
    assert DisclosureRow.objects.count() == 2
    desk.now += SIX_YEARS - timedelta(days=20)
    with changing_nothing():
        assert forget_old(desk) == 0
    desk.now += timedelta(days=30)
    assert forget_old(desk) == 2
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.DISCLOSURES_FORGOTTEN
    assert (DisclosureRow.objects.count(), RecallRow.objects.count()) == (0, 0)
    acts = [act_of(it.leaf) for it in EntryRow.objects.all()]
    assert acts.count(Act.PACKAGE_DISCLOSED) == 1
    with changing_nothing():
        assert forget_old(desk) == 0


def test_a_line_of_somebody_still_on_record_waits_for_them() -> None:
    desk = staffed()
    released(desk, known_person(desk, said=proposal(name="Alba Quince")), in_force(desk))
    desk.now += SIX_YEARS
    with changing_nothing():
        assert forget_old(desk) == 0
