"""Two officers who do the same at the same moment do it one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from evenhand.actions import absences
from evenhand.rules.officers import Officer
from evenhand.store.officers import AbsenceRow
from tests.builders import ADA, CY
from tests.journeys import Desk

pytestmark = pytest.mark.usefixtures("fresh_desk")


def both(*acts: Callable[[], object]) -> None:
    """Do several acts at once, each on a connection of its own."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(do, acts))


def test_an_absence_that_two_enter_at_once_is_entered_once_for_each() -> None:
    desk = Desk()
    desk.add(ADA)
    desk.add(CY)
    today = desk.now.date()

    def enter(who: Officer, days: int) -> Callable[[], None]:
        acting = desk.by(who)
        last = today + timedelta(days=days)
        return lambda: absences.set_absence("ada", first_day=today, last_day=last, acting=acting)

    both(enter(ADA, 2), enter(CY, 3))
    assert AbsenceRow.objects.count() == 2
    assert AbsenceRow.objects.filter(ended_at__isnull=True).count() == 1
