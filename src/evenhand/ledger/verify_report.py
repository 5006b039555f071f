"""What a verifier says in the end: whether it holds, and the first difference if not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.ledger import base64_lines
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.verify_continued import Continued
from evenhand.ledger.verify_times import iso, told


@dataclass(slots=True)
class Report:
    """What was found: whether it holds, the first difference if not, and what to know besides."""

    origin: str = ""
    """Which log it is, once somebody who is trusted was found to have signed for it."""
    size: int = 0
    root: bytes = b""
    checkpoints: int = 0
    entries: int = 0
    hashes: int | None = None
    """Of a log checked where it is published: how many hashes lead to its checkpoint."""
    difference: str | None = None
    receipt: dict[str, object] | None = None
    continues: Continued | None = None
    cosigned: dict[str, int] = field(default_factory=dict)
    """Which of the witnesses that are known cosigned the newest checkpoint, and when."""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def of(self, checkpoint: Checkpoint) -> None:
        """Say of which log, and how much of it, this is."""
        self.origin, self.size, self.root = checkpoint.origin, checkpoint.size, checkpoint.root

    @property
    def ok(self) -> bool:
        """Say whether everything holds."""
        return self.difference is None

    def sentences(self) -> list[str]:
        """Give what a person reads: the verdict, then what to know besides."""
        if self.difference is not None:
            which = f" This is of the log {self.origin}." if self.origin else ""
            return [f"NOT VERIFIED: {self.difference}{which}"]
        counts = [
            f"  {month}  {act:<24}{self.counts[month, act]:>8}"
            for month, act in sorted(self.counts)
        ]
        entries = "1 entry" if self.entries == 1 else f"{self.entries} entries"
        if self.hashes is not None:
            entries = "1 hash" if self.hashes == 1 else f"{self.hashes} hashes"
        stops = "1 checkpoint" if self.checkpoints == 1 else f"{self.checkpoints} checkpoints"
        verdict = f"ok: {self.origin}: {entries} of a log of {self.size}, {stops}."
        begun = [str(self.continues)] if self.continues else []
        more = [*_told(self.receipt), *self.remarks, *_told_of_witnesses(self.cosigned)]
        return [verdict, *begun, *more, *counts]

    def as_json(self) -> dict[str, object]:
        """Give what other programs read; the names stay."""
        counts = [
            {"month": month, "act": act, "entries": self.counts[month, act]}
            for month, act in sorted(self.counts)
        ]
        return {
            "ok": self.ok,
            "origin": self.origin or None,
            "size": self.size,
            "root": base64_lines.encode(self.root) if self.root else None,
            "checkpoints": self.checkpoints,
            "entries": self.entries,
            "hashes": self.hashes,
            "difference": self.difference,
            "receipt": self.receipt,
            "continues": self.continues.as_json() if self.continues else None,
            "cosigned": [{"by": name, "at": iso(at)} for name, at in self.cosigned.items()],
            "counts": counts,
            "remarks": self.remarks,
        }


def _told(receipt: dict[str, object] | None) -> Iterator[str]:
    """Say what a receipt proves, so that nobody takes one of another act for theirs."""
    if receipt is None:
        return
    said = dict(receipt)
    index, withheld = said.pop("index"), said.pop("withheld")
    act, day = said.pop("act"), said.pop("day")
    yield f"The receipt proves entry {index}. Compare what it says with what you were told:"
    yield f"  act       {act}"
    yield f"  when      {said.pop('at', f'{day}, the hour is withheld')}"
    yield f"  officer   {said.pop('who', 'withheld')}"
    yield f"  record    {said.pop('obj', 'withheld')}"
    for name, value in said.items():
        yield f"  {name:<10}{value}"
    yield f"  withheld  {withheld} fields in all"


def _told_of_witnesses(cosigned: dict[str, int]) -> Iterator[str]:
    for name, at in cosigned.items():
        yield f"Cosigned by {name} on {told(at)}."
    if not cosigned:
        yield "Cosigned by no witness that you know."
