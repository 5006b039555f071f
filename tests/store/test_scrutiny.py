"""What was entered in the register of scrutiny stays, whoever writes."""

from pathlib import Path

from psycopg import errors

from evenhand.actions import scrutiny
from evenhand.actions.reconciling import reconcile
from evenhand.queries import scrutiny as known
from evenhand.rules.scrutiny import ScrutinyKind, Told
from tests.actions.test_scrutiny import recorded
from tests.builders import DEE
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, refuses, take_number

COPIED = (
    "INSERT INTO {0} SELECT (jsonb_populate_record({0}, jsonb_build_object("
    "'id', gen_random_uuid(), {1}))).* FROM {0} LIMIT 1"
)
NEVER = {
    "an entry is changed": ("UPDATE scrutiny SET held_on = held_on - 1", "E-SCR-04"),
    "an entry is removed": ("DELETE FROM scrutiny", "E-SCR-04"),
    "a word is changed": ("UPDATE scrutiny_word SET day = day - 1", "E-SCR-04"),
    "a word is removed": ("DELETE FROM scrutiny_word", "E-SCR-04"),
    "none is taken back": ("DELETE FROM scrutiny_none", "E-SCR-04"),
    "it is of no kind": (COPIED.format("scrutiny", "'number', 7, 'kind', 'visit'"), "known_kind"),
    "none is of no kind": (COPIED.format("scrutiny_none", "'kind', 'visit'"), "of_a_kind"),
    "something was done about nothing": (
        COPIED.format("scrutiny_word", "'what', 'done'"),
        "follows_a_recommendation",
    ),
    "something was done about an outcome": (
        COPIED.format(
            "scrutiny_word",
            "'what', 'done', 'about_id', (SELECT id FROM scrutiny_word WHERE what = 'outcome')",
        ),
        "E-SCR-03",
    ),
    "there was none where there was": (
        COPIED.format("scrutiny_none", "'kind', 'audit', 'true_on', current_date + 3650"),
        "E-SCR-02",
    ),
}


def test_the_database_refuses_of_the_register_what_a_rule_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    number = recorded(desk)
    today = desk.now.date()
    scrutiny.tell(number, Told.OUTCOME, "Nothing wrong.", today, acting=desk.by(DEE))
    scrutiny.say_none(ScrutinyKind.APPEAL, today, acting=desk.by(DEE))
    with connected(fresh_desk) as connection:
        for statement, says in NEVER.values():
            take_number(connection)
            refuses(connection, statement, errors.CheckViolation, says=says)


def test_comparisons_of_casework_with_the_log_are_told_with_what_differed(
    fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    assert fresh_desk.name
    desk = Desk()
    nothing = known.as_at(desk.now.date()).comparisons
    assert (nothing.times, nothing.last_at) == (0, None)
    reconcile(lambda: desk.now, log=tmp_path)
    done = known.as_at(desk.now.date()).comparisons
    assert (done.times, done.differences) == (1, 0)
