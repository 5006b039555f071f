"""Cuts a log into stretches, each with what must be known of it from elsewhere."""

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import FileIO
from itertools import islice
from pathlib import Path

from evenhand.ledger.bags import MANIFEST, Listed
from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import DATA, OPENINGS
from evenhand.ledger.tiles import Tile, bundles_of
from evenhand.ledger.verify_files import Lines
from evenhand.ledger.verify_stretch import BUNDLES, MOST_ENTRIES, Bundle, Stretch
from evenhand.ledger.verify_trust import Stop

MOST_STOPS = 3 * MOST_ENTRIES
"""Of so many checkpoints a stretch has at most. More of the same would fill the memory."""


@dataclass(frozen=True, slots=True)
class Stops:
    """The checkpoints of a stretch, and what is wrong with the one after the last of them."""

    found: deque[Stop]
    broken: Broken | OSError | None = None

    def at(self, size: int) -> Iterator[Stop]:
        """Give those of this size, once. Raises what is wrong with the one after the last."""
        while self.found and self.found[0].checkpoint.size == size:
            yield self.found.popleft()
        if self.broken is not None and not self.found:
            raise self.broken


class Plan:
    """The stretches of a bundle from the entry ``since`` to the end, and their checkpoints."""

    def __init__(
        self, folder: Path, files: ExitStack, stops: Iterator[Stop], *, since: int, size: int
    ) -> None:
        self._data, self._since, self._size = folder / DATA, since, size
        self._openings = Lines(files.enter_context(FileIO(self._data / OPENINGS)))
        self._bundles, self._tiles = (
            Listed(files.enter_context((folder / MANIFEST).open("rb"))) for _each in range(2)
        )
        self._stops = stops
        self._ahead: Stop | None = None
        self._handed_out: deque[Stops] = deque()

    def stretches(self) -> Iterator[Stretch]:
        """Give the stretches; little more than one is read ahead."""
        tiles = bundles_of(self._size, since=self._since)
        while bundles := tuple(map(self._listed, islice(tiles, BUNDLES))):
            begin, end = max(self._since, bundles[0].begin), bundles[-1].end
            stops = self.stops_to(end)
            self._handed_out.append(stops)
            yield Stretch(
                data=self._data,
                bundles=bundles,
                since=self._since,
                openings=self._openings.at,
                stops=tuple(sorted({it.checkpoint.size for it in stops.found})),
            )
            self._openings.pass_over(end - begin)

    def stops(self) -> Stops:
        """Give the checkpoints of the stretch that comes next to be put together."""
        return self._handed_out.popleft()

    def stops_to(self, size: int) -> Stops:
        """Read the checkpoints up to this size that were not read yet."""
        found: deque[Stop] = deque()
        try:
            while (stop := self._ahead or next(self._stops, None)) is not None:
                self._ahead = stop
                if stop.checkpoint.size > size:
                    break
                self._check_place(stop, found)
                found.append(stop)
                self._ahead = None
        except (Broken, OSError) as error:
            return Stops(found, error)
        return Stops(found)

    def _check_place(self, stop: Stop, found: deque[Stop]) -> None:
        size = stop.checkpoint.size
        if size < self._since:
            raise Broken(
                f"The checkpoint of {size} entries {stop.what} is older than this bundle, "
                f"which begins at {self._since}."
            )
        if len(found) == MOST_STOPS:
            raise Broken(
                f"The checkpoint of {size} entries {stop.what} comes after {MOST_STOPS:,} others "
                f"of about this size: no log has so many."
            )

    def _listed(self, tile: Tile) -> Bundle:
        above = Tile(0, tile.number, tile.width)
        digests = self._bundles.hash_of(tile.path), self._tiles.hash_of(above.path)
        return Bundle(tile.number, tile.width, *digests)

    def has_openings_left(self) -> bool:
        """Say whether there are more openings than the stretches need."""
        return self._openings.are_left()
