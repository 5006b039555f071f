"""Agreements and closed kinds: one proposes, another signs, either ends."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.actions import agreements
from evenhand.queries import agreements as known
from evenhand.queries.agreements import Stands
from evenhand.rules.agreements import CLOSED, RecipientKind
from evenhand.store.sharing import AgreementRow, RecipientRow
from tests.actions.people import known_person
from tests.actions.sharing import built, in_force, refused_as, staffed
from tests.builders import ADA, DEE, KIM, NED, OLA, SID, TODAY, terms
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
HOUSING = RecipientKind.HOUSING
LATER = TODAY + timedelta(days=100)


@pytest.fixture
def desk() -> Desk:
    return staffed()


def test_an_agreement_is_in_force_once_another_has_signed_the_version_they_read(
    desk: Desk,
) -> None:
    reference = agreements.propose(terms(), acting=desk.by(NED))
    [version] = known.versions(reference, officer=OLA)
    assert version.stands(TODAY) is Stands.PROPOSED
    assert known.in_date(today=TODAY, officer=SID) == []
    with refused_as("E-FIND-01"):
        agreements.sign(reference, 2, acting=desk.by(DEE))
    with refused_as("E-WHO-02"):
        agreements.sign(reference, 1, acting=desk.by(NED))
    agreements.sign(reference, 1, acting=desk.by(DEE))
    assert [it.reference for it in known.in_date(today=TODAY, officer=SID)] == [reference]
    [version] = known.versions(reference, officer=OLA)
    assert (version.proposed_by, version.signed_by) == ("Ned", "Dee")
    assert version.stands(TODAY + timedelta(days=400)) is Stands.PAST_REVIEW
    assert version.agreement.terms == terms()


def test_what_was_proposed_too_long_ago_is_proposed_anew(desk: Desk) -> None:
    reference = agreements.propose(terms(), acting=desk.by(NED))
    desk.now += timedelta(hours=73)
    with refused_as("E-TWO-04"):
        agreements.sign(reference, 1, acting=desk.by(DEE))


def test_a_new_version_replaces_the_old_one_when_it_is_signed_and_people_keep_their_ids(
    desk: Desk,
) -> None:
    reference = in_force(desk)
    people = agreements.people([(KIM.name, KIM.email), ("Lu", "")], known=[KIM])
    assert people[0] == KIM
    for number in (2, 3):
        agreements.propose(terms(people=people), reference, acting=desk.by(NED))
        assert known.in_date(today=TODAY, officer=SID)[0].number == 1
        assert known.versions(reference, officer=OLA)[0].agreement.number == number
    assert [it.stands(TODAY) for it in known.versions(reference, officer=OLA)] == [
        Stands.PROPOSED, Stands.OVER, Stands.IN_FORCE,
    ]  # fmt: skip
    agreements.sign(reference, 3, acting=desk.by(DEE))
    assert known.in_date(today=TODAY, officer=SID)[0].number == 3
    assert RecipientRow.objects.count() == 1
    assert AgreementRow.objects.count() == 3
    page = known.current(officer=OLA)
    assert [it.agreement.number for it in page.lines] == [3]
    agreements.end(reference, acting=desk.by(NED))
    assert known.current(officer=OLA).lines == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lock": "age1" + "q" * 58}, "E-SHR-64"),
        ({"purpose": ""}, "E-SHR-64"),
        ({"country": "FR"}, "E-TRF-68"),
    ],
)
def test_terms_that_cannot_be_kept_are_refused_whole(
    desk: Desk, changes: dict[str, Any], code: str
) -> None:
    with refused_as(code):
        agreements.propose(terms(**changes), acting=desk.by(NED))
    assert AgreementRow.objects.count() == 0


def test_there_is_nothing_to_do_with_an_agreement_that_is_not_there(desk: Desk) -> None:
    with refused_as("E-FIND-01"):
        agreements.propose(terms(), "A-NOTTHERE", acting=desk.by(NED))
    with refused_as("E-FIND-01"):
        agreements.end("A-NOTTHERE", acting=desk.by(DEE))
    with refused_as("E-FIND-01"):
        known.versions("A-NOTTHERE", officer=OLA)
    with refused_as("E-WHO-02"):
        known.versions("A-NOTTHERE", officer=ADA)


def test_a_closed_kind_is_opened_by_two_people_and_closed_at_once(desk: Desk) -> None:
    someone = known_person(desk)
    reference = in_force(desk, terms(kind=HOUSING))
    assert [it.kind for it in known.kinds(officer=OLA)] == sorted(CLOSED)
    with refused_as("E-SHR-67"):
        agreements.approve_opening(HOUSING, acting=desk.by(DEE))
    with refused_as("E-SHR-67"):
        agreements.close_kind(HOUSING, acting=desk.by(DEE))
    agreements.ask_to_open(HOUSING, "Housing Act s.0", LATER, acting=desk.by(NED))
    agreements.ask_to_open(HOUSING, "Housing Act s.1", LATER, acting=desk.by(NED))
    with refused_as("E-PUR-09"):
        built(desk, someone, reference)
    agreements.approve_opening(HOUSING, acting=desk.by(DEE))
    [kind] = [it for it in known.kinds(officer=OLA) if it.kind is HOUSING]
    assert (kind.enactment, kind.asked_by, kind.approved_by) == ("Housing Act s.1", "Ned", "Dee")
    assert built(desk, someone, reference)
    agreements.close_kind(HOUSING, acting=desk.by(NED))
    with refused_as("E-PUR-09"):
        built(desk, someone, reference)


def test_a_page_of_agreements_leads_to_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "PAGE", 1)
    references = sorted(agreements.propose(terms(), acting=desk.by(NED)) for _ in range(2))
    first = known.current(officer=OLA)
    assert [it.agreement.reference for it in first.lines] == references[:1]
    second = known.current(first.next or "", officer=OLA)
    assert [it.agreement.reference for it in second.lines] == references[1:]
    assert second.next is None
