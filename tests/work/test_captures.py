"""The worker removes the files that no capture needs, and has captures timestamped."""

from pathlib import Path

import pytest
from django.conf import settings

from evenhand.store.captures import CaptureTimeRow
from evenhand.work import tasks
from tests.captures import left, taken
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.timestamps import Tsa, serving


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


@pytest.mark.usefixtures("fresh_desk")
def test_the_worker_has_captures_timestamped_on_an_open_desk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk, tsa = Desk(), Tsa(tmp_path / "tsa")
    taken(desk, desk.log())
    with serving(tsa.reply, tsa.root) as authority:
        monkeypatch.setattr(settings, "TIMESTAMPS", authority)
        with monkeypatch.context() as closed:
            closed.setattr(tasks, "is_closed", lambda: True)
            tasks.stamp_captures(0)
        assert not CaptureTimeRow.objects.exists()
        tasks.stamp_captures(0)
    assert CaptureTimeRow.objects.count() == 1
