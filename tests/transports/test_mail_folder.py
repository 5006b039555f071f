"""Mail from a folder of files."""

import os
from pathlib import Path

import pytest

from evenhand.transports import mail_folder, mail_in
from evenhand.transports.mail_folder import KEPT
from evenhand.transports.mailbox import Arrived, MailboxAway
from tests.builders import NOW
from tests.letters import letter


def put(path: Path, data: bytes = b"", *, age: float = 60) -> Path:
    path.write_bytes(data or letter())
    os.utime(path, (NOW.timestamp() - age,) * 2)
    return path


def names(folder: Path) -> list[str]:
    with mail_in.opened(folder.as_uri(), delete=False, now=NOW) as mailbox:
        return [it.name for it in mailbox.arrived(0)]


def test_only_whole_files_of_mail_are_read(tmp_path: Path) -> None:
    put(tmp_path / "b.eml")
    put(tmp_path / "a.eml")
    put(tmp_path / "new.eml", age=1)
    put(tmp_path / "a.tmp")
    (tmp_path / "folder.eml").mkdir()
    (tmp_path / "link.eml").symlink_to(tmp_path / "a.tmp")
    assert names(tmp_path) == ["a.eml", "b.eml"]


def test_a_folder_with_an_odd_name_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "mail in é#?"
    folder.mkdir()
    put(folder / "a.eml")
    assert names(folder) == ["a.eml"]


def test_what_cannot_be_read_is_said_once_the_rest_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "a.eml")
    put(tmp_path / "b.eml", b"Subject: b\r\n\r\n")
    read = mail_folder._read

    def read_or_not(path: Path) -> Arrived:
        if path.name == "a.eml":
            raise PermissionError(path)
        return read(path)

    # Root may read every file, so the refusal is put in by hand.
    monkeypatch.setattr(mail_folder, "_read", read_or_not)
    with mail_in.opened(tmp_path.as_uri(), delete=False, now=NOW) as mailbox:
        arrived = mailbox.arrived(0)
        assert next(arrived).name == "b.eml"
        with pytest.raises(MailboxAway, match="file_unreadable"):
            next(arrived)


@pytest.mark.parametrize("delete", [True, False])
def test_a_folder_that_lets_nothing_be_marked_is_said_to(tmp_path: Path, delete: bool) -> None:
    path = put(tmp_path / "a.eml")
    with mail_in.opened(tmp_path.as_uri(), delete=delete, now=NOW) as mailbox:
        [message] = mailbox.arrived(0)
        path.unlink()
        with pytest.raises(MailboxAway, match="folder_unusable"):
            mailbox.mark(message)


def test_a_kept_file_is_moved_or_deleted(tmp_path: Path) -> None:
    for delete in (True, False):
        put(tmp_path / "a.eml")
        with mail_in.opened(tmp_path.as_uri(), delete=delete, now=NOW) as mailbox:
            for message in mailbox.arrived(0):
                mailbox.mark(message)
        assert (tmp_path / KEPT / "a.eml").exists() is not delete
        assert names(tmp_path) == []
