"""Makes the log entry of an act on a request for information from what every such act has."""

from evenhand.actions.entering import entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.officers import Acting, Permission
from evenhand.store.foi import FoiRequestRow


def about_request(
    row: FoiRequestRow,
    act: Act,
    acting: Acting,
    outcome: str | None = None,
    reason: Commitment | None = None,
    permission: Permission = Permission.ANSWER_FOI,
) -> Entry:
    """Give the entry of an act on a request, at its version after the act."""
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=row.version,
        outcome=Code(outcome) if outcome else None,
        reason=reason,
    )
