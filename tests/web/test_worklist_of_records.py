"""What waits for a second person is on their first page: reviews, holds, packages, documents."""

from datetime import timedelta

import pytest

from evenhand.actions import agreements, assurance, holds, reviews, sharing
from evenhand.rules.assurance import PARTS, DocumentKind
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import Officer
from evenhand.rules.reviews import Review, ReviewOutcome
from tests.actions.people import known_person
from tests.actions.sharing import built, digest_of, in_force
from tests.builders import ADA, CY, DEE, LEE, LIA, NED, OLA, RIA, RON, SID, adult, proposal, terms
from tests.journeys import Desk
from tests.web.filling import check_valid
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
DPIA, APD = DocumentKind.DPIA, DocumentKind.APD
DISPOSE = Review(outcome=ReviewOutcome.DISPOSE, reason="Nothing needs it any more.")


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(minutes=30))
    for officer in (ADA, CY, DEE, LEE, LIA, NED, OLA, RIA, RON, SID):
        desk.by(officer)
    return desk


def start(officer: Officer) -> str:
    """The first page of an officer, which is valid and names nobody."""
    page = signed_in(officer).get("/")
    check_valid(page)
    assert "Noor" not in text_of(page)
    return text_of(page)


def known(desk: Desk) -> str:
    return known_person(desk, said=proposal(age=adult(as_at=desk.now.date())))


def test_a_review_and_the_end_of_a_hold_wait_for_who_releases(desk: Desk) -> None:
    person = known(desk)
    reviews.review(person, DISPOSE, acting=desk.by(RON))
    hold = holds.place(
        person, HoldKind.FOI, their_reference="FOI 1", reason="Asked.", acting=desk.by(RIA)
    )
    confirm = f'href="/disposal/records/{person}/confirm/"'
    assert confirm in start(LEE)
    assert "Holds to end" not in start(LEE)
    holds.ask_to_end(person, hold, "Answered.", acting=desk.by(RIA))
    for officer in (LEE, DEE):
        assert f'href="/disposal/records/{person}/holds/{hold}/"' in start(officer)
    for officer in (RON, RIA, OLA, ADA):
        page = start(officer)
        assert confirm not in page
        assert "Holds to end" not in page


def test_what_is_due_waits_for_who_reviews(desk: Desk) -> None:
    assert "Records to review" not in start(RON)
    desk.now -= timedelta(days=200)
    person = known(desk)
    page = start(RON)
    assert "Records to review" in page
    assert f'href="/disposal/records/{person}/"' in page
    assert person not in start(LEE)


def test_a_package_waits_for_who_shares_until_it_is_handed_over(desk: Desk) -> None:
    agreement = in_force(desk, terms(review_on=now().date() + timedelta(days=90)))
    package = built(desk, known(desk), agreement)
    title = "Packages to send for approval, or to hand over"
    assert title in start(SID)
    sharing.propose(package, acting=desk.by(SID))
    assert title not in start(SID)
    sharing.approve(package, digest_of(package), "Read.", acting=desk.by(CY))
    page = start(SID)
    assert title in page
    assert f'href="/sharing/packages/{package}/"' in page
    assert title not in start(CY)


def test_an_agreement_waits_for_who_signs_it(desk: Desk) -> None:
    said = terms(review_on=now().date() + timedelta(days=90))
    reference = agreements.propose(said, acting=desk.by(NED))
    assert f'href="/sharing/agreements/{reference}/"' in start(DEE)
    assert "Agreements to sign" not in start(NED)
    agreements.sign(reference, 1, acting=desk.by(DEE))
    assert "Agreements to sign" not in start(DEE)


def test_a_document_waits_for_advice_and_then_for_who_puts_it_in_force(desk: Desk) -> None:
    for kind in (DPIA, APD):
        desk.write_document(kind)
    dee, lia = start(DEE), start(LIA)
    assert 'href="/documents/dpia/1/"' in dee
    assert 'href="/documents/apd/1/"' not in dee
    assert 'href="/documents/apd/1/"' in lia
    assert 'href="/documents/dpia/1/"' not in lia
    assurance.advise(DPIA, 1, "Go on.", acting=desk.by(DEE))
    assert "Documents to advise on" not in start(DEE)
    assert 'href="/documents/dpia/1/"' in start(LIA)
    parts = dict.fromkeys(PARTS[APD], "So.")
    assurance.write(APD, parts, conditions=["1"], acting=desk.by(LIA))
    assert 'href="/documents/apd/' not in start(LIA)  # She wrote the newest herself.
