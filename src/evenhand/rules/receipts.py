"""Receipts: what somebody keeps to prove later that an act is in the log."""

from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

SHOWN = frozenset({"at", "obj", "ver", "outcome", "recipient"})
"""What a receipt tells of an act: never who did it, nor why, nor which rows it changed."""
OF_A_PERSON = frozenset({"at", "obj", "ver"})
"""What a receipt tells of an act about somebody: not even what was decided of them."""
OF_A_PACKAGE = OF_A_PERSON | {"package"}
"""What a receipt tells of an act on a package: of its release the SHA-256 of its bytes too."""

OF_THE_PUBLIC = frozenset({"at"})
"""What a receipt tells of an act of the public: a challenge names no record of the desk."""


class ReceiptNotYet(Refused):
    """A receipt is given of an entry that a signed checkpoint of the log covers."""

    code = "E-LOG-56"
    clause = words("DPA 2018 s.62: logs that can be relied on")
    kind = Kind.CONFLICT


class ReceiptFalse(Refused):
    """A receipt is given only if it holds for whoever gets it."""

    code = "E-LOG-58"
    clause = words("DPA 2018 s.62: logs that can be relied on")
    kind = Kind.CONFLICT


def not_yet() -> ReceiptNotYet:
    """Refuse a receipt of an entry that is not in a signed checkpoint yet."""
    return ReceiptNotYet(
        words("The log is not signed as far as this entry yet."),
        do=words("Try again in a minute. If it stays so, tell the desk’s overseer."),
    )


def no_such_entry() -> NotFound:
    """Refuse a receipt of an entry that is none of this record's."""
    return NotFound(
        words("The log has no such entry about this record."),
        do=words("Open the record’s history, and choose the entry there."),
    )


def does_not_hold() -> ReceiptFalse:
    """Refuse a receipt that the published log does not bear out."""
    return ReceiptFalse(
        words("The published log does not bear this entry out, so there is no receipt of it."),
        do=words("Tell the desk’s overseer at once: the log or the database was damaged."),
    )
