"""What a rule refuses about a request for one's own data is refused at both doors."""

import json
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone

from evenhand.rules.public_rights import RightsKind
from evenhand.store.rights import RightsEventRow
from evenhand.store.rights_letters import RightsLetterRow
from tests.actions.asking_rights import requested
from tests.builders import DEE, RIA
from tests.journeys import Desk
from tests.web.filling import fill
from tests.web.people import signed_in, text_of
from tests.web.test_disposal import call

pytestmark = pytest.mark.django_db
LONG_WISH = "My name is spelled with an e."


class Try(NamedTuple):
    """What is tried with a request of a kind: on which page, by which call, and what is sent."""

    page: str
    call: str
    sent: dict[str, str]
    rule: str
    kind: RightsKind = RightsKind.ACCESS
    asks: str = ""
    """What the page asks for before the rule is reached; else it names the rule."""


NEVER = {
    "replied to before anybody searched": Try(
        "reply/", "replies", {"outcome": "given", "because": "So."}, "E-SAR-36"
    ),
    "refused as unfounded without grounds": Try(
        "reply/",
        "replies",
        {"outcome": "unfounded", "reasons": "No.", "because": "\u200b"},
        "E-MUE-44",
        asks="Say why it is answered so",
    ),
    "asked for a fee without grounds": Try(
        "happened/", "events", {"what": "fee_asked", "reasons": ""}, "E-MUE-44"
    ),
    "asked who they are without a doubt": Try(
        "happened/", "events", {"what": "identity_asked", "reasons": ""}, "E-ID-43"
    ),
    "given more time for no reason of the list": Try(
        "happened/", "events", {"what": "extended", "reasons": "Long."}, "E-CLK-41"
    ),
    "paused though it is no request for access": Try(
        "happened/",
        "events",
        {"what": "clarification_asked", "reasons": "Which one?"},
        "E-CLK-42",
        RightsKind.RECTIFICATION,
    ),
}


@pytest.mark.parametrize("what", NEVER)
def test_neither_door_stores_what_a_rule_about_requests_refuses(what: str) -> None:
    tried = NEVER[what]
    desk = Desk(now=timezone.now() - timedelta(days=5))
    for officer in (RIA, DEE):
        desk.by(officer)
    wish = "" if tried.kind is RightsKind.ACCESS else LONG_WISH
    request = requested(desk, kind=tried.kind, wish=wish)
    stored = _stored()
    day = timezone.localdate()
    moves = tried.call == "events"
    on = {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}
    page = fill(
        signed_in(RIA), f"/rights/{request}/{tried.page}", **tried.sent, **on if moves else {}
    )
    assert page.status_code in {403, 409, 422}, text_of(page)
    assert (tried.asks or tried.rule) in text_of(page)
    body = tried.sent | ({"on": str(day)} if moves else {})
    told = call(RIA, "POST", f"/rights/{request}/{tried.call}", json.dumps(body).encode())
    assert told.rules == [tried.rule]
    assert told.status == page.status_code
    assert _stored() == stored


def _stored() -> tuple[int, int]:
    return RightsEventRow.objects.count(), RightsLetterRow.objects.count()
