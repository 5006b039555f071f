"""A real IMAP server on the loopback: Dovecot, with a mailbox of its own for each test."""

import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

import pytest

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
SETTINGS = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  mechanisms = plain login
  args = password=pass"word
}}
passdb {{
  driver = static
  mechanisms = xoauth2 oauthbearer
  args = password={token}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
TOKEN = "eyJhbGciOi.a-good_token~+/=="
START_SECONDS = 20


@dataclass
class ImapServer:
    """A running server, its port, and the mailbox INBOX of its one user."""

    port: int

    @property
    def address(self) -> str:
        """The address of its mailbox, as a desk is told it."""
        return f"imap://desk:pass%22word@127.0.0.1:{self.port}"

    @contextmanager
    def visited(self) -> Iterator[imaplib.IMAP4]:
        """Visit the mailbox as somebody else would."""
        visitor = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        visitor.login("desk", 'pass"word')
        visitor.select("INBOX")
        yield visitor
        visitor.logout()

    def deliver(self, *messages: bytes) -> None:
        """Put messages into the mailbox."""
        with self.visited() as visitor:
            for message in messages:
                status, _said = visitor.append("INBOX", "", "", message)
                assert status == "OK"

    def flags(self) -> list[str]:
        """Give the flags of each message."""
        with self.visited() as visitor:
            _status, said = visitor.fetch("1:*", "(FLAGS)")
            return [it.decode() for it in said if isinstance(it, bytes)]


def needs_dovecot() -> None:
    """Skip loudly, or fail in CI, where Dovecot is missing."""
    if not Path(DOVECOT).exists():
        said = "Dovecot is not installed, so mail was not taken in from a real IMAP server."
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)


def _users() -> dict[str, object]:
    """Name whom its processes run as. Root gives them the users that Debian made for them."""
    me = pwd.getpwuid(os.geteuid())
    login = me.pw_name
    if me.pw_uid == 0:
        me, login = pwd.getpwnam("dovecot"), "dovenull"
    group = grp.getgrgid(me.pw_gid).gr_name
    named = {"internal": me.pw_name, "group": group, "login": login}
    return named | {"uid": me.pw_uid, "gid": me.pw_gid}


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Run Dovecot in a folder of its own."""
    needs_dovecot()
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="evh-imap-"))
    folder.chmod(0o755)
    users = _users()
    (folder / "mail").mkdir()
    os.chown(folder / "mail", int(str(users["uid"])), int(str(users["gid"])))
    settings = SETTINGS.format(folder=folder, port=port, token=TOKEN, **users)
    (folder / "dovecot.conf").write_text(settings)
    command: Sequence[str | Path] = [DOVECOT, "-F", "-c", folder / "dovecot.conf"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server = ImapServer(port)
        _wait_for(server, process, folder / "log")
        yield server
    finally:
        process.terminate()
        process.wait(START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: ImapServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with server.visited():
                return
        except (OSError, imaplib.IMAP4.error) as error:
            if time.monotonic() > deadline or process.poll() is not None:
                said = log.read_text()[-2_000:] if log.exists() else ""
                raise AssertionError(f"Dovecot does not answer: {error}\n{said}") from error
            time.sleep(0.1)
