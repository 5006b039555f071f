"""A real mail server on the loopback: it says yes or no as a test wants, and keeps its mail."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import create_server

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

YES = "250 2.0.0 Taken"


@dataclass
class MailServer:
    """What the server says at each step, and the mails it took: envelope and exact bytes."""

    to_sender: str = YES
    to_recipient: str = YES
    to_data: str = YES
    at_the_end: str = "221 Bye"
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    address: str = ""
    unknown: set[str] = field(default_factory=set)
    """Addresses at which nobody is."""
    reports: bool = False
    """Whether it can say what becomes of a mail (RFC 3461)."""
    asked: list[str] = field(default_factory=list)
    """What it was asked to report."""
    drops: bool = False
    """Whether it hangs up in the middle of a message."""
    waits: float = 0
    """How many seconds it takes before it answers to a sender."""

    async def handle_EHLO(  # noqa: N802
        self, _s: SMTP, session: Session, _e: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-DSN"] if self.reports else []), responses[-1]]

    async def handle_MAIL(  # noqa: N802
        self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        await asyncio.sleep(self.waits)
        return self.to_sender

    async def handle_RCPT(  # noqa: N802
        self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return "550 5.1.1 Nobody here" if address in self.unknown else self.to_recipient

    async def handle_DATA(self, _s: SMTP, _n: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.to_data.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.taken.append((envelope.mail_from or "", list(envelope.rcpt_tos), content))
        return self.to_data

    async def handle_QUIT(self, _s: SMTP, _n: Session, _e: Envelope) -> str:  # noqa: N802
        return self.at_the_end


class Reporting(SMTP):
    """Takes what RFC 3461 asks with an address, and notes it; the library knows no such words."""

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        await super().smtp_MAIL(self._noted(arg))

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        await super().smtp_RCPT(self._noted(arg))

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        server: MailServer = self.event_handler
        if not server.drops:
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go on")
        await self._reader.read(64)
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.abort()

    def _noted(self, said: str) -> str:
        server: MailServer = self.event_handler
        words = said.split()
        asked = [it for it in words if it.startswith(("RET=", "ENVID=", "NOTIFY=", "ORCPT="))]
        server.asked += asked
        return " ".join(it for it in words if it not in asked or not server.reports)


class Post(Controller):
    """Runs the server."""

    def factory(self) -> SMTP:
        return Reporting(self.handler, **self.SMTP_kwargs)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server on a free port of the loopback."""
    # What it is told is no output of ours. A level stays, where Django's set-up undoes "disabled".
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    handler = MailServer()
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Post(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.address = f"smtp://127.0.0.1:{port}"
    try:
        yield handler
    finally:
        controller.stop()
