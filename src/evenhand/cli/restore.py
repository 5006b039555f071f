"""``evenhand restore``: a desk from a backup, without what was disposed of since."""

import argparse
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.children import stopped_by_signals
from evenhand.cli.desk import SETTINGS, close_connections, cluster_of, settings_of
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.home import Home, home_folder, signer_folder, write_private
from evenhand.cli.locks import Held, locked
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.actions.restoring import Restored
    from evenhand.cli.backup_set import BackupSet
    from evenhand.cli.output import Subparsers
    from evenhand.ledger.keys import VerifierKey

MOST_ACTS = 12


def register(commands: "Subparsers") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "restore",
        restore,
        does="make a desk from a backup, and erase again what was erased since",
        example="evenhand restore /media/stick/desk-2026-11-28 --erased /mnt/copy/erased.jsonl",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a backup")
    parser.add_argument(
        "--erased", type=Path, metavar="FILE", help="the newest copy of the list of erasures"
    )


def restore(arguments: argparse.Namespace) -> int:
    """Restore a desk where there is none. Nobody can use it before it is whole."""
    folder = arguments.folder.absolute()
    with stopped_by_signals(), told_as(f"The backup in {folder} cannot be restored"):
        from evenhand.cli.backup_set import read_set

        made = read_set(folder)
        with _place_for_a_desk():
            import django

            django.setup()
            lists = _lists_of_erasures(made, arguments.erased)
            _check_keys()
            _check_log(made)
            _load(made)
            done = _brought_up_to_date(lists, made.at)
            missing_key = _missing_log_key()
    if arguments.json:
        told: dict[str, object] = {"lost": sum(done.lost.values()), "lost_by_act": dict(done.lost)}
        more = {"erased_again": done.again, "beyond_the_log": done.beyond, "clock_ran": done.ran}
        told |= {"open": False}
        print_json({"ok": True, "as_of": made.at.isoformat(), **told, **more})
    _tell(made, done, missing_key)
    return 0


@contextmanager
def _place_for_a_desk() -> Iterator[None]:
    """Have the environment of the desk to be: that of DATABASE_URL, else the one in the home."""
    home, given = Home(home_folder()), os.environ.get("DATABASE_URL", "")
    if given and not (home.exists and given == cluster_of(home).address()):
        from evenhand.cli.checks import check_owner_is_given

        check_owner_is_given()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        try:
            yield
        finally:
            close_connections()
        return
    home.make()
    _check_desk_key(home.desk_key)
    cluster = cluster_of(home)
    with _no_demo(home), cluster.used():
        os.environ.update(settings_of(home, owner=True))
        try:
            yield
            shown = home.keys / "demo-officers.json"
            if not shown.exists():
                write_private(shown, "[]")  # The officers of the backup have their own passwords.
        finally:
            close_connections()


@contextmanager
def _no_demo(home: Home) -> Iterator[None]:
    locks = home.folder / "locks"
    locks.mkdir(exist_ok=True)
    try:
        with locked(locks / "demo.lock", wait=False):
            yield
    except Held:
        raise CannotStart(
            f"A demo runs in {home.folder}. Choose another EVENHAND_HOME: a desk is restored where "
            "there is none."
        ) from None


def _check_desk_key(key: Path) -> None:
    if not key.exists():
        raise CannotStart(
            f"The desk's key is not at {key}. Put the copy of it there that you keep apart from "
            "the backups: without it no word of them can be read."
        )


def _lists_of_erasures(made: "BackupSet", given: Path | None) -> list[Path]:
    from django.conf import settings

    from evenhand.ledger.erasures import ERASED

    own = settings.HOME / ERASED
    lists = [it for it in (given, own if own.exists() else None) if it]
    if not lists:
        raise CannotStart(
            f"There is no list of erasures at {own}. Name the newest copy of it with --erased. "
            f"Only if nothing was erased since {made.at:%d %B %Y, %H:%M} UTC, name the backup's "
            f"own: --erased {made.erased}"
        )
    return lists


def _check_keys() -> None:
    from django.conf import settings

    _check_desk_key(Path(settings.DESK_KEY))


