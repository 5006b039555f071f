"""Notices by e-mail, against a real mail server."""

import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from socket import create_server
from uuid import UUID

import pytest

from evenhand.rules.messages import Message, referral_message
from evenhand.transports.email import RECEIPT, NotAccepted, compose, enclosing, hand_over
from tests.builders import notice_facts
from tests.mail import MailServer, mail_server

NOTICE = UUID(int=5)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def composed(message: Message | None = None, recipient: str = "abuse@videos.example") -> bytes:
    return compose(
        message or referral_message(notice_facts()),
        desk="Harbour Police",
        contact="referrals@harbour.example",
        recipient=recipient,
        reference="2026-000001",
        notice=NOTICE,
        at=AT,
    )


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def give(server: MailServer, data: bytes = b"") -> None:
    hand_over(
        data or composed(),
        sender="referrals@harbour.example",
        recipient="abuse@videos.example",
        server=server.address,
    )


def test_a_mail_names_desk_platform_and_reference() -> None:
    mail = read(composed())
    assert mail["From"] == "Harbour Police <referrals@harbour.example>"
    assert mail["To"] == "abuse@videos.example"
    assert mail["Subject"].startswith("[2026-000001] ")
    assert mail["Message-ID"] == f"<{NOTICE}@harbour.example>"
    assert mail["Date"].datetime == AT


def test_an_answer_comes_back_to_its_own_referral() -> None:
    assert read(composed())["Reply-To"] == "referrals+2026-000001@harbour.example"


@pytest.mark.parametrize("recipient", ["abuse@[2606:4700::1111]", "abuse@8.8.8.8", "x@_a.example"])
def test_a_site_that_is_a_number_can_be_written_to(recipient: str) -> None:
    assert read(composed(recipient=recipient))["To"] == recipient


@pytest.mark.parametrize(
    "words",
    ["Müller sagt „nein“", "日本語\n.\n..\nend", "a" * 5000, "From here\nTo: there\n\n.", "👩🚒"],
)
def test_the_words_arrive_as_they_were_written(server: MailServer, words: str) -> None:
    data = composed(Message("[2026-000001] Request", words + "\n"))
    give(server, data)
    [(sender, recipients, taken)] = server.taken
    assert (sender, recipients) == ("referrals@harbour.example", ["abuse@videos.example"])
    assert taken == data
    assert read(taken).get_content().replace("\r\n", "\n") == words + "\n"
    assert data.isascii()


@pytest.mark.parametrize("answer", ["550 No such user", "554 Not wanted", "571 Blocked"])
@pytest.mark.parametrize("step", ["to_sender", "to_recipient", "to_data"])
def test_a_no_for_good_is_for_good(server: MailServer, step: str, answer: str) -> None:
    setattr(server, step, answer)
    with pytest.raises(NotAccepted) as told:
        give(server)
    assert told.value.for_good
    assert told.value.code == answer[:3]
    assert server.taken == []


@pytest.mark.parametrize("answer", ["450 Later", "451 Busy", "452 Full"])
@pytest.mark.parametrize("step", ["to_sender", "to_recipient", "to_data"])
def test_a_no_for_now_is_for_now(server: MailServer, step: str, answer: str) -> None:
    setattr(server, step, answer)
    with pytest.raises(NotAccepted) as told:
        give(server)
    assert not told.value.for_good
    assert told.value.code == answer[:3]


@pytest.mark.parametrize("end", ["500 Rude", "421 Closing", "250 Odd"])
def test_a_server_that_is_rude_at_the_end_has_the_mail_all_the_same(
    server: MailServer, end: str
) -> None:
    server.at_the_end = end
    give(server)
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotAccepted) as told:
        give(MailServer(address=f"smtp://127.0.0.1:{port}"))
    assert (told.value.code, told.value.for_good) == ("unreachable", False)


