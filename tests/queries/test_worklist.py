"""What waits for whom."""

import pytest

from evenhand.actions import officers
from evenhand.queries.worklist import waiting_for
from evenhand.rules.officers import WORKER
from tests.builders import BO, as_reader
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def test_the_work_of_an_officer_who_left_waits_for_everyone() -> None:
    desk = Desk()
    reference = desk.log()
    desk.by(BO)
    assert waiting_for(acting=as_reader(BO, desk.now)) == []
    desk.do(reference, "withdraw")
    officers.retire("ada", acting=desk.by(WORKER))
    desk.do(reference, "reopen")
    [pile] = waiting_for(acting=as_reader(BO, desk.now))
    assert [line.reference for line in pile.lines] == [reference]
