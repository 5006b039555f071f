"""People on the pages: proposed step by step, looked at for a reason, never listed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.actions import reviews
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.reviews import Review, ReviewOutcome
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.machinery import ConsultationRow
from evenhand.store.people import PersonRow
from tests.actions.people import known_person, person, proposed
from tests.builders import ADA, BO, CY, DEE, OLA, RON, opinion, proposal
from tests.journeys import Desk
from tests.ledger import reading
from tests.web.filling import carried, check_valid, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
VICTIM = {
    "name": "Noor Vantage",
    "age_basis": "document",
    "birth_date_day": "17",
    "birth_date_month": "5",
    "birth_date_year": "1990",
    "knows": "no",
}
TODAY = now()
SUSPECT = VICTIM | {
    "offence": "oapa-1861-s16",
    "grounds": ["threatens_in_content"],
    "grounds_on_day": str(TODAY.day),
    "grounds_on_month": str(TODAY.month),
    "grounds_on_year": str(TODAY.year),
    "grounds_words": "At 0:42 the speaker names a shop.",
}
FACT = {
    "kind": "fact",
    "text": "The video shows their shop.",
    "source": "The content itself.",
    "handling": "P",
    "sensitive": "no",
}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(minutes=30))
    for officer in (ADA, BO, CY, DEE, OLA):
        desk.by(officer)
    desk.assured()
    return desk


def propose(client: Client, referral: str, role: str = "victim", **answers: Any) -> Any:
    """Go through both steps; give what the second one is answered with."""
    place = f"/referrals/{referral}/people/new/"
    said = {"role": role, "necessity": "They are threatened by name."}
    first = fill(client, place, **said)
    assert first["Location"] == f"{place}about/"
    return fill(client, f"{place}about/", **answers)


def look(client: Client, reference: str, reason: str = "To warn them.") -> Any:
    """Give the reason and see the record."""
    shown = client.post(f"/people/{reference}/", {"reason": reason})
    check_valid(shown)
    return shown


def test_a_person_is_proposed_step_by_step_and_authorised(desk: Desk) -> None:
    referral, ada, cy = desk.log(), signed_in(ADA), signed_in(CY)
    assert "Propose a person" in text_of(ada.get(f"/referrals/{referral}/"))
    done = propose(ada, referral, **VICTIM)
    assert done["Location"] == f"/referrals/{referral}/"
    reference = PersonRow.objects.get().reference
    page = text_of(ada.get(f"/referrals/{referral}/"))
    assert f"{reference} is proposed." in page
    assert (f'href="/people/{reference}/"' in page, "Noor" in page) == (True, False)
    colleague = text_of(signed_in(BO).get(f"/referrals/{referral}/"))
    assert (f'href="/people/{reference}/"' in colleague, reference in colleague) == (False, True)
    worklist = text_of(cy.get("/"))
    assert (f'href="/people/{reference}/authorise/"' in worklist, "Noor" in worklist) == (
        True,
        False,
    )
    asked = cy.get(f"/people/{reference}/authorise/")
    assert asked["Location"].startswith(f"/people/{reference}/?onward=")
    onward = cy.post(asked["Location"], {"reason": "To decide."})
    assert onward["Location"] == f"/people/{reference}/authorise/"
    answers = {"necessary": "Yes.", "role_right": "I saw it.", "less_would_do": "No."}
    done = fill(cy, onward["Location"], decision="authorise", **answers)
    assert done.status_code == 302
    assert person(reference).standing == "held"
    assert reference not in text_of(cy.get("/"))


def test_nothing_is_shown_before_the_reason_is_in_the_log(desk: Desk) -> None:
    reference = known_person(desk)
    ada, before = signed_in(ADA), EntryRow.objects.count()
    first = ada.get(f"/people/{reference}/")
    check_valid(first)
    assert ("Noor" in text_of(first), EntryRow.objects.count()) == (False, before)
    empty = ada.post(f"/people/{reference}/", {"reason": " "})
    assert (empty.status_code, "Noor" in text_of(empty)) == (422, False)
    told = reading.fields(OpeningRow.objects.latest("entry").fields)
    assert (told["why"], told["tried"], told["who"]) == ("e-pers-01", "read_person", str(ADA.ref))
    assert told["obj"] == str(person(reference).id)
    shown = text_of(look(ada, reference))
    assert "Noor Vantage" in shown
    assert b"person.consult" in bytes(EntryRow.objects.latest("number").leaf)
    assert shown.index("This person is a victim") < shown.index("Noor Vantage")
    assert "Noor Vantage" in text_of(ada.get(f"/people/{reference}/"))
    assert "Shown to Ada" in shown
    assert "Noor" not in text_of(signed_in(CY).get(f"/people/{reference}/"))


def test_a_reporter_is_not_asked_for_a_name(desk: Desk) -> None:
    referral, ada = desk.log(), signed_in(ADA)
    sent = {**VICTIM, "contact": "Noor Vantage, 01632 960 001"}
    assert propose(ada, referral, role="reporter", **sent).status_code == 302
    place = f"/referrals/{referral}/people/new/"
    fill(ada, place, role="reporter", necessity="They asked to be answered.")
    page = text_of(ada.get(f"{place}about/"))
    assert ('name="name"' in page, "kept in a vault" in page) == (False, True)
    assert "Noor" not in text_of(look(ada, PersonRow.objects.get().reference))


def test_a_statement_is_verified_again_on_a_page(desk: Desk) -> None:
    reference, ada = known_person(desk), signed_in(ADA)
    place = f"/people/{reference}/verify/"
    assert f'href="{place}"' in text_of(look(ada, reference))
    said = person(reference).statements.get()
    refused = fill(ada, place, about=str(said.id), reason=" ")
    assert refused.status_code == 422
    done = fill(ada, place, about=str(said.id), reason="The clip is still up.")
    assert done["Location"] == f"/people/{reference}/"
    assert person(reference).statements.get().verified_at > said.verified_at
    page = text_of(ada.get(done["Location"]))
    assert ("Verified again" in page, "The clip is still up." in page) == (True, True)


def test_facts_and_assessments_are_two_sections(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral, statement=opinion())
    ada = signed_in(ADA)
    look(ada, reference)
    done = fill(ada, f"/people/{reference}/statements/new/", referral=referral, **FACT)
    assert done["Location"] == f"/people/{reference}/"
    page = text_of(ada.get(done["Location"]))
    facts, assessments = page.index(">Facts<"), page.index(">Assessments: what")
    assert facts < page.index(FACT["text"]) < assessments < page.index(opinion().text)


def test_a_page_of_a_person_takes_the_same_few_queries(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    ada = signed_in(ADA)
    look(ada, reference)
    few = queries_of(lambda: ada.get(f"/people/{reference}/"))
    for _ in range(5):
        fill(ada, f"/people/{reference}/statements/new/", referral=referral, **FACT)
    assert queries_of(lambda: ada.get(f"/people/{reference}/")) == few
    assert few <= 14


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "E-LAW-02": ("necessity", {"role": "victim", "necessity": " "}, "must be on record"),
    "E-CAT-13": ("role", {"necessity": "They must be warned."}, "Select what this person is"),
}


@pytest.mark.parametrize("rule", WRONG)
def test_the_first_step_asks_for_role_and_necessity(desk: Desk, rule: str) -> None:
    _field, answers, sentence = WRONG[rule]
    answered = fill(signed_in(ADA), f"/referrals/{desk.log()}/people/new/", **answers)
    assert (answered.status_code, sentence in text_of(answered)) == (422, True)
    assert not PersonRow.objects.exists()


WRONG_PEOPLE: dict[str, tuple[str, dict[str, Any]]] = {
    "E-SUS-14": ("suspect", SUSPECT | {"grounds": []}),
    "E-AGE-76": ("victim", VICTIM | {"age_basis": "unknown"}),
    "E-AGE-76 in the future": ("victim", VICTIM | {"birth_date_year": "2199"}),
    "E-AGE-76 known long ago": (
        "suspect",
        SUSPECT | {"birth_date_day": "", "birth_date_month": "", "birth_date_year": "",
                   "age_value": "15", "age_as_at_day": "1", "age_as_at_month": "12",
                   "age_as_at_year": "1926"},
    ),
    "E-AGE-76 long ago": ("victim", VICTIM | {"birth_date_year": "1850"}),
    "E-CHD-73": (
        "suspect",
        SUSPECT | {"birth_date_year": str(TODAY.year - 7), "best_interests": "So.",
                   "welfare_reason": "So."},
    ),
    "E-CHD-74": ("victim", VICTIM | {"birth_date_year": str(TODAY.year - 15)}),
    "E-RET-21": ("suspect", SUSPECT | {"grounds_on_year": "2019"}),
    "E-RET-21 reviewed by now": (
        "suspect",
        SUSPECT | {f"grounds_on_{it}": str(getattr(TODAY - timedelta(days=190), it))
                   for it in ("day", "month", "year")},
    ),
}  # fmt: skip


def test_the_second_step_refuses_who_must_not_be_recorded(desk: Desk) -> None:
    referral, ada = desk.log(), signed_in(ADA)
    for what, (role, answers) in WRONG_PEOPLE.items():
        answered = propose(ada, referral, role, **answers)
        assert (answered.status_code, what.split()[0] in text_of(answered)) == (422, True), what
    assert "contact" not in carried(ada.get(f"/referrals/{referral}/people/new/about/"))
    assert not PersonRow.objects.exists()


WRONG_STATEMENTS: dict[str, dict[str, Any]] = {
    "E-FACT-12": {"source": ""},
    "E-GRD-19": {"kind": "assessment", "source": "", "basis": "The speaker says so."},
    "E-HND-20": {"handling": "C"},
    "E-SEN-03": {"sensitive": "yes"},
}


def test_a_statement_that_is_not_whole_is_refused(desk: Desk) -> None:
    referral = desk.log()
    reference = proposed(desk, referral)
    ada = signed_in(ADA)
    look(ada, reference)
    for rule, answers in WRONG_STATEMENTS.items():
        sent = FACT | answers
        answered = fill(ada, f"/people/{reference}/statements/new/", referral=referral, **sent)
        assert (answered.status_code, rule in text_of(answered)) == (422, True), rule
    assert not person(reference).statements.exists()


def test_a_record_is_open_to_whose_work_it_is(desk: Desk) -> None:
    reference = known_person(desk)
    for officer, rule in ((BO, "E-DEF-11"), (OLA, "E-WHO-02")):
        answered = signed_in(officer).post(f"/people/{reference}/", {"reason": "Why not."})
        assert (answered.status_code, rule in text_of(answered)) == (403, True)
        assert "Noor" not in text_of(answered)
        assert b"attempt.refuse" in bytes(EntryRow.objects.latest("number").leaf)


def test_what_was_typed_is_kept_while_the_reason_is_asked_again(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    ada = signed_in(ADA)
    look(ada, reference)
    place = f"/people/{reference}/statements/new/"
    sent = carried(ada.get(place)) | FACT | {"referral": referral}
    ConsultationRow.objects.all().delete()
    asked = ada.post(place, sent)
    assert asked["Location"].startswith(f"/people/{reference}/?onward=")
    onward = ada.post(asked["Location"], {"reason": "To go on."})
    assert FACT["text"] in text_of(ada.get(onward["Location"]))
    assert person(reference).statements.count() == 1


def test_a_wrong_name_is_contested_and_corrected(desk: Desk) -> None:
    reference = known_person(desk)
    ada, cy = signed_in(ADA), signed_in(CY)
    look(ada, reference)
    look(cy, reference, "To settle it.")
    fill(ada, f"/people/{reference}/contest/", about="name", reason="It is misspelt.")
    page = text_of(cy.get(f"/people/{reference}/"))
    assert "Name (contested: do not rely on it)" in page
    right = VICTIM | {"name": "Nour Vantage", "reason": "The document says so."}
    as_at = person(reference).age_as_at
    days = {
        "age_as_at_day": as_at.day,
        "age_as_at_month": as_at.month,
        "age_as_at_year": as_at.year,
    }
    done = fill(cy, f"/people/{reference}/correct/", **right, **days)
    assert done.status_code == 302, text_of(done)
    assert "Nour Vantage" in text_of(ada.get(f"/people/{reference}/"))


def test_a_child_of_unknown_age_is_corrected_to_be_under_ten(desk: Desk) -> None:
    unknown = Age(basis=AgeBasis.UNKNOWN, as_at=desk.now.date())
    reference = known_person(desk, said=proposal(age=unknown, best_interests="To be safe there."))
    ada, cy = signed_in(ADA), signed_in(CY)
    look(ada, reference)
    look(cy, reference, "To settle it.")
    fill(ada, f"/people/{reference}/contest/", about="age", reason="They are much younger.")
    right = {"name": "Noor Vantage", "age_basis": "stated", "age_value": "8"}
    why = {"reason": "The school says so.", "welfare_reason": ""}
    answered = fill(cy, f"/people/{reference}/correct/", **right, **why)
    assert (answered.status_code, "E-CHD-73" in text_of(answered)) == (422, True)
    why["welfare_reason"] = "They need somebody to fetch them from school."
    assert fill(cy, f"/people/{reference}/correct/", **right, **why).status_code == 302
    assert person(reference).under_ten
    assert why["welfare_reason"] in text_of(ada.get(f"/people/{reference}/"))


def test_a_role_is_changed_by_two(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral, said=proposal(PersonRole.SUSPECT))
    ada, cy = signed_in(ADA), signed_in(CY)
    look(ada, reference)
    fill(
        ada,
        f"/people/{reference}/role/",
        referral=referral,
        role="victim",
        necessity="They must be warned.",
    )
    assert f'href="/people/{reference}/role/decide/"' in text_of(cy.get("/"))
    look(cy, reference, "To decide.")
    fill(
        cy, f"/people/{reference}/role/decide/", referral=referral, decision="authorise",
        reason="We were wrong.",
    )  # fmt: skip
    assert "This person is a victim" in text_of(ada.get(f"/people/{reference}/"))


def test_a_restricted_record_is_closed_to_the_desk(desk: Desk) -> None:
    reference = known_person(desk)
    ada, cy, dee = signed_in(ADA), signed_in(CY), signed_in(DEE)
    for client in (ada, cy, dee):
        look(client, reference)
    fill(dee, f"/people/{reference}/restrict/", because="unlawful", reason="No basis.")
    page = text_of(ada.get(f"/people/{reference}/"))
    assert ("This record is restricted." in page, "Noor" in page) == (True, False)
    assert "Noor" in text_of(dee.get(f"/people/{reference}/"))
    fill(cy, f"/people/{reference}/ask-to-lift/", reason="There is one.")
    fill(dee, f"/people/{reference}/lift/", agreed="yes", reason="Seen.")
    assert "Noor" in text_of(ada.get(f"/people/{reference}/"))


def test_a_contact_that_is_wrong_is_put_right(desk: Desk) -> None:
    reference = known_person(desk, said=proposal(contact="noor@harbour.example"))
    ada, cy = signed_in(ADA), signed_in(CY)
    look(ada, reference)
    look(cy, reference)
    fill(ada, f"/people/{reference}/contest/", about="contact", reason="It is another’s.")
    assert "Contact (contested: do not rely on it)" in text_of(ada.get(f"/people/{reference}/"))
    assert "Correct how they are reached" in text_of(cy.get(f"/people/{reference}/"))
    place = f"/people/{reference}/contact/correct/"
    fill(cy, place, contact="nour@bay.example", reason="They wrote to us.")
    page = text_of(ada.get(f"/people/{reference}/"))
    assert ("nour@bay.example" in page, "contested: do not" in page) == (True, False)


def test_who_answers_for_rights_settles_what_is_restricted_as_contested(desk: Desk) -> None:
    reference, dee, cy = known_person(desk), signed_in(DEE), signed_in(CY)
    look(dee, reference)
    look(cy, reference)
    fill(dee, f"/people/{reference}/restrict/", because="accuracy_contested", reason="Doubted.")
    told = "Say that something is wrong"
    pages = [text_of(it.get(f"/people/{reference}/")) for it in (dee, cy)]
    assert [told in it for it in pages] == [True, False]


def test_what_was_typed_is_sent_again_once_the_newer_record_was_seen(desk: Desk) -> None:
    reference = known_person(desk)
    ada, cy = signed_in(ADA), signed_in(CY)
    look(ada, reference)
    look(cy, reference)
    place = f"/people/{reference}/restrict/"
    dee = signed_in(DEE)
    look(dee, reference)
    typed = carried(dee.get(place)) | {"because": "unlawful", "reason": "No basis."}
    fill(ada, f"/people/{reference}/contest/", about="name", reason="It is misspelt.")
    refused = dee.post(place, typed)
    assert (refused.status_code, "changed while you were" in text_of(refused)) == (409, True)
    assert "contested: do not rely on it" in text_of(refused)
    assert dee.post(place, typed | carried(refused)).status_code == 302
    assert person(reference).standing == "restricted"


def test_what_is_evidence_is_held_as_it_is_restricted(desk: Desk) -> None:
    reference, dee = known_person(desk), signed_in(DEE)
    look(dee, reference)
    place = f"/people/{reference}/restrict/"
    said = {"because": "needed_as_evidence", "reason": "Exhibit AB/1."}
    page = fill(dee, place, **said)
    told = "This hold does not say enough."
    assert (page.status_code, told in text_of(page)) == (422, True)
    last = now().date() + timedelta(days=90)
    fill(
        dee, place, **said, their_reference="AB/1", owner="The court",
        expires_on_day=str(last.day), expires_on_month=str(last.month),
        expires_on_year=str(last.year),
    )  # fmt: skip
    assert "In force" in text_of(dee.get(f"/disposal/records/{reference}/"))


def test_what_a_review_closed_says_so_and_is_not_a_reason_to_choose(desk: Desk) -> None:
    reference, dee = known_person(desk), signed_in(DEE)
    look(dee, reference)
    offered = text_of(dee.get(f"/people/{reference}/restrict/"))
    assert ("It is needed as evidence" in offered, "A review closed it" in offered) == (True, False)
    closing = Review(outcome=ReviewOutcome.RESTRICT, reason="It may be wrong.")
    reviews.review(reference, closing, acting=desk.by(RON))
    assert "A review closed it" in text_of(dee.get(f"/people/{reference}/"))


def test_a_record_is_opened_by_its_exact_reference_only(desk: Desk) -> None:
    reference, dee = known_person(desk), signed_in(DEE)
    assert 'href="/people/"' in text_of(dee.get("/"))
    assert fill(dee, "/people/", reference=reference.lower())["Location"] == f"/people/{reference}/"
    wrong = fill(dee, "/people/", reference="Noor")
    assert (wrong.status_code, "looks like P-" in text_of(wrong)) == (422, True)
    assert dee.get("/people/P-22222222/").status_code == 404
    # Her first page names, by reference, of whom nobody decided yet whether they are told.
    pages = [text_of(dee.get(it)) for it in ("/people/", "/referrals/")]
    assert [it for it in pages if re.search(r"P-[2-9A-Z]{8}", it) and reference in it] == []
