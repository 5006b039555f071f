"""The desk around referrals, through the API: what is due, who is there, where notices go."""

from datetime import timedelta

import pytest

from evenhand.actions import absences, platforms
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Acting, Role
from tests.api.callers import Caller, now
from tests.journeys import Desk
from tests.queries.test_finding import due as become_due

pytestmark = pytest.mark.django_db
SEARCH = "/referrals/search"


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


def test_words_are_looked_for_without_standing_in_an_address(ada: Caller) -> None:
    one = ada.logged().removeprefix("/referrals/")
    found = ada.post(SEARCH, {"q": "knife"})
    assert (found.status, [it["reference"] for it in found.body["items"]]) == (200, [one])
    again = [ada.post(SEARCH, {"q": "knife", "state": "logged"}, key="k").body for _ in range(2)]
    assert again[0] == again[1]
    assert ada.post(SEARCH, {"q": "knife", "state": "closed"}).body["items"] == []
    assert (
        ada.post(SEARCH, {"q": "knife", "words": "knife"}).body["errors"][0]["pointer"] == "/words"
    )
    for wrong in ({"q": 7}, {}, *({"q": "knife", it: {}} for it in ("outcome", "state", "since"))):
        assert ada.post(SEARCH, wrong).status == 422
    ola = Caller("ola", Role.OVERSEER)
    assert ola.post(SEARCH, {"q": "knife"}).status == 403
    assert len(ola.post(SEARCH, {"q": one}).body["items"]) == 1


def test_what_is_overdue_is_listed_by_step(ada: Caller) -> None:
    one = ada.logged().removeprefix("/referrals/")
    assert ada.get("/overdue").body == {"items": [], "next": None}

    become_due(one, Desk(now=now()), days=-1)
    [line] = ada.get("/overdue").body["items"]
    assert (line["reference"], line["step"], line["put_off_until"]) == (one, "triage", None)
    assert len(ada.get("/overdue?step=triage").body["items"]) == 1
    assert ada.get("/overdue?step=decide").body["items"] == []
    assert ada.get("/overdue?step=put_off").body["items"] == []
    assert ada.get("/overdue?step=nothing").status == 422
    assert ada.get("/overdue?cursor=x").status == 400
    assert Caller("max", Role.ADMINISTRATOR).get("/overdue").status == 403


def test_platforms_are_listed_with_where_notices_go(ada: Caller) -> None:
    dee = Caller("dee", Role.DPO)
    review = (now() + timedelta(days=90)).date()
    platforms.sign_off(
        "youtube",
        transport=Transport.EMAIL,
        contact="reports@youtube.example",
        basis="DPA 2018 s.77",
        review_on=review,
        acting=Acting(dee.officer, now()),
    )
    found = {it["code"]: it for it in ada.get("/platforms").body["items"]}
    assert found["other"]["name"] is None
    [leave] = found["youtube"]["sign_offs"]
    assert (leave["transport"], leave["review_on"]) == ("email", review.isoformat())
    assert "basis" not in leave
    assert ada.get("/platforms?x=1").status == 422


def test_colleagues_are_listed_with_who_is_away(ada: Caller) -> None:
    Caller("bo", Role.OFFICER)
    today = now().date()
    absences.set_absence(
        "ada",
        first_day=today - timedelta(days=1),
        last_day=today + timedelta(days=3),
        stand_in="bo",
        acting=Acting(ada.officer, now()),
    )
    one, other = ada.get("/colleagues").body["items"]
    assert (one["username"], one["stand_in"]) == ("ada", "Bo")
    assert (other["username"], other["away_until"], other["stand_in"]) == ("bo", None, None)
    assert Caller("ola", Role.OVERSEER).get("/colleagues").status == 403


def test_an_officer_reads_what_was_done_in_their_own_name(ada: Caller) -> None:
    bo = Caller("bo", Role.OFFICER)
    one = ada.logged()
    ada.get(one)
    read, logged = ada.get("/entries").body["items"][:2]
    assert (read["act"], read["why"]) == ("referral.consult", "read_referral")
    assert f"/referrals/{logged['reference']}" == one
    assert bo.get("/entries").body["items"] == []
    for _ in range(26):
        ada.logged()
    first = ada.get("/entries").body
    older = ada.get(f"/entries?cursor={first['next']}").body
    assert older["items"][0]["number"] < first["items"][-1]["number"]
    assert older["next"] is None
    assert ada.get("/entries?cursor=x").status == 400
