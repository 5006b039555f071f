"""Keeps words out of the logs: no query string, no exception text, no values."""

import logging
import re

QUERY = re.compile(r"\?[^\s\"']*")


class WithoutWords(logging.Filter):
    """Strip query strings from a line, and from a failure keep its type and place, not its text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; every record is kept."""
        record.msg = QUERY.sub("?…", record.getMessage())
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
