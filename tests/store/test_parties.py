"""Nothing leaves for a party that is not listed any more, whoever writes it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from evenhand.rules.assurance import DocumentKind
from tests.actions.people import known_person
from tests.actions.sharing import (
    approved,
    built,
    in_force,
    staffed,
    taken_off_its_register,
    with_a_lapsed_contract,
)
from tests.actions.test_exports import allowed
from tests.builders import LIA
from tests.captures import folder_of_its_own
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import ask, connected, enter, take_number
from tests.store.test_exports import ALLOWED, TAKE
from tests.store.test_people import refused_by
from tests.store.test_sharing import RELEASE

TAKEN = f"UPDATE export SET {TAKE.format(1)} {ALLOWED}"
LISTED = "neighbour POLICE; desk@neighbour.example; reads mail; 2020-01-01; {}"
KIND = DocumentKind.PROCESSORS


@pytest.fixture
def desk(fresh_desk: object, tmp_path: Path) -> Iterator[Desk]:
    with folder_of_its_own(tmp_path / "captures"):
        yield staffed()


def leaving(desk: Desk) -> tuple[str, str]:
    """Have a package and an export that may leave; give what lets them leave."""
    approved(desk, built(desk, known_person(desk), in_force(desk)))
    allowed(desk, desk.log())
    return RELEASE, TAKEN


def listed(desk: Desk, days: int) -> None:
    """Have the recipient listed until so many days from now."""
    until = desk.now.date() + timedelta(days=days)
    desk.put_in_force(KIND, parties=LISTED.format(until))


def listed_anew(desk: Desk) -> None:
    """Have a lapsed line, and then one that is in date beside it."""
    with_a_lapsed_contract(desk)
    both = LISTED.format("2020-12-31"), LISTED.format(desk.now.date())
    desk.put_in_force(DocumentKind.JOINT_CONTROLLERS, parties="\n".join(both))


@pytest.mark.parametrize(
    "happened", [with_a_lapsed_contract, taken_off_its_register, lambda it: listed(it, -2)]
)
def test_nothing_is_stored_as_left_for_a_party_that_is_not_in_force(
    desk: Desk, fresh_desk: FreshDesk, happened: Callable[[Desk], object]
) -> None:
    statements = leaving(desk)
    happened(desk)
    with connected(fresh_desk) as connection:
        for statement in statements:
            assert "E-CTR-62" in refused_by(connection, statement), statement


@pytest.mark.parametrize(
    "happened",
    [
        lambda it: listed(it, -1),
        listed_anew,
        lambda it: it.put_in_force(KIND, parties="None"),
        lambda it: it.put_in_force(KIND, parties="Others; a@b.example; x; 2020-01-01; 2020-12-31"),
    ],
)
def test_a_party_in_force_and_who_is_no_party_get_what_was_agreed(
    desk: Desk, fresh_desk: FreshDesk, happened: Callable[[Desk], object]
) -> None:
    statements = leaving(desk)
    happened(desk)
    all_leave(fresh_desk, statements)


def all_leave(fresh_desk: FreshDesk, statements: Sequence[str]) -> None:
    """Expect the database to let go each of what is about to leave."""
    with connected(fresh_desk) as connection:
        for statement in statements:
            take_number(connection)
            connection.execute(statement.encode())
            connection.rollback()


def test_who_was_taken_off_before_the_agreement_was_signed_is_no_party(
    desk: Desk, fresh_desk: FreshDesk
) -> None:
    taken_off_its_register(desk)
    desk.now += timedelta(days=1)
    statements = leaving(desk)
    all_leave(fresh_desk, statements)


def test_a_register_lists_its_parties_once_it_is_in_force_and_for_good(
    desk: Desk, fresh_desk: FreshDesk
) -> None:
    listed(desk, 9)
    desk.write_document(KIND, parties=LISTED.format("2030-01-01"))
    desk.put_in_force()
    in_force, waits = "WHERE number = 1 AND kind = 'processors'", "WHERE number = 2"
    approved_too = (
        "in_force_from = '2026-11-20', review_on = '2027-01-01', approved_at = written_at,"
        f" approved_by_id = '{LIA.ref}' {waits}"
    )
    with connected(fresh_desk) as connection:
        assert ask(connection, f"SELECT listed FROM document_version {in_force}") == [
            (["neighbour police"],)
        ]
        for changed, says in (
            (f"listed = '{{}}', listed_until = '{{}}' {in_force}", "E-DPIA-59"),
            (f"listed_until = '{{2040-01-01}}' {in_force}", "E-DPIA-59"),
            (approved_too, "E-CTR-63"),
            (f"listed = '{{}}', {approved_too}", "lists_parties_once_in_force"),
            (f"listed = '{{a}}', listed_until = '{{}}', {approved_too}", "lists_parties"),
            (f"listed = '{{}}', listed_until = '{{}}' {waits}", "lists_parties"),
        ):
            told = refused_by(connection, f"UPDATE document_version SET {changed}")
            assert says in told, (changed, told)


def test_a_recipient_has_a_name_that_is_compared(desk: Desk, fresh_desk: FreshDesk) -> None:
    in_force(desk)
    with connected(fresh_desk) as connection:
        assert ask(connection, "SELECT folded FROM recipient") == [("neighbour police",)]
        new = "INSERT INTO recipient (id, code, name) VALUES (gen_random_uuid(), 'r', 'R')"
        assert "recipient_is_compared" in refused_by(connection, new)


def test_a_recipient_from_before_is_compared_once_an_agreement_with_it_is_written(
    desk: Desk, fresh_desk: FreshDesk
) -> None:
    statements = leaving(desk)
    with_a_lapsed_contract(desk)
    as_it_was(fresh_desk)
    all_leave(fresh_desk, statements)
    in_force(desk)
    with connected(fresh_desk) as connection:
        assert ask(connection, "SELECT folded FROM recipient") == [("neighbour police",)]
        for statement in statements:
            assert "E-CTR-62" in refused_by(connection, statement), statement


def as_it_was(fresh_desk: FreshDesk) -> None:
    """Have the recipient as a desk had it before names were compared, check and all."""
    with psycopg.connect(fresh_desk.owner_url) as owner:
        [(check,)] = owner.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conname = 'recipient_is_compared'"
        ).fetchall()
        assert check.endswith("NOT VALID")
        number = take_number(owner)
        owner.execute("ALTER TABLE recipient DROP CONSTRAINT recipient_is_compared")
        owner.execute("UPDATE recipient SET folded = NULL")
        enter(owner, number)
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute(
            f"ALTER TABLE recipient ADD CONSTRAINT recipient_is_compared {check}".encode()
        )
