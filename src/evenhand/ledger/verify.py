"""Checks an overseer's bundle, or a single receipt, and says the first difference.

Everything that a verifier holds itself comes in from outside: the policy, the checkpoint kept from
the last time, receipts, the time. What comes with the bundle is never trusted.
"""

import heapq
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from evenhand.ledger.bags import check_bag
from evenhand.ledger.broken import Broken, Malformed, NotSigned
from evenhand.ledger.bundle import (
    CHECKPOINT,
    CHECKPOINTS,
    DATA,
    KEYS,
    OPENINGS,
    SINCE,
    head_of,
    is_part,
)
from evenhand.ledger.checkpoints import Checkpoint, Opened
from evenhand.ledger.policies import Policy
from evenhand.ledger.receipts import parse_receipt
from evenhand.ledger.sharing import Share, alone
from evenhand.ledger.verify_asked import Asked, check_age, own_stops
from evenhand.ledger.verify_continued import (
    continued,
    is_of,
    of_itself,
    of_receipt,
)
from evenhand.ledger.verify_files import reader
from evenhand.ledger.verify_report import Report
from evenhand.ledger.verify_stream import NEVER, Covered, check_stream
from evenhand.ledger.verify_times import SKEW, iso
from evenhand.ledger.verify_trust import Stop, Trust, cosignatures, stops_in, times_of
from evenhand.ledger.verify_walk import Walk

TILES = "tile"


def verify(folder: Path, asked: Asked, share: Share = alone) -> Report:
    """Check a bundle. It never raises for what is wrong with it: the report says it.

    Whoever shares the work gets the same report.
    """
    report = Report()
    try:
        _Verification(folder, asked, report, share).run()
    except Broken as error:
        report.difference = str(error)
    except OSError as error:
        where = Path(error.filename or folder)
        name = where.relative_to(folder) if where.is_relative_to(folder) else where
        report.difference = f"{name} cannot be read: {error.strerror}."
    return report


def verify_receipt(data: bytes, policy: bytes) -> Report:
    """Check one receipt by itself, without a bundle."""
    report = Report()
    try:
        receipt, trusted = parse_receipt(data), Trust(policy, b"").policy
        _check_log(head_of(receipt.proof.checkpoint.encode()).origin, trusted)
        opened = receipt.check(trusted)
        report.receipt = receipt.proves()
        report.of(opened.checkpoint)
        report.checkpoints = report.entries = 1
        report.cosigned = cosignatures(opened)
    except Broken as error:
        report.difference = f"The receipt does not hold. {error}"
    return report


def _check_log(origin: str, policy: Policy) -> None:
    """Say of which log a receipt is, where its holder has no key of that."""
    if origin not in {it.key.name for it in policy.logs}:
        raise NotSigned(
            f"It is of the log {origin}, of which your policy has no key. Where that log was "
            "closed, the page /log/ of the desk names it and has its keys."
        )


def _check_reach(stop: Stop, begin: int, end: int) -> None:
    """Say of a checkpoint outside of the bundle what that may mean, and what to ask for."""
    size = stop.checkpoint.size
    if size > end:
        raise Broken(
            f"The checkpoint of {size} entries {stop.what} is newer than this bundle, which ends "
            f"at {end}. It is an old bundle, or the newest entries were cut off. Ask for a newer "
            "one."
        )
    if size < begin:
        raise Broken(
            f"The checkpoint of {size} entries {stop.what} is older than this bundle, which goes "
            f"from {begin} to {end}. Ask for one that goes on from {size} or before."
        )


def _covered(walk: Walk, stops: Iterable[Stop], cosigned_at: int | None) -> Covered:
    """Say from when to when a bundle must have what there is a receipt of.

    What was done well before its newest checkpoint was cosigned is in it. Where nobody cosigned,
    its newest entry tells how far it goes, unless an entry hides when it was.
    """
    until = walk.times.newest
    if cosigned_at is not None:
        until = max(until, iso(cosigned_at - SKEW))
    elif walk.times.are_hidden or not until:
        until = NEVER
    begun = [min(it.times) for it in stops if it.times and it.checkpoint.size == walk.begin]
    since = iso(max(begun) - SKEW) if walk.begin and begun else ""
    return Covered(begin=walk.begin, size=walk.size, since=since, until=until)


