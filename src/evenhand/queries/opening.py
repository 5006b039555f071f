"""A restored desk that waits to be opened: what was found, and what remains to be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from evenhand.queries.oversight import LastComparison, last_comparison
from evenhand.rules.officers import Officer, Permission, RoleMissing, may
from evenhand.rules.people import Asked, answer_due_at
from evenhand.rules.words import words
from evenhand.store import opening
from evenhand.store.opening import RestorationRow
from evenhand.store.sealing import open_record_key, unsealed


@dataclass(frozen=True, slots=True)
class Remains:
    """What remains to be done, as anyone who is signed in may know."""

    restored_at: datetime
    is_compared: bool
    proposed: Asked | None


@dataclass(frozen=True, slots=True)
class Restoration:
    """What a restore found and did, and who has proposed to open the desk.

    ``tree`` is the size and root of the published log that it was checked against; None where
    nothing was published. ``beyond`` counts erasures that the list names and the log has lost;
    ``clock_ran`` is false where holds were lost, so that nothing past its time was destroyed.
    """

    as_of: datetime
    tree: tuple[int, bytes] | None
    lost: Mapping[str, int]
    erased_again: int
    beyond: int
    clock_ran: bool
    compared: LastComparison | None
    reason: str
    proposed_by: str
    answer_by: datetime | None
    remains: Remains


def is_closed() -> bool:
    """Say whether this desk was restored and is not open yet."""
    return opening.is_closed()


def what_remains() -> Remains | None:
    """Say what remains to be done until the desk is open; None where it is."""
    row = RestorationRow.objects.filter(opened_at=None).order_by("-restored_at").first()
    return _remains(row, last_comparison()) if row else None


def _remains(row: RestorationRow, compared: LastComparison | None) -> Remains:
    is_compared = compared is not None and compared.ended_at >= row.restored_at
    return Remains(row.restored_at, is_compared, row.as_asked())


def one(*, officer: Officer) -> Restoration | None:
    """Give what the newest restore found, where the desk waits to be opened."""
    if not (may(officer, Permission.PROPOSE_OPENING) or may(officer, Permission.ATTEST_OPENING)):
        raise RoleMissing.lacking(
            Permission.ATTEST_OPENING,
            words("Your roles do not allow this."),
            do=words("Ask a colleague with the role {roles}."),
        )
    waiting = RestorationRow.objects.select_related("key", "proposed_by").filter(opened_at=None)
    row = waiting.order_by("-restored_at").first()
    if row is None:
        return None
    compared, asked = last_comparison(), row.as_asked()
    remains = _remains(row, compared)
    return Restoration(
        as_of=row.as_of,
        tree=(row.tree_size, bytes(row.tree_root or b"")) if row.tree_size else None,
        lost=row.lost,
        erased_again=row.erased_again,
        beyond=row.beyond,
        clock_ran=row.clock_ran,
        compared=compared if remains.is_compared else None,
        reason=unsealed(row, open_record_key(row.key), "reason"),
        proposed_by=row.proposed_by.name if row.proposed_by else "",
        answer_by=answer_due_at(asked.at) if asked else None,
        remains=remains,
    )
