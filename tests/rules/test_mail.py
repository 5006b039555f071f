"""Incoming mail: whose it is by the desk's own marks alone, and what it is."""

import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.mail import (
    AlreadyRead,
    MailKind,
    MailSettled,
    MailStanding,
    NobodyWroteThere,
    NoBounce,
    OtherReferralsMail,
    belongs_to,
    check_came_back,
    check_can_be_set_aside,
    check_may_attach,
    check_not_read,
    check_of_this_referral,
    check_waits,
    named_in_address,
    named_in_subject,
    notices_named,
    requests_named,
)
from evenhand.rules.mail_reading import MOST_PARTS, MOST_TEXT, head_of, part_of, read_mail
from evenhand.rules.mail_text import MOST_HTML, text_of_html
from evenhand.rules.referrals import MOVES, MoveForbidden, State
from tests.builders import ADA, referral
from tests.letters import CONTACT, HOST, HOSTILE, REAL, bounce, letter

NOTICE = UUID(int=5)
references = st.builds("{:04d}-{:06d}".format, st.integers(0, 9_999), st.integers(0, 10**12 - 1))


@given(reference=references)
def test_an_answer_to_a_reply_address_names_its_referral(reference: str) -> None:
    address = f"Referrals+{reference}@DESK.example"
    assert named_in_address([address], CONTACT) == {reference}


@pytest.mark.parametrize(
    "address",
    [
        "referrals@desk.example",
        "referrals+2026-000001@other.example",
        "others+2026-000001@desk.example",
        "referrals+2026-000001x@desk.example",
        "referrals+x2026-000001@desk.example",
        "referrals+@desk.example",
        "referrals-2026-000001@desk.example",
        "@",
        "",
    ],
)
def test_no_other_address_names_one(address: str) -> None:
    assert named_in_address([address], CONTACT) == frozenset()


@pytest.mark.parametrize(
    ("subject", "named"),
    [
        ("Re: FOI-2026-0001, your letter", {"FOI-2026-0001"}),
        ("R-23456789 and FOI-2026-00012", {"R-23456789", "FOI-2026-00012"}),
        ("[R-23456789]", {"R-23456789"}),
        ("foi-2026-0001, r-23456789", set()),
        ("XR-23456789, R-234567890, R-2345678, R-01OI5678", set()),
        ("FOI-2026-000100012, FOI-2026-0001-7, FOI 2026 0001", set()),
    ],
)
def test_a_subject_names_a_request_only_by_its_exact_reference(
    subject: str, named: set[str]
) -> None:
    assert requests_named(subject) == named
    assert named_in_subject(subject) == set()


@pytest.mark.parametrize(
    ("subject", "named"),
    [
        ("Re: [2026-000001] Request to review content", {"2026-000001"}),
        ("AW: [2026-000001] your ticket 2025-123456", {"2026-000001"}),
        ("Your reference 2026-000001", {"2026-000001"}),
        ("2026-000001 and 2026-000002", {"2026-000001", "2026-000002"}),
        ("[2026-000001] [2026-000002]", {"2026-000001", "2026-000002"}),
        ("Ticket A2026-000001", set()),
        ("Ticket 12-2026-000001", set()),
        ("Ticket 2026-000001-7", set()),
        ("Ticket 2026-00001", set()),
        ("Ticket 2026-0000000000001", set()),
        ("\u0662\u0660\u0662\u0666-\u0660\u0660\u0660\u0660\u0660\u0661", set()),
        ("", set()),
    ],
)
def test_a_subject_names_what_stands_in_it_as_the_desk_writes_it(
    subject: str, named: set[str]
) -> None:
    assert named_in_subject(subject) == named


def test_a_message_id_of_this_desk_names_its_notice() -> None:
    ours = f"<{NOTICE}@{HOST.upper()}>"
    others = ["<a@desk.example>", f"<{NOTICE}@other.example>", "<>", "", f"<{NOTICE}>"]
    assert notices_named([ours, *others], CONTACT) == {NOTICE}


@given(st.lists(st.frozensets(st.sampled_from(["a", "b", "c"])), max_size=4))
def test_marks_that_disagree_bring_a_message_nowhere(marks: list[frozenset[str]]) -> None:
    named = set().union(*marks)
    assert belongs_to(marks) == (next(iter(named)) if len(named) == 1 else None)


def test_what_is_attached_is_neither_attached_nor_set_aside_again() -> None:
    for check in (check_waits, check_can_be_set_aside):
        with pytest.raises(MailSettled):
            check(MailStanding.ATTACHED)
    check_waits(MailStanding.SET_ASIDE)
    with pytest.raises(MailSettled):
        check_can_be_set_aside(MailStanding.SET_ASIDE)
    check_can_be_set_aside(MailStanding.WAITING)


def test_what_nobody_was_written_about_has_no_answer() -> None:
    check_may_attach("2026-000001", written=True)
    with pytest.raises(NobodyWroteThere):
        check_may_attach("2026-000001", written=False)


def test_an_answer_names_no_message_of_another_referral() -> None:
    check_of_this_referral(is_its_own=True)
    with pytest.raises(OtherReferralsMail):
        check_of_this_referral(is_its_own=False)


