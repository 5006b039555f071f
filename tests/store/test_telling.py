"""What a record says is decided about telling them is what was decided, whoever writes it."""

from evenhand.actions import notification
from evenhand.store.notification import waiting
from tests.actions.people import known_person
from tests.actions.test_disposal import a_desk
from tests.actions.test_notification import TELL
from tests.builders import RIA, proposal
from tests.desks import FreshDesk
from tests.store.raw import connected
from tests.store.test_people import refused_by

AT_ONCE = "; SET CONSTRAINTS telling_as_decided IMMEDIATE"


def test_nobody_counts_as_told_without_a_decision_in_force(fresh_desk: FreshDesk) -> None:
    desk = a_desk()
    reference = known_person(desk)
    tells = "UPDATE person SET telling = 'tell'"
    with connected(fresh_desk) as connection:
        assert "E-NOT-33" in refused_by(connection, tells + AT_ONCE)
    notification.decide(reference, TELL, acting=desk.by(RIA))
    replaced = "UPDATE notify_decision SET replaced_at = decided_at"
    undecided = "UPDATE person SET telling = NULL"
    with connected(fresh_desk) as connection:
        assert refused_by(connection, tells + AT_ONCE) == ""
        for wrong in ("UPDATE person SET telling = 'restrict'", replaced):
            assert "E-NOT-33" in refused_by(connection, wrong + AT_ONCE)
        assert refused_by(connection, f"{replaced}; {undecided}" + AT_ONCE) == ""


def test_whom_nobody_decided_on_is_found_by_an_index_of_those_alone(fresh_desk: FreshDesk) -> None:
    """Of whom it is decided is no part of it, so the list costs the same however many they are."""
    desk = a_desk()
    first, second = (known_person(desk, said=proposal(name=it)) for it in ("Alba Q", "Bea Q"))
    notification.decide(first, TELL, acting=desk.by(RIA))
    with connected(fresh_desk) as connection:
        connection.execute("SET enable_seqscan = off; SET enable_sort = off")
        rows = waiting().filter(child=False).order_by("proposed_at")[:50]
        query, values = rows.query.sql_with_params()
        plan = "\n".join(
            str(it) for it in connection.execute(f"EXPLAIN {query}", values).fetchall()
        )
    assert "Index Scan using person_telling_undecided" in plan
    assert [it.reference for it in waiting()] == [second]
