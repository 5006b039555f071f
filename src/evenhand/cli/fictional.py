"""The fictional platforms of a demo: each answers the notices that reach it in a way of its own.

They use what a real platform would: mail to the desk's reply address, the page at the link of the
notice, and the API for platforms with a token of their own. They know a notice by the mail itself
and nothing of the desk.
"""

import argparse
import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from evenhand.cli.home import Home, home_folder
from evenhand.cli.leash import tie_to_parent
from evenhand.cli.output import add_command, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

LOOK_SECONDS = 1.0
LINK = re.compile(r"https?://127\.0\.0\.1:\d+/public/answer/[A-Za-z0-9._-]+/")


def register(commands: "Subparsers") -> None:
    """Add the platforms as a command, so that they can also be run beside a demo by themselves."""
    add_command(
        commands,
        "demo-platforms",
        run,
        does="answer the notices of a demo as its fictional platforms do",
        example="evenhand demo-platforms",
    )


def run(_arguments: argparse.Namespace) -> int:
    """Answer what comes from now on, until stopped."""
    tie_to_parent()
    platforms = Platforms(Home(home_folder()))
    tell("The fictional platforms answer what comes from now on.")
    while True:
        platforms.look(now=time.monotonic())
        time.sleep(LOOK_SECONDS)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that reached a platform."""

    mail: EmailMessage

    @property
    def platform(self) -> str:
        """The host that it was written to."""
        return str(self.mail["To"]).rpartition("@")[2].rstrip(">").lower()

    @property
    def text(self) -> str:
        """What it says."""
        body = self.mail.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def link(self) -> str:
        """Where the platform may answer; empty where it says nothing of that."""
        found = LINK.search(self.text)
        return found[0] if found else ""


Act = Callable[["Platforms", Notice], None]


class Platforms:
    """All fictional platforms: what they got, and what each has yet to do about it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._known = set(home.mail.glob("*.eml"))
        self._to_do: list[tuple[float, Act, Notice]] = []

    def look(self, *, now: float) -> None:
        """Take what came since the last look, and do what is due. ``now`` is a count of seconds.

        What the desk refuses, or cannot be read, is said in the log.
        """
        for path in sorted(set(self.home.mail.glob("*.eml")) - self._known):
            self._known.add(path)
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            if isinstance(mail, EmailMessage):
                self._to_do += self._planned(Notice(mail), now)
        due = [it for it in self._to_do if it[0] <= now]
        self._to_do = [it for it in self._to_do if it[0] > now]
        for _when, act, notice in due:
            try:
                act(self, notice)
            except OSError as error:
                print(f"Not answered: {error}", flush=True)

    def _planned(self, notice: Notice, now: float) -> Iterator[tuple[float, Act, Notice]]:
        if notice.link:  # Without one it is no notice: a note to a colleague, a letter to a person.
            for seconds, act in WAYS.get(notice.platform, ELSEWHERE):
                yield now + seconds, act, notice

    def token_of(self, platform: str) -> str:
        """Give the token that the desk's administrator made for a platform's program."""
        tokens: dict[str, str] = json.loads(self.home.platforms.read_text("utf-8"))
        return tokens[platform]

    def write(self, mail: EmailMessage) -> None:
        """Send a mail to the desk: it lies in the folder that the desk reads."""
        self.home.mail_in.mkdir(parents=True, exist_ok=True)
        path = self.home.mail_in / f"{time.time_ns()}-{uuid4().hex[:8]}.eml"
        draft = path.with_suffix(".new")
        draft.write_bytes(mail.as_bytes(policy=policy.SMTP))
        draft.replace(path)


