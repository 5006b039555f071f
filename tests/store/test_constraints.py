"""What must never be true cannot be stored, whoever writes it."""

import pytest
from django.apps import apps
from django.db import models
from psycopg import errors

from evenhand.rules.handover import ENDED
from evenhand.rules.referrals import AFTER_APPROVAL, AFTER_SENDING, State
from tests.desks import FreshDesk
from tests.journeys import Desk, row
from tests.store.raw import STILL_NAMED, ask, connected, enter, take_number

NEVER = {
    "whoever logged approves": (
        "approved_by_id = logged_by_id",
        "referral_approved_by_a_second_officer",
    ),
    "whoever assessed approves": (
        "approved_by_id = assessed_by_id",
        "referral_approved_by_a_second_officer",
    ),
    "whoever assessed an earlier round approves": (
        "assessors = assessors || approved_by_id",
        "referral_approved_by_a_second_officer",
    ),
    "nobody approved": ("approved_by_id = NULL", "referral_goes_nowhere_without_approval"),
    "removed though never sent": ("is_removal = true", "referral_removed_only_once_sent"),
    "not public": ("public_without_login = false", "referral_of_public_content_only"),
    "no state": ("state = 'lost'", "referral_state_is_known"),
}


@pytest.mark.parametrize("what", NEVER)
def test_the_database_refuses_what_a_rule_refuses(fresh_desk: FreshDesk, what: str) -> None:
    change, constraint = NEVER[what]
    Desk().brought_to(State.APPROVED)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match=constraint):
            connection.execute(f"UPDATE referral SET {change}".encode())
        connection.rollback()


def test_no_state_after_approval_is_reached_without_a_second_officer(
    fresh_desk: FreshDesk,
) -> None:
    Desk().brought_to(State.AWAITING_APPROVAL)
    with connected(fresh_desk) as connection:
        for state in State:
            take_number(connection)
            statement = f"UPDATE referral SET state = '{state}'".encode()
            if state in AFTER_APPROVAL | AFTER_SENDING:
                why = "nowhere_without_approval|answered_only_once_sent"
                with pytest.raises(errors.CheckViolation, match=why):
                    connection.execute(statement)
            elif state in ENDED:
                with pytest.raises(errors.CheckViolation, match="referral_kept_for_a_time"):
                    connection.execute(statement)
            else:
                connection.execute(statement)
            connection.rollback()


def test_an_officer_has_a_known_role(fresh_desk: FreshDesk) -> None:
    Desk().log()
    with connected(fresh_desk) as connection:
        for roles in ("{}", "{chief}", "{officer,chief}"):
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="officer_has_known_roles"):
                connection.execute("UPDATE officer SET roles = %s", [roles])
            connection.rollback()


def test_a_platform_has_one_current_sign_off(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.sign_off("youtube")
    desk.sign_off("youtube", "new@youtube.example")
    with connected(fresh_desk) as connection:
        assert ask(connection, "SELECT count(*), count(ended_at) FROM sign_off") == [(2, 1)]
        take_number(connection)
        with pytest.raises(errors.UniqueViolation):
            connection.execute("UPDATE sign_off SET ended_at = NULL")
        connection.rollback()


def test_nothing_that_others_point_to_can_be_deleted(fresh_desk: FreshDesk) -> None:
    Desk().brought_to(State.CLOSED)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.InsufficientPrivilege, match="E-CNT-29"):
            connection.execute("DELETE FROM referral")
        connection.rollback()
        take_number(connection)
        with pytest.raises(STILL_NAMED, match='"record_key" violates'):
            connection.execute("DELETE FROM record_key")
        connection.rollback()
        for table in ("officer", "assessment"):
            number = take_number(connection)
            connection.execute(f"DELETE FROM {table}".encode())
            enter(connection, number)
            with pytest.raises(errors.ForeignKeyViolation, match=f'"{table}" violates'):
                connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            connection.rollback()


def test_every_foreign_key_of_casework_protects() -> None:
    for model in apps.get_app_config("store").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and model._meta.managed:
                assert field.remote_field.on_delete is models.PROTECT, field


@pytest.mark.django_db
def test_a_row_gives_the_rules_what_they_need_to_know() -> None:
    desk = Desk()
    fact = row(desk.brought_to(State.CLOSED)).as_fact()
    assert fact.state is State.CLOSED
    assert fact.sent_at is not None
    assert not fact.in_the_post
