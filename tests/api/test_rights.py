"""Requests about one's own data by program: the same rules as on the pages."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.rules.officers import Role
from evenhand.rules.public_rights import RightsKind
from evenhand.store.people import PersonRow
from tests.actions.asking_rights import BORN, NAME, requested
from tests.actions.people import known_person
from tests.actions.reviewing_rights import agreed, held_back, mailed_in_vain, reviewed
from tests.actions.reviewing_rights import somebody as on_record
from tests.api.callers import Caller, now
from tests.builders import adult, proposal
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "access",
    "came_by": "paper",
    "received_on": str(now().date()),
    "name": NAME,
    "birth_date": str(BORN),
    "postal": "1 Long Street",
}
KEY = {"name": NAME, "birth_date": str(BORN)}


def somebody() -> str:
    desk = Desk(now=now() - timedelta(days=5))
    return known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))


def test_somebody_is_written_to_in_a_language_that_letters_are_written_in() -> None:
    ria = Caller("zia", Role.RIGHTS_OFFICER)
    refused = ria.post("/rights", {**SAID, "language": "fr"}, key="k")
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/language")
    assert ria.post("/rights", {**SAID, "language": "cy"}, key="l").status == 201


def test_a_request_is_taken_from_paper_to_a_posted_letter() -> None:
    person = somebody()
    ria, dee = Caller("zia", Role.RIGHTS_OFFICER), Caller("zee", Role.DPO)
    made = ria.post("/rights", SAID, key="k")
    assert made.status == 201
    one = f"/rights/{made.body['reference']}"
    assert [it["reference"] for it in ria.get("/rights").body["items"]] == [made.body["reference"]]
    asked = {"what": "identity_asked", "on": str(now().date()), "reasons": "Two of them."}
    moved = ria.post(f"{one}/events", asked)
    assert (moved.body["waits_for"], moved.body["answer_by"]) == ("identity_given", None)
    given = {**asked, "what": "identity_given", "reasons": "A passport."}
    assert ria.post(f"{one}/events", given).body["waits_for"] is None
    found = ria.post(f"{one}/searches", KEY)
    assert found.body["found"] == [{"person": person, "theirs": None}]
    whose = {"theirs": True, "reason": "The same."}
    assert ria.post(f"{one}/found/{person}", whose).body["found"][0]["theirs"] is True
    row = PersonRow.objects.get(reference=person)
    mark = {"person": person, "piece": f"person/{row.id}", "withheld": "third_party"}
    whole = ria.post(f"{one}/marks", {**mark, "reasons": "So."})
    assert (whole.status, whole.rules) == (409, ["E-RGT-07"])
    piece = f"person_link/{row.links.get().id}"
    mark |= {"piece": piece, "reasons": "So."}
    assert ria.post(f"{one}/marks", mark).status == 200
    assert ria.post(f"{one}/marks/end", {"piece": piece}).status == 200
    replied = ria.post(f"{one}/replies", {"outcome": "given", "because": "So."})
    letter = replied.body["letters"][-1]
    assert (letter["kind"], letter["standing"], letter["packs"]) == ("reply", "proposed", [person])
    place = f"{one}/letters/{letter['id']}"
    own = ria.post(f"{place}/answer", {"approve": True, "reason": "Mine."})
    assert (own.status, own.rules) == (403, ["E-TWO-03"])
    assert dee.post(f"{place}/answer", {"approve": True, "reason": "Yes."}).status == 200
    sent = ria.post(f"{place}/send", {"route": "post"})
    assert (sent.body["standing"], sent.body["outcome"]) == ("replied", "given")
    pack = dee.get(f"{place}/packs/{person}")
    assert (pack.status, pack.body["record"]) == (200, person)
    words = dee.get(f"{one}/words").body
    assert (words["name"], words["birth_date"], words["wish"]) == (NAME, str(BORN), None)
    assert dee.get(one).body["replied_at"]
    again = ria.post(f"{one}/replies", {"outcome": "given", "because": "So."})
    assert (again.status, again.rules) == (409, ["E-RGT-04"])


def test_a_complaint_is_acknowledged_and_what_is_not_there_is_not_found() -> None:
    desk = Desk(now=now() - timedelta(days=1))
    request = requested(desk, RightsKind.COMPLAINT, wish="You were rude.")
    ria = Caller("zia", Role.RIGHTS_OFFICER)
    one = f"/rights/{request}"
    found = ria.get(one).body
    received = date.fromisoformat(found["received_on"])
    assert date.fromisoformat(found["acknowledge_by"]) == received + timedelta(days=29)
    assert ria.post(f"{one}/acknowledgement", {}).body["letters"][0]["standing"] == "approved"
    assert ria.post(f"{one}/letters/{uuid4()}/send", {"route": "post"}).status == 409
    ended = ria.post(f"{one}/withdrawal", {"told": "They said so on the telephone."}).body
    assert (ended["standing"], ended["letters"][-1]["kind"]) == ("withdrawn", "withdrawal")
    assert ended["withdrawn_at"]
    assert ria.get("/rights/R-22222222").status == 404
    assert ria.get("/rights/nonsense/words").status == 404


def test_a_request_of_somebody_who_cannot_be_reached_ends() -> None:
    desk = Desk(now=now() - timedelta(days=5))
    request, piece = held_back(desk, on_record(desk))
    reviewed(desk, request, piece)
    ria, dee = Caller("zia", Role.RIGHTS_OFFICER), Caller("zee", Role.DPO)
    one, tried = f"/rights/{request}", {"tried": "The mail came back."}
    early = ria.post(f"{one}/unreached", tried)
    assert (early.status, early.rules) == (409, ["E-RGT-05"])
    letter = agreed(desk, request)
    assert dee.post(f"{one}/unreached", tried).status == 403
    mailed_in_vain(desk, request, letter)
    ended = ria.post(f"{one}/unreached", tried).body
    assert (ended["standing"], ended["letters"][-1]["standing"]) == ("unreached", "undelivered")
    assert ended["unreached_at"]


def test_what_is_held_back_is_looked_at_again_and_given_further() -> None:
    desk = Desk(now=now() - timedelta(days=5))
    request, piece = held_back(desk, on_record(desk))
    ria, dee = Caller("zia", Role.RIGHTS_OFFICER), Caller("zee", Role.DPO)
    one = f"/rights/{request}"
    [held] = ria.get(one).body["held_back"]
    assert (held["piece"], held["lifted"], held["waits"]) == (piece, False, False)
    found = {"piece": piece, "outcome": "lifted", "reasons": "It has ended."}
    assert (held["review"], ria.post(f"{one}/reviews", found).status) == (None, 200)
    [held] = dee.get(one).body["held_back"]
    assert held["waits"] is True
    again = ria.post(f"{one}/reviews", found)
    assert (again.status, again.rules) == (409, ["E-RST-35"])
    [due] = dee.get("/rights").body["reviews"]
    assert (due["reference"], due["waits"], due["pieces"]) == (request, "second", 1)
    yes = {"piece": piece, "review": held["review"], "approve": True, "reason": "Yes."}
    other = dee.post(f"{one}/reviews/answer", {**yes, "review": str(UUID(int=0))})
    assert (other.status, other.rules) == (409, ["E-MOVE-02"])
    assert dee.post(f"{one}/reviews/answer", yes).body["standing"] == "lifted"
    letter = ria.post(f"{one}/further", {"because": "It has ended."}).body["letters"][-1]
    assert (letter["kind"], letter["standing"]) == ("further", "proposed")
    place = f"{one}/letters/{letter['id']}"
    assert dee.post(f"{place}/answer", {"approve": True, "reason": "Yes."}).status == 200
    sent = ria.post(f"{place}/send", {"route": "post"})
    assert (sent.body["standing"], sent.body["held_back"][0]["lifted"]) == ("replied", True)
