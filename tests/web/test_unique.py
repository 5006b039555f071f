"""Finding people, telling records apart and telling people, through both doors alike."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from evenhand.actions import combinations, notification, people
from evenhand.queries import people_finding
from evenhand.rules.notification import Decision, RestrictionGround, Telling
from evenhand.rules.officers import Officer
from evenhand.rules.profile import Regime
from tests.actions.people import known_person, person, proposed
from tests.builders import ADA, ANSWERS, CY, DEE, GUS, OLA, RIA, SAM, proposal
from tests.journeys import Desk
from tests.web.filling import check_valid, fill
from tests.web.people import called, now, signed_in, text_of

pytestmark = pytest.mark.django_db
FIND, PAIRS, TELLING = "/people/find/", "/people/pairs/", "/people/telling/"
BORN = {"birth_date_day": "17", "birth_date_month": "5", "birth_date_year": "1990"}
NAME = "Noor Vantage"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=9))
    for officer in (ADA, CY, GUS, SAM, DEE, RIA, OLA):
        desk.by(officer)
    return desk


def restricting(desk: Desk) -> Decision:
    return Decision(
        telling=Telling.RESTRICT,
        reasons="They would warn the others.",
        ground=RestrictionGround.INQUIRY,
        review_on=desk.now.date() + timedelta(days=60),
    )


def a_pair(desk: Desk) -> tuple[str, str, str]:
    first, second = known_person(desk), known_person(desk, said=proposal(name="Other One"))
    desk.now = now() - timedelta(hours=1)
    ref = combinations.propose(first, second, "The same street.", acting=desk.by(CY))
    return first, second, str(ref)


def test_a_person_is_found_on_a_page_that_says_so_of_nobody_too(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    client = signed_in(CY)
    asked = {"referral": referral, "reason": "She rang.", "reference": ""}
    found = fill(client, FIND, **asked, name=NAME, **BORN)
    assert (found.status_code, reference in text_of(found)) == (200, True)
    assert "Victim" in text_of(found)
    nobody = fill(client, FIND, **asked, name="Noor Vantag", **BORN)
    assert "Nobody is on record under exactly this key" in text_of(nobody)


def test_the_api_finds_through_a_referral(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    body = {"reason": "She rang.", "name": NAME, "birth_date": "1990-05-17"}
    [hit] = called(CY, f"/referrals/{referral}/people/search", body).json()["items"]
    assert (hit["reference"], hit["roles"]) == (
        reference,
        [{"referral": referral, "role": "victim"}],
    )


def test_matches_are_told_apart_and_pairs_joined_and_undone_on_pages(desk: Desk) -> None:
    first = known_person(desk)
    second = proposed(desk)
    place = f"/people/{second}/matches/"
    page = text_of(signed_in(GUS).get(place))
    assert first in page
    given = fill(signed_in(GUS), place, other=first, answer="same", reason="The same street.")
    assert given.status_code == 302, text_of(given)
    assert first not in text_of(signed_in(CY).get(place))
    people.authorise(second, ANSWERS, acting=desk.by(CY))
    listed = text_of(signed_in(CY).get(PAIRS))
    assert f"{second} and {first}" in listed
    assert NAME not in listed
    [waits] = people_finding.waiting(acting=desk.by(CY))
    done = fill(signed_in(CY), f"{PAIRS}{waits.ref}/", answer="join", reason="I agree.")
    assert done.status_code == 302, text_of(done)
    joined = signed_in(SAM).get(f"{PAIRS}{waits.ref}/")
    check_valid(joined)
    assert "Take them apart again" in text_of(joined)
    counts = text_of(signed_in(ADA).get("/counts/"))
    assert "People: 1. Records: 2." in counts
    assert "People: 1. Records: 2." in text_of(signed_in(OLA).get("/oversight/"))
    assert called(ADA, "/people/counts", None).json()["items"][0] == {
        "system": "",
        "records": 2,
        "people": 1,
    }
    undone = fill(signed_in(SAM), f"{PAIRS}{waits.ref}/undo/", reason="They are cousins.")
    assert undone.status_code == 302
    assert "People: 2. Records: 2." in text_of(signed_in(ADA).get("/counts/"))


def test_a_pair_whose_new_record_was_refused_is_shown_as_lapsed(desk: Desk) -> None:
    first, second = known_person(desk), proposed(desk)
    ref = combinations.propose(second, first, "The same street.", acting=desk.by(CY))
    people.refuse(second, "Not needed.", acting=desk.by(GUS))
    page = signed_in(CY).get(f"{PAIRS}{ref}/")
    check_valid(page)
    assert "Not answered: one of the records went before" in text_of(page)
    assert "The same street." not in text_of(page)
    body = {"answer": "join", "reason": "Yes."}
    told = called(GUS, f"/people/pairs/{ref}/answers", body)
    assert (told.status_code, told.json()["rule"]) == (409, "E-CMB-49")


def test_pairs_by_the_api(desk: Desk) -> None:
    first, second, ref = a_pair(desk)
    listed = called(GUS, "/people/pairs", None).json()
    assert [(it["reference"], it["first"], it["second"]) for it in listed["waiting"]] == [
        (ref, first, second)
    ]
    joined = called(GUS, f"/people/pairs/{ref}/answers", {"answer": "join", "reason": "Yes."})
    assert [it["reference"] for it in joined.json()["joined"]] == [ref]
    third = proposed(desk)
    body = {"other": first, "answer": "apart", "reason": "Another mother."}
    assert called(GUS, f"/people/{third}/matches", None).json()["items"][0]["reference"] == first
    assert called(GUS, f"/people/{third}/matches", body).status_code == 200
    assert called(GUS, f"/people/{third}/matches", None).json()["items"] == []


def test_telling_is_decided_and_confirmed_on_pages(desk: Desk) -> None:
    reference = known_person(desk)
    ria, dee = signed_in(RIA), signed_in(DEE)
    page = text_of(ria.get(TELLING))
    assert reference in page
    assert NAME not in page
    day = (now() + timedelta(days=30)).date()
    review = {
        "review_on_day": str(day.day),
        "review_on_month": str(day.month),
        "review_on_year": str(day.year),
    }
    decided = fill(
        ria,
        f"{TELLING}{reference}/decide/",
        telling="restrict",
        reasons="They would flee.",
        ground="inquiry",
        lawyer="",
        **review,
    )
    assert decided.status_code == 302, text_of(decided)
    told = text_of(ria.get(decided["Location"]))
    assert ("It is proposed." in told, "Proposed, not confirmed" in told) == (True, True)
    assert "To be confirmed" in text_of(dee.get(TELLING))
    assert "Confirm or refuse it" in text_of(dee.get(f"{TELLING}{reference}/"))
    assert "Confirm or refuse it" not in text_of(ria.get(f"{TELLING}{reference}/"))
    fill(dee, f"{TELLING}{reference}/confirm/", answer="confirm", reason="I agree.")
    assert "Confirmed by" in text_of(ria.get(f"{TELLING}{reference}/"))
    fill(ria, f"{TELLING}{reference}/decide/", telling="tell", reasons="It is over.", lawyer="")
    letter = ria.get(f"{TELLING}{reference}/")
    check_valid(letter)
    assert "Information Commissioner" in text_of(letter)


def test_telling_by_the_api(desk: Desk) -> None:
    reference = known_person(desk)
    [due] = called(RIA, "/people/telling", None).json()["items"]
    assert due["reference"] == reference
    one = f"/people/{reference}/telling"
    assert called(RIA, one, None).json()["telling"] is None
    review_on = (now() + timedelta(days=9)).date().isoformat()
    body = {"telling": "restrict", "reasons": "So.", "ground": "crime", "review_on": review_on}
    decided = called(RIA, one, body).json()
    assert decided["confirmed_by"] is None
    answer = {"decision": decided["decision"], "answer": "confirm", "reason": "Yes."}
    other = {**answer, "decision": str(UUID(int=0))}
    assert called(DEE, f"{one}/confirmation", other).json()["rule"] == "E-MOVE-02"
    assert called(DEE, f"{one}/confirmation", answer).json()["confirmed_by"] == "Dee"
    told = called(RIA, one, {"telling": "tell", "reasons": "It is over."}).json()
    assert "9. More:" in told["letter"]


Wrong = tuple[Officer, str, dict[str, Any], str, dict[str, Any], str, int]
DAY = {"review_on_day": "1", "review_on_month": "1", "review_on_year": "2099"}
NEVER: dict[str, Wrong] = {
    "half a key": (
        CY,
        FIND,
        {"referral": "{referral}", "reason": "Why.", "name": NAME, "reference": ""},
        "/referrals/{referral}/people/search",
        {"reason": "Why.", "name": NAME},
        "E-DEF-11",
        422,
    ),
    "a wildcard": (
        CY,
        FIND,
        {"referral": "{referral}", "reason": "Why.", "name": "N*", "reference": "", **BORN},
        "/referrals/{referral}/people/search",
        {"reason": "Why.", "name": "N*", "birth_date": "1990-05-17"},
        "E-DEF-11",
        422,
    ),
    "joining one's own": (
        CY,
        PAIRS + "{pair}/",
        {"answer": "join", "reason": "I agree."},
        "/people/pairs/{pair}/answers",
        {"answer": "join", "reason": "I agree."},
        "E-TWO-03",
        403,
    ),
    "undoing what is not joined": (
        GUS,
        PAIRS + "{pair}/undo/",
        {"reason": "No."},
        "/people/pairs/{pair}/answers",
        {"answer": "undo", "reason": "No."},
        "E-CMB-49",
        409,
    ),
    "restricting without a ground": (
        RIA,
        TELLING + "{first}/decide/",
        {"telling": "restrict", "reasons": "So.", "lawyer": "", **DAY},
        "/people/{first}/telling",
        {"telling": "restrict", "reasons": "So.", "review_on": "2099-01-01"},
        "E-RST-34",
        422,
    ),
    "restricting for too long": (
        RIA,
        TELLING + "{first}/decide/",
        {"telling": "restrict", "reasons": "So.", "ground": "crime", "lawyer": "", **DAY},
        "/people/{first}/telling",
        {"telling": "restrict", "reasons": "So.", "ground": "crime", "review_on": "2099-01-01"},
        "E-RST-34",
        422,
    ),
    "confirming one's own": (
        RIA,
        TELLING + "{second}/confirm/",
        {"answer": "confirm", "reason": "Yes."},
        "/people/{second}/telling/confirmation",
        {"decision": str(UUID(int=0)), "answer": "confirm", "reason": "Yes."},
        "E-TWO-03",
        403,
    ),
    "confirming nothing": (
        DEE,
        TELLING + "{first}/confirm/",
        {"answer": "confirm", "reason": "Yes."},
        "/people/{first}/telling/confirmation",
        {"decision": str(UUID(int=0)), "answer": "confirm", "reason": "Yes."},
        "E-NOT-34",
        409,
    ),
}


def test_neither_door_does_what_a_rule_refuses(desk: Desk) -> None:
    referral = desk.log()
    first, second, ref = a_pair(desk)
    notification.decide(second, restricting(desk), acting=desk.by(RIA))
    before = [person(it).version for it in (first, second)]
    names = {"referral": referral, "first": first, "second": second, "pair": ref}
    for what, (officer, page, answers, call, body, rule, status) in NEVER.items():
        filled = {k: v.format(**names) for k, v in answers.items()}
        told = fill(signed_in(officer), page.format(**names), **filled)
        assert (told.status_code, rule in text_of(told)) == (status, True), what
        answered = called(officer, call.format(**names), body)
        assert (answered.status_code, answered.json()["rule"]) == (status, rule), what
    assert [person(it).version for it in (first, second)] == before


def _everywhere_refused(desk: Desk, rule: str) -> None:
    referral = desk.log()
    for officer, page, call in (
        (CY, FIND, None),
        (GUS, PAIRS, "/people/pairs"),
        (RIA, TELLING, "/people/telling"),
    ):
        told = signed_in(officer).get(page)
        assert (told.status_code, rule in text_of(told)) == (403, True)
        if call:
            answered = called(officer, call, None)
            assert (answered.status_code, answered.json()["rule"]) == (403, rule)
    body = {"reason": "Why.", "reference": "P-22222222"}
    answered = called(CY, f"/referrals/{referral}/people/search", body)
    assert (answered.status_code, answered.json()["rule"]) == (403, rule)


def test_without_an_assessment_in_force_every_page_and_call_says_so(desk: Desk) -> None:
    _everywhere_refused(desk, "E-DPIA-58")


def test_on_a_desk_that_is_not_under_part_3_every_page_and_call_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.assured()
    monkeypatch.setattr(settings, "DESK", replace(settings.DESK, regime=Regime.UK_GDPR))
    _everywhere_refused(desk, "E-REG-01")
