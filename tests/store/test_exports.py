"""An export that one officer answers, or that changes on its way, cannot be stored by anyone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import errors

from evenhand.actions import exports
from tests.actions.sharing import staffed
from tests.actions.test_exports import agreed, allowed, asked, of_a_child
from tests.builders import CY, DEE, SID
from tests.captures import folder_of_its_own, taken
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number

WAITS, ALLOWED = "WHERE allowed IS NULL AND NOT child", "WHERE allowed AND taken_at IS NULL"
OF_A_CHILD = "WHERE child"
BY_THE_DPO = f"dpo_allowed = true, dpo_by_id = '{DEE.ref}'"
BY_ANOTHER = "allowed = {}, answered_by_id = '{}', answered_at = at + interval '{} hours'"
TAKE = "taken_at = answered_at + interval '{} hours', package_sha256 = '\\x01'"
TAKEN_OF_A_CHILD = f"UPDATE export SET {TAKE.format(1)} {OF_A_CHILD}"
NEVER = {
    "allowed and taken by nobody": (
        f"allowed = true, {TAKE.format(1)} {WAITS}".replace("answered_at +", "at +"),
        "E-EXP-01"),
    "allowed by nobody": (f"allowed = true {WAITS}", "answered_by_somebody"),
    "allowed by who asked": (f"{BY_ANOTHER.format(True, SID.ref, 1)} {WAITS}", "two_officers"),
    "allowed too late": (f"{BY_ANOTHER.format(True, CY.ref, 73)} {WAITS}", "within_72_hours"),
    "answered twice": (f"allowed = false {ALLOWED}", "answered once"),
    "other words of the answer": (f"answer = '\\x01' {ALLOWED}", "answered once"),
    "words of an answer written again": (
        "answer = '\\x01' WHERE allowed AND taken_at IS NOT NULL", "answered once"),
    "an answer taken back": (
        f"allowed = NULL, answered_by_id = NULL, answered_at = NULL {ALLOWED}", "answered once"),
    "another recipient": (f"recipient_person = gen_random_uuid() {ALLOWED}", "never changed"),
    "other captures": (f"captures = captures || gen_random_uuid() {ALLOWED}", "never changed"),
    "another agreement": (f"agreement_id = gen_random_uuid() {ALLOWED}", "never changed"),
    "another purpose": (f"purpose = 'safeguard_individual' {ALLOWED}", "never changed"),
    "another reason": (f"reason = '\\x01' {ALLOWED}", "never changed"),
    "a reason written again": (
        "reason = '\\x01' WHERE allowed AND taken_at IS NOT NULL", "never changed"),
    "taken before it was allowed": (
        f"{BY_ANOTHER.format(True, CY.ref, 1)}, taken_at = at, package_sha256 = '\\x01' {WAITS}",
        "once it was allowed"),
    "taken too late": (f"{TAKE.format(73)} {ALLOWED}", "within_72_hours"),
    "taken without its hash": (f"taken_at = answered_at {ALLOWED}", "with_its_hash"),
    "answered by the DPO about nobody under 18": (
        f"{BY_THE_DPO}, dpo_at = at {ALLOWED}", "answered_by_the_dpo"),
    "answered by the DPO who asked": (
        f"dpo_allowed = true, dpo_by_id = by_id, dpo_at = at {OF_A_CHILD}", "three_officers"),
    "answered by the DPO too late": (
        f"{BY_THE_DPO}, dpo_at = at + interval '73 hours' {OF_A_CHILD}", "within_72_hours"),
    "taken before the DPO allowed it": (
        f"{BY_ANOTHER.format(True, CY.ref, 1)} {OF_A_CHILD}; {TAKEN_OF_A_CHILD}",
        "once_the_dpo_allowed"),
    "about nobody under 18 after all": (f"child = false {OF_A_CHILD}", "never changed"),
    "never taken after all": (
        "taken_at = NULL, package_sha256 = NULL WHERE taken_at IS NOT NULL", "that stays so"),
}  # fmt: skip
"""What is written, and what the database says to it."""
BEGUN_AS_ALLOWED = (
    "INSERT INTO export SELECT (jsonb_populate_record(export,"
    " jsonb_build_object('id', gen_random_uuid()))).* FROM export WHERE allowed LIMIT 1"
)

BEGUN_AS_TAKEN = (
    "INSERT INTO export SELECT (jsonb_populate_record(export, jsonb_build_object('id',"
    " gen_random_uuid(), 'allowed', NULL, 'answered_by_id', NULL, 'answered_at', NULL))).*"
    " FROM export WHERE taken_at IS NOT NULL AND dpo_allowed IS NULL LIMIT 1"
)


@pytest.fixture
def desk(fresh_desk: object, tmp_path: Path) -> Iterator[Desk]:
    with folder_of_its_own(tmp_path / "captures"):
        yield staffed()


def test_the_database_refuses_what_a_rule_about_exports_refuses(
    desk: Desk, fresh_desk: FreshDesk
) -> None:
    waiting, kept = desk.log(), desk.log()
    taken(desk, kept)
    asked(desk, waiting)
    done = desk.log()
    out = allowed(desk, done)
    list(exports.take(out, acting=desk.by(SID)).pieces)
    allowed(desk, kept)
    asked(desk, of_a_child(desk))
    statements = {it: (f"UPDATE export SET {said}", why) for it, (said, why) in NEVER.items()}
    statements["begun as allowed"] = (BEGUN_AS_ALLOWED, "begins as asked for")
    statements["begun as taken"] = (BEGUN_AS_TAKEN, "begins as asked for")
    with connected(fresh_desk) as connection:
        for name, (statement, says) in statements.items():
            take_number(connection)
            connection.execute(
                b"UPDATE export SET reason = NULL, answer = NULL WHERE taken_at IS NOT NULL"
            )
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
                raise AssertionError(name)
            connection.rollback()
        take_number(connection)
        connection.execute(f"UPDATE export SET {TAKE.format(72)} {ALLOWED}".encode())
        connection.rollback()


def test_nothing_is_taken_of_what_was_withdrawn_or_under_what_has_ended(
    desk: Desk, fresh_desk: FreshDesk
) -> None:
    withdrawn = desk.log()
    allowed(desk, withdrawn)
    desk.do(withdrawn, "withdraw")
    take_it = f"UPDATE export SET {TAKE.format(1)} {ALLOWED}".encode()
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-EXP-03"):
            connection.execute(take_it)
    allowed(desk, desk.log())
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(b"UPDATE agreement SET over_at = now()")
        connection.execute(
            b"DELETE FROM export USING referral WHERE referral_id = referral.id"
            b" AND state = 'withdrawn'"
        )
        with pytest.raises(errors.CheckViolation, match="E-SHR-63"):
            connection.execute(take_it)


def test_the_data_protection_officer_answers_once_and_what_became_a_childs_stays(
    desk: Desk, fresh_desk: FreshDesk
) -> None:
    agreement = agreed(desk)
    export = asked(desk, of_a_child(desk), agreement)
    exports.answer(export, "It is needed.", allowed=True, acting=desk.by(DEE))
    with connected(fresh_desk) as connection:
        for again in ("dpo_allowed = false", "dpo_why = '\\x01'", "dpo_at = at"):
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="answers once"):
                connection.execute(f"UPDATE export SET {again} {OF_A_CHILD}".encode())
            connection.rollback()
        connection.rollback()
    other = asked(desk, desk.log(), agreement)
    exports.answer(other, "It is needed.", allowed=True, acting=desk.by(CY))
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(b"UPDATE referral SET child = true")
        with pytest.raises(errors.CheckViolation, match="about a child"):
            connection.execute(f"UPDATE export SET {TAKE.format(1)} {ALLOWED}".encode())
