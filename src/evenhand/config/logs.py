"""Keeps words out of the logs, no query string, no exception text, no values; one line a record.

And the stream of receipts, which goes to a machine that the desk's administrator does not run.
"""

import logging
import re
from logging.handlers import SysLogHandler, WatchedFileHandler
from urllib.parse import unquote, urlsplit

from evenhand.rules.platform_links import without_links

QUERY = re.compile(r"\?[^\s\"']*")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class WithoutWords(logging.Filter):
    """Strip query strings from a line, and from a failure keep its type and place, not its text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; every record is kept."""
        text = without_links(QUERY.sub("?…", record.getMessage()))
        # Whoever asks for a path with a line break in it writes no line of their own.
        record.msg = CONTROLS.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text)
        record.args = None
        if record.exc_info and record.exc_info[1] is not None:
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
            record.msg += f" [{type(record.exc_info[1]).__name__}{place}]"
            record.exc_info = None
            record.exc_text = None
        return True


class NotTold(logging.Handler):
    """Says that a receipt could not be handed on, and lets the act stand."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a receipt on."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say so in the desk's own log."""
        logging.getLogger(__name__).warning("A receipt was not told: %s", record.getMessage())


class ReceiptFile(NotTold, WatchedFileHandler):
    """A file that is only added to, a line at a time, by every process of the desk."""


class ReceiptSyslog(NotTold, SysLogHandler):
    """A log host by syslog."""


def receipts_handler(address: str) -> dict[str, object]:
    """Turn EVENHAND_RECEIPTS into the settings of a handler.

    ``file:PATH``, ``syslog://HOST:PORT`` (UDP), ``syslog:PATH`` (a socket on this machine), or
    nothing. Raises ValueError for anything else.
    """
    parts = urlsplit(address)
    path = unquote(parts.path)
    match parts.scheme:
        case "":
            if address:
                raise ValueError("not an address")
            return {"class": "logging.NullHandler"}
        case "file" if path and not parts.netloc:
            return _handler(ReceiptFile, filename=path, delay=True)
        case "syslog" if parts.hostname and not path:
            return _handler(ReceiptSyslog, address=(parts.hostname, parts.port or 514))
        case "syslog" if path and not parts.netloc:
            return _handler(ReceiptSyslog, address=path)
        case _:
            raise ValueError("not an address")


def _handler(kind: type[logging.Handler], **settings: object) -> dict[str, object]:
    return {"()": kind, "formatter": "receipt", **settings}
