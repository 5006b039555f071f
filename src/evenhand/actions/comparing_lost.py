"""Entries that were lost at a restore: the tree has them, and what they said is gone.

They stand right before the entry that says how many they were. Any other entry whose fields are
not there was altered.
"""

from evenhand.ledger.acts import Act
from evenhand.ledger.explaining import Opened


class Unopened:
    """Goes through the entries in their order. ``lost`` counts those lost at restores."""

    def __init__(self) -> None:
        self.lost = 0
        self._numbers: list[int] = []

    def add(self, number: int) -> None:
        """Note an entry whose fields are not there."""
        self._numbers.append(number)

    def before(self, entry: Opened | None = None) -> list[int]:
        """Name those before an entry, or before the end, of which no restore tells."""
        many = 0
        if entry is not None and entry.act == Act.DESK_RESTORED:
            many = min(int(str(entry.fields.get("times", 0))), len(self._numbers))
        altered = self._numbers[: len(self._numbers) - many]
        self.lost += many
        self._numbers = []
        return altered
