"""Mail from a mailbox: everything once and byte for byte, whatever the server does."""

import socket
import time
from collections.abc import Iterator
from socket import create_server

import pytest

from evenhand.rules.mail import MOST_BYTES
from evenhand.transports import imap, mail_in
from evenhand.transports.mailbox import Arrived, MailboxAway
from tests.builders import NOW
from tests.dovecot import ImapServer, imap_server
from tests.imap_script import MESSAGE, SELECTED, Answer, fetched, scripted
from tests.letters import HOSTILE, REAL, letter


@pytest.fixture(scope="module")
def dovecot() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(dovecot: ImapServer) -> ImapServer:
    """The server with an empty mailbox."""
    with dovecot.visited() as visitor:
        if visitor.select("INBOX")[1] != [b"0"]:
            visitor.store("1:*", "+FLAGS", r"(\Deleted)")
            visitor.expunge()
    return dovecot


def taken(
    address: str, after: int = 0, *, delete: bool = False, mark: bool = True
) -> list[Arrived]:
    with mail_in.opened(address, delete=delete, now=NOW) as mailbox:
        found = list(mailbox.arrived(after))
        for message in found if mark else ():
            mailbox.mark(message)
    return found


def as_on_the_way(data: bytes) -> bytes:
    """Give a mail with the line ends that IMAP gives all mail."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def test_every_real_mail_comes_out_of_a_real_server_as_it_went_in(server: ImapServer) -> None:
    sent = [as_on_the_way(it.read_bytes()) for it in REAL]
    server.deliver(*sent)
    found = taken(server.address)
    assert [it.data for it in found] == sent
    assert all(it.whole and it.size == len(it.data) for it in found)
    assert all("EvenhandKept" in it and "Seen" not in it for it in server.flags())
    assert taken(server.address) == []


def test_every_hostile_mail_that_a_server_takes_comes_out(server: ImapServer) -> None:
    sent = [as_on_the_way(it) for it in HOSTILE.values() if it and b"\0" not in it]
    server.deliver(*sent)
    assert [it.data for it in taken(server.address)] == sent


def test_what_is_marked_stays_and_what_is_new_comes_after_its_number(server: ImapServer) -> None:
    server.deliver(letter("one"), letter("two"))
    first, second = taken(server.address, mark=False)
    assert first.number < second.number
    server.deliver(letter("three"))
    [third] = taken(server.address, second.number)
    assert third.number > second.number
    assert len(server.flags()) == 3


def test_what_is_kept_is_deleted_where_the_desk_wants_that_and_nothing_else(
    server: ImapServer,
) -> None:
    server.deliver(letter("one"), letter("two"))
    with server.visited() as visitor:
        visitor.store("1", "+FLAGS", r"(\Deleted EvenhandKept)")
    assert len(taken(server.address, delete=True)) == 1
    [left] = server.flags()
    assert "EvenhandKept" in left


def test_a_mailbox_of_another_name_is_read_by_it(server: ImapServer) -> None:
    with server.visited() as visitor:
        visitor.create('"From platforms"')
        visitor.append('"From platforms"', "", "", letter())
    assert len(taken(f"{server.address}/From%20platforms")) == 1


def test_a_message_that_is_too_long_is_taken_by_its_headers_and_never_deleted(
    server: ImapServer,
) -> None:
    long = letter("word " * (MOST_BYTES // 5))
    server.deliver(long)
    [found] = taken(server.address, delete=True)
    assert (found.whole, found.size) == (False, len(long))
    assert long.startswith(found.data)
    assert b"word" not in found.data
    [left] = server.flags()
    assert "EvenhandKept" in left


@pytest.mark.parametrize("wrong", ["desk:wrong@", "/nowhere"])
def test_a_real_server_that_lets_nobody_in_is_away(server: ImapServer, wrong: str) -> None:
    address = (
        server.address + wrong
        if wrong.startswith("/")
        else server.address.replace("desk:pass%22word@", wrong)
    )
    with pytest.raises(MailboxAway) as told:
        taken(address)
    assert told.value.code in {"not_let_in", "no_such_mailbox"}


def test_a_server_that_is_down_is_away() -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for scheme in ("imap", "imaps", "imap+starttls"):
        with pytest.raises(MailboxAway, match="unreachable"):
            taken(f"{scheme}://desk:secret@127.0.0.1:{port}")


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_a_server_without_the_encryption_that_was_asked_for_hears_no_password(scheme: str) -> None:
    with scripted() as script:
        with pytest.raises(MailboxAway):
            taken(script.address.replace("imap://", f"{scheme}://"))
        assert not any("secret" in it for it in script.heard)


def test_a_server_without_keywords_has_its_mail_marked_as_seen() -> None:
    with scripted() as script:
        [message] = taken(script.address)
    assert message == Arrived(1, "1", MESSAGE, len(MESSAGE), True)
    assert "UID STORE 1 +FLAGS.SILENT (\\Seen)" in script.heard
    assert script.heard[1].split()[0] in {"CAPABILITY", "LOGIN"}


def test_a_server_that_cannot_expunge_one_message_expunges_none() -> None:
    with scripted() as script:
        taken(script.address, delete=True)
    assert "UID STORE 1 +FLAGS.SILENT (\\Deleted)" in script.heard
    assert not any("EXPUNGE" in it for it in script.heard)


def test_a_message_that_is_gone_by_now_is_passed_over() -> None:
    with scripted({"UID FETCH": b""}) as script:
        assert taken(script.address) == []


@pytest.mark.parametrize("verb", ["UID SEARCH", "UID FETCH", "UID STORE", "SELECT", "LOGIN"])
def test_a_server_that_refuses_is_away(verb: str) -> None:
    with scripted({}, verb) as script, pytest.raises(MailboxAway):
        taken(script.address)


def test_a_server_that_breaks_off_as_the_desk_logs_in_is_away() -> None:
    def leave(connection: socket.socket) -> None:
        connection.shutdown(socket.SHUT_RDWR)

    with scripted({"LOGIN": leave}) as script, pytest.raises(MailboxAway, match="unreachable"):
        taken(script.address)


def test_a_server_that_does_not_number_its_mail_is_of_no_use() -> None:
    with scripted({"SELECT": b"* 1 EXISTS\r\n"}) as script, pytest.raises(MailboxAway) as told:
        taken(script.address)
    assert told.value.code == "unusable"


def test_a_server_that_is_rude_at_the_end_changes_nothing() -> None:
    with scripted({"LOGOUT": lambda connection: connection.close()}) as script:
        assert len(taken(script.address)) == 1


def half(connection: socket.socket) -> None:
    connection.sendall(fetched(MESSAGE)[:-9])


def too_much(connection: socket.socket) -> None:
    connection.sendall(f"* 1 FETCH (UID 1 BODY[]<0> {{{10**12}}}\r\n".encode())
    time.sleep(0.2)


def nonsense(connection: socket.socket) -> None:
    connection.sendall(b"\xff\xfe nonsense \0\r\n" * 10)


@pytest.mark.parametrize("fault", [half, too_much, nonsense], ids=lambda it: it.__name__)
def test_a_server_that_breaks_off_in_a_message_gives_none_of_it(fault: Answer) -> None:
    with scripted({"UID FETCH": fault}) as script, pytest.raises(MailboxAway):
        taken(script.address)


def test_a_server_that_drips_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "SESSION_SECONDS", 0.5)

    def drip(connection: socket.socket) -> None:
        for byte in fetched(MESSAGE * 100):
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    began = time.monotonic()
    with scripted({"UID FETCH": drip}) as script:
        with pytest.raises(MailboxAway):
            taken(script.address)
        assert time.monotonic() - began < 5


def test_a_server_that_falls_silent_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "TIMEOUT_SECONDS", 0.3)
    with (
        scripted({"UID FETCH": lambda _connection: time.sleep(1)}) as script,
        pytest.raises(MailboxAway),
    ):
        taken(script.address)


def test_what_is_new_far_beyond_the_last_number_is_found() -> None:
    selected = SELECTED.replace(b"UIDNEXT 2", f"UIDNEXT {imap.WINDOW * 2 + 2}".encode())
    with scripted({"SELECT": selected, "UID SEARCH": b"* SEARCH\r\n"}) as script:
        assert taken(script.address, after=1) == []
    asked = [it for it in script.heard if it.startswith("UID SEARCH")]
    assert asked == [
        f"UID SEARCH UID 2:{imap.WINDOW + 1} UNKEYWORD EvenhandKept",
        f"UID SEARCH UID {imap.WINDOW + 2}:{imap.WINDOW * 2 + 1} UNKEYWORD EvenhandKept",
    ]


def test_a_mailbox_is_named_without_its_password() -> None:
    named = mail_in.name_of("imaps://desk:secret@mail.example:993/INBOX")
    assert named == "imaps://desk@mail.example/INBOX"
