"""What a report from the public must never hold or become cannot be stored, whoever writes it."""

import pytest
from psycopg import errors

from evenhand.rules.public_reports import Worry
from tests.actions.reporting import opened, reported
from tests.builders import ADA
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number

BY = "settled_by_id = (SELECT id FROM officer LIMIT 1), settled_at = now()"
GONE = "url = NULL, why = NULL, key_id = NULL"
REFERRAL = "became = (SELECT id FROM referral LIMIT 1)"
SETTLED = f"UPDATE public_report SET standing = 'logged', {BY}, {GONE}, {REFERRAL}"
OPENED, WAITING = " WHERE standing = 'opened'", " WHERE standing = 'waiting'"
BY_SOMEBODY = f"{SETTLED}, opened_by_id = (SELECT id FROM officer LIMIT 1)"
TAKEN_BACK = "UPDATE public_report SET standing = 'waiting', opened_by_id = NULL"
FIRST = "WHERE standing = 'opened' AND platform = 'youtube'"
BEGUN = (
    "INSERT INTO public_report (id, receipt, day, received_at, schedule, review_on, max_on,"
    " answers_until, platform, danger_now, public_without_login, worry, standing) SELECT"
    " gen_random_uuid(), '\\x00', day, received_at, schedule, review_on, max_on, answers_until,"
    " platform, false, true, {} FROM public_report LIMIT 1"
)
REACHED = (
    "INSERT INTO reporter_contact (id, key_id, report_id, schedule, day, last_on, language, email)"
    " SELECT gen_random_uuid(), (SELECT id FROM record_key LIMIT 1), id, 'D09', day, day, 'en',"
    " '\\x00' FROM public_report WHERE standing = 'signposted'"
)
NEVER = {
    "kept 31 days": ("UPDATE public_report SET max_on = day + 31", "ends_after_30_days"),
    "on no schedule": ("UPDATE public_report SET schedule = 'D01'", "is_on_the_schedule"),
    "not public": ("UPDATE public_report SET public_without_login = false", "public_content_only"),
    "of an unknown kind": (f"UPDATE public_report SET worry = 'x' {FIRST}", "of_a_known_kind"),
    "imagery with words": (
        f"UPDATE public_report SET worry = 'child_abuse_imagery' {FIRST}",
        "of_child_abuse_imagery_holds_nothing"),
    "imagery that waits": (
        BEGUN.format("'child_abuse_imagery', 'waiting'"), "public_report_"),
    "begun as settled": (BEGUN.format("'drugs', 'lapsed'"), "E-PREP-02.*begins"),
    "waiting without words": (BEGUN.format("'drugs', 'waiting'"), "words_go_when_it_is_settled"),
    "words after settling": (
        f"UPDATE public_report SET standing = 'lapsed' {FIRST}", "words_go_when_it_is_settled"),
    "a key without a reason": (
        f"UPDATE public_report SET standing = 'lapsed', url = NULL, why = NULL {FIRST}",
        "words_go_when_it_is_settled"),
    "settled by nobody": (
        f"UPDATE public_report SET standing = 'logged', {GONE}, {REFERRAL} {FIRST}",
        "settled_by_an_officer"),
    "settled unopened": (SETTLED + WAITING, "settled_by_an_officer"),
    "settled as opened by somebody who did not": (BY_SOMEBODY + WAITING, "E-PREP-03"),
    "logged as nothing": (
        f"UPDATE public_report SET standing = 'logged', {BY}, {GONE} {FIRST}",
        "taken_up_as_a_referral"),
    "logged as a referral that is none": (
        f"UPDATE public_report SET standing = 'logged', {BY}, {GONE}, became = id {FIRST}",
        "E-PREP-02.*exists"),
    "several at once": (SETTLED + OPENED, "E-PREP-02.*one by one"),
    "set aside for no reason": (
        f"UPDATE public_report SET standing = 'set_aside', {BY}, {GONE} {FIRST}",
        "set_aside_for_a_reason"),
    "taken back": (TAKEN_BACK + OPENED, "E-PREP-02.*settled"),
    "a reporter of imagery": (REACHED, "E-PREP-01"),
    "a reporter kept four months": (
        "UPDATE reporter_contact SET last_on = day + 93", "ends_after_3_months"),
    "a reporter on no schedule": (
        "UPDATE reporter_contact SET schedule = 'D01'", "reporter_contact_is_on_the_schedule"),
    "a negative count": ("UPDATE public_report_count SET count = -1", "count_counts"),
}  # fmt: skip


def test_the_database_refuses_what_a_rule_about_reports_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.by(ADA)
    desk.log()
    opened(desk, reported(desk, url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"))
    opened(desk, reported(desk))
    reported(desk)
    reported(desk, worry=Worry.CHILD_ABUSE_IMAGERY)
    with connected(fresh_desk) as connection:
        for name, (statement, says) in NEVER.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
                raise AssertionError(name)
            connection.rollback()


def test_a_settled_report_stays_settled(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.log()
    opened(desk, reported(desk))
    with connected(fresh_desk) as connection:
        take_number(connection)
        lapsed = f"UPDATE public_report SET standing = 'lapsed', {GONE}"
        connection.execute(lapsed.encode())
        again = f"UPDATE public_report SET standing = 'logged', {BY}, {REFERRAL}"
        with pytest.raises(errors.CheckViolation, match=r"E-PREP-02.*is settled"):
            connection.execute(again.encode())
        connection.rollback()
