"""The campaign of kills sees what a kill could do: each loss is made by hand, and is named."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from evenhand.rules.messages import Message
from evenhand.rules.referrals import State
from evenhand.transports.email import compose
from tests.builders import NOW
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.killing.record import (
    entries_that_do_not_hold,
    lost_or_twice,
    notices_sent,
    rows_without_entry,
)
from tests.stories.cases import Case


@pytest.fixture
def address(fresh_desk: FreshDesk) -> str:
    return fresh_desk.server.address("postgres", fresh_desk.name)


@pytest.fixture
def reference(address: str) -> str:
    return Desk().brought_to(State.TRIAGED)


@pytest.fixture
def behind(address: str) -> Iterator[psycopg.Connection]:
    """A superuser past every guard."""
    with psycopg.connect(address, autocommit=True) as run:
        run.execute("SET session_replication_role = replica")
        yield run


def test_a_desk_at_which_nothing_was_killed_is_whole(address: str, reference: str) -> None:
    assert rows_without_entry(address) == []
    assert entries_that_do_not_hold(address) == []
    case = Case("", "", "", reference=reference)
    for verb in ("log", "proceed"):
        case.happened(verb, "Ada")
    assert list(lost_or_twice([case], settled=True)) == []


@pytest.mark.parametrize(
    "loss",
    [
        "UPDATE referral SET version = version + 1",
        "DELETE FROM move",
        "DELETE FROM change WHERE row_table = 'move'",
        "DELETE FROM entry WHERE number = (SELECT max(number) FROM entry)",
        "DELETE FROM opening WHERE entry = (SELECT max(entry) FROM opening)",
    ],
)
@pytest.mark.usefixtures("reference")
def test_a_row_and_its_entry_that_came_apart_are_named(
    address: str, behind: psycopg.Connection, loss: str
) -> None:
    behind.execute(loss.encode())
    assert rows_without_entry(address) != []


@pytest.mark.usefixtures("reference")
def test_an_entry_without_what_opens_it_is_named(address: str, behind: psycopg.Connection) -> None:
    behind.execute("DELETE FROM opening WHERE entry = (SELECT max(entry) FROM opening)")
    assert len(entries_that_do_not_hold(address)) == 1


@pytest.mark.parametrize("acknowledged", [["log"], ["log", "proceed", "approve"]])
def test_an_act_done_twice_or_lost_is_told_with_what_was_acknowledged(
    reference: str, acknowledged: list[str]
) -> None:
    case = Case("", "", "", reference=reference)
    for verb in acknowledged:
        case.happened(verb, "Ada")
    (told,) = lost_or_twice([case], settled=False)
    assert told.startswith(reference)


def test_a_notice_that_is_repeated_shows_it_and_one_that_is_doubled_does_not() -> None:
    first, second = _mail("2026-000001"), _mail("2026-000001")
    assert notices_sent([first, first], ["2026-000001"]) == ([], 1)
    assert len(notices_sent([first, second], ["2026-000001"])[0]) == 1
    assert len(notices_sent([], ["2026-000001"])[0]) == 1


def _mail(reference: str) -> bytes:
    return compose(
        Message(subject="Request", body="Please look."),
        desk="Desk",
        contact="desk@desk.example",
        recipient="abuse@hub.example",
        reference=reference,
        notice=uuid4(),
        at=NOW,
    )
