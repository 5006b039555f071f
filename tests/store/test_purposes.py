"""Nobody allows their own request for another purpose, whoever writes it."""

import pytest

from evenhand.actions import sharing
from tests.actions.people import known_person
from tests.actions.sharing import in_force, wanted
from tests.actions.test_disposal import a_desk
from tests.actions.test_purposes import asked
from tests.builders import SID, proposal
from tests.desks import FreshDesk
from tests.store.raw import connected
from tests.store.test_people import refused_by

COPY = (
    "INSERT INTO purpose_change (id, person_id, purpose, law, necessity, proportionality,"
    " asked_by_id, asked_at, approved, answered_by_id, answered_at)"
    " SELECT gen_random_uuid(), person_id, {purpose}, law, necessity, proportionality,"
    " asked_by_id, asked_at, {approved}, {by}, asked_at FROM purpose_change"
)
DEE = "(SELECT id FROM officer WHERE name = 'Dee')"
ALLOW = "UPDATE purpose_change SET approved = true, answered_at = asked_at, answered_by_id = "
NEVER = {
    f"{ALLOW} asked_by_id": "purpose_change_by_two",
    "UPDATE purpose_change SET approved = true": "purpose_change_by_two",
    COPY.format(purpose="'evidence_for_named_investigation'", approved="true", by=DEE): "E-PUR-08",
    "UPDATE purpose_change SET purpose = 'evidence_for_named_investigation'": "E-PUR-08",
    f"{ALLOW} {DEE}; UPDATE purpose_change SET approved = false": "E-PUR-08",
    COPY.format(purpose="'intelligence'", approved="NULL", by="NULL").replace(
        ", asked_at FROM", ", NULL FROM"
    ): "purpose_change_is_to_another",
    "UPDATE disclosure SET purpose = 'safeguard_individual'": "E-PUR-08",
}


@pytest.mark.usefixtures("fresh_desk")
def test_the_database_refuses_another_purpose_that_no_second_officer_allowed(
    fresh_desk: FreshDesk,
) -> None:
    desk = a_desk()
    asked(desk)
    other = known_person(desk, said=proposal(name="Alba Quince"))
    sharing.build(other, wanted(other, in_force(desk)), acting=desk.by(SID))
    with connected(fresh_desk) as connection:
        for statement, names in NEVER.items():
            assert names in refused_by(connection, statement), statement
        assert refused_by(connection, f"{ALLOW} {DEE}") == ""
