"""Times: an act cannot be later than a cosignature over it, nor much earlier than the one before.

Witnesses have clocks of their own. Whatever stands in a tree that was cosigned at noon was done by
noon; what came into the tree after that was not done long before.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from evenhand.ledger.broken import Broken

SKEW = 900
"""How many seconds clocks may differ, and an act may take from its beginning into the tree."""
_LAST_SECOND = 253_402_300_799 - SKEW


def iso(seconds: int) -> str:
    """Write a second since 1970 as openings write times, so that the two compare as text."""
    moment = datetime.fromtimestamp(max(0, min(seconds, _LAST_SECOND)), UTC)
    return moment.isoformat(timespec="microseconds")


def told(seconds: int) -> str:
    """Write a second since 1970 for people."""
    return f"{iso(seconds)[:16].replace('T', ' ')} UTC"


def check_not_ahead(times: Iterable[int], *, now: int) -> None:
    """Refuse cosignatures that are of later than now: they say nothing of age. Raises Broken."""
    latest = max(times, default=now)
    if latest > now + SKEW:
        raise Broken(
            f"A witness cosigned on {told(latest)}, and now it is {told(now)}: one of the "
            "two clocks is wrong. Give the time with --now."
        )


class Dates:
    """The times of some entries in a row: as much of them as cosignatures are held against."""

    def __init__(self) -> None:
        self.latest, self.latest_index = "", -1
        self.are_hidden = False
        """Whether an entry among them does not tell its time."""
        self.falling: list[tuple[str, int]] = []
        """Each that is earlier than all before it: the first of them that is too early is here."""

    def add(self, index: int, at: str) -> None:
        """Take the time of the next entry."""
        if at >= self.latest:
            self.latest, self.latest_index = at, index
        if not self.falling or at < self.falling[-1][0]:
            self.falling.append((at, index))


class Brackets:
    """Holds the times of entries between the cosignatures before and after them."""

    def __init__(self) -> None:
        self.are_hidden = False
        self._size = -1
        self._not_before = ""
        self._latest, self._index = "", -1
        self._newest = ""

    @property
    def newest(self) -> str:
        """Give the latest time of all."""
        return max(self._newest, self._latest)

    def entries(self, dates: Dates) -> None:
        """Take the times of more entries. Raises Broken for the first that is too early."""
        for at, index in dates.falling:
            if at < self._not_before:
                raise Broken(
                    f"Entry {index} is dated {at[:16]}, long before the cosignature after which it "
                    "came into the log."
                )
        self.are_hidden |= dates.are_hidden
        if dates.latest >= self._latest:
            self._latest, self._index = dates.latest, dates.latest_index

    def cosigned(self, size: int, at: int) -> None:
        """Take a cosignature over so many entries. Raises Broken where one of them is later."""
        latest = self._latest
        if latest > iso(at + SKEW):
            raise Broken(
                f"Entry {self._index} is dated {latest[:16]}, after the cosignature over it, which "
                f"is of {told(at)}."
            )
        not_before = iso(at - SKEW)
        if size > self._size:
            self._size, self._not_before = size, not_before
            self._newest, self._latest = self.newest, ""
        else:
            # The same entries were cosigned again: what came after them came after the last time.
            self._not_before = max(self._not_before, not_before)
