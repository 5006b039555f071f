"""A restored desk stays closed until two people have opened it."""

from collections.abc import Collection
from datetime import datetime

from evenhand.rules.officers import Officer
from evenhand.rules.people import Asked, check_second_officer
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

STILL_DONE = frozenset({"desk", "officer", "token", "key", "log", "attempt"})
"""What the acts are about that a closed desk still does, by the first word of their names.

Who left meanwhile is retired anew, tokens are revoked anew, before it opens.
"""
STILL_ENDED = frozenset({"platform.endtoken", "platform.endsignoff", "link.revoke"})
"""The only acts about platforms that a closed desk does: each ends what was ended before.

What was lost of them would be in force again as soon as the desk opens: a platform's token, the
leave to send to it, the link by which it answers.
"""


class DeskNotOpen(Refused):
    """A restored desk is used once an administrator proposed it and the DPO attested it."""

    code = "E-OPEN-01"
    clause = words("DPA 2018 ss.40 and 66(2): integrity, and what was erased stays erased")
    kind = Kind.UNAVAILABLE


class NothingToOpen(Refused):
    """A restored desk is opened once: proposed by one person, then attested by another."""

    code = "E-OPEN-02"
    kind = Kind.CONFLICT


class NotCompared(Refused):
    """Before a restored desk is opened its casework is compared with the log."""

    code = "E-OPEN-03"
    clause = words("DPA 2018 s.66(2)(b)–(d): precise details, restored and not corrupted")
    kind = Kind.CONFLICT


def check_open(act: str, *, is_closed: bool) -> None:
    """Refuse casework on a desk that was restored and not opened yet; ``act``: its name."""
    if is_closed and act.partition(".")[0] not in STILL_DONE and act not in STILL_ENDED:
        raise desk_not_open()


def desk_not_open() -> DeskNotOpen:
    """Give the refusal of a desk that was restored and not opened yet."""
    return DeskNotOpen(
        words("This desk was restored from a backup and is not open yet. Nothing was saved."),
        do=words(
            "It opens once an administrator proposes it and the data protection officer attests."
        ),
    )


def check_nobody_gets(to: str) -> None:
    """Refuse to hand work over on a closed desk as somebody is retired there; it waits."""
    if to:
        raise DeskNotOpen(
            words("This desk was restored and is not open yet: no work is handed over."),
            do=words(
                "Retire them without naming a colleague. Once the desk is open, what they leave"
                " behind is on everyone’s worklist."
            ),
        )


def check_waits(waiting: Collection[object]) -> None:
    """Refuse to open a desk that is open."""
    if not waiting:
        raise NothingToOpen(words("This desk is open."), do=words("There is nothing to do."))


def check_compared(compared_at: datetime | None, restored_at: datetime) -> None:
    """Refuse to propose before casework was compared with the log since it was restored."""
    if compared_at is None or compared_at < restored_at:
        raise NotCompared(
            words("Casework has not been compared with the log since the restore."),
            do=words("On the desk’s machine, run: evenhand log reconcile. Then look here again."),
        )


def check_may_attest(proposed: Asked | None, officer: Officer, *, now: datetime) -> None:
    """Refuse what nobody proposed, what one proposed oneself, and what waits for over 72 hours."""
    if proposed is None:
        raise NothingToOpen(
            words("Nobody has proposed yet to open this desk."),
            do=words("An administrator looks at what was restored, and proposes it."),
        )
    check_second_officer(proposed, officer, now=now)
