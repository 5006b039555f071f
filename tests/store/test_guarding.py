"""Who changes what guards and compares rows is found out, whatever that says of the rows."""

import pytest

from evenhand.actions.comparing import compare
from evenhand.rules.oversight import DIFFERENCES
from evenhand.rules.referrals import State
from tests.desks import FreshDesk
from tests.journeys import Desk, row
from tests.store.test_reconciling import NO_LOG, attack, sentences, superuser

OLD_DIGEST = """
    CREATE OR REPLACE FUNCTION row_digest(line jsonb) RETURNS bytea LANGUAGE sql STABLE AS $$
        SELECT coalesce((SELECT digest FROM change WHERE row_table = 'referral'
            AND row_key = line ->> 'id' AND row_key = '{id}' AND line ? 'state'
            ORDER BY number DESC LIMIT 1),
            sha256(convert_to(jsonb_strip_nulls(line)::text, 'UTF8')))
    $$
"""
BEFORE_THEIRS = """
    CREATE FUNCTION to_jsonb(one referral) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT pg_catalog.to_jsonb(one::text)
    $$
"""
ONLY_SOME = """
    DROP TRIGGER guard ON referral;
    CREATE TRIGGER guard AFTER INSERT OR UPDATE ON referral FOR EACH ROW
        WHEN (NEW.reference <> 'EVH-1') EXECUTE FUNCTION guard()
"""
NOT_GUARDED = (
    "ALTER TABLE referral DISABLE TRIGGER guard",
    "ALTER TABLE referral ENABLE REPLICA TRIGGER guard_gone",
    "DROP TRIGGER guard_whole ON referral",
    "ALTER TABLE referral ENABLE ROW LEVEL SECURITY",
    "CREATE RULE nothing AS ON UPDATE TO referral DO INSTEAD NOTHING",
    ONLY_SOME,
)


def test_a_row_that_a_changed_function_calls_unchanged_is_not_agreed_on(
    fresh_desk: FreshDesk,
) -> None:
    referral = row(Desk().brought_to(State.NOT_REFERRED))
    assert compare(NO_LOG).differences == []
    attack(fresh_desk, "UPDATE referral SET state = 'closed' WHERE id = %s", referral.id)
    with superuser(fresh_desk) as intruder:
        intruder.execute(OLD_DIGEST.replace("{id}", str(referral.id)).encode())
    [said] = sentences(compare(NO_LOG))
    assert said.startswith("The database’s function row_digest, with which rows are guarded")


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (BEFORE_THEIRS, "to_jsonb"),
        ("ALTER FUNCTION rows_as_logged SET search_path = pg_temp, public", "rows_as_logged"),
        ("ALTER FUNCTION rows_not_logged RESET search_path", "rows_not_logged"),
        ("ALTER FUNCTION guard_together RENAME TO guard_before", "guard_together"),
    ],
)
def test_a_function_that_is_not_as_it_was_brought_is_named(
    fresh_desk: FreshDesk, statement: str, name: str
) -> None:
    assert fresh_desk.database_url
    with superuser(fresh_desk) as intruder:
        intruder.execute(statement.encode())
    said = [
        (it.table, it.key) for it in compare(NO_LOG).differences if it.what == "function-altered"
    ]
    assert said == [("guard", name)]


@pytest.mark.parametrize("statement", NOT_GUARDED)
def test_a_table_without_its_guard_is_named(fresh_desk: FreshDesk, statement: str) -> None:
    assert fresh_desk.database_url
    with superuser(fresh_desk) as intruder:
        for each in statement.split(";"):
            intruder.execute(each.encode())
    [found] = compare(NO_LOG).differences
    assert (found.table, found.key) == ("guard", "referral")
    said = DIFFERENCES[found.what].format(table=found.table, key=found.key)
    assert said.startswith("The table referral is not guarded as this version guards it")


def test_a_view_in_the_place_of_a_table_is_named(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    with superuser(fresh_desk) as intruder:
        intruder.execute("ALTER TABLE note RENAME TO real_note")
        intruder.execute("CREATE VIEW note AS SELECT * FROM real_note")
        intruder.execute("GRANT SELECT ON note TO PUBLIC")
    assert ("guard", "note") in [(it.table, it.key) for it in compare(NO_LOG).differences]
