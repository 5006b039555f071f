"""Closing a record to casework: whoever was given anything of a person is told in the same act."""

from datetime import date

from django.utils import timezone

from evenhand.actions import sharing
from evenhand.rules.holds import is_evidence
from evenhand.rules.officers import Acting
from evenhand.rules.recalls import Why
from evenhand.rules.retention import Closed
from evenhand.store.people import PersonRow
from evenhand.store.records import Record, holds_of
from evenhand.store.writing import Pen


def close(row: Record, because: Closed, pen: Pen, *, acting: Acting) -> None:
    """Close a record to casework and recall what left about a person. A18.

    What is closed already was recalled already. Needs the pen, before it enters the act.
    """
    if row.close(because) and isinstance(row, PersonRow):
        sharing.recall(row.id, Why.RESTRICTED, pen, acting=acting)


def opened(row: Record, pen: Pen, *, acting: Acting) -> None:
    """Tell whoever was told not to use anything of a person that they may again, where it is open.

    Call it in the act that opens a record, as the last thing before it is entered.
    """
    if isinstance(row, PersonRow) and not row.is_restricted(timezone.localdate(acting.at)):
        sharing.may_be_used_again(row.id, pen, acting=acting)


def keep_evidence_closed(row: Record, *, today: date) -> None:
    """Keep a record closed that was about to be opened, while it is held as evidence. A26."""
    if is_evidence(holds_of(row), today=today):
        row.close(Closed.EVIDENCE)
