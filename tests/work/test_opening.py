"""The worker of a restored desk takes nothing from the queue before the desk is open."""

import time
from datetime import timedelta

import pytest

from evenhand.actions import opening
from evenhand.cli import serve
from evenhand.queries.opening import is_closed
from tests.builders import DEE, MAX
from tests.journeys import Desk
from tests.opening import closed, compared

pytestmark = pytest.mark.django_db


def test_it_waits_until_two_people_have_opened_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, waited = Desk(), list[float]()

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 1:
            compared(desk.now + timedelta(seconds=1))
            opening.propose("Looked at it all.", acting=desk.by(MAX))
        else:
            opening.attest(acting=desk.by(DEE))

    monkeypatch.setattr(time, "sleep", sleep)
    with closed(desk):
        serve._wait_until_open()
        assert waited == [serve.CLOSED_SECONDS] * 2
        assert not is_closed()
        serve._wait_until_open()
    assert len(waited) == 2