class _Verification:
    def __init__(self, folder: Path, asked: Asked, report: Report, share: Share) -> None:
        self._folder, self._asked, self._report = folder, asked, report
        self._share = share
        self._data = folder / DATA
        self._read = reader(self._data)

    def run(self) -> None:
        tiles, has_since = self._check_files()
        trust = Trust(self._asked.policy, self._read(KEYS))
        newest = trust.newest(self._read(CHECKPOINT))
        self._report.of(newest.checkpoint)
        since = trust.older(self._read(SINCE), of=newest) if has_since else None
        begin = since.checkpoint.size if since else 0
        if since is None:
            self._report.continues = continued(
                self._read, self._data / OPENINGS, newest.checkpoint.size
            )
        theirs = self._set_apart(trust)
        stops = self._own_stops(trust, newest, since)
        walk = Walk(self._folder, since=begin, size=newest.checkpoint.size, now=self._asked.now)
        with (self._data / CHECKPOINTS).open("rb") as checkpoints:
            self._walk(walk, stops, stops_in(checkpoints, trust, newest, self._share))
        if walk.tiles != tiles:
            raise Broken(
                f"The bundle holds {tiles} tiles, of which a log of {walk.size} has {walk.tiles}."
            )
        if self._asked.named is None:
            walk.lost.check_end()
        check_age(self._asked, newest, trust)
        if self._asked.stream is not None:
            covered = _covered(walk, stops, trust.policy.cosigned_at(newest))
            streamed = check_stream(self._asked.stream, self._read, covered)
            self._report.remarks += streamed.remarks(begin)
        self._remark(trust, walk, begin)
        self._report.cosigned = cosignatures(newest)
        if theirs is not None and self._report.continues and self._asked.before is not None:
            self._check_before(self._asked.before, theirs, self._report.continues.last)

    def _set_apart(self, trust: Trust) -> Asked | None:
        """Give what is held against the log that this one continues, None where it does not."""
        found, asked = self._report.continues, self._asked
        if found is None:
            if asked.before is not None:
                raise Broken("The first entry of this bundle does not say which log it continues.")
            return None
        origin = found.last.origin
        kept = asked.kept if is_of(asked.kept, origin, of_itself) else None
        receipt = asked.receipt if is_of(asked.receipt, origin, of_receipt) else None
        if asked.before is None and (kept or receipt):
            what = "receipt" if receipt else "checkpoint that you kept"
            raise Broken(
                f"Your {what} is of the log {origin}, which was closed: this log continues it. "
                "Give the bundle of that log too, with --before."
            )
        known = {it.key.name for it in trust.policy.logs}
        policy = asked.policy if origin in known else None
        self._asked = replace(
            asked, kept=None if kept else asked.kept, receipt=None if receipt else asked.receipt
        )
        return Asked(policy=policy, kept=kept, receipt=receipt, named=found.last)

    def _check_before(self, folder: Path, asked: Asked, last: Checkpoint) -> None:
        """Check the bundle of the log before, up to the checkpoint that this one names."""
        report = verify(folder, asked, self._share)
        if report.difference is not None:
            raise Broken(f"The log {last.origin}, which this one continues: {report.difference}")
        self._report.receipt = self._report.receipt or report.receipt
        self._report.remarks.append(
            f"The bundle of {last.origin} holds, and leads to the checkpoint that this log names."
        )
        if report.size > last.size:
            self._report.remarks.append(
                f"It has {report.size - last.size} entries after that, which this log does not "
                "say that it continues. Ask why."
            )
        self._report.remarks += [f"Of {last.origin}: {it}" for it in report.remarks]

    def _check_files(self) -> tuple[int, bool]:
        tiles, has_since = 0, False
        for parts in check_bag(self._folder, later=TILES):
            path = "/".join(parts[1:])
            if not is_part(path):
                raise Malformed(f"{DATA}/{path} is no part of a bundle.")
            tiles += path.startswith(f"{TILES}/")
            has_since = has_since or path == SINCE
        return tiles, has_since

    def _own_stops(self, trust: Trust, newest: Opened, since: Opened | None) -> list[Stop]:
        """Give the checkpoints that are known from elsewhere than the list of the period."""
        begin, end = since.checkpoint.size if since else 0, newest.checkpoint.size
        if begin > end:
            raise Broken(f"The bundle goes on from {begin} entries, but it ends at {end}.")
        stops = own_stops(self._asked, trust, newest, self._report)
        if since:
            stops.insert(1, Stop(since.checkpoint, "that the bundle goes on from", times_of(since)))
        for stop in stops:
            _check_reach(stop, begin, end)
        return sorted(stops, key=lambda it: it.checkpoint.size)

    def _walk(self, walk: Walk, *stops: Iterable[Stop]) -> None:
        begin = walk.size
        try:
            walk.run(heapq.merge(*stops, key=lambda it: it.checkpoint.size), self._share)
        finally:
            self._report.checkpoints, self._report.entries = walk.checkpoints, walk.size - begin
        for (month, act), times in walk.counts.items():
            self._report.counts[month.decode(), act.decode()] = times

    def _remark(self, trust: Trust, walk: Walk, begin: int) -> None:
        at_restores, at_the_end = walk.erased_openings - walk.lost.many, walk.lost.many
        for what, many in (
            ("Openings that were lost at a restore of the desk, as its entry says", at_restores),
            ("Openings that were lost before this log was closed", at_the_end),
            ("Fields of openings that were erased", walk.erased_fields),
        ):
            if many:
                self._report.remarks.append(f"{what}: {many}.")
        if begin and self._asked.kept is None:
            self._report.remarks.append(
                f"The bundle goes on from a checkpoint of {begin} entries, which was not compared "
                "with one that you kept. Use --kept with yours."
            )
        if not trust.is_theirs:
            self._report.remarks.append(
                "The log's key was not checked against one that you hold: it is the one in the "
                "bundle. Use --policy with your own."
            )
