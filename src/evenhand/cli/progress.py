"""How far long work is."""

import sys
import time

from evenhand.cli.output import tell

LINE_SECONDS = 15


class Progress:
    """Says how far it is: a bar that moves on a terminal, now and then a line elsewhere."""

    def __init__(self, whole: int, what: str) -> None:
        self.what = what
        self.whole, self.done, self.shown_at = whole, 0, 0.0
        self.moves = sys.stderr.isatty()

    def add(self, count: int) -> None:
        """Count some more as done."""
        self.done += count
        now = time.monotonic()
        if self.moves:
            filled = 40 * min(self.done, self.whole) // max(1, self.whole)
            bar = "#" * filled + "." * (40 - filled)
            print(f"\r[{bar}] {self.done:,} of {self.whole:,}", end="", file=sys.stderr, flush=True)
        elif now - self.shown_at > LINE_SECONDS:
            self.shown_at = now
            tell(f"{self.done:,} of {self.whole:,} {self.what}")

    def broke_off(self, more: str) -> None:
        """Say what is done and stays, where not all of it came about."""
        tell(
            f"\nBroke off. At least {self.done:,} of {self.whole:,} {self.what} are written,"
            f" and stay. {more}"
        )

    def end(self) -> None:
        """Say that all is done."""
        tell(f"\n{self.done:,} {self.what}." if self.moves else f"{self.done:,} {self.what}.")
