"""The sealed files of captures, in a folder or a bucket (`capture_bucket.py`). Written once.

A file has the random id of its capture for a name. What is on its way in lies in a folder of this
machine, sealed too.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

from evenhand.ledger.files import sync_folder

if TYPE_CHECKING:
    from evenhand.store.capture_bucket import Bucket

STORE = "captures"
ENDING = ".age"
PIECE = 1024 * 1024
FORGOTTEN = timedelta(hours=6)
"""What came in so long ago and was not put into the store was left by whoever was interrupted."""


class Folder(FileSystemStorage):
    """A folder as the store. A file and its name are on the disk before it counts as saved."""

    def faults(self) -> Sequence[str]:
        """Name none: the folder is made with the first file."""
        return ()

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Save a file, and give its name."""
        given = super().save(name, content, max_length)
        sync_folder(Path(self.path(given)).parent)
        return given


class NotPut(Exception):
    """The store did not take a file: it is full or away, or has one of this name already."""


class Spooled(File):  # type: ignore[type-arg]
    """A sealed file on its way in, which its store moves and does not copy."""

    def temporary_file_path(self) -> str:
        """Say where it lies."""
        return str(self.name)


def incoming(file: UUID) -> Path:
    """Give the path of a file on its way in; its folder is there then."""
    folder = _incoming()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / _name(file)


def put(file: UUID) -> None:
    """Put what came in into the store, once. Raises NotPut."""
    path = incoming(file)
    try:
        with path.open("rb") as sealed:
            given = _store().save(_name(file), Spooled(sealed))
    except OSError as error:
        raise NotPut(f"The store did not take {_name(file)}.") from error
    path.unlink(missing_ok=True)
    if given != _name(file):
        _store().delete(given)
        raise NotPut(f"There is a file {_name(file)} already.")


def faults() -> Iterator[str]:
    """Say in sentences why the store cannot keep files, or cannot remove them for good."""
    yield from _store().faults()


def is_there(file: UUID) -> bool:
    """Say whether the store has a file. Raises OSError where it is away, as all that follow."""
    return _store().exists(_name(file))


def found(file: UUID) -> BinaryIO:
    """Open a sealed file, to be read once."""
    return cast(BinaryIO, _store().open(_name(file), "rb"))


def remove(file: UUID) -> None:
    """Remove a file from the store, if it is there."""
    _store().delete(_name(file))


def copy_out(file: UUID, folder: Path) -> Path:
    """Copy a sealed file, if the store has it, and say where to. A copy that broke off is gone."""
    copy = folder / _name(file)
    if is_there(file):
        with ExitStack() as undone, found(file) as sealed, copy.open("xb") as written:
            undone.callback(copy.unlink)
            shutil.copyfileobj(sealed, written, PIECE)
            undone.pop_all()
    return copy


def copied(folder: Path) -> Iterator[UUID]:
    """Name the sealed files in a folder."""
    return _named(it.name for it in sorted(folder.glob(f"*{ENDING}")))


def copy_in(file: UUID, folder: Path) -> None:
    """Put a copy of a sealed file into the store. Raises NotPut, OSError."""
    shutil.copyfile(folder / _name(file), incoming(file))
    put(file)


def known() -> Iterator[UUID]:
    """Name the files in the store."""
    with suppress(FileNotFoundError):
        _folders, names = _store().listdir("")
        yield from _named(names)


def sweep_incoming(*, now: datetime) -> None:
    """Remove what came in and was never put into the store."""
    before = (now - FORGOTTEN).timestamp()
    for path in _incoming().glob(f"*{ENDING}"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()


def _named(names: Iterable[str]) -> Iterator[UUID]:
    for name in names:
        with suppress(ValueError):
            yield UUID(hex=name.removesuffix(ENDING))


def _incoming() -> Path:
    return Path(settings.CAPTURES_COMING_IN)


def _name(file: UUID) -> str:
    return f"{file.hex}{ENDING}"


def _store() -> "Folder | Bucket":
    return cast("Folder | Bucket", storages[STORE])
