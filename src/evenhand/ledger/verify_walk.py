"""The walk over all entries of a bundle: everything is hashed anew, with little kept in memory.

Stretches are checked by whoever has time for them, and put together here, in their order.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from evenhand.ledger.bags import MANIFEST, Listed
from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import DATA
from evenhand.ledger.growth import TileRows
from evenhand.ledger.sharing import Share
from evenhand.ledger.tiles import HEIGHT, WIDTH, Tile, TileReader, bundles_of
from evenhand.ledger.tree import Tree, subtree_root
from evenhand.ledger.verify_files import read_listed, reader
from evenhand.ledger.verify_lost import Lost
from evenhand.ledger.verify_plan import Plan
from evenhand.ledger.verify_stretch import Part, check_stretch
from evenhand.ledger.verify_times import Brackets, check_not_ahead, told
from evenhand.ledger.verify_trust import Stop

MOST_MONTHS = 1_200
"""Of so many months a log has entries at most. Days that somebody invents would fill the memory."""


class Walk:
    """Goes from the entry ``since`` to the end, and stops at each checkpoint on the way."""

    def __init__(self, folder: Path, *, since: int, size: int, now: int | None) -> None:
        self.counts: Counter[tuple[bytes, bytes]] = Counter()
        self._months: set[bytes] = set()
        self.erased_openings = self.erased_fields = self.tiles = self.checkpoints = 0
        self.times, self.lost = Brackets(), Lost()
        self.size = self._good = self.begin = since
        self._folder, self._end, self._now = folder, size, now
        self._read = reader(folder / DATA)
        # A tree of which the roots of whole bundles are the leaves, and the root over the rest.
        node = TileReader(self._read, size).node
        self._above = Tree.of(since >> HEIGHT, lambda level, at: node(level + HEIGHT, at))
        self._rest = subtree_root(since - since % WIDTH, since, node) if since % WIDTH else None
        self._rows = TileRows.read(self._read, since, whole=size)

    def run(self, stops: Iterator[Stop], share: Share) -> None:
        """Check the entries and the checkpoints, by their size. Raises Broken, OSError."""
        with ExitStack() as files:
            self._listed = Listed(files.enter_context((self._folder / MANIFEST).open("rb")))
            plan = Plan(self._folder, files, stops, since=self.begin, size=self._end)
            self._stop(plan.stops_to(self.size).at(self.size))
            for parts in share(check_stretch, plan.stretches()):
                here = plan.stops()
                for part in parts:
                    self._add(part)
                    self._stop(here.at(self.size))
            for tile, data in self._rows.partial(self.size):
                self._check_tile(tile, data)
            if plan.has_openings_left():
                raise Broken(f"openings.jsonl has more lines than the {self.size} entries need.")
        self.tiles += 2 * sum(1 for _bundle in bundles_of(self._end, since=self.begin))

    def _add(self, part: Part) -> None:
        before = self._above.size << HEIGHT
        # The levels below are checked where the entries are.
        rows = [b""] * HEIGHT + self._above.extend(part.roots)
        for tile, data in self._rows.add(before, rows):
            self._check_tile(tile, data)
        self._count(part)
        self.times.entries(part.dates)
        self.lost.take(part.unopened)
        if part.broken is not None:
            raise part.broken
        self.size, self._rest = part.end, part.rest

    def _count(self, part: Part) -> None:
        self.erased_openings += part.erased_openings
        self.erased_fields += part.erased_fields
        for (act, day), times in part.said.items():
            self.counts[day[:7], act] += times
            self._months.add(day[:7])
        if len(self._months) > MOST_MONTHS:
            raise Broken(
                f"The entries up to {part.end} are of more than {MOST_MONTHS:,} different months: "
                "no log is that old, so their days are invented."
            )

    def _stop(self, stops: Iterator[Stop]) -> None:
        """Check the checkpoints that have been reached. Raises Broken where a root differs."""
        for number, stop in enumerate(stops):
            self._check_root(stop)
            if self._now is not None:
                check_not_ahead(stop.times, now=self._now)
            if stop.times:
                self.times.cosigned(self.size, min(stop.times))
            self.checkpoints += not number

    def _check_root(self, stop: Stop) -> None:
        if stop.checkpoint.root != self._above.root(self._rest):
            when = f", cosigned {told(min(stop.times))}" if stop.times else ""
            raise Broken(
                f"The entries do not lead to the checkpoint of {self.size} entries {stop.what}"
                f"{when}: something before entry {self.size} differs, and nothing before entry "
                f"{self._good} does."
            )
        self._good = self.size

    def _check_tile(self, tile: Tile, made: bytes) -> None:
        if tile.level:
            self.tiles += 1
            if read_listed(self._read, tile.path, self._listed.hash_of(tile.path)) != made:
                raise Broken(f"{tile.path} does not hold the hashes that the entries lead to.")
