"""A desk's home: the one folder that holds its database, keys, mail, logs and static files."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evenhand.cli.failures import CannotStart
from evenhand.cli.locks import locked


def home_folder(given: Mapping[str, str] = os.environ) -> Path:
    """Give the desk's home: EVENHAND_HOME, else ``evenhand`` in the user's data folder."""
    if chosen := given.get("EVENHAND_HOME"):
        return Path(chosen).expanduser().resolve()
    base = given.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "evenhand"


def signer_folder(given: Mapping[str, str] = os.environ) -> Path:
    """Give the folder of the log's signer on this machine: its key, its memory, its socket."""
    return home_folder(given) / "signer"


def signer_socket(given: Mapping[str, str] = os.environ) -> Path:
    """Give where the signer answers: EVENHAND_SIGNER, else in its folder in the home."""
    return Path(given.get("EVENHAND_SIGNER") or signer_folder(given) / "socket")


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one desk. ``keys`` is for its user alone and holds every secret."""

    folder: Path

    @property
    def postgres(self) -> Path:
        """The database cluster."""
        return self.folder / "postgres"

    @property
    def keys(self) -> Path:
        """Secret key, database passwords, the desk's key and the demo's passwords."""
        return self.folder / "keys"

    @property
    def mail(self) -> Path:
        """Where the demo's mail sink puts each mail."""
        return self.folder / "mail"

    @property
    def mail_in(self) -> Path:
        """From where the demo takes mail that comes in: each file that ends in .eml."""
        return self.folder / "mail-in"

    @property
    def platforms(self) -> Path:
        """The tokens of the demo's fictional platforms, by the host that notices go to."""
        return self.keys / "demo-platforms.json"

    @property
    def logs(self) -> Path:
        """What the child processes say."""
        return self.folder / "logs"

    @property
    def static(self) -> Path:
        """Style sheets and scripts, collected."""
        return self.folder / "static"

    @property
    def desk_key(self) -> Path:
        """The desk's key, which wraps every record's key."""
        return self.keys / "desk.key"

    @property
    def exists(self) -> bool:
        """Whether a desk lives here: its database was made."""
        return (self.postgres / "PG_VERSION").is_file()

    def make(self) -> None:
        """Make the folders that are missing; what they hold is its user's alone."""
        # Where root starts the desk, PostgreSQL's user has to pass through the home to its cluster.
        own = 0o711 if os.geteuid() == 0 else 0o700
        self.folder.mkdir(mode=own, parents=True, exist_ok=True)
        for folder in (self.keys, self.mail, self.mail_in, self.logs, self.static):
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)

    def secret(self, name: str) -> str:
        """Give a secret of this desk by name; it is made once, at random."""
        path = self.keys / "secrets.json"
        with locked(self.keys / "secrets.lock"):
            known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
            if name not in known:
                known[name] = secrets.token_urlsafe(48)
                write_private(path, json.dumps(known, indent=1))
        return known[name]


def check_private(path: Path) -> None:
    """Refuse a key that others than its user may read. Raises CannotStart, OSError."""
    if path.stat().st_mode & 0o077:
        raise CannotStart(f"Others may read {path}. Run: chmod 600 {path}")


def write_private(path: Path, text: str) -> None:
    """Write a whole file that only its user can read, or leave the old one as it was."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
