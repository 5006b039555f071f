"""The demo's mail sink: takes every mail on the loopback and puts it in a folder as a file."""

import argparse
import os
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from evenhand.cli.home import Home, home_folder
from evenhand.cli.leash import tie_to_parent
from evenhand.cli.output import add_command

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

LARGEST_MAIL = 64 * 1024 * 1024


def register(commands: "Subparsers") -> None:
    """Add the sink as a command, so that it can also be run alone."""
    parser = add_command(
        commands,
        "mail-sink",
        run,
        does="take mail on the loopback and keep it in the home's folder mail",
        example="evenhand mail-sink --port 2525",
    )
    parser.add_argument("--port", type=int, default=2525, help="port of the loopback (2525)")
    parser.add_argument("--socket", type=int, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Take mail until told to stop."""
    tie_to_parent()
    home = Home(home_folder())
    home.make()
    if arguments.socket is not None:
        listening = socket.socket(fileno=arguments.socket)
    else:
        listening = socket.create_server(("127.0.0.1", arguments.port))
    import asyncio

    asyncio.run(_take_mail(home.mail, listening))
    return 0


async def _take_mail(folder: Path, listening: socket.socket) -> None:
    import asyncio

    from aiosmtpd.smtp import SMTP

    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    keeper = MailKeeper(folder)

    def session() -> SMTP:
        return SMTP(keeper, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True)

    server = await loop.create_server(session, sock=listening)
    await stop.wait()
    server.close()


class MailKeeper:
    """Writes each mail to its own file, whole or not at all, with its envelope at the top."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one mail; the sender hears yes only when it is on the disk."""
        try:
            self.keep(bytes(envelope.content), sender=envelope.mail_from, to=envelope.rcpt_tos)
        except OSError:
            return "452 4.3.1 No room to keep this mail"
        return "250 2.0.0 Kept"

    def keep(self, content: bytes, *, sender: str | None, to: list[str]) -> Path:
        """Write a mail beside its place, then move it there."""
        at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        path = self.folder / f"{at}-{uuid4().hex[:8]}.eml"
        draft = path.with_suffix(".new")
        envelope = f"X-Envelope-From: {sender or ''}\r\nX-Envelope-To: {', '.join(to)}\r\n"
        with draft.open("wb") as file:
            file.write(envelope.encode("utf-8") + content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return path
