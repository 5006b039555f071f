"""People through the API: each one alone, each look for a reason, and nothing wrong stored."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.ledger.acts import Act
from evenhand.rules.officers import Role
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.machinery import RepeatRow
from evenhand.store.people import PersonRow
from tests.api.callers import Answered, Caller, now
from tests.journeys import Desk
from tests.web.people import queries_of

pytestmark = pytest.mark.django_db
LOOK = "?reason=To%20warn%20them"
VICTIM = {
    "role": "victim",
    "necessity": "They are threatened by name.",
    "name": "Noor Vantage",
    "birth_date": "1990-05-17",
    "age_basis": "document",
    "contact": "noor@harbour.example",
}
GROUNDS = {
    "offence": "oapa-1861-s16",
    "grounds": ["threatens_in_content"],
    "grounds_words": "At 0:42 the speaker names a shop.",
}
FACT = {
    "kind": "fact",
    "text": "The video shows their shop.",
    "source": "The content itself.",
    "handling": "P",
    "sensitive": False,
}
OPINION = {
    "kind": "assessment",
    "text": "They may be in danger.",
    "basis": "The speaker names a time.",
    "grade_of": "post_is_true",
    "grade_source": "2",
    "grade_information": "C",
    "handling": "C",
    "conditions": ["S2"],
    "sensitive": False,
}
ANSWERS = {
    "necessary": "They cannot be warned without a name.",
    "role_right": "They threaten nobody.",
    "less_would_do": "No.",
}


@pytest.fixture(autouse=True)
def assured() -> None:
    Desk(now=now() - timedelta(days=2)).assured()


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


@pytest.fixture
def cy() -> Caller:
    return Caller("cy", Role.APPROVER, Role.CHILD_APPROVER)


@pytest.fixture
def dee() -> Caller:
    return Caller("dina", Role.DPO)


def suspect(**changes: object) -> dict[str, Any]:
    plain = VICTIM | GROUNDS | {"role": "suspect", "grounds_on": str(now().date())}
    return {it: value for it, value in (plain | changes).items() if it != "contact"}


def propose(ada: Caller, body: object = VICTIM, referral: str = "") -> Answered:
    return ada.post(f"{referral or ada.logged()}/people", body)


def held(ada: Caller, cy: Caller, body: object = VICTIM, referral: str = "") -> str:
    """Have somebody proposed and authorised; give their address."""
    proposed = propose(ada, body, referral)
    assert proposed.status == 201, proposed.body
    place = f"/people/{proposed.body['reference']}"
    assert cy.post(f"{place}/authorise", ANSWERS).status == 200
    return place


def test_a_person_is_proposed_authorised_and_read(ada: Caller, cy: Caller) -> None:
    referral = ada.logged()
    proposed = propose(ada, referral=referral)
    assert (proposed.status, proposed.body["standing"]) == (201, "proposed")
    reference = proposed.body["reference"]
    assert proposed.headers["Location"] == f"/api/v1/people/{reference}"
    assert set(proposed.body) == {"reference", "standing", "version"}
    place = f"/people/{reference}"
    on_record = {"reference": reference, "role": "victim", "waits": True}
    assert ada.get(referral).body["people"] == [on_record]
    fact = FACT | {"referral": referral.rpartition("/")[2]}
    assert ada.post(f"{place}/statements", fact).status == 200
    assert cy.post(f"{place}/authorise", ANSWERS).body["standing"] == "held"
    read = ada.get(f"{place}{LOOK}")
    assert (read.body["name"], read.body["age"]["birth_date"]) == ("Noor Vantage", "1990-05-17")
    assert [it["role"] for it in read.body["links"]] == ["victim"]
    assert [it["text"] for it in read.body["facts"]] == [FACT["text"]]
    assert read.body["assessments"] == []


def test_a_look_is_in_the_log_with_its_reason_before_anything_is_given(
    ada: Caller, cy: Caller
) -> None:
    place = held(ada, cy)
    person = PersonRow.objects.get()
    refused = ada.get(place)
    assert (refused.status, refused.rules) == (422, ["E-PERS-01"])
    tried = EntryRow.objects.latest("number")
    assert b'"act":"attempt.refuse"' in bytes(tried.leaf)
    assert tried.obj == person.id
    assert ada.get(f"{place}{LOOK}").status == 200
    entry = EntryRow.objects.latest("number")
    assert b'"act":"person.consult"' in bytes(entry.leaf)
    assert (entry.obj, Act.PERSON_CONSULTED) == (person.id, "person.consult")
    fields = OpeningRow.objects.get(entry=entry.number).fields
    assert "warn" not in fields
    ada.get(f"{place}?reason=For%20another%20reason")
    assert EntryRow.objects.latest("number").number > entry.number


def test_a_look_takes_the_same_few_questions_however_much_is_said(ada: Caller, cy: Caller) -> None:
    referral = ada.logged()
    place = held(ada, cy, referral=referral)
    few = queries_of(lambda: ada.get(f"{place}{LOOK}"))
    fact = FACT | {"referral": referral.rpartition("/")[2]}
    for _ in range(10):
        assert ada.post(f"{place}/statements", fact).status == 200
    assert queries_of(lambda: ada.get(f"{place}{LOOK}")) == few
    assert few <= 9


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no role": (VICTIM | {"role": None}, "E-CAT-13", "/role"),
    "no necessity": (VICTIM | {"necessity": " "}, "E-LAW-02", "/necessity"),
    "no offence": (suspect(offence=""), "E-SUS-14", "/offence"),
    "no grounds": (suspect(grounds=[]), "E-SUS-14", "/grounds"),
    "no day": (suspect(grounds_on=None), "E-SUS-14", "/grounds_on"),
    "grounds too old": (suspect(grounds_on="2020-01-01"), "E-RET-21", "/grounds_on"),
    "grounds whose review is over": (
        suspect(grounds_on=str((now() - timedelta(days=190)).date())),
        "E-RET-21",
        "/grounds_on",
    ),
    "a victim accused": (VICTIM | GROUNDS, "E-SUS-14", "/role"),
    "an unknown age with a date": (VICTIM | {"age_basis": "unknown"}, "E-AGE-76", "/age_basis"),
    "born in the future": (VICTIM | {"birth_date": "2199-01-01"}, "E-AGE-76", "/birth_date"),
    "born long ago": (VICTIM | {"birth_date": "1850-01-01"}, "E-AGE-76", "/birth_date"),
    "a child by a slip of a century": (
        suspect(birth_date=None, age_value=15, age_basis="stated", age_as_at="1926-12-01"),
        "E-AGE-76",
        "/age_as_at",
    ),
    "a suspect under ten": (
        suspect(birth_date=str(now().year - 8) + "-01-01", welfare_reason="So.",
                best_interests="So."),
        "E-CHD-73",
        "/role",
    ),
    "a child": (
        VICTIM | {"birth_date": None, "age_value": 15, "age_basis": "stated"},
        "E-CHD-74",
        "/best_interests",
    ),
    "a child on the day of the grounds": (
        suspect(birth_date=str(now().replace(year=now().year - 18, day=1).date()),
                grounds_on=str((now().replace(day=1) - timedelta(days=5)).date())),
        "E-CHD-74",
        "/best_interests",
    ),
    "contact of a suspect": (suspect() | {"contact": "x@y.example"}, "E-CON-04", "/contact"),
    "a ground that is none": (suspect(grounds=["genre"]), "E-TEXT-04", "/grounds/0"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_who_must_not_be_recorded_is_refused_by_rule_and_field(ada: Caller, what: str) -> None:
    body, rule, pointer = WRONG[what]
    answered = propose(ada, body)
    assert answered.status == 422, answered.body
    assert (rule, pointer) in zip(answered.rules, answered.pointers, strict=True)
    assert not PersonRow.objects.exists()


WRONG_STATEMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "a fact without a source": (FACT | {"source": ""}, "E-FACT-12"),
    "both in one": (FACT | {"basis": "I think so."}, "E-FACT-12"),
    "an assessment without a basis": (OPINION | {"basis": ""}, "E-FACT-12"),
    "no grade": (OPINION | {"grade_source": None}, "E-GRD-19"),
    "a post that proves itself": (
        OPINION | {"grade_source": "1", "grade_information": "A"},
        "E-GRD-19",
    ),
    "no handling code": (FACT | {"handling": None}, "E-HND-20"),
    "no condition": (OPINION | {"conditions": []}, "E-HND-20"),
    "something sensitive": (FACT | {"sensitive": True}, "E-SEN-03"),
}


def test_what_must_not_be_said_is_refused_by_rule(ada: Caller, cy: Caller) -> None:
    referral = ada.logged()
    place = held(ada, cy, referral=referral)
    for what, (body, rule) in WRONG_STATEMENTS.items():
        sent = body | {"referral": referral.rpartition("/")[2]}
        answered = ada.post(f"{place}/statements", sent)
        assert (answered.status, answered.rules) == (422, [rule]), what
    assert not PersonRow.objects.get().statements.exists()


def test_who_may_not_is_refused_and_it_is_entered(ada: Caller, cy: Caller, dee: Caller) -> None:
    place = held(ada, cy)
    bo, gus = Caller("bo", Role.OFFICER), Caller("gus", Role.APPROVER)
    minor = VICTIM | {"best_interests": "So.", "birth_date": None, "age_basis": "unknown"}
    waits = f"/people/{propose(ada, minor).body['reference']}"
    ola, max_ = Caller("ola", Role.OVERSEER), Caller("max", Role.ADMINISTRATOR)
    tries = [
        (bo.get(f"{place}{LOOK}"), "E-DEF-11"),
        (ola.get(f"{place}{LOOK}"), "E-WHO-02"),
        (max_.get(f"{place}{LOOK}"), "E-WHO-02"),
        (ada.post(f"{waits}/authorise", ANSWERS), "E-WHO-02"),
        (gus.post(f"{waits}/authorise", ANSWERS), "E-CHD-74"),
        (dee.post(f"{waits}/authorise", ANSWERS), "E-WHO-02"),
        (ada.get(f"{place}/contact{LOOK}"), "E-WHO-02"),
        (bo.post(f"{ada.logged()}/people", VICTIM), "E-DEF-11"),
    ]
    assert [(it.status, it.rules) for it, _rule in tries] == [(403, [rule]) for _, rule in tries]
    entered = [bytes(it) for it in EntryRow.objects.values_list("leaf", flat=True)]
    assert sum(it.startswith(b'{"act":"attempt.refuse') for it in entered) == len(tries)
    assert ada.get(f"/people/P-22222222{LOOK}").status == 404
    assert ada.get(f"/people/{place[-8:]}{LOOK}").status == 404


def test_whom_a_key_finds_is_never_answered_from_memory(ada: Caller, cy: Caller) -> None:
    place, through = held(ada, cy), ada.logged()
    body = {"reason": "She rang.", "reference": place.rpartition("/")[2]}
    for _ in range(2):
        before = EntryRow.objects.count()
        found = cy.post(f"{through}/people/search", body, key="once")
        assert [it["name"] for it in found.body["items"]] == [VICTIM["name"]]
        assert EntryRow.objects.count() > before
    assert not RepeatRow.objects.exists()


def test_a_reporters_contact_is_in_a_vault_of_its_own(ada: Caller, cy: Caller) -> None:
    named = ada.post(f"{ada.logged()}/people", VICTIM | {"role": "reporter"})
    assert named.rules == ["E-CON-05"]
    place = held(ada, cy, VICTIM | {"role": "reporter", "name": ""})
    assert ada.get(f"{place}{LOOK}").body["contact"] is None
    assert cy.get(f"{place}{LOOK}").body["contact"] is None
    ria = Caller("ria", Role.RIGHTS_OFFICER)
    assert ria.get(f"{place}{LOOK}").body["contact"] is None
    assert ria.get(f"{place}/contact").rules == ["E-PERS-01"]
    assert ria.get(f"{place}/contact{LOOK}").body == {"contact": VICTIM["contact"]}
    other = held(ada, cy, VICTIM | {"name": "Alba Quince"})
    assert ria.get(f"{other}/contact{LOOK}").body == {"contact": ""}
    assert ada.get(f"{other}{LOOK}").body["contact"] == VICTIM["contact"]
    assert cy.get(f"{other}{LOOK}").body["contact"] is None


def test_a_victim_taken_for_a_suspect_is_put_right(ada: Caller, cy: Caller) -> None:
    referral = ada.logged()
    place = held(ada, cy, suspect(), referral)
    named = {"referral": referral.rpartition("/")[2]}
    new = named | {"role": "victim", "necessity": "They must be warned."}
    assert ada.post(f"{place}/role", new).status == 200
    decided = cy.post(
        f"{place}/role/decisions", named | {"authorise": True, "reason": "We were wrong."}
    )
    assert decided.status == 200
    found = ada.get(f"{place}{LOOK}").body["links"]
    assert [(it["role"], it["ended_at"] is None) for it in found] == [
        ("suspect", False),
        ("victim", True),
    ]
    again = (
        named
        | GROUNDS
        | {"role": "suspect", "necessity": "They must be warned.", "grounds_on": "2026-01-01"}
    )
    assert ada.post(f"{place}/role", again).rules == ["E-CAT-15"]


def test_a_child_of_unknown_age_is_corrected_to_be_under_ten(ada: Caller, cy: Caller) -> None:
    unknown = VICTIM | {"birth_date": None, "age_basis": "unknown"}
    place = held(ada, cy, unknown | {"best_interests": "To be safe from them."})
    ada.post(f"{place}/contest", {"about": "age", "reason": "They are much younger."})
    right = {"name": VICTIM["name"], "age_value": 8, "age_basis": "stated", "reason": "At school."}
    answered = cy.post(f"{place}/corrections", right)
    assert list(zip(answered.rules, answered.pointers, strict=True)) == [
        ("E-CHD-73", "/welfare_reason")
    ]
    right["welfare_reason"] = "They need somebody to fetch them from school."
    assert cy.post(f"{place}/corrections", right).status == 200
    assert PersonRow.objects.get().under_ten
    assert ada.get(f"{place}{LOOK}").body["links"][0]["welfare_reason"] == right["welfare_reason"]


def test_what_is_contested_is_corrected_and_what_is_restricted_is_withheld(
    ada: Caller, cy: Caller, dee: Caller
) -> None:
    referral = ada.logged()
    place = held(ada, cy, referral=referral)
    ada.post(f"{place}/statements", FACT | {"referral": referral.rpartition("/")[2]})
    said = ada.get(f"{place}{LOOK}").body["facts"][0]["id"]
    again = f"{place}/statements/{said}/verification"
    assert ada.post(again, {"reason": "It is still up."}).status == 200
    for about in (said, "name"):
        body = {"about": about, "reason": "It may be wrong."}
        assert ada.post(f"{place}/contest", body).status == 200
    assert ada.post(again, {"reason": "It is still up."}).rules == ["E-PERS-03"]
    read = ada.get(f"{place}{LOOK}").body
    assert (read["contested"], read["facts"][0]["text"]) == (["name"], None)
    assert cy.get(f"{place}{LOOK}").body["facts"][0]["text"] == FACT["text"]
    known = {it: VICTIM[it] for it in ("birth_date", "age_basis")}
    as_at = read["age"]["as_at"]
    right = known | {"name": "Nour Vantage", "reason": "Misspelt.", "age_as_at": as_at}
    assert cy.post(f"{place}/corrections", right).status == 200
    fact = FACT | {"reason": "Another shop.", "text": "It shows another shop."}
    assert cy.post(f"{place}/statements/{said}/correction", fact).status == 200
    assert cy.post(f"{place}/confirm", {"about": "age", "reason": "So."}).rules == ["E-PERS-03"]
    read = ada.get(f"{place}{LOOK}").body
    assert (read["name"], read["facts"][0]["text"]) == ("Nour Vantage", "It shows another shop.")
    body = {"because": "unlawful", "reason": "No basis."}
    assert dee.post(f"{place}/restrict", body).body["standing"] == "restricted"
    read = ada.get(f"{place}{LOOK}").body
    assert (read["name"], read["links"], read["facts"]) == (None, [], [])
    assert dee.get(f"{place}{LOOK}").body["name"] == "Nour Vantage"
    assert cy.post(f"{place}/ask-to-lift", {"reason": "There is one."}).status == 200
    lifted = dee.post(f"{place}/lift", {"agreed": True, "reason": "Seen."})
    assert lifted.body["standing"] == "held"


def test_a_contact_is_contested_and_corrected_and_what_cannot_be_is_named(
    ada: Caller, cy: Caller
) -> None:
    place = held(ada, cy, VICTIM | {"contact": "noor@harbour.example"})
    wrong = ada.post(f"{place}/contest", {"about": "telephone", "reason": "So."})
    assert (wrong.status, wrong.rules) == (409, ["E-PERS-03"])
    assert "name, age, contact" in str(wrong.body)
    body = {"contact": "nour@bay.example", "reason": "They wrote to us."}
    assert cy.post(f"{place}/contact/correction", body).rules == ["E-PERS-03"]
    assert ada.post(f"{place}/contest", {"about": "contact", "reason": "So."}).status == 200
    assert ada.get(f"{place}{LOOK}").body["contested"] == ["contact"]
    assert cy.post(f"{place}/contact/correction", body).status == 200
    assert ada.get(f"{place}{LOOK}").body["contact"] == "nour@bay.example"


def test_a_program_restricts_for_what_a_person_may_and_evidence_is_held(
    ada: Caller, cy: Caller, dee: Caller
) -> None:
    place = held(ada, cy)
    for because in ("not_reviewed", "not_decided_to_tell", "reviewed"):
        body = {"because": because, "reason": "So."}
        assert dee.post(f"{place}/restrict", body).status == 422
    body = {"because": "needed_as_evidence", "reason": "So."}
    assert dee.post(f"{place}/restrict", body).rules == ["E-HOLD-26"]
    last = str(now().date() + timedelta(days=9))
    body |= {"their_reference": "AB/1", "owner": "The court", "expires_on": last}
    assert dee.post(f"{place}/restrict", body).status == 200
    [hold] = dee.get(f"/kept/{place.removeprefix('/people/')}").body["holds"]
    assert (hold["kind"], hold["stands"]) == ("evidence", True)


def test_who_is_refused_leaves_only_the_reason(ada: Caller, cy: Caller) -> None:
    place = f"/people/{propose(ada).body['reference']}"
    assert cy.post(f"{place}/refuse", {"reason": "Not needed."}).body["standing"] == "refused"
    read = cy.get(f"{place}{LOOK}").body
    assert (read["name"], read["age"]) == ("", None)
    assert [it["reason"] for it in read["steps"]] == ["Not needed."]
    assert [it["reason"] for it in ada.get(f"{place}{LOOK}").body["steps"]] == ["Not needed."]


def test_nothing_gives_a_list_of_people(ada: Caller, cy: Caller) -> None:
    held(ada, cy)
    for place in ("/people", "/people/", "/people?reason=x", "/people?q=Noor"):
        assert cy.get(place).status in {404, 405}
