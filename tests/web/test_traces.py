"""Who was disposed of lately, on pages and by program: refused, or the second officer is warned."""

from datetime import timedelta

import pytest

from evenhand.rules.officers import Role
from evenhand.store.people import PersonRow
from evenhand.store.retention import DisposalRow
from tests.actions.people import known_person
from tests.actions.test_disposal import dispose_of
from tests.builders import ADA, BO, CY, DEE, LEE, RIA, RON
from tests.journeys import Desk
from tests.web.people import called, now, signed_in, text_of
from tests.web.test_people import VICTIM, look, propose

pytestmark = pytest.mark.django_db
BODY = {
    "role": "victim",
    "necessity": "They are threatened by name.",
    "name": "Noor Vantage",
    "birth_date": "1990-05-17",
    "age_basis": "document",
}
WARNING = "A record of somebody with this name and birth date was disposed of on"


@pytest.fixture
def desk() -> Desk:
    """A desk that disposed of Noor Vantage two days ago."""
    desk = Desk(now=now() - timedelta(days=2))
    for officer in (ADA, BO, CY, DEE, LEE, RIA, RON):
        desk.by(officer)
    return desk


def test_through_an_old_case_nobody_is_recorded_anew_at_either_door(desk: Desk) -> None:
    before = desk.log()
    dispose_of(desk, known_person(desk))
    on_page = propose(signed_in(ADA), before, **VICTIM)
    assert on_page.status_code == 409
    assert "disposed of less than 12 months ago" in text_of(on_page)
    called_for = called(ADA, f"/referrals/{before}/people", BODY)
    assert (called_for.status_code, called_for.json()["rule"]) == (409, "E-DISP-24")
    assert not PersonRow.objects.exists()


def test_through_a_fresh_case_the_second_officer_is_warned_and_nobody_else(desk: Desk) -> None:
    dispose_of(desk, known_person(desk))
    desk.now = now() - timedelta(minutes=30)
    propose(signed_in(ADA), desk.log(), **VICTIM)
    reference, cy = PersonRow.objects.get().reference, signed_in(CY)
    shown = text_of(look(cy, reference))
    assert WARNING in shown
    assert WARNING in text_of(cy.get(f"/people/{reference}/authorise/"))
    assert WARNING not in text_of(look(signed_in(ADA), reference))
    place = f"/people/{reference}?reason=To%20decide"
    told = called(CY, place, None).json()["disposed_on"]
    assert told == DisposalRow.objects.get().day.isoformat()
    assert called(ADA, place, None).json()["disposed_on"] is None
    assert Role.APPROVER in CY.roles
