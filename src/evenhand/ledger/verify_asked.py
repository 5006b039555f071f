"""What somebody outside holds against a log: their policy, and what they kept or were given."""

from dataclasses import dataclass
from pathlib import Path

from evenhand.ledger.broken import Broken, NotSigned
from evenhand.ledger.bundle import head_of
from evenhand.ledger.checkpoints import Checkpoint, Opened
from evenhand.ledger.receipts import parse_receipt
from evenhand.ledger.verify_report import Report
from evenhand.ledger.verify_times import check_not_ahead, told
from evenhand.ledger.verify_trust import Stop, Trust, times_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is held against a bundle or a published log; each may be missing.

    ``max_age`` is in seconds and needs ``now``, in seconds since 1970; where that is known, no
    cosignature may be of later. ``stream`` is the file of a receipt stream. ``before`` is the
    bundle of the log that this one continues, ``named`` a checkpoint that the bundle must lead to,
    whoever signed it.
    """

    policy: bytes | None = None
    kept: bytes | None = None
    receipt: bytes | None = None
    stream: Path | None = None
    max_age: int | None = None
    now: int | None = None
    before: Path | None = None
    named: Checkpoint | None = None


def own_stops(asked: Asked, trust: Trust, newest: Opened, report: Report) -> list[Stop]:
    """Give the newest checkpoint and those that are held against it; the report gets the receipt.

    Raises Broken for one of another log, and for a receipt that does not hold.
    """
    stops = [Stop(newest.checkpoint, "that is the newest", times_of(newest))]
    if asked.kept is not None:
        stops.append(_kept(asked.kept, trust))
        if stops[-1].checkpoint.origin != newest.checkpoint.origin:
            raise NotSigned("The checkpoint that you kept is of another log.")
    if asked.named is not None:
        if asked.named.origin != newest.checkpoint.origin:
            raise NotSigned(f"The bundle is of the log {newest.checkpoint.origin}.")
        stops.append(Stop(asked.named, "that the log after it names"))
    if asked.receipt is not None:
        stops.append(_of_receipt(asked.receipt, trust, report))
    return stops


def _kept(data: bytes, trust: Trust) -> Stop:
    """Give a checkpoint that somebody kept. Who cosigned it counts, whatever the bundle lists."""
    try:
        return Stop(head_of(data), "that you kept", trust.witnessed(data))
    except Broken as error:
        raise Broken(f"The checkpoint that you gave with --kept does not hold. {error}") from error


def _of_receipt(data: bytes, trust: Trust, report: Report) -> Stop:
    try:
        receipt = parse_receipt(data)
        opened = receipt.check(trust.policy)
    except Broken as error:
        raise Broken(f"The receipt does not hold. {error}") from error
    report.receipt = receipt.proves()
    return Stop(opened.checkpoint, "of your receipt", times_of(opened))


def check_age(asked: Asked, newest: Opened, trust: Trust) -> None:
    """Refuse a newest checkpoint that too few cosigned lately enough. Raises Broken."""
    if asked.now is None:
        return
    check_not_ahead(times_of(newest), now=asked.now)
    if asked.max_age is None:
        return
    at = trust.policy.cosigned_at(newest)
    if at is None:
        raise Broken("STALE: nobody cosigned the newest checkpoint, so its age is not known.")
    age = asked.now - at
    if age > asked.max_age:
        raise Broken(
            f"STALE: the newest checkpoint was cosigned on {told(at)}, {age} seconds ago; you "
            f"allow {asked.max_age}."
        )
