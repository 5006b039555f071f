"""How often Python looks for things that only name each other: seldom, in a process that stays."""

import gc

MADE_BEFORE_A_LOOK = 20_000
"""So many more things made than dropped, before Python looks for those that only name each other.
A page makes thousands that are dropped as it ends, and so does a disposal: Python's 700 looks
through them ten times."""


def look_seldom() -> None:
    """Look through what is there for the last time, and seldom through what comes.

    What stays for good is not looked through again, nor copied for being so where processes share
    it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BEFORE_A_LOOK)
