"""The register of training and the instructions, through both doors."""

from datetime import timedelta

import pytest

from evenhand.actions import training
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.referrals import State
from evenhand.rules.training import GRACE, Course, Training
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import writing
from evenhand.web import times
from tests.actions.people import proposed
from tests.builders import ADA, BO, CY, DEE, GUS, LIA, MAX, NED, OLA, RIA, SAM, SID, child, proposal
from tests.journeys import Desk
from tests.web.filling import fill
from tests.web.people import called, now, queries_of, signed_in, text_of
from tests.web.test_assurance import on

pytestmark = pytest.mark.django_db
REGISTER, RECORD, OWN = "/training/", "/training/record/", "/you/training/"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=60))
    for officer in (CY, GUS, ADA, DEE, LIA, MAX, NED, OLA):
        desk.by(officer)
    return desk


def test_training_is_recorded_on_a_page_and_what_is_overdue_shows(desk: Desk) -> None:
    past = Training(desk.now.date(), desk.now.date() + timedelta(days=10))
    training.record("cy", Course.DATA_PROTECTION, past, acting=desk.by(LIA))
    page = text_of(signed_in(OLA).get(REGISTER))
    assert ("Overdue" in page, "None recorded" in page, "Record training" in page) == (
        True,
        True,
        False,
    )
    today = now().date()
    days = {**on(today, "done_on"), **on(today + timedelta(days=300), "valid_until")}
    lia = signed_in(LIA)
    done = fill(lia, RECORD, username="cy", course="data_protection", **days)
    assert done.status_code == 302, text_of(done)
    assert "Overdue" not in text_of(lia.get(REGISTER))
    told = fill(lia, RECORD, username="lia", course="children", **days)
    assert (told.status_code, "E-TRN-02" in text_of(told)) == (403, True)
    empty = fill(lia, RECORD)
    assert (empty.status_code, "Choose an officer" in text_of(empty)) == (422, True)
    assert signed_in(ADA).get(REGISTER).status_code == 403
    assert signed_in(OLA).get(RECORD).status_code == 403


def test_an_expired_training_stops_approving_childrens_records_at_both_doors(desk: Desk) -> None:
    lately = Desk(now=now() - timedelta(hours=2), here=desk.here)
    person = proposed(lately, said=proposal(age=child(), best_interests="To be safe."))
    over = Training(desk.now.date(), now().date() - timedelta(days=1))
    training.record("cy", Course.CHILDREN, over, acting=lately.by(LIA))
    answers = {"necessary": "Yes.", "role_right": "Yes.", "less_would_do": "No."}
    answered = called(CY, f"/people/{person}/authorise", answers)
    assert (answered.status_code, answered.json()["rule"]) == (403, "E-CHD-74")
    lately.now += timedelta(minutes=1)
    lately.train(CY)
    assert called(CY, f"/people/{person}/authorise", answers).status_code == 200


def test_instructions_are_read_and_accepted_on_ones_own_page(desk: Desk) -> None:
    gus = signed_in(GUS)
    assert "None are in force." in text_of(gus.get(OWN))
    desk.put_in_force(DocumentKind.INSTRUCTIONS, instructions="Never take a <copy>.")
    shown = text_of(gus.get(OWN))
    assert "Never take a &lt;copy&gt;." in shown
    assert "you cannot decide anything" in shown
    assert "you cannot decide anything" in text_of(gus.get("/you/"))
    assert gus.post(f"{OWN}9/accept/").status_code == 409
    assert gus.post(f"{OWN}1/accept/").status_code == 302
    shown = text_of(gus.get(OWN))
    assert ("Accept them again" in shown, "you cannot decide" in shown) == (True, False)
    assert signed_in(OLA).get(OWN).status_code == 403
    assert "Your training" not in text_of(signed_in(OLA).get("/you/"))


