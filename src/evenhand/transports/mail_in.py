"""Where mail comes in: a mailbox by IMAP, or a folder of files."""

from contextlib import AbstractContextManager
from datetime import datetime
from urllib.parse import urlsplit

from evenhand.transports import imap, mail_folder
from evenhand.transports.mailbox import Mailbox

FOLDER = "file"


def name_of(address: str) -> str:
    """Name a mailbox without its password, so that what was read of it can be remembered."""
    at = urlsplit(address)
    return f"{at.scheme}://{at.username or ''}@{at.hostname or ''}{at.path}"


def opened(
    address: str, *, delete: bool, now: datetime, token: str = ""
) -> AbstractContextManager[Mailbox]:
    """Open the mailbox at an address. Raises MailboxAway.

    ``token`` says where the token is read that lets the desk in; empty: it has a password.
    """
    if urlsplit(address).scheme == FOLDER:
        return mail_folder.opened(address, delete=delete, now=now)
    return imap.opened(address, delete=delete, token=token)
