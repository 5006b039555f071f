"""Every failure of a command as a plain sentence: refusals, settings, database, disk, port."""

import errno
import shutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenhand.ledger.broken import Broken
from evenhand.rules.refusals import Refused

HARDLY_ANY_ROOM = 16 * 1024 * 1024
DATABASE = ("psycopg", "django.db.utils")
UNREACHABLE = {"OperationalError", "InterfaceError", "ConnectionTimeout", "PoolTimeout"}
NOT_READY = {"UndefinedTable", "UndefinedColumn", "InvalidSchemaName", "InsufficientPrivilege"}


class CannotStart(Exception):
    """Something outside the house stops this command; the text is one sentence for a person."""


class SettingsWrong(Exception):
    """Settings that the desk cannot start with; the text has one line for each fault."""


def explain(error: BaseException) -> str:
    """Say what went wrong and what to do, whatever it was."""
    match error:
        case Refused():
            return "\n".join(_refusal(one) for one in error.every)
        case CannotStart() | Broken():
            return str(error)
        case SettingsWrong():
            return f"The desk's settings are wrong:\n{error}"
        case OSError():
            return sentence(error, "This could not be done")
        case _:
            return _database(error) or _fault(error)


def sentence(error: OSError, what: str) -> str:
    """Say why ``what`` failed, in a sentence, from the system's own error number."""
    is_named = not error.filename or str(error.filename) in what
    where = "" if is_named else f" ({error.filename})"
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            why = f"the disk is full{where}. Make room and start again; nothing is lost"
        case errno.EROFS:
            why = f"the file system is read-only{where}. Choose another folder"
        case errno.EACCES | errno.EPERM:
            why = f"this user may not do that there{where}. Choose another folder or user"
        case errno.ENOTDIR | errno.EEXIST:
            why = f"a file is in the way{where}. Choose another folder"
        case errno.ENOENT:
            why = f"there is no such file or folder{where}"
        case _:
            why = f"{(error.strerror or str(error)).lower()}{where}"
    return f"{what}: {why}."


@contextmanager
def told_as(what: str) -> Iterator[None]:
    """Turn a fault of the machine inside the block into one sentence that begins with ``what``."""
    try:
        yield
    except (BrokenPipeError, InterruptedError):
        raise
    except OSError as error:
        raise CannotStart(sentence(error, what)) from error


def check_room(folder: Path, *, megabytes: int) -> None:
    """Stop before something is begun that the disk cannot hold."""
    free = shutil.disk_usage(folder).free // 1_048_576
    if free < megabytes:
        raise CannotStart(
            f"The disk is full: {folder} has {free} MB left, and {megabytes} MB are needed. "
            "Make room or choose another folder."
        )


@contextmanager
def room_watched(folder: Path) -> Iterator[None]:
    """Name the full disk as the reason of whatever failed in the block, if it is full."""
    try:
        yield
    except Exception as error:
        if folder.exists() and shutil.disk_usage(folder).free < HARDLY_ANY_ROOM:
            raise CannotStart(
                f"The disk is full: {folder} has no room left. "
                "Make room and start again; nothing is lost."
            ) from error
        raise


def last_lines(log: Path, *, count: int = 5) -> str:
    """Give the end of a log file, for a sentence that has to show it."""
    try:
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-count:])
    except OSError:
        return ""


def _refusal(refused: Refused) -> str:
    do = refused.do.format_map(refused.values)
    return " ".join(
        part for part in (str(refused), f"[{refused.code}, {refused.clause}]", do) if part
    )


def _database(error: BaseException) -> str:
    """Say what is wrong with the database; empty if it is not about that."""
    causes = [error, error.__cause__ or error]
    if not any(type(it).__module__.startswith(DATABASE) for it in causes):
        return ""
    names = {base.__name__ for it in causes for base in type(it).__mro__}
    if names & NOT_READY:
        return "The tables of this desk are missing or out of date. Run: evenhand migrate"
    if "DiskFull" in names:
        return "The database's disk is full. Make room and start again; nothing is lost."
    if names & UNREACHABLE:
        reason = (str(error).strip().splitlines() or ["no answer"])[-1]
        return (
            f"The database cannot be reached: {reason}\n"
            "Check DATABASE_URL and that PostgreSQL runs."
        )
    return ""


def _fault(error: BaseException) -> str:
    """Own up to a fault of Evenhand itself, without the words that were being worked on."""
    frames = traceback.extract_tb(error.__traceback__) or traceback.extract_stack(sys._getframe())
    place = frames[-1]
    return (
        f"This is a fault in Evenhand: {type(error).__name__} at {place.filename}:{place.lineno}. "
        "Please report it. EVENHAND_TRACEBACK=1 shows more, with the words that were worked on."
    )