def _reply(notice: Notice, text: str, **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = str(notice.mail["To"])
    mail["To"] = str(notice.mail["Reply-To"])
    mail["Subject"] = f"Re: {notice.mail['Subject']}"
    mail["In-Reply-To"] = str(notice.mail["Message-ID"])
    mail["Message-ID"] = f"<{uuid4()}@{notice.platform}>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def _replies_by_itself(platforms: Platforms, notice: Notice) -> None:
    text = "We have received your message. Our team will look at it. Do not answer this mail."
    platforms.write(_reply(notice, text, Auto_Submitted="auto-replied"))


def _writes_that_it_is_gone(platforms: Platforms, notice: Notice) -> None:
    platforms.write(_reply(notice, "We have removed the content.\n\nTrust and safety team"))


def _writes_oddly(platforms: Platforms, notice: Notice) -> None:
    """Answer from another address, without a reference: nobody can tell by it what it is about."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = f"Moderator <somebody@{notice.platform}>"
    mail["To"] = str(notice.mail["From"])
    mail["Subject"] = "your mail"
    mail["Message-ID"] = f"<{uuid4()}@{notice.platform}>"
    mail.set_content("hi, which post do you mean? cant open the link")
    platforms.write(mail)


def _bounces(platforms: Platforms, notice: Notice) -> None:
    """Have the platform's mail server say that there is no such mailbox. RFC 3464."""
    recipient = str(notice.mail["To"])
    boundary = uuid4().hex
    head = "\r\n".join(
        f"{name}: {notice.mail[name]}" for name in ("From", "To", "Subject", "Message-ID")
    )
    text = (
        f"From: MAILER-DAEMON@{notice.platform}\r\nTo: {notice.mail['From']}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n"
        f' boundary="{boundary}"\r\n\r\n--{boundary}\r\n\r\nThe mailbox does not exist.\r\n'
        f"--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; {notice.platform}\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\n"
        f"Action: failed\r\nStatus: 5.1.1\r\n\r\n--{boundary}\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--{boundary}--\r\n"
    )
    mail = message_from_bytes(text.encode("utf-8"), policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - what the policy makes
    platforms.write(mail)


def _acknowledges_on_the_page(_platforms: Platforms, notice: Notice) -> None:
    fill(f"{notice.link}received/", {"their_reference": "TS-4711"})


def _restricts_on_the_page(_platforms: Platforms, notice: Notice) -> None:
    said = {
        "outcome": "restricted_in_full",
        "ground_relied_on": "Our rule against threats",
        "redress": "Whoever posted it can object within six months.",
    }
    fill(f"{notice.link}outcome/", said)


def _declines_by_program(platforms: Platforms, notice: Notice) -> None:
    said = {"outcome": "declined", "why_declined": "imprecise", "facts": "We found no threat."}
    call = Program(notice.link, platforms.token_of(notice.platform))
    for waiting in call("referrals")["items"]:
        if waiting["reference"] in str(notice.mail["Subject"]):
            call(f"referrals/{waiting['reference']}/outcome", said)


WAYS: dict[str, tuple[tuple[float, Act], ...]] = {
    "clipnest.example": ((4, _acknowledges_on_the_page), (12, _restricts_on_the_page)),
    "murmur.example": ((3, _replies_by_itself), (10, _declines_by_program)),
    "pinboardly.example": (),
    "humbarrel.example": ((3, _bounces),),
}
"""What each platform does, and after how many seconds. One stays silent."""
ELSEWHERE: tuple[tuple[float, Act], ...] = ((3, _writes_oddly), (10, _writes_that_it_is_gone))


class Program:
    """A platform's own program, at the API of the desk that a link leads to."""

    def __init__(self, link: str, token: str) -> None:
        self.start = f"{link.partition('/public/')[0]}/platform/v1/"
        self.token = token

    def __call__(self, path: str, said: dict[str, str] | None = None) -> Any:
        """Ask, or answer once however often it is sent."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": str(uuid4())} if said else {}
        body = json.dumps(said).encode() if said else None
        asked = urllib.request.Request(self.start + path, data=body, headers=headers)  # noqa: S310
        with urllib.request.urlopen(asked, timeout=20) as answered:  # noqa: S310 - our own demo
            return json.load(answered)


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a form carries along unseen."""
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found[given.get("name") or ""] = given.get("value") or ""


def fill(page: str, answers: dict[str, str]) -> None:
    """Open a page of the demo, answer its form and send it. Raises OSError where it is refused."""
    client = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with client.open(page, timeout=20) as opened:
        hidden = _Hidden()
        hidden.feed(opened.read().decode("utf-8"))
    body = urllib.parse.urlencode(hidden.found | answers).encode("ascii")
    client.open(page, data=body, timeout=20).close()
