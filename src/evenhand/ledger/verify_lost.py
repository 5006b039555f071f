"""Openings that are not there: lost at a restore of the desk, as the log says, or taken out.

A restore gives entries that were published their places again, but not what they said. Its own
entry tells how many these are. Nothing else takes away an opening as a whole.
"""

from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Broken
from evenhand.ledger.leaves import Leaf
from evenhand.ledger.openings import fields_of

_RESTORED = Act.DESK_RESTORED.encode()


def restored_in(leaf: Leaf, opening: bytes) -> int | None:
    """Say how many entries a restore lost, None for an entry of another act."""
    if leaf.act != _RESTORED:
        return None
    times = fields_of(opening.decode()).get("times")
    return times if isinstance(times, int) else 0


class Unopened:
    """Entries of some in a row that have no opening, and restores among them."""

    def __init__(self) -> None:
        self.first, self.many = -1, 0
        self.told: list[tuple[int, int, int]] = []
        """Before each restore: the first entry without an opening, how many, and those it told."""

    def add(self, index: int, many: int = 1) -> None:
        """Take so many entries without an opening; the first of them has this index."""
        if many and not self.many:
            self.first = index
        self.many += many

    def restored(self, lost: int) -> None:
        """Take a restore that lost so many entries."""
        self.told.append((self.first, self.many, lost))
        self.many = 0


class Lost:
    """Holds openings that are not there against what restores tell. ``many`` no restore told of."""

    def __init__(self) -> None:
        self.many, self._first = 0, -1

    def take(self, more: Unopened) -> None:
        """Take more entries. Raises Broken where a restore lost fewer than there are."""
        for first, many, lost in more.told:
            self._add(first, many)
            if self.many > lost:
                raise Broken(
                    f"The opening of entry {self._first} is not there: {self.many} are missing up "
                    f"to a restore of the desk, which says that it lost {lost}."
                )
            self.many = 0
        self._add(more.first, more.many)

    def check_end(self) -> None:
        """Refuse what no restore up to the end tells of. Raises Broken."""
        if self.many:
            raise Broken(
                f"The opening of entry {self._first} is not there, and no restore of the desk says "
                "that it was lost. If one was made just now, ask for a bundle that goes on to it. "
                "If this log was closed, check it with the one that continues it, by --before."
            )

    def _add(self, first: int, many: int) -> None:
        if many and not self.many:
            self._first = first
        self.many += many
