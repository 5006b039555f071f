"""What a rule of the catalogue refuses cannot be stored as raw SQL either, by its code."""

import re
from dataclasses import replace

import psycopg
import pytest
from django.conf import settings

from evenhand.actions import notification, purposes
from evenhand.rules.notification import Decision, RestrictionGround, Telling
from evenhand.rules.officers import WORKER
from evenhand.rules.profile import Regime
from evenhand.rules.purposes import Purpose, PurposeChange
from evenhand.rules.referrals import State
from tests.actions.people import known_person
from tests.actions.sharing import approved, built, in_force, staffed
from tests.builders import ADA, DEE, RIA
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import ask, connected, take_number
from tests.store.test_people import refused_by

COPIED = (
    "INSERT INTO {0} SELECT (jsonb_populate_record({0}, jsonb_build_object("
    "'id', gen_random_uuid(), {1}))).* FROM {0} LIMIT 1"
)
NEW_PACKAGE = (
    "'reference', 'D-NEW', 'standing', 'built', 'approved_by_id', NULL, 'approved_at', NULL,"
    " 'approved_why', NULL"
)
THROUGH = (
    "; UPDATE disclosure SET standing = 'proposed' WHERE reference = 'D-NEW'"
    "; UPDATE disclosure SET standing = 'approved', approved_at = built_at, approved_by_id ="
    " (SELECT id FROM officer WHERE name = 'Cy') WHERE reference = 'D-NEW'"
    "; UPDATE disclosure SET standing = 'released', released_at = built_at, package_sha256 = digest"
    " WHERE reference = 'D-NEW'"
)
SOMEBODY_ELSE = "SELECT id FROM officer WHERE id NOT IN (SELECT by_id FROM notice) LIMIT 1"
HOUSING = COPIED.format(
    "agreement",
    "'number', 7, 'reference', 'A-HOUSING', 'kind', 'housing'",
)
NEVER = {
    "E-CTR-62: to somebody whom no agreement names": (
        COPIED.format("disclosure", f"'recipient_person', gen_random_uuid(), {NEW_PACKAGE}")
        + THROUGH,
        "E-CTR-62",
    ),
    "E-PUR-09: to a closed kind of recipient": (
        HOUSING
        + ";"
        + COPIED.format(
            "disclosure",
            "'agreement_id', (SELECT id FROM agreement WHERE reference = 'A-HOUSING'),"
            f" {NEW_PACKAGE}",
        )
        + THROUGH,
        "E-PUR-09",
    ),
    "E-PUR-09: a closed kind opened without a law": (
        (
            "INSERT INTO opened_kind SELECT gen_random_uuid(), 'housing', '', now(), NULL,"
            " current_date + 1, NULL, NULL, built_by_id FROM disclosure"
        ),
        "opened_kind_names_a_law",
    ),
    "E-TRF-68: abroad, as if it were home": (
        COPIED.format("agreement", "'number', 8, 'country', 'FR', 'over_at', now()"),
        "E-TRF-68",
    ),
    "E-TRF-68: a transfer to home": (
        COPIED.format("agreement", "'number', 8, 'transfer', 'approved', 'over_at', now()"),
        "E-TRF-68",
    ),
    "E-TRF-68: on no basis": (
        COPIED.format("agreement", "'number', 8, 'country', 'FR', 'transfer', 'hope'"),
        "E-TRF-68",
    ),
    "E-QUAL-17: without what its recipient judges it by": (
        COPIED.format("disclosure", f"'document', NULL, {NEW_PACKAGE}"),
        "E-QUAL-17",
    ),
    "E-QUAL-17: with nothing in it": (
        COPIED.format("disclosure", f"'fields', '[]'::jsonb, {NEW_PACKAGE}"),
        "E-QUAL-17",
    ),
    "E-RST-34: not told on no ground": (
        "UPDATE notify_decision SET ground = NULL",
        "notify_decision_has_ground_and_review",
    ),
    "E-RST-34: not told as it affects what they do": (
        "UPDATE notify_decision SET ground = 'behaviour'",
        "notify_decision_has_ground_and_review",
    ),
    "E-RST-34: for longer than 90 days": (
        "UPDATE notify_decision SET review_on = decided_on + 91",
        "notify_decision_has_ground_and_review",
    ),
    "E-RST-34: without end": (
        "UPDATE notify_decision SET review_on = NULL",
        "notify_decision_has_ground_and_review",
    ),
    "E-RST-34: confirmed by who decided": (
        "UPDATE notify_decision SET confirmed_by_id = decided_by_id, confirmed_at = decided_at",
        "notify_decision_confirmed_by_another",
    ),
    "E-PUR-07: a purpose outside of the list": (
        "UPDATE purpose_change SET purpose = 'intelligence_development'",
        "purpose_change_is_to_another|E-PUR-08",
    ),
    "E-PUR-07: asked for a purpose outside of the list": (
        COPIED.format("purpose_change", "'purpose', 'other'"),
        "purpose_change_is_to_another",
    ),
    "E-DPIA-60: a high risk in force unheard": (
        "UPDATE document_version SET residual = 'high' WHERE kind = 'dpia'",
        "E-DPIA-59|document_of_high_residual",
    ),
    "E-DPIA-60: somebody recorded while the Commissioner is waited for": (
        COPIED.format(
            "document_version",
            "'number', 99, 'stage', 'awaiting_ico', 'residual', 'high', 'approved_by_id', NULL,"
            " 'approved_at', NULL, 'in_force_from', NULL, 'review_on', NULL",
        ).replace("LIMIT", "WHERE kind = 'dpia' LIMIT")
        + "; "
        + COPIED.format("person", "'reference', 'P-22222222'"),
        "E-DPIA-60",
    ),
    "E-DPIA-60: somebody recorded once a newer version was only written": (
        COPIED.format(
            "document_version",
            "'number', 99, 'stage', 'replaced', 'residual', 'high', 'approved_by_id', NULL,"
            " 'approved_at', NULL, 'in_force_from', NULL, 'review_on', NULL",
        ).replace("LIMIT", "WHERE kind = 'dpia' LIMIT")
        + "; "
        + COPIED.format("person", "'reference', 'P-22222222'"),
        "E-DPIA-60",
    ),
}