def test_a_server_that_hangs_up_in_a_message_has_not_taken_it(server: MailServer) -> None:
    server.drops = True
    with pytest.raises(NotAccepted) as told:
        give(server)
    assert (told.value.code, told.value.for_good) == ("unreachable", False)
    assert server.taken == []
    server.drops = False
    give(server)
    assert len(server.taken) == 1


def test_a_server_that_is_slow_is_waited_for_and_one_that_is_too_slow_is_left(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evenhand.transports.email.TIMEOUT_SECONDS", 2)
    server.waits = 0.5
    give(server)
    assert len(server.taken) == 1
    server.waits = 10
    with pytest.raises(NotAccepted) as told:
        give(server)
    assert (told.value.code, told.value.for_good) == ("unreachable", False)
    assert len(server.taken) == 1


def test_a_server_without_the_encryption_that_was_asked_for_gets_nothing(
    server: MailServer,
) -> None:
    server.address = server.address.replace("smtp://", "smtp+starttls://")
    with pytest.raises(NotAccepted) as told:
        give(server)
    assert not told.value.for_good
    assert server.taken == []


def test_a_password_that_the_server_does_not_take_is_no_fault_of_the_platform(
    server: MailServer,
) -> None:
    server.address = server.address.replace("smtp://", "smtp://desk:secret@")
    with pytest.raises(NotAccepted) as told:
        give(server)
    assert not told.value.for_good


def test_a_password_that_smtp_cannot_carry_is_no_fault_of_the_platform(server: MailServer) -> None:
    server.address = server.address.replace("smtp://", "smtp://desk:gr%C3%BCn@")
    with pytest.raises(NotAccepted) as told:
        give(server)
    assert (told.value.code, told.value.for_good) == ("unreachable", False)


def test_a_mail_says_one_thing_more_and_stays_what_it_was() -> None:
    before, after = read(composed()), read(enclosing(composed(), "Our log is at über.example."))
    assert after.get_content() == f"{before.get_content()}\r\nOur log is at über.example.\r\n"
    said = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert [it for it in before.items() if it[0] not in said] == [
        it for it in after.items() if it[0] not in said
    ]


def test_a_receipt_comes_byte_for_byte_through_a_mail_server(server: MailServer) -> None:
    receipt = f"c2sp.org/tlog-proof@v1\nindex 2\n\n\N{EM DASH} desk.example/log {'A' * 3000}=\n"
    data = enclosing(composed(), "It comes with this message.", receipt)
    data.decode("ascii")
    give(server, data)
    [(_sender, _recipients, taken)] = server.taken
    mail = read(taken)
    [attached] = mail.iter_attachments()
    assert isinstance(attached, EmailMessage)
    assert attached.get_payload(decode=True) == receipt.encode()
    assert attached.get_filename() == RECEIPT
    assert attached.get_content() == receipt
    body = mail.get_body(("plain",))
    assert body is not None
    assert "It comes with this message." in body.get_content()
    assert mail["Message-ID"] == f"<{NOTICE}@harbour.example>"


def test_a_server_that_can_is_asked_to_say_if_a_mail_does_not_arrive(server: MailServer) -> None:
    server.reports = True
    give(server)
    assert server.asked == [
        "RET=HDRS",
        f"ENVID={NOTICE}@harbour.example",
        "NOTIFY=FAILURE,DELAY",
        "ORCPT=rfc822;abuse@videos.example",
    ]
    assert len(server.taken) == 1


def test_what_is_asked_is_written_as_a_server_reads_it(server: MailServer) -> None:
    server.reports = True
    hand_over(
        composed(),
        sender="a@harbour.example",
        recipient="a+b=c@videos.example",
        server=server.address,
    )
    assert "ORCPT=rfc822;a+2Bb+3Dc@videos.example" in server.asked


def test_a_server_that_cannot_report_is_not_asked_to(server: MailServer) -> None:
    give(server)
    assert server.asked == []
