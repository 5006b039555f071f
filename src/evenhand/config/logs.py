"""Keeps words out of the logs, no query string, no exception text, no values; one line a record."""

import logging
import re

QUERY = re.compile(r"\?[^\s\"']*")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class WithoutWords(logging.Filter):
    """Strip query strings from a line, and from a failure keep its type and place, not its text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; every record is kept."""
        text = QUERY.sub("?…", record.getMessage())
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
