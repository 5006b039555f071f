"""What must never be true of the register of training cannot be stored, whoever writes it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

import psycopg
import pytest
from psycopg import errors

from evenhand.actions import agreements, training
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import INSTRUCTED, WORKER, Acting, Permission
from evenhand.rules.referrals import State
from evenhand.rules.training import Course, Training
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import writing
from tests.actions.foi import on_paper
from tests.actions.foi import proposed as written
from tests.actions.people import proposed
from tests.builders import BO, CY, DEE, LIA, NED, child, proposal, terms
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import ask, connected, take_number

INSERT = (
    "INSERT INTO training (id, officer_id, course, done_on, valid_until, document_id, by_id, at)"
    " SELECT gen_random_uuid(), cy.id, {course}, {done}, {until}, {document}, {by}, '2026-11-20'"
    " FROM officer AS cy, officer AS lia WHERE cy.name = 'Cy' AND lia.name = 'Lia'"
)
PLAIN = {
    "course": "'children'",
    "done": "date '2026-11-20'",
    "until": "date '2027-11-20'",
    "document": "NULL::uuid",
    "by": "lia.id",
}
A_DOCUMENT = "(SELECT id FROM document_version WHERE kind = '{kind}' AND stage = '{stage}')"
NEVER = {
    "no course": ({"course": "'driving'"}, "training_is_known"),
    "before it was done": ({"until": "date '2026-11-19'"}, "training_children_in_time"),
    "too long": ({"until": "date '2028-11-21'"}, "training_children_in_time"),
    "to come": ({"done": "date '2026-11-22'"}, "E-TRN-01"),
    "recorded by oneself": ({"by": "cy.id"}, "training_recorded_by_another"),
    "instructions of nothing": (
        {"course": "'instructions'", "by": "cy.id"},
        "training_recorded_by_another",
    ),
    "instructions for another": (
        {
            "course": "'instructions'",
            "document": A_DOCUMENT.format(kind="instructions", stage="in_force"),
        },
        "training_recorded_by_another",
    ),
    "instructions accepted by nobody": (
        {
            "course": "'instructions'",
            "by": "NULL::uuid",
            "document": A_DOCUMENT.format(kind="instructions", stage="in_force"),
        },
        "training_recorded_by_another",
    ),
    "another document": (
        {
            "course": "'instructions'",
            "by": "cy.id",
            "document": A_DOCUMENT.format(kind="apd", stage="in_force"),
        },
        "E-TRN-03",
    ),
    "instructions of old": (
        {
            "course": "'instructions'",
            "by": "cy.id",
            "document": A_DOCUMENT.format(kind="instructions", stage="replaced"),
        },
        "E-TRN-03",
    ),
}


def test_the_database_refuses_of_the_register_what_a_rule_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for officer in (CY, LIA):
        desk.by(officer)
    desk.put_in_force(DocumentKind.APD)
    for _ in range(2):
        desk.put_in_force(DocumentKind.INSTRUCTIONS)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(INSERT.format(**PLAIN).encode())
        connection.rollback()
        for what, (changes, why) in NEVER.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=why):
                connection.execute(INSERT.format(**PLAIN | changes).encode())
                pytest.fail(what)
            connection.rollback()
        for statement in (
            b"UPDATE training SET valid_until = valid_until + 1",
            b"DELETE FROM training",
        ):
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="only added to"):
                connection.execute(statement)
            connection.rollback()


AUTHORISED = (
    "UPDATE person_link SET authorised_by_id = (SELECT id FROM officer WHERE name = 'Cy'),"
    " authorised_at = at + interval '{days} days' WHERE authorised_at IS NULL"
)


def test_nobody_who_may_be_a_child_is_authorised_by_whose_training_is_over(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    desk.by(CY)
    proposed(desk, said=proposal(age=child(), best_interests="To be safe."))
    short = Training(desk.now.date(), desk.now.date() + timedelta(days=30))
    training.record("cy", Course.CHILDREN, short, acting=desk.by(WORKER))
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(AUTHORISED.format(days=29).encode())
        connection.rollback()
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-CHD-74"):
            connection.execute(AUTHORISED.format(days=40).encode())
        connection.rollback()


def test_who_is_trained_anew_was_trained_before(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.by(CY)
    later = desk.now + timedelta(days=400)
    anew = Training(later.date(), later.date() + timedelta(days=30))
    training.record("cy", Course.CHILDREN, anew, acting=Acting(officer=WORKER, at=later))
    asked = "SELECT is_child_trained(id, %s) FROM officer WHERE name = 'Cy'"
    with connected(fresh_desk) as connection:
        for days, trained in ((-2, False), (0, True), (399, True), (430, True), (432, False)):
            day = desk.now.date() + timedelta(days=days)
            assert ask(connection, asked, day) == [(trained,)], days


def test_nobody_records_training_who_does_not_keep_the_register(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for officer in (CY, LIA, BO):
        desk.by(officer)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-WHO-02"):
            connection.execute(INSERT.replace("'Lia'", "'Bo'").format(**PLAIN).encode())
        connection.rollback()


DECIDED = (
    "INSERT INTO decision SELECT (jsonb_populate_record(it, jsonb_build_object("
    "'id', gen_random_uuid(), 'at', it.at + interval '{days} days', 'decision', '{decision}'))).*"
    " FROM decision AS it"
)


def test_nobody_approves_a_childs_referral_whose_training_is_over(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.by(CY)
    reference = desk.brought_to(State.APPROVED)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(DECIDED.format(days=900, decision="approve").encode())
        connection.rollback()
    with writing() as pen:
        ReferralRow.objects.filter(reference=reference).update(child=True)
        pen.enter(Entry(act=Act.ASSESSMENT_SUBMITTED, at=desk.now, who=BO.ref))
    with connected(fresh_desk) as connection:
        for days, decision in ((1, "approve"), (900, "return")):
            take_number(connection)
            connection.execute(DECIDED.format(days=days, decision=decision).encode())
            connection.rollback()
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-CHD-74"):
            connection.execute(DECIDED.format(days=900, decision="approve").encode())
        connection.rollback()


SIGNED = (
    "UPDATE agreement SET signed_by_id = (SELECT id FROM officer WHERE name = 'Dee'),"
    " signed_at = proposed_at + interval '{days} days' WHERE signed_at IS NULL"
)


def test_nobody_decides_who_has_not_accepted_the_instructions(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for officer in (CY, DEE, LIA, NED):
        desk.by(officer)
    desk.brought_to(State.APPROVED)
    review_on = desk.now.date() + timedelta(days=300)
    agreements.propose(terms(review_on=review_on), acting=desk.by(NED))
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    both = [SIGNED, DECIDED.replace("{decision}", "return")]
    with connected(fresh_desk) as connection:
        for statement in both:
            take_number(connection)
            connection.execute(statement.format(days=14).encode())
            connection.rollback()
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
                connection.execute(statement.format(days=20).encode())
            connection.rollback()
    for officer in (CY, DEE):
        training.accept(1, acting=desk.by(officer))
    with connected(fresh_desk) as connection:
        for statement in both:
            take_number(connection)
            connection.execute(statement.format(days=300).encode())
            connection.rollback()
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
                connection.execute(statement.format(days=370).encode())
            connection.rollback()


HELD: Mapping[Permission, Collection[str]] = {
    Permission.DECIDE: {"decision.by_id"},
    Permission.REVIEW_ORDER: {"move.by_id"},
    Permission.AUTHORISE_PERSON: {
        "person.authorised_by_id", "person_link.authorised_by_id", "person_step.by_id"},
    Permission.LIFT_RESTRICTION: {"person_step.by_id"},
    Permission.ANSWER_PURPOSE: {"purpose_change.answered_by_id"},
    Permission.SIGN_AGREEMENT: {"agreement.signed_by_id", "opened_kind.approved_by_id"},
    Permission.SHARE: {
        "disclosure.built_by_id", "export.by_id", "recall.by_id", "originator_notice.told_by_id"},
    Permission.APPROVE_SHARE: {"disclosure.approved_by_id", "export.answered_by_id"},
    Permission.APPROVE_CHILD_SHARE: {"disclosure.dpo_by_id", "export.dpo_by_id"},
    Permission.JOIN_PEOPLE: {
        "combination.decided_by_id", "combination.answered_by_id", "combination.undone_by_id"},
    Permission.DECIDE_TELLING: {"notify_decision.decided_by_id"},
    Permission.CONFIRM_NOT_TELLING: {"notify_decision.confirmed_by_id"},
    Permission.APPROVE_DOCUMENT: {
        "document_version.approved_by_id", "document_word.published_by_id",
        "yearly_report.published_by_id"},
    Permission.SETTLE_CHALLENGE: {"challenge.settled_by_id"},
    Permission.WITHHOLD_TELLING: {"withholding.by_id"},
    Permission.KEEP_BREACHES: {
        "breach.closed_by_id", "breach_note.by_id", "breach_phase.by_id", "breach_group.by_id"},
    Permission.APPROVE_FOI: {"foi_part.confirmed_by_id", "foi_letter.approved_by_id"},
    Permission.CONFIRM_CORRECTION: {"erratum.confirmed_by_id", "erratum.declined_by_id"},
    Permission.APPROVE_RIGHTS: {"rights_letter.answered_by_id", "rights_review.answered_by_id"},
    Permission.CONFIRM_REVIEW: {"review.settled_by_id", "disposal.released_by_id"},
    Permission.LIFT_HOLD: {"hold.ended_by_id"},
    Permission.APPROVE_SCHEDULE: {"schedule_version.approved_by_id"},
    Permission.SIGN_OFF_PLATFORM: {"sign_off.signed_by_id"},
    Permission.PUBLISH_FIGURES: {"figure.published_by_id", "erratum.by_id"},
}  # fmt: skip
"""Where the row of each decision names who decided."""
ONLY = {
    "breach_note": "'what', 'effects'",
    "decision": "'decision', 'return'",
    "move": "'move', 'order_confirmed'",
    "person_step": "'what', 'lift'",
    "recall": "'why', 'wrongly_sent'",
}
"""Of which kind a row is that decides, where not all of a table do."""
ANOTHER = (
    "INSERT INTO {0} SELECT (jsonb_populate_record(it, jsonb_build_object("
    "'id', gen_random_uuid(), '{1}', '{who}', '{2}', {day}{only}))).* FROM {0} AS it LIMIT 1"
)
CHANGED = "UPDATE {0} SET {1} = '{who}', {2} = {day}"
SINCE = (
    "(SELECT (in_force_from + {}) + time '09:00' FROM document_version"
    " WHERE kind = 'instructions' AND stage = 'in_force')"
)


def deciding(connection: psycopg.Connection) -> Iterator[tuple[str, str, str, bool]]:
    """Give each table that decides, its columns of who and when, and whether it is inserted so."""
    found = connection.execute(
        b"SELECT tgrelid::regclass::text, tgargs, tgtype & 4 > 0 FROM pg_trigger"
        b" WHERE tgname = 'decides_on_instructions' ORDER BY 1"
    ).fetchall()
    for table, args, inserted in found:
        names = bytes(args).decode().split("\0")[:-1]
        for who, when in zip(names[::2], names[1::2], strict=True):
            yield table, who, when, inserted


def test_each_decision_is_held_by_the_tables_that_name_who_decided(lived_in: FreshDesk) -> None:
    """A column that is none would let everybody pass."""
    assert set(HELD) == INSTRUCTED
    with connected(lived_in) as connection:
        held = list(deciding(connection))
        assert {f"{table}.{who}" for table, who, *_ in held} == set().union(*HELD.values())
        for table, *names, _inserted in held:
            columns = {
                name
                for (name,) in connection.execute(
                    b"SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass", [table]
                )
            }
            assert set(names) <= columns, table


def test_no_table_takes_a_decision_of_who_has_not_accepted_the_instructions(
    lived_in: FreshDesk,
) -> None:
    with connected(lived_in) as connection:
        for table, who, when, inserted in deciding(connection):
            write = ANOTHER if inserted else CHANGED
            only = f", {ONLY[table]}" if table in ONLY else ""
            for officer, days, is_refused in (
                (BO, 20, True),
                (BO, 10, False),
                (DEE, 20, False),
            ):
                statement = write.format(
                    table, who, when, who=officer.ref, day=SINCE.format(days), only=only
                )
                told = _told(connection, statement)
                assert ("E-WHO-07" in told) is is_refused, (table, who, days, told)


def _told(connection: psycopg.Connection, statement: str) -> str:
    """Say what the database refused it with, by whichever rule; empty: it took it."""
    take_number(connection)
    try:
        connection.execute(statement.encode())
    except psycopg.Error as refusal:
        return str(refusal)
    finally:
        connection.rollback()
    return ""


def test_no_reply_is_approved_by_who_left_or_has_not_accepted_the_instructions(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    for officer in (DEE, NED, LIA):
        desk.by(officer)
    written(desk, on_paper(desk))
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    approved = (
        "UPDATE foi_letter SET approved_by_id = (SELECT id FROM officer WHERE name = 'Dee'),"
        " approved_at = at + interval '20 days'"
    )
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
            connection.execute(approved.encode())
    for days, is_refused in ((25, False), (10, True)):
        with connected(fresh_desk) as connection:
            take_number(connection)
            connection.execute(
                b"UPDATE officer SET retired_at = (SELECT at FROM foi_letter)"
                b" + make_interval(days => %s) WHERE name = 'Dee'",
                [days],
            )
            if not is_refused:
                connection.execute(approved.encode())
                continue
            with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
                connection.execute(approved.encode())
