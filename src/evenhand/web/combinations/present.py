"""Hits and pairs of records in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.people_count import PeopleCount
from evenhand.queries.people_finding import Hit, Waiting
from evenhand.rules.combinations import CombinationStanding
from evenhand.rules.imports import THIS_DESK
from evenhand.rules.people import PersonStanding
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.public.documents import summary
from evenhand.web.words import Words, translated

STANDINGS: Mapping[CombinationStanding, Words] = {
    CombinationStanding.APART: later("Told apart"),
    CombinationStanding.PROPOSED: later("Waiting for a second officer"),
    CombinationStanding.REFUSED: later("Kept apart"),
    CombinationStanding.JOINED: later("Joined"),
    CombinationStanding.UNDONE: later("Taken apart again"),
    CombinationStanding.LAPSED: later("Not answered: one of the records went before"),
}


def hits(found: Sequence[Hit]) -> list[Mapping[str, Any]]:
    """Show each record that was found."""
    return [{"title": it.reference, "rows": summary(list(_rows(it)))} for it in found]


def _rows(hit: Hit) -> Iterator[tuple[str, str]]:
    if hit.standing is PersonStanding.RESTRICTED:
        yield _("Standing"), _("Restricted: ask the data protection officer")
    if not hit.name:
        return
    yield _("Name"), hit.name
    if hit.birth_date:
        yield _("Birth date"), times.day(hit.birth_date)
    for it in hit.roles:
        yield (
            _("In referral %(reference)s") % {"reference": it.referral},
            translated(ROLE_WORDS[it.role]),
        )


def pairs(found: Sequence[Waiting]) -> list[Mapping[str, Any]]:
    """List pairs by their references only."""
    return [
        {
            "title": _("%(first)s and %(second)s") % {"first": it.first, "second": it.second},
            "href": reverse("pair", args=[it.ref]),
            "standing": STANDINGS[it.standing],
            "by": it.decided_by,
        }
        for it in found
    ]


def _origin(system: str) -> str:
    """Say where records come from: everywhere, this system, or one that they were brought from."""
    if system == THIS_DESK:
        return _("Logged in this system")
    return _("Brought over from %(system)s") % {"system": system} if system else _("All together")


def people(found: Sequence[PeopleCount]) -> Params:
    """Say how many people are on record, all together and by the system that they come from."""
    rows = []
    for it in found:
        title = _origin(it.system)
        told = {"people": f"{it.people:,}", "records": f"{it.records:,}"}
        rows.append((title, _("People: %(people)s. Records: %(records)s.") % told))
    return summary(rows)
