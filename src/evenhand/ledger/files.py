"""A log's folder: files that are written once, and the one that is replaced.

Whatever is written is on the disk before the call returns: the file's bytes, its name, and the
names of the folders that were made for it.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from evenhand.ledger.broken import Overwritten
from evenhand.ledger.tiles import Read


class NotAFile(FileNotFoundError):
    """What stands where a file should be: a folder, or a pipe that would be waited for for ever."""


def reader_of(folder: Path) -> Read:
    """Give what reads the files of a folder. It is for paths that we made ourselves."""
    return lambda path: _read(folder / path)


def _read(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotAFile(errno.ENOENT, "is no file", str(path))
        with open(handle, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(handle)


def put_once(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files that never change. One that is there with the same bytes stays as it is.

    Raises Overwritten where one is there with other bytes: then two histories were written, and
    nothing may be published before a person has looked.
    """
    for path, data in files:
        target = folder / path
        try:
            there = _read(target)
        except FileNotFoundError:
            _write(target, data)
            continue
        if there != data:
            raise Overwritten(f"{path} is there already with other bytes: stop and look.")


def replace(folder: Path, path: str, data: bytes) -> None:
    """Put a file in the place of the one that was there, at once and wholly."""
    _write(folder / path, data)


def _write(target: Path, data: bytes) -> None:
    _make_folder(target.parent)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(target.parent)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Have the names of a folder's files on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
