"""What is added to the register of scrutiny, in words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as later

from evenhand.queries.registers_told import title
from evenhand.queries.scrutiny import ScrutinyInFull
from evenhand.rules.scrutiny import Told
from evenhand.web import times
from evenhand.web.words import Words

TOLD: Mapping[Told, Words] = {
    Told.OUTCOME: later("What came of it"),
    Told.RECOMMENDATION: later("A recommendation"),
    Told.IN_HAND: later("What is being done about a recommendation"),
    Told.DONE: later("That a recommendation was followed, and how"),
    Told.NOT_FOLLOWED: later("Why a recommendation is not followed"),
    Told.CORRECTION: later("A correction"),
}


def lines(found: Sequence[ScrutinyInFull]) -> list[tuple[int, str, str]]:
    """List the entries for who adds to them: number, title, day."""
    return [(it.number, title(it), times.day(it.held_on)) for it in found]