def test_who_is_appointed_for_children_without_training_is_told_and_so_is_who_records_it(
    desk: Desk,
) -> None:
    mine = "The register has no child training in date of you"
    cy, gus, max_ = signed_in(CY), signed_in(GUS), signed_in(MAX)
    for client in (cy, gus, max_):
        assert "child training" not in text_of(client.get("/")).replace("’", "'")
        assert "Appointed to approve" not in text_of(client.get("/"))
    training.record("cy", Course.CHILDREN, over(desk), acting=desk.by(LIA))
    assert (mine in text_of(cy.get("/")), mine in text_of(gus.get("/"))) == (True, False)
    for client in (max_, signed_in(LIA)):
        shown = text_of(client.get("/"))
        assert "but without training in date: Cy" in shown
        assert mine not in shown
    assert "Appointed to approve" not in text_of(gus.get("/"))
    desk.now += timedelta(minutes=1)
    desk.train(CY)
    assert "training in date" not in text_of(cy.get("/")) + text_of(max_.get("/"))


def over(desk: Desk) -> Training:
    """A training that was over yesterday."""
    return Training(desk.now.date(), now().date() - timedelta(days=1))


def test_the_desk_sees_childrens_cases_that_nobody_may_approve(desk: Desk) -> None:
    lately = Desk(now=now() - timedelta(hours=2), here=desk.here)
    gus, nobody = signed_in(GUS), "that nobody on this desk may approve."
    waits = lately.brought_to(State.AWAITING_APPROVAL)
    proposed(lately, said=proposal(age=child(), best_interests="To be safe."))
    assert nobody not in text_of(gus.get("/"))
    with writing() as pen:
        ReferralRow.objects.filter(reference=waits).update(child=True)
        pen.enter(Entry(act=Act.ASSESSMENT_SUBMITTED, at=lately.now, who=ADA.ref))
    assert nobody not in text_of(gus.get("/"))
    training.record("cy", Course.CHILDREN, over(desk), acting=lately.by(LIA))
    assert f"2 cases of children wait {nobody}" in text_of(gus.get("/"))
    assert nobody in text_of(signed_in(MAX).get("/"))
    desk.add(SID)
    assert nobody not in text_of(signed_in(SID).get("/"))


def test_who_is_to_accept_them_is_told_on_every_page_before_they_block(desk: Desk) -> None:
    gus, ola = signed_in(GUS), signed_in(OLA)
    lately = Desk(now=now() - timedelta(hours=1), here=desk.here)
    lately.put_in_force(DocumentKind.INSTRUCTIONS)
    shown = text_of(gus.get("/you/"))
    last = times.day(lately.now.date() + GRACE)
    assert f"Accept the instructions in force by {last}." in shown
    assert "Accept the instructions" not in text_of(ola.get("/"))
    assert gus.post(f"{OWN}1/accept/").status_code == 302
    assert "Accept the instructions in force by" not in text_of(gus.get("/you/"))


def test_who_accepted_nearly_a_year_ago_is_told_before_the_year_is_over(desk: Desk) -> None:
    long_ago = Desk(now=now() - timedelta(days=360), here=desk.here)
    long_ago.put_in_force(DocumentKind.INSTRUCTIONS, days=364)
    training.accept(1, acting=long_ago.by(GUS))
    shown = text_of(signed_in(GUS).get("/you/"))
    assert f"by {times.day(long_ago.now.date() + timedelta(days=365))}." in shown


def test_who_has_not_accepted_decides_nothing_at_either_door(desk: Desk) -> None:
    desk.put_in_force(DocumentKind.APD)
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    number = desk.write_document(DocumentKind.EIA)
    review = now().date() + timedelta(days=30)
    page = f"/documents/eia/{number}/approve/"
    told = signed_in(LIA).get(page)
    body = {"review_on": review.isoformat()}
    answered = called(LIA, f"/documents/eia-{number}/approval", body)
    assert (told.status_code, "E-WHO-07" in text_of(told)) == (403, True)
    assert (answered.status_code, answered.json()["rule"]) == (403, "E-WHO-07")


def test_the_register_needs_few_queries_however_many_officers_there_are(desk: Desk) -> None:
    ola = signed_in(OLA)
    ola.get(REGISTER)
    before = queries_of(lambda: ola.get(REGISTER))
    for officer in (BO, SAM, RIA, SID):
        desk.by(officer)
    assert queries_of(lambda: ola.get(REGISTER)) == before
