"""A backup as a folder: a BagIt bag of database, captures, log and list of erasures. No key."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from evenhand import version
from evenhand.cli.failures import CannotStart
from evenhand.ledger.bags import INFO, PAYLOAD, check_bag, write_manifests
from evenhand.ledger.broken import Malformed
from evenhand.ledger.erasures import ERASED
from evenhand.ledger.files import sync_folder

DATABASE, LOG, CAPTURES, CLOSED_LOGS = "database.dump", "log", "captures", "closed-logs"
KEPT = timedelta(days=35)
"""No backup is kept longer: what was disposed of is in none after it."""
_TIME, _ENTRIES, _KEEP = "Evenhand-Time", "Evenhand-Entries", "Evenhand-Keep-Until"


@dataclass(frozen=True, slots=True)
class BackupSet:
    """A backup: where it lies, of which moment it is, and how many entries its log has."""

    folder: Path
    at: datetime
    entries: int

    @property
    def database(self) -> Path:
        """The database, as one file."""
        return self.folder / PAYLOAD / DATABASE

    @property
    def log(self) -> Path:
        """The published log; not there where nothing was published yet."""
        return self.folder / PAYLOAD / LOG

    @property
    def closed_logs(self) -> Path:
        """The logs that were closed, each in a folder; not there where none was."""
        return self.folder / PAYLOAD / CLOSED_LOGS

    @property
    def captures(self) -> Path:
        """The sealed files of captures; not there in the backups of an older version."""
        return self.folder / PAYLOAD / CAPTURES

    @property
    def erased(self) -> Path:
        """The list of erasures, as it was then."""
        return self.folder / PAYLOAD / ERASED

    @property
    def keep_until(self) -> date:
        """The day on which it is destroyed at the latest."""
        return (self.at + KEPT).date()

    def seal(self, origin: str) -> None:
        """Make the folder a bag, and have all of it on the disk."""
        write_manifests(
            self.folder,
            {
                "Bagging-Date": self.at.date().isoformat(),
                "External-Identifier": origin,
                "External-Description": "A backup of a desk. No key is in it.",
                "Evenhand-Version": version(),
                _TIME: self.at.isoformat(),
                _ENTRIES: str(self.entries),
                _KEEP: self.keep_until.isoformat(),
            },
        )
        for place, _folders, files in os.walk(self.folder, topdown=False):
            for name in files:
                with (Path(place) / name).open("rb") as file:
                    os.fsync(file.fileno())
            sync_folder(Path(place))


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which has the name asked for once it is whole; else nothing stays."""
    if folder.exists():
        raise CannotStart(f"{folder} is there already. Name a folder that is not there yet.")
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield draft
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync_folder(folder.parent)


def read_set(folder: Path) -> BackupSet:
    """Check every file of a backup against its hash. Raises CannotStart, OSError."""
    try:
        for _path in check_bag(folder):
            pass
        lines = (folder / INFO).read_text("utf-8").splitlines()
        said = dict(it.split(": ", 1) for it in lines)
        found = BackupSet(folder, datetime.fromisoformat(said[_TIME]), int(said[_ENTRIES]))
    except (Malformed, ValueError, KeyError) as error:
        raise CannotStart(f"{folder} is not a whole backup of a desk: {error}") from None
    if not found.database.is_file():
        raise CannotStart(f"{folder} is not a backup of a desk: it has no {DATABASE}.")
    return found
