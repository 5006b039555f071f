"""The token by which a mailbox lets the desk in (OAuth 2.0, RFC 6750), in place of a password.

A program of the organisation's own gets tokens and renews them: it keeps one in a file, or gives
one when it is run. It is read anew at each visit, and kept nowhere here.
"""

import os
import re
import shlex
import subprocess
from pathlib import Path

from evenhand.transports.mailbox import MailboxAway

FILE, PROGRAM = "file:", "exec:"
LONGEST = 16_384
SECONDS = 30
SHAPE = re.compile(rb"[A-Za-z0-9._~+/-]+=*")
"""What a bearer token is made of."""
KNOWN_TO_IT = ("HOME", "LANG", "PATH")
"""What a program is told of the desk's environment: none of its secrets."""


def check_source(said: str) -> None:
    """Refuse what names neither a file nor a program by its whole path. Raises ValueError."""
    path = said.removeprefix(FILE) if said.startswith(FILE) else _command(said)[0]
    if not path.startswith("/"):
        raise ValueError(said)


def read_token(said: str) -> str:
    """Read the token from a file, or from what a program says. Raises MailboxAway."""
    try:
        data = _of_file(said) if said.startswith(FILE) else _of_program(said)
    except (OSError, subprocess.SubprocessError) as error:
        raise MailboxAway("no_token") from error
    token = data.strip()
    if len(data) > LONGEST or not SHAPE.fullmatch(token):
        raise MailboxAway("no_token")
    return token.decode("ascii")


def _of_file(said: str) -> bytes:
    with Path(said.removeprefix(FILE)).open("rb") as file:
        return file.read(LONGEST + 1)


def _of_program(said: str) -> bytes:
    known = {name: os.environ[name] for name in KNOWN_TO_IT if name in os.environ}
    done = subprocess.run(  # noqa: S603 - whoever sets up the desk names the program
        _command(said),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=known,
        timeout=SECONDS,
        check=True,
    )
    return done.stdout


def _command(said: str) -> list[str]:
    words = shlex.split(said.removeprefix(PROGRAM))
    if not said.startswith(PROGRAM) or not words:
        raise ValueError(said)
    return words
