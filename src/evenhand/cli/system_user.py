"""PostgreSQL refuses to run as root, so root runs it as a system user that can read only its own.

The folders above stay as private as they can be: others may pass through them, never list them.
"""

import os
import pwd
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from evenhand.cli.failures import CannotStart

NAME = "pgserver"


@dataclass(frozen=True, slots=True)
class SystemUser:
    """Who runs PostgreSQL; both numbers are None where it is simply the user of this process."""

    user: int | None = None
    group: int | None = None

    def own(self, *paths: Path) -> None:
        """Give files and folders to this user."""
        if self.user is not None and self.group is not None:
            for path in paths:
                os.chown(path, self.user, self.group)

    def let_through(self, path: Path) -> None:
        """Let this user pass through the folders above a path, without seeing what they hold."""
        if self.user is None:
            return
        for folder in path.resolve().parents:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH and folder.stat().st_uid != self.user:
                print(f"Letting PostgreSQL's user pass through {folder}.", file=sys.stderr)
                folder.chmod(mode | stat.S_IXOTH)

    def let_read(self, folder: Path) -> None:
        """Let this user read and run the programs in a folder."""
        if self.user is None:
            return
        self.let_through(folder)
        if all(path.stat().st_mode & 0o005 for path in (folder, *folder.glob("*/*"))):
            return
        for path in (folder, *folder.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (mode & 0o500) >> 6)


def system_user() -> SystemUser:
    """Find who shall run PostgreSQL; as root, make the system user if it is missing."""
    if os.geteuid() != 0:
        return SystemUser()
    try:
        found = pwd.getpwnam(NAME)
    except KeyError:
        found = _made()
    return SystemUser(found.pw_uid, found.pw_gid)


def _made() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    try:
        subprocess.run(command, check=False, capture_output=True)
        return pwd.getpwnam(NAME)
    except (KeyError, OSError):
        raise CannotStart(
            f"PostgreSQL cannot run as root, and the user {NAME} for it could not be made. "
            "Start this command as an ordinary user."
        ) from None
