"""A database as one file and back, by PostgreSQL's own programs out of the wheel.

No password is on a command line, where other users of the machine would see it.
"""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from evenhand.cli.clusters import programs
from evenhand.cli.failures import CannotStart

# What is half typed, who is signed in, answers kept for a repeated request, and who was at a public
# door within the hour: of no use later.
# And what opens a capture that was stopped as illegal imagery: it is in no backup.
LEFT_OUT = (
    "machinery.draft",
    "machinery.knock",
    "machinery.repeat",
    "machinery.cache",
    "machinery.locked_capture",
    "public.django_session",
    "public.usersessions_usersession",
)
PLAIN = ("--no-owner", "--no-acl", "--no-statistics")
SECTIONS = ("pre-data", "data", "post-data")
# What servers on which a desk may be do not know: a setting that 15 and 16 have not, and what the
# newest minor versions note of a column for themselves.
UNKNOWN = re.compile(
    rb"SET transaction_timeout = 0;\n|ALTER TABLE ONLY .* SET \(pg_attver=\d+\);\n"
)
HEAD_LINES = 40
# PostgreSQL plans every question by what it knows of the rows: the dump leaves that out, and until
# it looked by itself, a minute later, the first page of a list read all of them.
KNOW_THE_ROWS = b"ANALYZE;\n"
FIRST_LINES = 4


def dump(address: str, to: Path, *, snapshot: str) -> None:
    """Write what a snapshot of a database sees into a file. Raises CannotStart."""
    command = ["--format=custom", *PLAIN, f"--snapshot={snapshot}", f"--file={to}"]
    command += [f"--exclude-table-data={it}" for it in LEFT_OUT]
    with tempfile.TemporaryFile() as said:
        with _started("pg_dump", command, said, address=address) as dumping:
            dumping.communicate()
        _check("The database could not be written to a file", said, dumping)


def load(dumped: Path, address: str, *, at_last: str) -> None:
    """Make the tables of a file in an empty database: all of them, or nothing.

    ``at_last`` is a statement that is obeyed with them. Raises CannotStart.
    """
    command = ["--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null", "--file=-"]
    command += ["--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse"]
    with tempfile.TemporaryFile() as said:
        with (
            suppress(BrokenPipeError),  # psql has said why
            _started("psql", command, said, address=address) as loading,
        ):
            script = _of(loading.stdin)
            try:
                for section in SECTIONS:
                    words = [*PLAIN, f"--section={section}", "--file=-", str(dumped)]
                    with _started("pg_restore", words, said) as reading:
                        _pass_on(_of(reading.stdout), script, wholly=section == "pre-data")
                    _check("The database in the backup could not be read", said, reading)
                script.write(f"{at_last};\n".encode() + KNOW_THE_ROWS)
            except BaseException:
                # psql keeps what it was given once nothing follows: it must not come to that.
                loading.kill()
                raise
        _check("The database could not be loaded", said, loading)


def _pass_on(script: IO[bytes], loading: IO[bytes], *, wholly: bool) -> None:
    """Pass a script on without what is unknown: in its head, or wherever it is."""
    for line in script if wholly else islice(script, HEAD_LINES):
        if not UNKNOWN.fullmatch(line):
            loading.write(line)
    shutil.copyfileobj(script, loading)


def _started(
    program: str, words: list[str], said: IO[bytes], *, address: str = ""
) -> "subprocess.Popen[bytes]":
    """Start one of PostgreSQL's programs; an address goes with it, its password apart."""
    around = os.environ | {"LC_ALL": "C"}
    if address:
        known = conninfo_to_dict(address)
        if password := known.pop("password", None):
            around["PGPASSWORD"] = str(password)
        words = [*words, f"--dbname={make_conninfo('', **known)}"]
    return subprocess.Popen(
        [str(programs() / program), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        env=around,
    )


def _of(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise BrokenPipeError
    return pipe


def _check(what: str, said: IO[bytes], *ran: "subprocess.Popen[bytes]") -> None:
    if any(it.returncode for it in ran):
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
        raise CannotStart("\n".join([f"{what}:", *lines[:FIRST_LINES]]))
