"""Which requests wait for whoever signs in: for information and about data, by their clocks."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries import requests_waiting
from evenhand.queries.people_waiting import SHOWN
from evenhand.queries.requests_waiting import ReviewDue
from evenhand.rules.officers import Acting, Permission, may
from evenhand.rules.requests_waiting import Pressing
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.foi.present import listed as listed_information
from evenhand.web.labels import Tag
from evenhand.web.rights.present import listed as listed_about_data
from evenhand.web.words import Words

INFORMATION: Mapping[Pressing, Words] = {
    Pressing.OVERDUE: later("Requests for information: overdue"),
    Pressing.TO_LOOK_AT: later("Requests for information: waiting for a second officer"),
    Pressing.SOON: later("Requests for information: due within 5 working days"),
}
ABOUT_DATA: Mapping[Pressing, Words] = {
    Pressing.OVERDUE: later("Requests about data: overdue"),
    Pressing.TO_LOOK_AT: later("Requests about data: waiting for a second officer"),
    Pressing.SOON: later("Requests about data: due within 5 working days"),
}
Pile = Mapping[str, object]


def waiting(acting: Acting) -> Iterator[Pile]:
    """Give the piles of requests for this officer, empty ones left out. No name is on them."""
    today = timezone.localdate(acting.at)
    if may(acting.officer, Permission.READ_FOI):
        for why, asked in requests_waiting.of_information(acting=acting).items():
            tasks = listed_information(asked[:SHOWN], why, today=today)
            yield _pile("foi", why, INFORMATION, tasks, len(asked), reverse("foi_requests"))
    if may(acting.officer, Permission.READ_RIGHTS):
        for why, theirs in requests_waiting.about_data(acting=acting).items():
            drawn = listed_about_data(theirs[:SHOWN], why, today=today) or {}
            yield _pile("rights", why, ABOUT_DATA, drawn, len(theirs), reverse("rights"))
        reviews = requests_waiting.reviews_due(acting=acting)
        if reviews:
            tasks = {"idPrefix": "reviews", "items": _reviews(reviews)}
            yield {"anchor": "reviews", "title": _("Held back, and to be reviewed"), "tasks": tasks}


def _pile(
    room: str, why: Pressing, titles: Mapping[Pressing, Words], tasks: Params, count: int, all_: str
) -> Pile:
    said = {"shown": SHOWN, "count": count}
    rest = _("The %(shown)d that are due first, of %(count)d.") % said if count > SHOWN else ""
    anchor = f"{room}-{why}".replace("_", "-")
    drawn = {**tasks, "idPrefix": anchor}
    return {"anchor": anchor, "title": titles[why], "tasks": drawn, "rest": rest, "all": all_}


def _reviews(found: Sequence[ReviewDue]) -> Sequence[Params]:
    return [
        {
            "title": {"text": it.reference},
            "href": reverse("rights_request", args=[it.reference]),
            "hint": {"text": _review(it)},
            "status": Tag(_("To be reviewed"), "orange").status,
        }
        for it in found
    ]


def _review(it: ReviewDue) -> str:
    said = {"count": it.pieces, "day": times.day(it.since)}
    text = ngettext(
        "%(count)d piece is held back; it was to be reviewed on %(day)s",
        "%(count)d pieces are held back; the first was to be reviewed on %(day)s",
        it.pieces,
    )
    return text % said
