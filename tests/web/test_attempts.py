"""What somebody tries on a page and may not is in the log, whichever page it was."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from evenhand.actions import assessments
from evenhand.rules.assessments import Child
from evenhand.rules.officers import Officer, Role
from evenhand.rules.people import REFERENCE
from evenhand.rules.referrals import State
from evenhand.rules.rights import REFERENCE as ASKED
from evenhand.store.challenges import ChallengeRow
from evenhand.store.exports import ExportRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.machinery import ConsultationRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rights import RightsRequestRow
from tests.actions.people import known_person
from tests.builders import ADA, BO, CY, DEE, GUS, OLA, RIA, SAM, SID, assessment
from tests.journeys import Desk, row
from tests.ledger import reading
from tests.stories.pages_of_the_desk import NO_PAGES, ON_ANOTHER_WAY, Made, addresses, examples
from tests.web.people import logged, now, signed_in, stored, text_of

OF_A_PART = re.compile(r"(?:challenges|exports)/([0-9a-f-]{36})/")
OF_A_REFERRAL = re.compile(r"(?<=/)\d{4}-\d{6,12}(?=/)")
pytestmark = pytest.mark.django_db


def attempts() -> list[dict[str, object]]:
    rows = OpeningRow.objects.select_related("entry").order_by("entry")
    tried = [it for it in rows if b'"act":"attempt.refuse"' in bytes(it.entry.leaf)]
    return [reading.fields(it.fields) for it in tried]


def record_in(place: str) -> str | None:
    """Give the record that an address names, of a person or a referral, if it names one."""
    if found := REFERENCE.search(place):
        return str(PersonRow.objects.get(reference=found[0]).id)
    if asked := ASKED.search(place):
        return str(RightsRequestRow.objects.get(reference=asked[0]).id)
    if part := OF_A_PART.search(place):
        made = ChallengeRow.objects.filter(id=part[1]).first()
        it = made or ExportRow.objects.filter(id=part[1]).first()
        return str(it.referral_id) if it else None
    named = OF_A_REFERRAL.search(place)
    known = named and ReferralRow.objects.filter(reference=named[0]).first()
    return str(known.id) if known else None


def test_every_page_that_a_role_may_not_open_leaves_an_attempt_in_the_log() -> None:
    desk = Desk(now=now() - timedelta(days=60))
    for officer in (ADA, SAM, DEE):
        desk.by(officer)
    desk.assured()
    reference = logged(ADA)
    lead = stored("Lead", Role.EQUALITY_LEAD)
    client, refused, made = signed_in(lead), set(), Made()
    for address in addresses():
        if address.name in NO_PAGES | ON_ANOTHER_WAY:
            continue
        of_it = address.is_of_a_referral
        for place in examples(address, lead, made, **({"reference": reference} if of_it else {})):
            # Each page by itself: what another page tried a moment ago is forgotten.
            ConsultationRow.objects.all().delete()
            before = len(attempts())
            page = text_of(client.get(place))
            new = attempts()[before:]
            assert len(new) == ("Rule E-WHO-02" in page), place
            for one in new:
                refused.add(address.name)
                assert (one["who"], one["why"]) == (str(lead.ref), "e-who-02"), place
                assert one.get("obj") == record_in(place), place
    assert len(refused) > 40


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


def test_a_form_to_look_at_a_person_without_a_reason_is_an_attempt(desk: Desk) -> None:
    desk.now = now() - timedelta(days=9)
    for officer in (ADA, CY, RIA, SID):
        desk.by(officer)
    person = known_person(desk)
    for officer, place in (
        (ADA, f"/people/{person}/"),
        (RIA, f"/people/{person}/contact/"),
        (CY, "/people/find/"),
        (SID, "/sharing/share/"),
    ):
        before = len(attempts())
        client = signed_in(officer)
        assert client.get(place).status_code == 200, place
        assert len(attempts()) == before, place
        assert client.post(place, {"reason": " "}).status_code == 422, place
        [told] = attempts()[before:]
        assert (told["why"], told["who"]) == ("e-pers-01", str(officer.ref)), place
        assert told.get("obj") == record_in(place), place


def decided(officer: Officer, reference: str, decision: str) -> Any:
    """Send the form of a decision as a page would, whatever the page itself offers."""
    said = {"version": row(reference).version, "decision": decision, "reason": "Because."}
    return signed_in(officer).post(f"/referrals/{reference}/decide/", said)


def test_to_decide_on_ones_own_work_is_an_attempt_and_to_open_the_page_is_none(desk: Desk) -> None:
    reference = desk.do(desk.log(), "submit_by_cy")
    page = signed_in(CY).get(f"/referrals/{reference}/decide/")
    assert "E-TWO-01" in text_of(page)
    assert attempts() == []
    assert decided(CY, reference, "refuse").status_code == 403
    [one] = attempts()
    assert (one["why"], one["tried"], one["who"]) == ("e-two-01", "decide", str(CY.ref))
    assert one["obj"] == str(row(reference).id)
    assert row(reference).state == State.AWAITING_APPROVAL


def test_an_approval_without_the_training_it_needs_is_an_attempt(desk: Desk) -> None:
    reference = desk.log()
    child = assessment(child=Child.LIKELY, child_interests="To be left alone.")
    assessments.submit(reference, child, acting=desk.by(BO))
    desk.by(GUS)
    assert decided(GUS, reference, "approve").status_code == 403
    assert [it["why"] for it in attempts()] == ["e-chd-74"]


def test_a_form_that_is_not_filled_in_rightly_or_came_too_late_is_no_attempt(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    assert decided(CY, reference, "destroy").status_code == 422
    assert decided(CY, reference, "refuse").status_code == 302
    assert decided(CY, reference, "approve").status_code == 409
    assert attempts() == []


def test_a_search_by_words_of_who_may_not_read_them_is_an_attempt(desk: Desk) -> None:
    desk.by(OLA)
    answered = signed_in(OLA).post("/referrals/", {"q": "zauberwort"})
    assert answered.status_code == 403
    [one] = attempts()
    assert (one["tried"], one["who"]) == ("read_words", str(OLA.ref))


def test_who_is_not_signed_in_leaves_a_line_without_words_and_no_entry(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    before = EntryRow.objects.count()
    with caplog.at_level(logging.INFO, logger="evenhand"):
        Client().post(f"/referrals/{reference}/decide/?secret=1", {"reason": "Secret words."})
    assert EntryRow.objects.count() == before
    [line] = [it.getMessage() for it in caplog.records]
    assert line == "E-WHO-01 refused who is no officer at the page decide"


def test_an_account_without_an_officer_leaves_a_line_too(caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    account = User.objects.create_user("gone", password=None)
    client.force_login(account, backend="evenhand.web.account.backend.AccountsOfOfficers")
    with caplog.at_level(logging.INFO, logger="evenhand"):
        assert client.get("/you/").status_code == 403
    assert [it.getMessage() for it in caplog.records] == [
        "E-WHO-04 refused who is no officer at the page you"
    ]
    assert attempts() == []