def stored(connection: psycopg.Connection, statements: str) -> bool:
    """Write as raw SQL under an entry, and say that nothing refuses it. Nothing of it stays."""
    take_number(connection)
    connection.execute(statements.encode())
    connection.rollback()
    return True


@pytest.fixture
def full(fresh_desk: FreshDesk) -> FreshDesk:
    """A desk with somebody on record, not told, for another purpose too, about to be shared."""
    desk = staffed()
    one = known_person(desk)
    approved(desk, built(desk, one, in_force(desk)))
    change = PurposeChange(
        purpose=Purpose.SAFEGUARD, law="An Act.", necessity="So.", proportionality="So."
    )
    purposes.ask(one, change, acting=desk.by(ADA))
    decision = Decision(
        telling=Telling.RESTRICT,
        reasons="They would warn the others.",
        ground=RestrictionGround.INQUIRY,
        review_on=desk.now.date().replace(day=28),
    )
    notification.decide(one, decision, acting=desk.by(RIA))
    return fresh_desk


def test_the_database_refuses_what_the_rules_of_the_catalogue_refuse(full: FreshDesk) -> None:
    with connected(full) as connection:
        for what, (statements, says) in NEVER.items():
            told = refused_by(connection, statements)
            assert re.search(says, told), (what, told)


def test_nobody_is_recorded_on_a_desk_whose_assessment_is_not_of_part_3(
    fresh_desk: FreshDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = staffed()
    known_person(desk)
    monkeypatch.setattr(settings, "DESK", replace(settings.DESK, regime=Regime.UK_GDPR))
    desk.put_in_force()
    with connected(fresh_desk) as connection:
        told = refused_by(connection, COPIED.format("person", "'reference', 'P-22222222'"))
        assert "E-REG-01" in told


def test_there_is_no_place_for_what_is_sensitive(full: FreshDesk) -> None:
    """E-SEN-03: nothing sensitive is held, so no condition for it is chosen at a record."""
    with connected(full) as connection:
        for column in ("sensitive", "strict_necessity", "sch8_para", "posted_by_subject"):
            take_number(connection)
            with pytest.raises(psycopg.errors.UndefinedColumn):
                connection.execute(f"UPDATE person_statement SET {column} = NULL".encode())
            connection.rollback()


def test_a_third_look_without_an_authorisation_is_not_stored(fresh_desk: FreshDesk) -> None:
    """E-RIPA-71, for whoever writes past the action."""
    desk = Desk()
    desk.log("https://youtube.com/watch?v=aaaaaaaaaaa")
    earlier = (
        "INSERT INTO look (id, account, day, referral_id, by_id) SELECT gen_random_uuid(),"
        " '\\x01', current_date - {}, referral.id, logged_by_id FROM referral"
    )
    looks = "; ".join(earlier.format(days) for days in (28, 9, 0))
    apart = "; ".join(earlier.format(days) for days in (29, 9, 0))
    with connected(fresh_desk) as connection:
        assert "E-RIPA-71" in refused_by(connection, looks)
        assert stored(connection, apart)
        assert stored(connection, f"UPDATE referral SET authorisation = '\\x01'; {looks}")


def test_what_nobody_signed_off_is_not_stored_as_sent(fresh_desk: FreshDesk) -> None:
    """E-TRF-69, for whoever writes past the action."""
    desk = Desk()
    desk.sign_off()
    desk.brought_to(State.SENT)
    again = COPIED.format("notice", "'at', now()")
    with connected(fresh_desk) as connection:
        assert stored(connection, again)
        for undone in ("ended_at = now() - interval '1 day'", "review_on = current_date - 9"):
            told = refused_by(connection, f"UPDATE sign_off SET {undone}; {again}")
            assert "E-TRF-69" in told, undone
        other = COPIED.format("notice", "'at', now(), 'transport', 'portal', 'settled_at', now()")
        witnessed = other.replace("'portal'", f"'portal', 'witness_id', ({SOMEBODY_ELSE})")
        assert "E-TRF-69" in refused_by(connection, witnessed)


def test_nobody_holds_roles_of_two_families(fresh_desk: FreshDesk) -> None:
    """E-ROLE-61: a data protection officer decides nothing on the desk, whoever says so."""
    Desk().by(DEE)
    with connected(fresh_desk) as connection:
        for other in ("officer", "administrator", "records_reviewer", "sharing_officer"):
            told = refused_by(connection, f"UPDATE officer SET roles = '{{dpo,{other}}}'")
            assert "officer_has_roles_of_one_family" in told, other


def test_a_decision_is_some_officers(fresh_desk: FreshDesk) -> None:
    """E-ADM-46: neither a program nor the desk itself decides, as neither is an officer of it."""
    Desk().brought_to(State.APPROVED)
    with connected(fresh_desk) as connection:
        assert "null value" in refused_by(connection, "UPDATE decision SET by_id = NULL")
        assert ask(connection, "SELECT 1 FROM officer WHERE id = %s", WORKER.ref) == []
