"""Tells another machine of each entry at the moment it is committed, before it is in any tree.

Whoever has full rights in the database could remove an entry before the sequencer comes to it. What
was told to a machine that they do not run shows it. Where nobody is to be told, nothing is done.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from evenhand.ledger.receipts import stream_line

STREAM = logging.getLogger("evenhand.receipts")


def tell_at_commit(
    leaf_hash: bytes, *, at: datetime, entered: Callable[[], bool] = lambda: True
) -> None:
    """Tell of an entry once it is committed, if by then it was ``entered``. Never raises."""
    if STREAM.isEnabledFor(logging.INFO):
        transaction.on_commit(lambda: _tell(leaf_hash, at) if entered() else None)


def _tell(leaf_hash: bytes, at: datetime) -> None:
    STREAM.info(stream_line(leaf_hash, at=at))
