"""Beside the worker's queue mail is taken in, and a fault of the mailbox stops nothing."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings

from evenhand.queries import mail as mails
from evenhand.store.mail import MailRow
from evenhand.work import sequencing
from tests.builders import ADA
from tests.desks import FreshDesk
from tests.letters import letter

SECONDS = 20


def waits_for_mail(count: int) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if MailRow.objects.count() == count:
            return True
        time.sleep(0.1)
    return False


def test_mail_is_taken_in_until_the_worker_ends(
    fresh_desk: FreshDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_IN", tmp_path.as_uri())
    monkeypatch.setattr(settings, "MAIL_IN_IS_FOLDER", True)
    monkeypatch.setattr(sequencing, "FOLDER_SECONDS", 0.1)

    def drop(text: str) -> None:
        path = tmp_path / f"{text}.eml"
        path.with_suffix(".tmp").write_bytes(letter(text))
        os.utime(path.with_suffix(".tmp"), (0, 0))
        path.with_suffix(".tmp").rename(path)

    drop("one")
    with sequencing.sequencing():
        assert waits_for_mail(1)
        drop("two")
        assert waits_for_mail(2)
    drop("three")
    time.sleep(0.5)
    assert MailRow.objects.count() == 2


def test_a_mailbox_that_is_away_is_said_and_tried_again(
    fresh_desk: FreshDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "later"
    monkeypatch.setattr(settings, "MAIL_IN", folder.as_uri())
    monkeypatch.setattr(sequencing, "MAILBOX_SECONDS", 0.1)
    with sequencing.sequencing():
        deadline = time.monotonic() + SECONDS
        while (state := mails.mailbox(officer=ADA)) is None or not state.failure:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert state.failure == "folder_unusable"
        folder.mkdir()
        (folder / "a.eml").write_bytes(letter())
        os.utime(folder / "a.eml", (0, 0))
        assert waits_for_mail(1)