def _check_log(made: "BackupSet") -> None:
    """Have a log to go on from: the one that is here if it is newer, else the backup's."""
    from django.conf import settings

    from evenhand.ledger.bundle import CHECKPOINT
    from evenhand.ledger.second_copy import continues, copy_log

    log: Path = settings.LOG_FOLDER
    closed = log.with_name(made.closed_logs.name)
    if made.closed_logs.exists() and not closed.exists():
        draft = closed.with_name(f"{closed.name}.{os.getpid()}")
        shutil.copytree(made.closed_logs, draft)
        draft.rename(closed)
    if not made.log.exists():
        return
    if (log / CHECKPOINT).exists():
        if not continues(log, made.log):
            raise CannotStart(
                f"The log in {log} does not go on from the backup's. If it is older, or of another "
                "desk, move it away: then the backup's is used."
            )
        return
    draft = log.with_name(f"{log.name}.{os.getpid()}")
    copy_log(made.log, draft)
    draft.rename(log)


def _load(made: "BackupSet") -> None:
    from evenhand.actions import restoring
    from evenhand.actions.backing_up import put_captures_back
    from evenhand.actions.desk import prepare_tables
    from evenhand.cli.dumps import load

    if restoring.is_occupied():
        raise CannotStart(
            "There is a desk in this database already. A backup is restored into an empty one."
        )
    restoring.begin_anew()
    load(made.database, os.environ["EVENHAND_OWNER_URL"], at_last=restoring.CLOSE)
    prepare_tables(now=datetime.now(UTC))
    if made.captures.exists():
        put_captures_back(made.captures)


def _brought_up_to_date(lists: list[Path], as_of: datetime) -> "Restored":
    from django.conf import settings

    from evenhand.actions import restoring
    from evenhand.rules.officers import WORKER, Acting

    return restoring.restore(
        settings.LOG_FOLDER,
        restoring.read_lists(lists),
        as_of=as_of,
        keys=_log_keys(),
        acting=Acting(officer=WORKER, at=datetime.now(UTC)),
    )


def _log_keys() -> "list[VerifierKey]":
    """Give the keys of the log's signer, if it is on this machine."""
    from evenhand.cli.signer_folder import KEY, read_keys

    path = signer_folder() / KEY
    return [it.verifier for it in read_keys(path)] if path.exists() else []


def _missing_log_key() -> str:
    from evenhand.cli.signer_folder import KEY
    from evenhand.queries.signer import signer_fault

    path = signer_folder() / KEY
    return "" if path.exists() or not signer_fault() else str(path)


def _tell(made: "BackupSet", done: "Restored", missing_key: str) -> None:
    lost = sum(done.lost.values())
    tell(f"Restored as of {made.at:%d %B %Y, %H:%M} UTC, with {made.entries:,} entries.")
    tell(f"Lost since: {lost:,} entries. The log has them; what they said is gone.")
    acts = sorted(done.lost.items(), key=lambda it: (-it[1], it[0]))
    for act, number in acts[:MOST_ACTS]:
        tell(f"  {number:,} of {act}")
    if len(acts) > MOST_ACTS:
        tell(f"  and others: {sum(number for _act, number in acts[MOST_ACTS:]):,}")
    tell(f"Erased again: {done.again:,}.")
    if done.beyond:
        tell(
            f"The list names {done.beyond:,} erasures after the end of the log that is here: the "
            "log has lost entries, and its signer will not go on. Read “If the signer says "
            "ROLLBACK” in docs/how-to/keep-the-logs-key.md."
        )
    if not done.ran:
        tell(
            "Holds were placed since, and are lost, so nothing that is past its time was "
            "destroyed. Place them anew, then run: evenhand dispose"
        )
    tell("Tell the overseer all of this. Do again what still matters: corrections, restrictions,")
    tell("holds, retired officers, revoked tokens.")
    if missing_key:
        tell(
            f"The log's key is not at {missing_key}. Put its copy there before anything is started."
        )
    tell(
        "The desk is closed: it answers every page and call so, and its worker sends nothing. Next:"
    )
    tell("  1. evenhand log reconcile, then start the desk.")
    tell("  2. An administrator signs in, looks at what was restored, and proposes to open it.")
    tell("  3. The data protection officer signs in within 72 hours and attests. Then it is open.")
