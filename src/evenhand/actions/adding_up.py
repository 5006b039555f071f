"""Adding up the counts of days that are over, so that whole months are not read day by day."""

from evenhand.store.day_counts import add_up_a_day


def add_up() -> None:
    """Add up every day that is over and had something counted, each in a transaction of its own.

    It changes no number that is given, so it is no entry of the log. Where somebody counts for long
    just now, it is done the next time.
    """
    while add_up_a_day():
        pass
