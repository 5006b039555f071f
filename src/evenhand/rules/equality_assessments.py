"""The equality impact assessment: in date, after the DPIA that it follows, of every harm. A78."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from evenhand.rules.assurance import Document, is_overdue


class EiaDue(StrEnum):
    """Why an equality impact assessment is to be looked at anew."""

    NONE_IN_FORCE = "none_in_force"
    OVERDUE = "overdue"
    DPIA_CHANGED = "dpia_changed"
    NEW_HARM = "new_harm"


def why_due(
    eia: Document | None, dpia: Document | None, harms: Collection[str], *, today: date
) -> Iterator[EiaDue]:
    """Say why it is to be looked at anew; nothing where it stands. ``harms``: of the law data."""
    if eia is None:
        yield EiaDue.NONE_IN_FORCE
        return
    if is_overdue(eia, today=today):
        yield EiaDue.OVERDUE
    if is_behind(eia, dpia):
        yield EiaDue.DPIA_CHANGED
    if set(harms) - eia.harms:
        yield EiaDue.NEW_HARM


def is_behind(eia: Document, dpia: Document | None) -> bool:
    """Say whether a data protection impact assessment came into force since."""
    if dpia is None or dpia.in_force_from is None or eia.in_force_from is None:
        return False
    return eia.in_force_from < dpia.in_force_from
