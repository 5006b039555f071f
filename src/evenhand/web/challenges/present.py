"""Challenges in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.challenges import ChallengeInFull, ChallengeLine
from evenhand.queries.platforms import called
from evenhand.rules.challenges import ChallengeStanding
from evenhand.rules.officers import Officer
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.held import who_holds
from evenhand.web.sheets import row, words_row

STANDINGS: Mapping[ChallengeStanding, labels.Tag] = {
    ChallengeStanding.OPEN: labels.Tag(later("To settle"), "yellow"),
    ChallengeStanding.REJECTED: labels.Tag(later("Rejected"), "grey"),
    ChallengeStanding.UPHELD: labels.Tag(later("Upheld"), "green"),
    ChallengeStanding.UPHELD_IN_PART: labels.Tag(later("Upheld in part"), "green"),
}
OVERDUE = labels.Tag(later("Overdue"), "red")
NOT_YOURS = labels.Tag(later("You worked on it"), "grey")


def listed(found: Sequence[ChallengeLine], *, today: date) -> Params:
    """List challenges, without a word of what was said."""
    names = called({it.platform for it in found})
    items = [_item(it, names[it.platform], today) for it in found]
    return {"idPrefix": "challenge", "items": items}


def about(found: ChallengeInFull, officer: Officer) -> Params:
    """Say what a challenge is about, what it says, how it was settled, and who holds an export."""
    return {"rows": [*_about(found), *who_holds(found.line.reference, officer)]}


def _about(found: ChallengeInFull) -> Iterator[Params]:
    line = found.line
    yield row(_("Referral"), line.reference)
    yield row(_("Platform"), called({line.platform})[line.platform])
    yield row(_("Came"), times.moment(line.at))
    yield row(_("To be settled by"), times.day(line.due_on))
    yield words_row(_("What the challenger says"), found.words)
    if found.settled_at:
        said = {"moment": times.moment(found.settled_at), "name": found.settled_by}
        yield row(_("Settled"), _("%(moment)s, by %(name)s") % said)
        yield words_row(_("Why"), found.reasons)
        yield words_row(_("What the challenger reads"), found.told)


def tag(line: ChallengeLine, *, today: date) -> labels.Tag:
    """Say how a challenge stands, as this officer sees it."""
    if line.is_overdue(today):
        return OVERDUE
    is_open = line.standing is ChallengeStanding.OPEN
    return NOT_YOURS if is_open and line.has_touched else STANDINGS[line.standing]


def _item(line: ChallengeLine, platform: str, today: date) -> Params:
    said = {"platform": platform, "day": times.day(line.due_on)}
    return {
        "title": {"text": line.reference},
        "href": reverse("challenge", args=[line.id]),
        "hint": {"text": _("%(platform)s, to be settled by %(day)s") % said},
        "status": tag(line, today=today).status,
    }
