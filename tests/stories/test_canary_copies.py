"""Whom the desk disposed of is found in no copy that was made before: no byte of a name or a word.

A base backup was taken of the whole server, all files of it with the write-ahead log, while they
were on record, and a capture lay in a store that speaks S3. The same search as in the canary goes
through both, through what the server has afterwards, and through what the programs logged.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from evenhand.actions import referrals
from tests.builders import ADA
from tests.captures import bucket_of_its_own
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.stories.test_canary import (
    Canaries,
    dispose,
    found_in_files,
    keep_a_capture,
    kept_files,
)
from tests.swift import Swift


def base_backup(desk: FreshDesk, folder: Path) -> None:
    """Copy all files of the server while it runs, as a base backup does; its log is among them."""
    with desk.server.superuser(desk.name) as superuser:
        superuser.execute("SELECT pg_backup_start('before', fast => true)")
        for path in kept_files(desk.server.home.folder):
            there = folder / path.relative_to(desk.server.home.folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # A socket, or a file that the server has just removed.
                there.write_bytes(path.read_bytes())
        superuser.execute("SELECT pg_backup_stop(wait_for_archive => false)")


def test_no_copy_from_before_holds_a_word_of_whom_was_disposed_of(
    fresh_desk: FreshDesk, swift: Swift, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    put, seen = Canaries(), Canaries()
    desk = Desk()
    copy, objects = tmp_path / "base", swift.devices
    with bucket_of_its_own(swift, tmp_path / "captures"):
        referral = desk.log(f"https://videos.example/{put('address of a capture')}")
        keep_a_capture(desk, referral, put)
        User.objects.filter(username="ada").update(first_name=seen("the control"))
        referrals.withdraw(referral, put("withdrawn"), acting=desk.by(ADA))
        desk.now += timedelta(minutes=1)
        dispose(desk, put, referral, before=lambda: base_backup(fresh_desk, copy))
        with fresh_desk.server.superuser(fresh_desk.name) as superuser:
            superuser.execute("CHECKPOINT")
    assert any("base" in name for name in found_in_files(copy, seen))
    assert found_in_files(copy, put) == {}
    assert found_in_files(objects, put) == {}
    assert found_in_files(fresh_desk.server.home.folder, put) == {}
    assert put.found_in(caplog.text.encode()) == set()
