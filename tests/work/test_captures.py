"""The worker removes the files that no capture needs."""

import pytest

from evenhand.work import tasks
from tests.captures import left, taken
from tests.desks import FreshDesk
from tests.journeys import Desk


@pytest.mark.usefixtures("fresh_desk")
def test_the_worker_sweeps_what_was_disposed_of(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    reference, other = desk.log(), desk.log()
    gone, stays = taken(desk, reference), taken(desk, other)
    tasks.sweep_captures(0)
    assert {f"{it.hex}.age" for it in (gone, stays)} <= left()
    desk.do(reference, "statutory")
    tasks.sweep_captures(0)
    assert f"{gone.hex}.age" not in left()
    assert f"{stays.hex}.age" in left()
