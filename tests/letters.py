"""Mails as platforms, their systems and mail servers write them, and those nobody should write."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from uuid import UUID

REAL = sorted((Path(__file__).parent / "data" / "mail").glob("*.eml"))
"""Replies of common mail programs, delivery reports and oddities; REUSE.toml has the sources."""
HOST = "desk.example"
CONTACT = f"referrals@{HOST}"


def letter(
    text: str = "We have removed it.",
    *,
    to: str = CONTACT,
    subject: str = "Your request",
    sender: str = "Trust and Safety <abuse@hub.example>",
    **headers: str,
) -> bytes:
    """Write a plain letter; underscores in the names of further headers are hyphens."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0000"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def bounce(notice: UUID, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Write what a mail server says of a notice that it could not deliver. RFC 3464."""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@hub.example\r\nTo: {CONTACT}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nNobody is here.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; hub.example\r\nOriginal-Envelope-Id: {notice}@{HOST}\r\n\r\n"
        f"Final-Recipient: rfc822; abuse@hub.example\r\nAction: {action}\r\n"
        f"Status: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{notice}@{HOST}>\r\n\r\n"
        "--b--\r\n"
    ).encode()


def nested(depth: int) -> bytes:
    """Write a mail of parts within parts."""
    begin = "".join(
        f"Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n" for at in range(depth)
    )
    return f"Subject: deep\r\n{begin}Content-Type: text/plain\r\n\r\nend".encode()


HOSTILE = {
    "nothing": b"",
    "no headers": b"\r\nHello",
    "zeroes": b"\0" * 10_000,
    "every byte": bytes(range(256)) * 50,
    "an unknown character set": b"Subject: =?klingon?B?aGk=?=\r\n"
    b"Content-Type: text/plain; charset=klingon\r\n\r\nh\xc3\xa9",
    "a coding that is no character set": b"Content-Type: text/plain; charset=punycode"
    b"\r\n\r\nbcher-kva",
    "a character set that is no text": b"Content-Type: text/plain; charset=hex\r\n\r\nzz",
    "base64 that ends half-way": b"Content-Transfer-Encoding: base64\r\n\r\naGVsb",
    "an encoded word that is broken": b"Subject: =?utf-8?B?a?= =?utf-8?Q?=ZZ?=\r\n\r\n",
    "bytes in a header": b"Subject: h\xc3\xa9 \xff\r\nFrom: \xfe@x\r\n\r\n",
    "ten thousand headers": b"To: a@b\r\n" * 10_000 + b"\r\nhi",
    "a header without end": b"Subject: " + b"a" * 3_000_000,
    "parts within parts": nested(400),
    "a few parts within parts": nested(20),
    "lines without end": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"\n" * 600_000,
    "a boundary that is nothing": b'Content-Type: multipart/mixed; boundary=""'
    b"\r\n\r\n--\r\n\r\n--\r\n",
    "no boundary": b"Content-Type: multipart/mixed\r\n\r\nhello",
    "a report about nothing": b"Content-Type: message/delivery-status\r\n\r\n",
    "a report that is no report": b"Content-Type: message/delivery-status\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n////",
    "a mail in a mail that is none": b"Content-Type: message/rfc822\r\n\r\n",
    "a file name that climbs": b"Content-Type: application/pdf\r\n"
    b'Content-Disposition: attachment; filename="../../etc/pass\\wd"\r\n\r\nx',
    "a file name in pieces": b"Content-Disposition: attachment; filename*0*=klingon''%ff;"
    b" filename*1=b\r\n\r\nx",
    "HTML that never ends": b"Content-Type: text/html\r\n\r\n" + b"<!--<a " * 40_000,
    "HTML of comments": b"Content-Type: text/html\r\n\r\n" + b"<!--" * 100_000,
    "HTML of questions": b"Content-Type: text/html\r\n\r\n" + b"<a href=" * 100_000,
    "HTML of blanks": b"Content-Type: text/html\r\n\r\n" + b"<a href" + b" " * 500_000,
    "HTML of lines": b"Content-Type: text/html\r\n\r\n" + b"<br> \n" * 60_000,
    "HTML of scripts": b"Content-Type: text/html\r\n\r\n" + b"<script>" * 100_000,
    "HTML with a number": b"Content-Type: text/html\r\n\r\n&#" + b"9" * 10_000 + b";",
    "an encoded word without end": b"Subject: " + b"=?utf-8?B?" * 300_000,
    "HTML of tags alone": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000,
    "a type that is none": b"Content-Type: \r\n\r\nhi",
    "a charset in pieces": b"Content-Type: text/plain; charset*0*=x''%ff\r\n\r\nhi",
}
