"""What may be published of an answer from the library beside all that readers have already."""

from collections.abc import Sequence

from evenhand.queries import foi_published
from evenhand.rules.foi_counts import table_for
from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_tables import Published, TableWrong
from evenhand.rules.questions import Answer
from evenhand.store import people_series
from evenhand.store.publishing import earlier


def told_already() -> list[Published]:
    """Give all that readers have: figures, people by quarter, and what replies tell."""
    return [*earlier(), *people_series.published(), *foi_published.numbers()]


def shown_of(answer: Answer, *, beside: Sequence[Published]) -> Published | None:
    """Give what may be published of an answer; None: nothing of it."""
    try:
        return publishable(table_for(answer), earlier=beside)
    except (SmallNumberWouldShow, TableWrong):
        return None
