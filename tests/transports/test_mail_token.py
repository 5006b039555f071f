"""A mailbox is opened by a token that a program keeps fresh, and the token goes nowhere else."""

import os
import stat
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand.transports import mail_in, mail_token
from evenhand.transports.mail_token import check_source, read_token
from evenhand.transports.mailbox import Arrived, MailboxAway
from tests.builders import NOW
from tests.dovecot import TOKEN, ImapServer, imap_server
from tests.imap_script import scripted
from tests.letters import letter


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


def taken(address: str, token: str) -> list[Arrived]:
    with mail_in.opened(address, delete=False, now=NOW, token=token) as mailbox:
        found = list(mailbox.arrived(0))
        for message in found:
            mailbox.mark(message)
    return found


def kept_in(folder: Path, token: str = TOKEN) -> str:
    (folder / "token").write_text(f"{token}\n")
    return f"file:{folder / 'token'}"


def program(folder: Path, does: str) -> str:
    path = folder / "give token"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return f"exec:'{path}' desk"


def without_password(server: ImapServer) -> str:
    return server.address.replace(":pass%22word@", "@")


def test_a_real_server_lets_in_who_has_a_token(server: ImapServer, tmp_path: Path) -> None:
    server.deliver(letter("one"))
    assert len(taken(without_password(server), kept_in(tmp_path))) == 1
    assert taken(without_password(server), program(tmp_path, f"echo '{TOKEN}'")) == []


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_a_real_server_refuses_another_token(
    server: ImapServer, tmp_path: Path, mechanism: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mechanism == "OAUTHBEARER":
        import imaplib

        told = imaplib.IMAP4._get_capabilities  # type: ignore[attr-defined]

        def without_xoauth2(connection: imaplib.IMAP4) -> None:
            told(connection)
            connection.capabilities = tuple(
                it for it in connection.capabilities if it != "AUTH=XOAUTH2"
            )

        monkeypatch.setattr(imaplib.IMAP4, "_get_capabilities", without_xoauth2)
        taken(without_password(server), kept_in(tmp_path))
    with pytest.raises(MailboxAway, match="not_let_in"):
        taken(without_password(server), kept_in(tmp_path, "another"))


@pytest.mark.parametrize(
    ("capabilities", "says"),
    [
        ("AUTH=XOAUTH2", "user=a,b=c@x.example\x01auth=Bearer abc\x01\x01"),
        ("", "n,a=a=2Cb=3Dc@x.example,\x01auth=Bearer abc\x01\x01"),
    ],
)
def test_the_token_is_said_as_each_mechanism_has_it(
    tmp_path: Path, capabilities: str, says: str
) -> None:
    able = f"* CAPABILITY IMAP4rev1 {capabilities}\r\n".encode()
    with scripted({"CAPABILITY": able}) as script:
        address = f"imap://a,b=c%40x.example@127.0.0.1:{script.port}/"
        assert len(taken(address, kept_in(tmp_path, "abc"))) == 1
    [at] = [n for n, it in enumerate(script.heard) if it.startswith("AUTHENTICATE")]
    assert b64decode(script.heard[at + 1]).decode() == says
    assert not any("LOGIN" in it for it in script.heard)


@pytest.mark.parametrize("held", ["", "two words", "a\nb", "\xff", "a" * 20_000 + " "])
def test_what_is_no_token_is_said_to_nobody(server: ImapServer, tmp_path: Path, held: str) -> None:
    with pytest.raises(MailboxAway, match="no_token"):
        taken(without_password(server), kept_in(tmp_path, held))


def test_a_file_or_a_program_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_token, "SECONDS", 0.2)
    for said in (
        f"file:{tmp_path / 'none'}",
        f"exec:{tmp_path / 'none'}",
        program(tmp_path, "exit 1"),
        program(tmp_path, "sleep 5"),
    ):
        with pytest.raises(MailboxAway, match="no_token"):
            read_token(said)


def test_a_program_is_told_its_words_and_no_secret_of_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENHAND_SECRET_KEY", "not-for-you")
    monkeypatch.delenv("LANG", raising=False)
    assert read_token(program(tmp_path, 'echo "$1.$EVENHAND_SECRET_KEY"')) == "desk."
    assert read_token(program(tmp_path, 'echo "$PATH" | tr : .')) == os.environ["PATH"].replace(
        ":", "."
    )


@pytest.mark.parametrize(
    "said", ["token", "file:token", "exec:", "exec:give", "https://x", "exec:'"]
)
def test_a_source_is_a_file_or_a_program_by_its_whole_path(said: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        check_source(said)
    check_source("file:/run/token")
    check_source("exec:/usr/local/bin/give-token desk")
