"""What must not be done with a person's record is refused on pages and by program alike."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.actions import (
    agreements,
    assessments,
    combinations,
    notification,
    people_restrictions,
    referrals,
    reviews,
)
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.assessments import Expression
from evenhand.rules.assurance import DocumentKind, Stage
from evenhand.rules.officers import WORKER
from evenhand.rules.people import PersonStanding, Restriction
from evenhand.rules.people_roles import PersonRole
from evenhand.store.assurance import DocumentRow
from evenhand.store.people import PersonRow
from evenhand.store.purposes import PurposeChangeRow
from evenhand.store.writing import writing
from tests.actions.people import known_person, person, proposed
from tests.actions.sharing import in_force, released, wanted
from tests.actions.test_disposal import DISPOSE
from tests.api.test_people import FACT, VICTIM
from tests.api.test_sharing import body
from tests.builders import (
    ADA,
    CY,
    DEE,
    GUS,
    LEE,
    NED,
    RIA,
    RON,
    SID,
    adult,
    assessment,
    proposal,
    terms,
)
from tests.journeys import Desk
from tests.web.filling import fill
from tests.web.people import called, now, signed_in, text_of

pytestmark = pytest.mark.django_db
EVERYONE = (ADA, CY, DEE, GUS, LEE, NED, RIA, RON, SID)


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(minutes=50))
    for officer in EVERYONE:
        desk.by(officer)
    return desk


def known(desk: Desk, name: str = "Noor Vantage", **said: Any) -> str:
    return known_person(desk, said=proposal(name=name, age=adult(as_at=desk.now.date()), **said))


def agreed(desk: Desk) -> str:
    return in_force(desk, terms(review_on=now().date() + timedelta(days=90)))


def refused_as(rule: str, response: Any, status: int = 422) -> bool:
    return (response.status_code, response.json()["rule"]) == (status, rule)


def test_what_was_contested_is_not_used_again_before_they_were_told(desk: Desk) -> None:
    reference = known(desk)
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(reference, because, "Doubted.", acting=desk.by(RIA))
    people_restrictions.ask_to_lift(reference, "It is settled.", acting=desk.by(RIA))
    dee = signed_in(DEE)
    dee.post(f"/people/{reference}/", {"reason": "To answer."})
    page = fill(dee, f"/people/{reference}/lift/", agreed="yes", reason="So.")
    assert (page.status_code, "has not been told yet" in text_of(page)) == (422, True)
    call = called(DEE, f"/people/{reference}/lift", {"agreed": True, "reason": "So."})
    assert refused_as("E-HOLD-27", call)
    assert person(reference).standing == PersonStanding.RESTRICTED


def test_what_nobody_decided_on_in_time_is_joined_with_nothing(desk: Desk) -> None:
    first, second = known(desk), known(desk, "Alba Quince")
    pair = combinations.propose(first, second, "The same street.", acting=desk.by(CY))
    desk.now += timedelta(days=29)
    notification.restrict_undecided(acting=desk.by(WORKER))
    answer = {"answer": "join", "reason": "It is so."}
    page = fill(signed_in(GUS), f"/people/pairs/{pair}/", **answer)
    assert (page.status_code, "Nobody has decided in time" in text_of(page)) == (422, True)
    assert refused_as("E-NOT-33", called(GUS, f"/people/pairs/{pair}/answers", answer))


def test_nobody_is_disposed_of_before_every_recipient_was_told(desk: Desk) -> None:
    reference = known(desk)
    released(desk, reference, agreed(desk))
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    lee = signed_in(LEE)
    confirm = f"/disposal/records/{reference}/confirm/"
    assert fill(lee, confirm, answer="confirm").status_code == 302  # the recall begins
    page = fill(lee, confirm, answer="confirm")
    assert (page.status_code, "have not been told yet" in text_of(page)) == (409, True)
    assert refused_as("E-RECALL-18", called(LEE, f"/kept/{reference}/confirm", {}), 409)
    assert PersonRow.objects.filter(reference=reference).exists()


ANSWERED = {
    "necessary": "They cannot be warned without a name.",
    "role_right": "They are threatened by name.",
    "less_would_do": "No: nobody could be warned.",
}


def test_nothing_new_comes_on_record_through_a_referral_that_ended(desk: Desk) -> None:
    referral = desk.log()
    on_record = known_person(desk, referral, said=proposal(age=adult(as_at=desk.now.date())))
    waits = proposed(desk, referral, said=proposal(name="Alba Quince"))
    referrals.withdraw(referral, "It was another shop.", acting=desk.by(ADA))
    ada, cy = signed_in(ADA), signed_in(CY)
    cy.post(f"/people/{waits}/", {"reason": "To decide on it."})
    page = fill(cy, f"/people/{waits}/authorise/", decision="authorise", **ANSWERED)
    assert (page.status_code, "has come to an end" in text_of(page)) == (409, True)
    assert refused_as("E-PERS-02", called(CY, f"/people/{waits}/authorise", ANSWERED), 409)
    ada.post(f"/people/{on_record}/", {"reason": "To add to it."})
    said = {it: str(text) for it, text in FACT.items() if it != "sensitive"}
    place = f"/people/{on_record}/statements"
    page = fill(ada, f"{place}/new/", referral=referral, sensitive="no", **said)
    assert (page.status_code, "has come to an end" in text_of(page)) == (409, True)
    assert refused_as("E-PERS-02", called(ADA, place, FACT | {"referral": referral}), 409)
    assert person(waits).standing == PersonStanding.PROPOSED


def test_nobody_is_recorded_through_political_expression(desk: Desk) -> None:
    desk.assured()
    referral = desk.do(desk.log(), "triage")
    said = assessment(
        expression=frozenset({Expression.POLITICAL}), expression_weighing="A threat all the same."
    )
    assessments.start(referral, acting=desk.by(ADA))
    assessments.submit(referral, said, acting=desk.by(ADA))
    call = called(ADA, f"/referrals/{referral}/people", VICTIM)
    assert refused_as("E-RET-22", call, 409)
    place = f"/referrals/{referral}/people/new/"
    ada = signed_in(ADA)
    fill(ada, place, role="victim", necessity=str(VICTIM["necessity"]))
    born = {"birth_date_day": "17", "birth_date_month": "5", "birth_date_year": "1990"}
    about = {"name": "Noor Vantage", "age_basis": "document", "knows": "no"}
    page = fill(ada, f"{place}about/", **born, **about)
    assert (page.status_code, "political expression" in text_of(page)) == (409, True)
    assert not PersonRow.objects.exists()


def test_a_dot_is_no_reason_and_a_word_is_no_necessity(desk: Desk) -> None:
    reference = known(desk)
    referral = person(reference).links.get().referral.reference
    ada, place = signed_in(ADA), f"/referrals/{referral}/people/new/"
    page = ada.post(f"/people/{reference}/", {"reason": "."})
    assert (page.status_code, "in a few own words" in text_of(page)) == (422, True)
    assert refused_as("E-PERS-01", called(ADA, f"/people/{reference}?reason=.", None))
    for necessity in ("ok", "."):
        page = fill(ada, place, role="victim", necessity=necessity)
        assert (page.status_code, "E-LAW-02" in text_of(page)) == (422, True)
        sent = VICTIM | {"name": "Alba Quince", "necessity": necessity}
        assert refused_as("E-LAW-02", called(ADA, f"/referrals/{referral}/people", sent))
    dee = signed_in(DEE)
    dee.post(f"/people/{reference}/", {"reason": "To answer them."})
    page = fill(dee, f"/people/{reference}/restrict/", because="unlawful", reason="...")
    assert (page.status_code, "This reason has no words" in text_of(page)) == (422, True)
    call = {"because": "unlawful", "reason": "..."}
    assert refused_as("E-ADM-46", called(DEE, f"/people/{reference}/restrict", call))


def test_a_victim_is_not_accused_on_older_grounds(desk: Desk) -> None:
    reference = known(desk)
    link = person(reference).links.get()
    before = link.at.date() - timedelta(days=10)
    ada = signed_in(ADA)
    ada.post(f"/people/{reference}/", {"reason": "To ask."})
    grounds = {
        "role": PersonRole.SUSPECT.value,
        "necessity": "The police ask for it.",
        "offence": "oapa-1861-s16",
        "grounds": ["threatens_in_content"],
        "grounds_words": "At 0:42 they say so.",
    }
    days = {f"grounds_on_{it}": str(getattr(before, it)) for it in ("day", "month", "year")}
    referral = link.referral.reference
    page = fill(ada, f"/people/{reference}/role/", referral=referral, **grounds, **days)
    assert (page.status_code, "older than the record" in text_of(page)) == (422, True)
    sent = {**grounds, "referral": referral, "grounds_on": before.isoformat()}
    assert refused_as("E-CAT-15", called(ADA, f"/people/{reference}/role", sent))


def test_nothing_leaves_under_an_agreement_that_is_over_or_to_whom_it_does_not_name(
    desk: Desk,
) -> None:
    reference, agreement = known(desk), agreed(desk)
    sent = body(wanted(reference, agreement), fields=["name"])
    place = f"/people/{reference}/disclosures"
    nobody = "00000000-0000-4000-8000-000000000000"
    assert refused_as("E-CTR-62", called(SID, place, sent | {"recipient": nobody}))
    assert refused_as("E-QUAL-17", called(SID, place, sent | {"gaps": " "}))
    choose = {"person": reference, "agreement": agreement, "reason": "She is threatened."}
    agreements.end(agreement, acting=desk.by(NED))
    assert called(SID, place, sent).json()["rule"] == "E-SHR-63"
    page = signed_in(SID).post("/sharing/share/", choose)
    assert page.status_code == 422
    assert "Build" not in text_of(page)


def test_there_is_no_purpose_outside_of_the_list(desk: Desk) -> None:
    """E-PUR-07: the list is closed, so nothing else can be said, on a page or by program."""
    reference = known(desk)
    asked = {"law": "An Act.", "necessity": "So.", "proportionality": "So."}
    ada = signed_in(ADA)
    ada.post(f"/people/{reference}/", {"reason": "To ask."})
    for other in ("intelligence_development", "other"):
        answer = called(ADA, f"/people/{reference}/purposes", asked | {"purpose": other})
        assert (answer.status_code, answer.json()["rule"]) == (422, "E-TEXT-04")
        page = fill(ada, f"/people/{reference}/purpose/", **asked, purpose=other)
        assert page.status_code == 422
    assert not PurposeChangeRow.objects.exists()


def test_how_a_suspect_is_reached_is_neither_asked_nor_kept(desk: Desk) -> None:
    """E-CON-04, on the page: by program it is refused, and so it is in the database."""
    desk.assured()
    referral = desk.log()
    ada, today = signed_in(ADA), now().date()
    fill(
        ada,
        f"/referrals/{referral}/people/new/",
        role="suspect",
        necessity="They threaten the shop.",
    )
    about = f"/referrals/{referral}/people/new/about/"
    assert 'name="contact"' not in ada.get(about).content.decode()
    said = {
        "name": "Noor Vantage",
        "age_basis": "document",
        "birth_date_day": "17",
        "birth_date_month": "5",
        "birth_date_year": "1990",
        "knows": "no",
        "offence": "oapa-1861-s16",
        "grounds": ["threatens_in_content"],
        "grounds_words": "At 0:42 they say so.",
        **{f"grounds_on_{it}": str(getattr(today, it)) for it in ("day", "month", "year")},
    }
    assert fill(ada, about, **said, contact="07700 900123").status_code == 302
    assert PersonRow.objects.get().contact is None


def test_nobody_is_recorded_without_a_policy_document_in_date(desk: Desk) -> None:
    """E-APD-05: no policy document is in force any more, so nobody new comes on record."""
    known(desk)
    referral = desk.log()
    with writing() as pen:
        DocumentRow.objects.filter(kind=DocumentKind.APD).update(stage=Stage.REPLACED)
        pen.enter(Entry(act=Act.DOCUMENT_APPROVED, at=now(), who=WORKER.ref))
    before = PersonRow.objects.count()
    page = signed_in(ADA).get(f"/referrals/{referral}/people/new/")
    assert (page.status_code, "E-APD-05" in text_of(page)) == (403, True)
    call = called(ADA, f"/referrals/{referral}/people", VICTIM)
    assert refused_as("E-APD-05", call, 403)
    assert PersonRow.objects.count() == before
