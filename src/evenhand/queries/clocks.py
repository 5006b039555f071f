"""The clocks of law that this desk goes by, each with its source and how far that was read."""

from evenhand.rules.clocks_reckoning import LawClocks
from evenhand.store import lawbook


def law_clocks() -> LawClocks:
    """Give the clocks and the working days they are counted by. Raises ClockWrong."""
    return lawbook.clocks()
