"""Which requests wait for whoever signs in: for information and about data, by their clocks."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries import requests_waiting, rights_reviews
from evenhand.queries.people_waiting import SHOWN
from evenhand.rules.officers import Acting, Permission, may
from evenhand.rules.requests_waiting import Pressing
from evenhand.web.components import Params
from evenhand.web.foi.present import listed as listed_information
from evenhand.web.rights import held_back
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
        if reviews := held_back.due(rights_reviews.due(acting=acting), today=today):
            title = _("Held back by law, and waiting")
            yield {"anchor": "reviews", "title": title, "tasks": reviews}


def _pile(
    room: str, why: Pressing, titles: Mapping[Pressing, Words], tasks: Params, count: int, all_: str
) -> Pile:
    said = {"shown": SHOWN, "count": count}
    rest = _("The %(shown)d that are due first, of %(count)d.") % said if count > SHOWN else ""
    anchor = f"{room}-{why}".replace("_", "-")
    drawn = {**tasks, "idPrefix": anchor}
    return {"anchor": anchor, "title": titles[why], "tasks": drawn, "rest": rest, "all": all_}
