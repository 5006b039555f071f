"""A public door is used a limited number of times, by whomever; who it was is forgotten."""

from datetime import timedelta

import pytest
from django.db import connection

from evenhand.actions.knocking import forget_knocks, knock
from evenhand.rules.public_doors import LIMITS, WINDOW, Door, DoorBusy, Limit
from evenhand.store.machinery import KnockRow
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HERE, THERE = "192.0.2.1", "198.51.100.7"


def knock_often(times: int, place: str = HERE, *, door: Door = Door.REPORT) -> None:
    for _ in range(times):
        knock(door, place, at=NOW)


def test_one_place_is_let_in_so_often_an_hour_and_no_more() -> None:
    knock_often(LIMITS[Door.REPORT].from_one_place)
    with pytest.raises(DoorBusy):
        knock(Door.REPORT, HERE, at=NOW)
    knock(Door.REPORT, THERE, at=NOW)
    knock(Door.RECEIPT, HERE, at=NOW)
    knock(Door.REPORT, HERE, at=NOW + WINDOW)


def test_all_together_are_let_in_so_often_whoever_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LIMITS, Door.REPORT, Limit(from_one_place=2, together=3))
    for last in range(3):
        knock(Door.REPORT, f"192.0.2.{last}", at=NOW)
    with pytest.raises(DoorBusy):
        knock(Door.REPORT, THERE, at=NOW)


def test_a_home_with_a_network_of_version_6_is_one_place() -> None:
    for last in range(LIMITS[Door.REPORT].from_one_place):
        knock(Door.REPORT, f"2001:db8:1:2::{last:x}", at=NOW)
    with pytest.raises(DoorBusy):
        knock(Door.REPORT, "2001:db8:1:2:ffff::1%eth0", at=NOW)
    knock(Door.REPORT, "2001:db8:1:3::1", at=NOW)


def test_of_a_place_only_a_keyed_hash_is_kept_another_each_day_and_for_an_hour() -> None:
    knock(Door.REPORT, HERE, at=NOW)
    [row] = KnockRow.objects.all()
    assert len(row.caller) == 32
    with connection.cursor() as cursor:
        cursor.execute("SELECT it::text FROM machinery.knock AS it")
        [(text,)] = cursor.fetchall()
    assert HERE not in text
    knock(Door.REPORT, HERE, at=NOW + timedelta(days=1))
    [later] = KnockRow.objects.all()
    assert bytes(later.caller) != bytes(row.caller)
    forget_knocks(now=NOW + timedelta(days=1) + WINDOW)
    assert not KnockRow.objects.exists()


def test_a_clock_that_ran_ahead_closes_no_door() -> None:
    for _ in range(LIMITS[Door.REPORT].from_one_place):
        knock(Door.REPORT, HERE, at=NOW + timedelta(days=365))
    knock(Door.REPORT, HERE, at=NOW)
    assert KnockRow.objects.get().at == NOW