def test_the_first_reader_stays_the_first() -> None:
    check_not_read(None)
    with pytest.raises(AlreadyRead):
        check_not_read(ADA.ref)


@pytest.mark.parametrize("state", list(State))
def test_only_what_was_sent_comes_back(state: State) -> None:
    here = referral(state=state)
    if State.UNDELIVERABLE in MOVES[state]:
        check_came_back(here, MailKind.BOUNCE)
    else:
        with pytest.raises(MoveForbidden):
            check_came_back(here, MailKind.BOUNCE)


@pytest.mark.parametrize("kind", [it for it in MailKind if it is not MailKind.BOUNCE])
def test_only_a_mail_server_says_that_it_came_back(kind: MailKind) -> None:
    with pytest.raises(NoBounce):
        check_came_back(referral(state=State.SENT), kind)


def test_a_letter_is_read_as_it_was_written() -> None:
    data = letter("Wir haben es gelöscht.\nGrüße", subject="[2026-000001] Größe", Cc="x@y.example")
    read = read_mail(data)
    assert read.kind is MailKind.LETTER
    assert read.subject == "[2026-000001] Größe"
    assert read.sender == "Trust and Safety <abuse@hub.example>"
    assert read.text == "Wir haben es gelöscht.\nGrüße"
    assert read.recipients == [CONTACT, "x@y.example"]
    assert (read.parts, read.is_read, read.is_cut) == ([], True, False)


def test_a_bounce_says_of_which_notice_it_is_and_why() -> None:
    read = read_mail(bounce(NOTICE))
    assert (read.kind, read.status) == (MailKind.BOUNCE, "5.1.1")
    assert notices_named(read.messages, CONTACT) == {NOTICE}
    assert "Nobody is here." in read.text


def test_a_bounce_names_its_notice_by_the_mail_that_came_back_alone() -> None:
    data = bounce(NOTICE).replace(b"Original-Envelope-Id", b"X-Nothing")
    assert notices_named(read_mail(data).messages, CONTACT) == {NOTICE}


def test_a_bounce_with_the_whole_mail_in_it_names_its_notice() -> None:
    data = bounce(NOTICE).replace(b"Original-Envelope-Id", b"X-Nothing")
    data = data.replace(b"text/rfc822-headers", b"message/rfc822")
    assert notices_named(read_mail(data).messages, CONTACT) == {NOTICE}


def test_a_delay_is_no_bounce() -> None:
    read = read_mail(bounce(NOTICE, action="delayed", status="4.4.1"))
    assert (read.kind, read.status) == (MailKind.DELIVERY, "4.4.1")


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Failed_Recipients": "abuse@hub.example"},
        {"Return_Path": "<>", "Sender": "x@y.example"},
    ],
)
def test_a_mail_server_is_told_by_its_headers_where_it_reports_nothing(
    headers: dict[str, str],
) -> None:
    data = letter(**headers).replace(b"abuse@hub.example>", b"MAILER-DAEMON@hub.example>", 1)
    read = read_mail(data)
    assert (read.kind, read.status) == (MailKind.BOUNCE, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x@y"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "Away"},
        {"Precedence": "auto_reply"},
    ],
)
def test_the_reply_of_a_machine_is_told_from_a_letter(headers: dict[str, str]) -> None:
    assert read_mail(letter(**headers)).kind is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "no"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}]
)
def test_what_a_person_may_have_sent_is_a_letter(headers: dict[str, str]) -> None:
    assert read_mail(letter(**headers)).kind is MailKind.LETTER


def test_a_receipt_that_it_was_displayed_is_the_reply_of_a_machine() -> None:
    data = bounce(NOTICE).replace(b"delivery-status", b"disposition-notification")
    data = data.replace(b"Auto-Submitted: auto-replied\r\n", b"").replace(
        b"Return-Path: <>\r\n", b""
    )
    assert read_mail(data).kind is MailKind.AUTO_REPLY


def test_a_later_mail_names_what_it_answers() -> None:
    read = read_mail(letter(In_Reply_To=f"<{NOTICE}@{HOST}>", References="<a@b> <c@d>"))
    assert read.messages == [f"<{NOTICE}@{HOST}>", "<a@b>", "<c@d>"]


def mixed(*parts: str) -> bytes:
    return (
        "Subject: parts\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "".join(f"--b\r\n{it}\r\n" for it in parts)
        + "--b--\r\n"
    ).encode()


def test_files_are_named_measured_and_given_as_they_came() -> None:
    data = mixed(
        "Content-Type: text/plain\r\n\r\nSee the file.",
        "Content-Type: application/pdf\r\n"
        'Content-Disposition: attachment; filename="../notice.pdf"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=",
    )
    read = read_mail(data)
    assert read.text == "See the file."
    [part] = read.parts
    assert (part.number, part.name, part.size) == (1, "notice.pdf", 5)
    assert part.content_type == "application/pdf"
    assert part_of(data, 1) == (part, b"hello")
    assert part_of(data, 2) is None
    assert part_of(data, -1) is None


