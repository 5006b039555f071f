"""What a rule refuses about a request for one's own data is refused at both doors."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone

from evenhand.actions import rights, rights_letters
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import Mark, Withheld
from evenhand.store.people import PersonRow
from evenhand.store.rights import RightsEventRow
from evenhand.store.rights_letters import RightsLetterRow
from tests.actions.asking_rights import BORN, NAME, requested, searched
from tests.actions.people import known_person
from tests.builders import DEE, RIA, adult, proposal
from tests.journeys import Desk
from tests.web.filling import carried, fill
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
    before: Callable[[Desk, str], object] = lambda _desk, _request: None


def theirs(desk: Desk, request: str) -> None:
    """Have the record of whoever asks found."""
    searched(
        desk, request, known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))
    )


def held_back(desk: Desk, request: str) -> None:
    """Have what the person may know of held back of their record."""
    theirs(desk, request)
    [person] = PersonRow.objects.all()
    piece = f"person_link/{person.links.get().id}"
    mark = Mark(withheld=Withheld.THIRD_PARTY, reasons="It names a neighbour.")
    rights.hold_back(request, person.reference, piece, mark, acting=desk.by(RIA))


NEVER = {
    "given in whole though some of it is held back": Try(
        "reply/", "replies", {"outcome": "given", "because": "So."}, "E-RST-37", before=held_back
    ),
    "told in words of one's own that nothing is given": Try(
        "reply/",
        "replies",
        {"outcome": "nothing_to_give", "reasons": "We looked.", "because": "So."},
        "E-RST-38",
    ),
    "put right though nothing was": Try(
        "reply/",
        "replies",
        {"outcome": "granted", "because": "So."},
        "E-RCT-39",
        RightsKind.RECTIFICATION,
        before=theirs,
    ),
    "a fee paid that nobody asked for": Try(
        "happened/",
        "events",
        {"what": "fee_paid", "reasons": "In cash."},
        "E-CLK-43",
    ),
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
    tried.before(desk, request)
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


def test_only_a_complaint_is_acknowledged_at_either_door_and_once() -> None:
    desk = Desk(now=timezone.now() - timedelta(days=5))
    desk.by(RIA)
    complaint, access = (
        requested(desk, kind=it, wish=LONG_WISH) for it in (RightsKind.COMPLAINT, RightsKind.ACCESS)
    )
    ria = signed_in(RIA)
    offered = carried(ria.get(f"/rights/{complaint}/"))
    rights_letters.acknowledge(complaint, acting=desk.by(RIA))
    for request in (complaint, access):
        page = ria.post(f"/rights/{request}/acknowledge/", offered)
        assert (page.status_code, "E-RGT-03" in text_of(page)) == (409, True)
        told = call(RIA, "POST", f"/rights/{request}/acknowledgement", b"{}")
        assert (told.status, told.rules) == (409, ["E-RGT-03"])
    assert _stored() == (0, 1)


def _stored() -> tuple[int, int]:
    return RightsEventRow.objects.count(), RightsLetterRow.objects.count()
