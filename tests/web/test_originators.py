"""Telling whoever wrong data came from, on pages and by program."""

from datetime import timedelta

import pytest

from evenhand.actions import people_corrections
from evenhand.actions.people_corrections import Why
from evenhand.actions.people_storing import Identity
from evenhand.rules.originators import Originator
from evenhand.store.originators import OriginatorNoticeRow
from tests.actions.people import known_person, person
from tests.builders import ADA, CY, DEE, SID, adult, proposal
from tests.journeys import Desk
from tests.web.filling import check_valid, entered, fill
from tests.web.people import called, now, signed_in, text_of

pytestmark = pytest.mark.django_db
RIGHT = {"name": "Nour Vantage", "age_basis": "document", "reason": "The certificate says so."}
BORN = {"birth_date_day": "17", "birth_date_month": "5", "birth_date_year": "1990"}
POLICE = {"originator": "Harbour Police", "their_reference": "HP 7"}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=5))
    for officer in (ADA, CY, DEE, SID):
        desk.by(officer)
    return desk


def contested(desk: Desk) -> str:
    reference = known_person(desk, said=proposal(age=adult(as_at=desk.now.date())))
    for part in ("name", "age"):
        people_corrections.contest(reference, part, "It is another.", acting=desk.by(ADA))
    return reference


def day(name: str, days: int = 0) -> dict[str, str]:
    at = now() + timedelta(days=days)
    return {f"{name}_{part}": str(getattr(at, part)) for part in ("day", "month", "year")}


def test_who_it_came_from_is_asked_and_told_on_pages(desk: Desk) -> None:
    reference = contested(desk)
    cy, sid, correct = signed_in(CY), signed_in(SID), f"/people/{reference}/correct/"
    cy.post(f"/people/{reference}/", {"reason": "To put it right."})
    wrong = fill(cy, correct, **RIGHT, **BORN, their_reference="HP 7")
    assert (wrong.status_code, "It does not say yet whose reference" in text_of(wrong)) == (
        422,
        True,
    )
    done = fill(cy, correct, **RIGHT, **BORN, **POLICE)
    assert done.status_code == 302, text_of(done)
    address = f"/sharing/originators/{OriginatorNoticeRow.objects.get().id}/"
    start = sid.get("/")
    check_valid(start)
    assert f'href="{address}"' in text_of(start)
    shown = sid.get(address)
    check_valid(shown)
    assert "Harbour Police" in text_of(shown)
    assert "Nour" not in text_of(shown)
    early = fill(sid, address, **day("on", 1))
    assert (early.status_code, "between the correction and today" in text_of(early)) == (422, True)
    assert fill(sid, address, **day("on")).status_code == 302
    told = text_of(sid.get(address))
    assert "by Sid" in told
    assert "Record that it was told" not in told
    assert address not in text_of(sid.get("/"))
    assert signed_in(ADA).get(address).status_code == 403


def test_who_is_not_told_in_time_is_overdue_to_everybody(desk: Desk) -> None:
    reference = contested(desk)
    why = Why(reason="So.", originator=Originator(body="Harbour Police"))
    right = Identity("Nour Vantage", adult(as_at=desk.now.date()))
    people_corrections.correct_identity(reference, right, why, acting=desk.by(CY))
    assert "data from them was wrong: 1" in text_of(signed_in(ADA).get("/overdue/"))
    assert "Overdue" in text_of(signed_in(SID).get("/"))


def test_the_correction_of_an_assessment_suggests_who_keeps_its_records(desk: Desk) -> None:
    reference = contested(desk)
    statement = person(reference).statements.get()
    people_corrections.contest(reference, str(statement.id), "No.", acting=desk.by(ADA))
    cy = signed_in(CY)
    cy.post(f"/people/{reference}/", {"reason": "To put it right."})
    form = entered(cy.get(f"/people/{reference}/statements/{statement.id}/"))
    assert form["originator"] == [""]


def test_a_program_says_whom_it_came_from_and_tells_them(desk: Desk) -> None:
    reference = contested(desk)
    sent = {**RIGHT, "birth_date": "1990-05-17"}
    nobody = called(CY, f"/people/{reference}/corrections", sent | {"their_reference": "HP 7"})
    assert (nobody.status_code, nobody.json()["rule"]) == (422, "E-RECALL-20")
    done = called(CY, f"/people/{reference}/corrections", sent | POLICE)
    assert done.status_code == 200, done.content
    [line] = called(SID, "/originators", None).json()["items"]
    assert line["person"] == reference
    found = called(SID, f"/originators/{line['reference']}", None).json()
    assert "HP 7" in found["body"]
    told = {"on": now().date().isoformat()}
    assert called(ADA, "/originators", None).status_code == 403
    place = f"/originators/{line['reference']}/told"
    assert called(SID, place, told).status_code == 200
    again = called(SID, place, told)
    assert (again.status_code, again.json()["rule"]) == (422, "E-RECALL-20")
    assert called(SID, "/originators", None).json()["items"] == []