def test_a_mail_within_a_mail_is_a_file() -> None:
    inside = "Content-Type: message/rfc822\r\n\r\nSubject: [2026-000009] other\r\n\r\nhi"
    read = read_mail(mixed("Content-Type: text/plain\r\n\r\nForwarded.", inside))
    assert read.text == "Forwarded."
    assert [it.content_type for it in read.parts] == ["message/rfc822"]
    assert read.messages == []


def test_a_text_sent_as_a_file_is_a_file() -> None:
    data = mixed("Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nhi")
    read = read_mail(data)
    assert (read.text, len(read.parts)) == ("", 1)


def test_html_beside_a_text_is_listed_and_not_shown() -> None:
    data = mixed(
        "Content-Type: text/plain\r\n\r\nWords.", "Content-Type: text/html\r\n\r\n<p>Other.</p>"
    )
    read = read_mail(data)
    assert read.text == "Words."
    assert [it.content_type for it in read.parts] == ["text/html"]


def test_html_is_reduced_to_its_words_and_shows_where_links_lead() -> None:
    html = (
        "<head><title>T</title><style>p{}</style></head><script>x()</script>"
        "<p>We&nbsp;removed   it.</p><div><a href='https://hub.example/appeal'>Appeal</a></div>"
        "<!-- hidden --><a>nowhere</a></a><p>Bye &amp; thanks</p><br><br><?x?><br>end"
    )
    assert text_of_html(html).split("\n") == [
        "We removed it.",
        "",
        "Appeal <https://hub.example/appeal>",
        "nowhere",
        "Bye & thanks",
        "",
        "end",
    ]
    assert read_mail(f"Content-Type: text/html\r\n\r\n{html}".encode()).text.startswith(
        "We removed"
    )


def test_what_is_too_long_to_show_is_cut_and_says_so() -> None:
    read = read_mail(letter("word " * MOST_TEXT))
    assert (len(read.text), read.is_cut) == (MOST_TEXT, True)
    assert len(text_of_html("a" * MOST_HTML * 2)) == MOST_HTML


def test_of_very_many_parts_the_first_are_read() -> None:
    data = mixed(*["Content-Type: image/png\r\n\r\nx"] * (MOST_PARTS + 10))
    assert len(read_mail(data).parts) == MOST_PARTS


def test_the_head_of_a_mail_ends_where_its_body_begins() -> None:
    assert head_of(b"Subject: a\r\n\r\nbody\r\n\r\n") == b"Subject: a\r\n\r\n"
    assert read_mail(head_of(letter())).subject == "Your request"


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_nobody_should_write_is_read_in_no_time_and_breaks_nothing(data: bytes) -> None:
    began = time.monotonic()
    read = read_mail(data)
    assert time.monotonic() - began < 5
    for text in (read.text, read.subject, read.sender, *(it.name for it in read.parts)):
        assert "\0" not in text
        text.encode()
    assert all("/" not in it.name and "\\" not in it.name for it in read.parts)
    for part in read.parts:
        assert part_of(data, part.number) is not None


def test_a_mail_that_is_made_to_exhaust_is_kept_unread_with_its_headers() -> None:
    read = read_mail(HOSTILE["parts within parts"])
    assert (read.is_read, read.subject, read.parts) == (False, "deep", [])
    assert part_of(HOSTILE["parts within parts"], 0) is None


@pytest.mark.parametrize("name", ["charset", "boundary"])
@pytest.mark.parametrize("kind", ["text/plain", "multipart/mixed", "message/rfc822"])
def test_a_parameter_that_breaks_the_parser_breaks_no_reading(name: str, kind: str) -> None:
    broken = f"{name}*=={name}*0=x; {name}*1*=y''z"
    data = f"Subject: deep\r\nContent-Type: {kind}; {broken}\r\n \r\n\r\n--b\r\n\r\nYQ=".encode()
    read = read_mail(data)
    assert read.subject == "deep"
    assert read.is_read == (kind != "multipart/mixed")


def test_a_part_that_cannot_be_written_down_has_no_bytes() -> None:
    inside = b"Content-Type: multipart/mixed; \xff=\xfe\r\n\r\n--b\r\n\xff\xfe"
    data = b"Subject: deep\r\nContent-Type: message/partial\r\n\r\n" + inside
    read = read_mail(data)
    assert [it.size for it in read.parts] == [0]


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(data: bytes) -> None:
    read_mail(data)


@given(
    st.sampled_from([*REAL, *HOSTILE.values()]),
    st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=20),
)
def test_a_mail_that_was_damaged_is_read(base: object, changes: list[tuple[int, int]]) -> None:
    data = bytearray(base if isinstance(base, bytes) else base.read_bytes())[:5_000]  # type: ignore[attr-defined]
    for at, byte in changes:
        if at < len(data):
            data[at] = byte
    read_mail(bytes(data))


@pytest.mark.parametrize("path", REAL, ids=lambda it: it.stem)
def test_real_mails_are_read_and_none_names_a_referral(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    read = read_mail(data)
    assert read.is_read
    assert named_in_subject(read.subject) == frozenset()
    assert named_in_address(read.recipients, CONTACT) == frozenset()
