"""What of the open requests is on the first page of whoever answers them, by its clock."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils import timezone

from evenhand.queries import foi, rights
from evenhand.queries.foi import FoiLine
from evenhand.queries.rights_shown import RightsLine
from evenhand.rules.officers import Acting, OfficerRef
from evenhand.rules.requests_waiting import How, Pressing, in_piles
from evenhand.store.lawbook import clocks


def of_information(*, acting: Acting) -> Mapping[Pressing, Sequence[FoiLine]]:
    """Give the requests for information that press, by pile, what is due first at the top."""
    officer, today = acting.officer, timezone.localdate(acting.at)
    lines = foi.lines(officer=officer).running

    def how(line: FoiLine) -> How:
        return How(line.next_on, _is_for(officer.ref, line.to_look_at))

    return in_piles(lines, how, today=today, calendar=clocks().uk)


def about_data(*, acting: Acting) -> Mapping[Pressing, Sequence[RightsLine]]:
    """Give the requests about people's data that press, by pile, what is due first at the top."""
    officer, today = acting.officer, timezone.localdate(acting.at)
    lines = rights.waiting(officer=officer)

    def how(line: RightsLine) -> How:
        return How(line.next_on, _is_for(officer.ref, line.proposed_by))

    return in_piles(lines, how, today=today, calendar=settings.CLOCKS.calendar)


def _is_for(officer: OfficerRef, written_by: Sequence[OfficerRef]) -> bool:
    """Say whether something waits that this officer did not write."""
    return any(it != officer for it in written_by)
