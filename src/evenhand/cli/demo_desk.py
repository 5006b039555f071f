"""The demo's desk: key, tables, fictional cases, and who may sign in; made once, then found."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import evenhand
from evenhand.cli.desk import close_connections, cluster_of
from evenhand.cli.embedded import SUPERUSER
from evenhand.cli.failures import CannotStart
from evenhand.cli.home import Home, write_private
from evenhand.cli.output import tell

PROGRAMS = ("murmur",)
"""The fictional platforms whose programs answer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An officer of the demo as it is printed."""

    name: str
    username: str
    password: str
    roles: list[str]
    token: str


def prepared_desk(home: Home) -> list[Shown]:
    """Have the desk ready to be used. Where it was today, with this code, it is so still."""
    stamp, now = home.folder / "prepared", version_of_today()
    officers = home.keys / "demo-officers.json"
    if stamp.exists() and stamp.read_text() == now and officers.exists():
        return [Shown(**one) for one in json.loads(officers.read_text("utf-8"))]
    stamp.unlink(missing_ok=True)
    shown = prepare_desk(home)
    stamp.write_text(now)
    return shown


def version_of_today() -> str:
    """Give a text that changes with any file of the code, with any installed package, and daily."""
    code = Path(evenhand.__file__).parent
    seen = [str(datetime.now(UTC).date())]
    django = find_spec("django")
    if django is not None and django.origin is not None:
        seen.append(str(Path(django.origin).parent.parent.stat().st_mtime_ns))
    for path in sorted(code.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            found = path.stat()
            seen.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return sha256("\n".join(seen).encode("utf-8", "surrogateescape")).hexdigest()


def prepare_desk(home: Home) -> list[Shown]:
    """Make key, tables and cases, or as much of it as an interrupted start did not get to."""
    officers, begun = home.keys / "demo-officers.json", home.keys / "demo-begun"
    cluster = cluster_of(home)
    if begun.exists():
        tell("The first start was interrupted; beginning again.")
        begin_again(cluster.address(SUPERUSER, "postgres"))
        # Also what the start wrote last: with it an empty desk would be taken for a whole one.
        for left in (officers, *home.mail.glob("*.eml")):
            left.unlink(missing_ok=True)
        shutil.rmtree(home.folder / "captures", ignore_errors=True)
    import django

    django.setup()
    from evenhand.actions.desk import create_desk_key, prepare_tables
    from evenhand.cli.checks import make_missing_log_key
    from evenhand.cli.static_files import collect_static

    if not home.desk_key.exists():
        create_desk_key(home.desk_key)
    make_missing_log_key()
    prepare_tables(now=datetime.now(UTC))
    collect_static()
    if officers.exists():
        close_connections()
        return [Shown(**one) for one in json.loads(officers.read_text("utf-8"))]
    begun.touch()
    tell("Writing fictional cases at every stage.")
    from evenhand.actions.carriers import MAIL_NOW
    from evenhand.actions.demo import seed, token_of_program

    shown = [as_shown(one) for one in seed(now=datetime.now(UTC), carrier=MAIL_NOW)]
    tokens = {f"{it}.example": token_of_program(it, now=datetime.now(UTC)) for it in PROGRAMS}
    close_connections()
    write_private(home.platforms, json.dumps(tokens))
    write_private(officers, json.dumps([asdict(one) for one in shown], ensure_ascii=False))
    begun.unlink()
    return shown


def as_shown(officer: Any) -> Shown:
    """Take what is printed from what the seeding gave."""
    roles = [str(role) for role in officer.roles]
    return Shown(officer.name, officer.username, officer.password, roles, officer.token)


def begin_again(address: str) -> None:
    """Make the database anew: its first start never came to the point of showing it to anyone."""
    import psycopg

    from evenhand.cli.clusters import DATABASE_STATEMENTS

    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("DROP DATABASE IF EXISTS evenhand WITH (FORCE)")
        for statement in DATABASE_STATEMENTS:
            superuser.execute(statement)


def check_not_foreign(home: Home) -> None:
    """Refuse a folder with things in it that no demo put there."""
    folder: Path = home.folder
    known = (home.postgres, home.keys, folder / "locks")
    if folder.is_dir() and not any(it.exists() for it in known) and any(folder.iterdir()):
        raise CannotStart(f"{folder} holds other files. Choose an empty or new folder with --home.")
