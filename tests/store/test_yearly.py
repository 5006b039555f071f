"""What must never be true of a yearly report cannot be stored, whoever writes it."""

import pytest
from psycopg import errors

from evenhand.actions import yearly
from evenhand.rules.yearly import ReportKind
from tests.builders import NED
from tests.desks import FreshDesk
from tests.journeys import INDEPENDENT, Desk
from tests.store.raw import connected, take_number


def test_the_database_keeps_an_edition_as_it_was_prepared_and_published(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    last = desk.published_report()
    kind = ReportKind.TRANSPARENCY
    month = f"{last:%Y-%m}"
    for _edition in range(2):
        yearly.prepare(kind, month, INDEPENDENT, "It was wrong.", acting=desk.by(NED))
    lia = "(SELECT id FROM officer WHERE name = 'Lia')"
    ned = "(SELECT id FROM officer WHERE name = 'Ned')"
    wrong = {
        "UPDATE yearly_report SET snapshot = '\\x00' WHERE number = 1": "E-YEAR-03",
        "UPDATE yearly_report SET snapshot = '\\x00' WHERE number = 3": "E-YEAR-03",
        "UPDATE yearly_report SET version = 9 WHERE number = 1": "E-YEAR-03",
        "DELETE FROM yearly_report": "E-YEAR-03",
        f"UPDATE yearly_report SET published_at = now(), published_by_id = {lia}"
        " WHERE number = 2": "E-YEAR-03: a newer",
        f"UPDATE yearly_report SET published_at = now(), published_by_id = {ned}"
        " WHERE number = 3": "E-YEAR-03: a senior owner",
        "UPDATE yearly_report SET published_at = now() WHERE number = 3": (
            "yearly_report_published_by_another"
        ),
        "INSERT INTO yearly_report SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'number', 9))).* FROM yearly_report r WHERE number = 1": (
            "E-YEAR-03"
        ),
    }
    with connected(fresh_desk) as connection:
        for statement, says in wrong.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
                pytest.fail(statement)
            connection.rollback()
