"""The registers of breaches and of scrutiny, through the API."""

import pytest

from evenhand.actions import breaches, breaches_forgetting, scrutiny
from evenhand.rules.breaches import Noted
from evenhand.rules.officers import WORKER, Role
from evenhand.rules.scrutiny import Told
from tests.actions.test_breaches import ALL, at_work, reported, settled
from tests.actions.test_scrutiny import recorded
from tests.api.callers import Caller, now
from tests.builders import DEE
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def test_breaches_are_listed_without_words_and_read_in_full() -> None:
    desk = at_work()
    first = reported(desk)
    reported(desk)
    settled(desk, first)
    ola = Caller("ola2", Role.OVERSEER)
    listed = ola.get("/breaches").body
    assert ([it["number"] for it in listed["items"]], listed["next"]) == ([2, 1], None)
    assert "A list went astray." not in str(listed)
    found = ola.get("/breaches/1").body
    assert (found["told"], found["people_owed"], found["closed"]) == (sorted(ALL), 0, False)
    assert [it["what"] for it in found["notes"]] == [Noted.FACTS, Noted.EFFECTS, Noted.REMEDY]
    assert list(found["phases"][0]["contents"]) == ["nature"]
    [group] = found["groups"]
    assert (group["whom"], group["reasons"], group["contents"]) == ("victims", "Addresses.", ALL)
    assert found["late_because"] is None


def test_a_breach_whose_words_were_erased_says_so() -> None:
    desk = at_work()
    first = reported(desk)
    settled(desk, first)
    breaches.close(first, acting=desk.by(DEE))
    desk.now = desk.now.replace(year=desk.now.year + 7)
    assert breaches_forgetting.forget_old(acting=desk.by(WORKER)) == 1
    found = Caller("ola2", Role.OVERSEER).get("/breaches/1").body
    assert (found["erased"], found["closed"], found["notes"]) == (True, True, [])
    assert (found["groups"][0]["reasons"], found["groups"][0]["about"]) == (None, 3)


def test_breaches_are_given_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenhand.queries.breaches.PAGE", 1)
    desk = at_work()
    reported(desk)
    reported(desk)
    dee = Caller("dee2", Role.DPO)
    newest = dee.get("/breaches").body
    assert ([it["number"] for it in newest["items"]], newest["next"]) == ([2], "2")
    older = dee.get("/breaches?cursor=2").body
    assert ([it["number"] for it in older["items"]], older["next"]) == ([1], None)
    assert dee.get("/breaches?cursor=x").status in {400, 422}
    assert dee.get("/breaches?before=2").status == 422
    assert dee.get("/breaches/9").status == 404
    assert Caller("ada2", Role.OFFICER).get("/breaches/1").status == 403


def test_the_register_of_scrutiny_is_read_whole_and_names_nobody() -> None:
    desk = Desk(now=now())
    number = recorded(desk)
    acting = desk.by(DEE)
    scrutiny.tell(number, Told.RECOMMENDATION, "Tell them sooner.", desk.now.date(), acting=acting)
    found = Caller("ola2", Role.OVERSEER).get("/scrutiny").body
    [entry] = found["items"]
    assert (entry["kind"], entry["recommendations"][0]["standing"]) == ("audit", None)
    assert entry["recommendations"][0]["text"] == "Tell them sooner."
    assert "audit" not in found["none"]
    assert found["none"]["appeal"] is None
    assert Caller("ada2", Role.OFFICER).get("/scrutiny").status == 403
