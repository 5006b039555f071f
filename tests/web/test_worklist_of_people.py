"""What about people waits is on the first page of whoever answers it, by reference alone."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest

from evenhand.actions import combinations, handover, people_restrictions, purposes
from evenhand.ledger.acts import Act
from evenhand.queries import people
from evenhand.queries.history import act_of
from evenhand.rules.officers import Officer
from evenhand.rules.people import AskedTooLongAgo, Restriction
from evenhand.rules.purposes import Purpose, PurposeChange
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonLinkRow
from tests.actions.people import known_person
from tests.builders import ADA, BO, CY, DEE, GUS, RIA, adult, proposal
from tests.journeys import Desk, refused
from tests.web.filling import check_valid
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
CHANGE = PurposeChange(
    purpose=Purpose.SAFEGUARD, law="An Act.", necessity="So.", proportionality="So."
)


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(minutes=30))
    for officer in (ADA, CY, DEE, GUS, RIA):
        desk.by(officer)
    return desk


def known(desk: Desk, name: str) -> str:
    return known_person(desk, said=proposal(name=name, age=adult(as_at=desk.now.date())))


def test_what_waits_is_shown_to_who_answers_it_and_to_nobody_else(desk: Desk) -> None:
    first, second = known(desk, "Noor Vantage"), known(desk, "Alba Quince")
    purposes.ask(second, CHANGE, acting=desk.by(ADA))
    combinations.propose(first, second, "The same street.", acting=desk.by(CY))
    people_restrictions.restrict(
        first, Restriction.ACCURACY_CONTESTED, "Doubted.", acting=desk.by(RIA)
    )
    dee = signed_in(DEE)
    assert "Restrictions to lift" not in text_of(dee.get("/"))
    people_restrictions.ask_to_lift(first, "It is settled.", acting=desk.by(RIA))
    start = dee.get("/")
    check_valid(start)
    shown = text_of(start)
    assert f'href="/people/{first}/lift/"' in shown
    assert f'href="/people/{second}/purpose/answer/"' in shown
    assert f'href="/people/telling/{first}/"' in shown
    assert "Noor" not in shown
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.LIST_CONSULTED
    assert "Decisions on telling people" in text_of(signed_in(RIA).get("/"))
    gus, ada = text_of(signed_in(GUS).get("/")), text_of(signed_in(ADA).get("/"))
    assert "Pairs of records to compare" in gus
    for title in ("Restrictions to lift", "Decisions on telling", "Other purposes"):
        assert title not in gus
    assert "Pairs of records" not in ada


def test_what_nobody_answers_in_72_hours_is_overdue_to_everyone_and_late_to_who_answers(
    desk: Desk,
) -> None:
    desk.now -= timedelta(hours=73)
    asked_late, lifted_late = known(desk, "Noor Vantage"), known(desk, "Alba Quince")
    purposes.ask(asked_late, CHANGE, acting=desk.by(ADA))
    people_restrictions.restrict(lifted_late, Restriction.UNLAWFUL, "Doubted.", acting=desk.by(RIA))
    people_restrictions.ask_to_lift(lifted_late, "It is settled.", acting=desk.by(RIA))
    desk.now = now() - timedelta(minutes=10)
    in_time = known(desk, "Cato Lind")
    purposes.ask(in_time, CHANGE, acting=desk.by(ADA))
    dee, ada = signed_in(DEE), signed_in(ADA)
    start = text_of(dee.get("/"))
    assert (start.count("Overdue"), start.count(", to be answered by ")) == (3, 3)
    page = dee.get("/overdue/")
    check_valid(page)
    assert "nobody answered within 72 hours</a>: 2" in text_of(page)
    assert "the data protection officer has not answered within 72 hours: 2" in text_of(
        ada.get("/overdue/")
    )
    for address, answer in (
        (f"{asked_late}/purpose/", partial(purposes.answer, asked_late, Purpose.SAFEGUARD)),
        (f"{lifted_late}/lift/", partial(people_restrictions.lift, lifted_late)),
    ):
        with refused(AskedTooLongAgo):
            answer("So.", agreed=True, acting=desk.by(DEE))
        assert address in text_of(dee.get("/"))
        answer("Too late.", agreed=False, acting=desk.by(DEE))
        assert address not in text_of(dee.get("/"))
    assert "72 hours" not in text_of(ada.get("/overdue/"))


def test_on_a_desk_that_holds_nobody_nothing_of_people_waits(desk: Desk) -> None:
    for officer in (DEE, RIA, GUS):
        page = text_of(signed_in(officer).get("/"))
        assert "Decisions on telling people" not in page


def test_who_corrects_is_told_of_a_record_of_which_a_joined_one_changed_until_they_look(
    desk: Desk,
) -> None:
    desk.now -= timedelta(hours=2)
    first, second = known(desk, "Noor Vantage"), known(desk, "Alba Quince")
    other = known(desk, "Cato Lind")
    ref = combinations.propose(first, second, "The same street.", acting=desk.by(CY))
    people_restrictions.restrict(other, Restriction.UNLAWFUL, "It is.", acting=desk.by(DEE))
    combinations.join(ref, "I agree.", acting=desk.by(GUS))
    told = "Joined records to look at again"
    assert told not in text_of(signed_in(CY).get("/"))
    people_restrictions.restrict(first, Restriction.UNLAWFUL, "It is.", acting=desk.by(DEE))
    assert told not in text_of(signed_in(ADA).get("/"))
    cy = signed_in(CY)
    start = cy.get("/")
    check_valid(start)
    assert told in text_of(start)
    assert f'href="/people/{second}/"' in text_of(start)
    assert f'href="/people/{first}/"' not in text_of(start)
    page = cy.post(f"/people/{second}/", {"reason": "A joined record was restricted."}, follow=True)
    check_valid(page)
    assert "One person with" in text_of(page)
    assert f'href="/people/{first}/"' in text_of(page)
    assert told not in text_of(cy.get("/"))
    assert told not in text_of(signed_in(DEE).get("/"))


def test_a_joined_record_is_named_to_who_may_open_it(desk: Desk) -> None:
    first, second = known(desk, "Noor Vantage"), known(desk, "Alba Quince")
    ref = combinations.propose(first, second, "The same street.", acting=desk.by(CY))
    combinations.join(ref, "I agree.", acting=desk.by(GUS))

    def seen(reader: Officer) -> Sequence[str]:
        return people.one(first, "Their case.", acting=desk.by(reader)).one_with

    assert seen(ADA) == seen(CY) == [second]
    of_second = PersonLinkRow.objects.get(person__reference=second).referral.reference
    desk.by(BO)
    handover.hand_over(of_second, "bo", "I am away.", acting=desk.by(ADA))
    assert (seen(ADA), seen(CY)) == ([], [second])
