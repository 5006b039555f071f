"""Days in the life of people on record, told by pages: put right, a child, forgotten, browsed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.actions import retention
from evenhand.ledger.acts import Act
from evenhand.queries import people_count, recalls
from evenhand.queries.history import act_of
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.people_roles import PersonRole
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow
from evenhand.store.retention import DisposalRow
from tests.actions.people import known_person, person
from tests.actions.sharing import in_force, released
from tests.builders import (
    ADA,
    BO,
    CY,
    DEE,
    ELI,
    GUS,
    LEE,
    NED,
    OLA,
    REX,
    RIA,
    RON,
    SAM,
    SID,
    adult,
    grounds,
    proposal,
    terms,
)
from tests.journeys import Desk
from tests.web.filling import check_valid, fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
ANSWERS = {"necessary": "Yes.", "role_right": "I looked.", "less_would_do": "No."}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(minutes=30))
    for officer in (ADA, BO, CY, DEE, ELI, GUS, LEE, NED, OLA, RIA, RON, REX, SAM, SID):
        desk.by(officer)
    desk.assured()
    return desk


def look(officer: Officer, reference: str, reason: str) -> Client:
    """Sign in, give the reason and see the record."""
    client = signed_in(officer)
    shown = client.post(f"/people/{reference}/", {"reason": reason})
    check_valid(shown)
    return client


def seen_by(officer: Officer, reference: str) -> str:
    """What an officer sees of a record, whatever it is."""
    return text_of(signed_in(officer).post(f"/people/{reference}/", {"reason": "To see it."}))


def test_a_victim_taken_for_a_suspect_is_put_right_here_and_wherever_it_went(desk: Desk) -> None:
    referral = desk.log()
    said = proposal(PersonRole.SUSPECT, age=adult(as_at=desk.now.date()))
    wronged = known_person(desk, referral, said=said)
    agreement = in_force(
        desk,
        terms(
            roles=frozenset({PersonRole.SUSPECT}),
            review_on=desk.now.date() + timedelta(days=90),
        ),
    )
    package = released(desk, wronged, agreement)
    assert "This person is a suspect" in seen_by(ADA, wronged)
    assert signed_in(SID).get(f"/sharing/packages/{package}/print/").status_code == 200

    # Whoever works on it asks for the right role; a second officer decides.
    ada = look(ADA, wronged, "They rang the desk.")
    fill(
        ada,
        f"/people/{wronged}/role/",
        referral=referral,
        role="victim",
        necessity="She is threatened by name; she threatens nobody.",
    )
    cy = look(CY, wronged, "To decide on her role.")
    done = fill(
        cy,
        f"/people/{wronged}/role/decide/",
        referral=referral,
        decision="authorise",
        reason="We had taken her for the speaker.",
    )
    assert done.status_code == 302, text_of(done)

    page = seen_by(ADA, wronged)
    assert "This person is a victim" in page
    assert "This person is a suspect" not in page
    assert person(wronged).links.get(ended_at__isnull=True).role == PersonRole.VICTIM
    # The recipient is told in the same act, and what left is handed out no more.
    assert recalls.count_open() == 1
    sid = signed_in(SID)
    assert sid.get(f"/sharing/packages/{package}/print/").status_code != 200
    asked = sid.get("/sharing/recalls/")
    check_valid(asked)
    assert package in text_of(asked)
    assert wronged not in text_of(signed_in(OLA).get("/public/sharing"))


def test_a_childs_record_needs_whoever_is_trained_and_says_why_it_is_in_their_interest(
    desk: Desk,
) -> None:
    referral, ada = desk.log(), signed_in(ADA)
    place = f"/referrals/{referral}/people/new/"
    first = fill(ada, place, role="victim", necessity="He is shown and named.")
    about = {"name": "Sami Vantage", "age_basis": "unknown", "knows": "no"}
    refused = fill(ada, first["Location"], **about)
    assert refused.status_code == 422
    assert "E-CHD-74" in text_of(refused)
    done = fill(ada, first["Location"], **about, best_interests="Only so can he be warned.")
    assert done.status_code == 302, text_of(done)
    reference = PersonRow.objects.get().reference
    assert person(reference).child  # an unknown age is a child's
    # An approver without the training may not; one with it decides.
    for officer, status in ((GUS, 403), (CY, 302)):
        client = look(officer, reference, "To decide.")
        done = client.get(f"/people/{reference}/authorise/")
        if done.status_code == 200:
            done = fill(client, f"/people/{reference}/authorise/", decision="authorise", **ANSWERS)
        assert done.status_code == status, (officer.name, text_of(done))
    page = seen_by(ADA, reference)
    assert "Only so can he be warned." in page
    early, late = person(reference).review_on, person(reference).start_on
    assert early is not None
    assert late is not None
    assert early - late <= timedelta(days=186)


def people_on_record() -> int:
    return people_count.on_record(officer=OLA)[0].people


def test_a_record_that_nobody_reviewed_is_closed_and_then_destroyed_and_still_counted() -> None:
    desk = Desk(now=now() - timedelta(days=800))
    for officer in (ADA, CY, DEE, OLA):
        desk.by(officer)
    day = desk.now.date()
    said = proposal(PersonRole.SUSPECT, grounds=grounds(on=day), age=adult(as_at=day))
    forgotten = known_person(desk, said=said)
    kept = person(forgotten)
    assert kept.max_on is not None
    assert kept.max_on < now().date()
    before = people_on_record()
    # Whether or not the worker came by: late is closed, also to whoever made the record.
    assert "Noor" not in seen_by(ADA, forgotten)
    assert "restricted" in seen_by(ADA, forgotten)
    acting = Acting(officer=WORKER, at=now())
    retention.run(acting=acting)
    assert not PersonRow.objects.filter(reference=forgotten).exists()
    entry = EntryRow.objects.filter(obj=kept.id).latest("number")
    assert act_of(entry.leaf) is Act.RECORD_DISPOSED
    assert people_on_record() == before - 1
    shown = signed_in(OLA).get("/disposal/certificates/")
    check_valid(shown)
    assert DisposalRow.objects.get(record=kept.id).reference in text_of(shown)
    assert signed_in(DEE).get(f"/people/{forgotten}/").status_code == 404
    balance = signed_in(DEE).get("/disposal/")
    check_valid(balance)


def attempts() -> int:
    return EntryRow.objects.of_attempts().count()


def test_an_officer_who_tries_to_browse_finds_nobody_and_every_attempt_is_on_record(
    desk: Desk,
) -> None:
    someone, referral = known_person(desk), desk.log()
    bo = signed_in(BO)
    before = attempts()
    # There is no list, no page of hits by part of a name, and a reference is not enough.
    for address in ("/people/", f"/people/{someone}/", "/people/find/"):
        assert "Noor" not in text_of(bo.get(address))
    refused = bo.post(f"/people/{someone}/", {"reason": "Curious."})
    assert (refused.status_code, "E-DEF-11" in text_of(refused)) == (403, True)
    assert attempts() > before
    for name in ("Noor", "Noor V", "*", "%"):
        found = searched(bo, referral, name)
        check_valid(found)
        assert "Noor Vantage" not in text_of(found)
        assert someone not in text_of(found)
    # The overseer sees that somebody tried, and not whom it was about.
    page = text_of(signed_in(OLA).get("/oversight/attempts/"))
    assert "Noor" not in page


def searched(client: Client, referral: str, name: str) -> Any:
    """Look for somebody by a name, through a referral and for a reason."""
    born = {"birth_date_day": "17", "birth_date_month": "5", "birth_date_year": "1990"}
    said = {"referral": referral, "name": name, "reason": "Maybe.", **born}
    return client.post("/people/find/", said)
