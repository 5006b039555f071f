"""One package about one person for one named recipient: built, approved, handed over, entered."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema_rs
import pyrage
import pytest
from pyrage.x25519 import Identity

from evenhand.actions import agreements, people_corrections, people_restrictions, sharing
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import agreements as known
from evenhand.queries import sharing as asked
from evenhand.rules.agreements import Field
from evenhand.rules.people import Restriction
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.recalls import Why
from evenhand.rules.sharing import Carrier, QualityLacking, Standing
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.sharing import AgreementRow, RecallRow
from evenhand.store.writing import writing
from tests.actions.people import as_exhibit, known_person, no_assessment_in_force, person, proposed
from tests.actions.sharing import (
    MAY_NOT_LEAVE,
    ONLY_NAME,
    REASON,
    approved,
    broken,
    built,
    digest_of,
    in_force,
    refused_as,
    released,
    row,
    soon,
    staffed,
    touched,
    wanted,
)
from tests.builders import (
    ADA,
    CY,
    DEE,
    GUS,
    KIM,
    NED,
    OLA,
    SAM,
    SID,
    child,
    opinion,
    proposal,
    terms,
)
from tests.journeys import Desk, refused
from tests.ledger.reading import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return staffed()


def last_entry() -> tuple[dict[str, str], dict[str, Any]]:
    entry = EntryRow.objects.latest("number")
    leaf: dict[str, str] = json.loads(bytes(entry.leaf))
    return leaf, fields(OpeningRow.objects.get(entry=entry.number).fields)


def document(package: str) -> dict[str, Any]:
    one = row(package)
    assert one.person
    read: dict[str, Any] = json.loads(unsealed(one, open_record_key(one.person.key), "document"))
    return read


def test_a_disclosure_names_recipient_person_agreement_and_bytes_in_the_log(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = released(desk, someone, agreement)
    leaf, opened = last_entry()
    one, version = row(package), AgreementRow.objects.get(reference=agreement)
    assert (leaf["act"], leaf["s62"]) == ("package.disclose", "disclosure")
    assert opened["recipient"] == version.recipient.code
    assert opened["to"] == str(KIM.ref)
    assert opened["agreement"] == str(version.id)
    assert opened["package"] == bytes(one.package_sha256 or b"").hex()
    assert len(opened["objs"]) == 1 + len(one.statements)
    data = asked.handed_over(package, acting=desk.by(SID))
    assert sha256(data).digest() == bytes(one.package_sha256 or b"")
    assert one.standing == Standing.RELEASED


def test_a_package_holds_what_was_agreed_and_chosen_and_fits_its_published_schema(
    desk: Desk,
) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = built(desk, someone, agreement, fields=ONLY_NAME)
    said = document(package)
    schema = jsonschema_rs.validator_for(dict(asked.schema()))
    schema.validate(said)
    assert said["person"]["name"] == "Noor Vantage"
    assert said["person"]["role"] == "victim"
    assert "birth_date" not in said["person"]
    [fact] = said["statements"]
    assert {"kind", "text", "source", "source_date", "verified_on", "handling"} <= set(fact)
    assert said["gaps"].startswith("Where")
    assert said["handling"]["erase_within_days"] == 90
    for name in said:
        assert not schema.is_valid({key: it for key, it in said.items() if key != name}), name


@pytest.mark.parametrize("role", [PersonRole.VICTIM, PersonRole.SUSPECT])
def test_everything_on_record_can_be_agreed_to_leave(desk: Desk, role: PersonRole) -> None:
    said = proposal(role)
    if role is PersonRole.VICTIM:
        said = replace(said, contact="noor@vantage.example")
    someone = known_person(desk, said=said, statement=opinion())
    review_on = desk.now.date() + timedelta(days=90)
    agreement = in_force(desk, terms(roles=frozenset(PersonRole), review_on=review_on))
    package = built(desk, someone, agreement, consent="The author, by telephone.")
    about = document(package)["person"]
    assert about["birth_date"] == "1990-05-17"
    assert about["referral"].startswith("2026-")
    if role is PersonRole.VICTIM:
        assert about["contact"] == "noor@vantage.example"
    else:
        assert about["offence"]
        assert about["grounds"]
        assert "contact" not in about
    assert document(package)["statements"][0]["grade"] == {"source": "2", "information": "C"}
    assert row(package).consented == row(package).statements


def test_an_age_leaves_in_years_where_the_birth_date_may_not(desk: Desk) -> None:
    born, told = known_person(desk), known_person(desk, said=proposal(age=child(42)))
    nobody_knows = Age(basis=AgeBasis.UNKNOWN, as_at=desk.now.date())
    said = proposal(age=nobody_knows, best_interests="She must be warned.")
    unknown = known_person(desk, said=said)
    desk.now += timedelta(days=3)
    agreement = in_force(desk)
    born_on, told_on = person(born).age_as_at, person(told).age_as_at
    for someone, age in (
        (born, {"value": "36", "as_at": born_on.isoformat(), "basis": "document"}),
        (told, {"value": "42", "as_at": told_on.isoformat(), "basis": "stated"}),
        (unknown, {"value": "", "as_at": nobody_knows.as_at.isoformat(), "basis": "unknown"}),
    ):
        how = {"compelling": "She is in danger."} if someone == unknown else {}
        about = document(built(desk, someone, agreement, fields=frozenset({Field.AGE}), **how))[
            "person"
        ]
        assert about["age"] == age
        assert "birth_date" not in about


def test_how_a_reporter_is_reached_leaves_in_no_package(desk: Desk) -> None:
    said = replace(proposal(PersonRole.REPORTER), contact="Noor Vantage, noor@vantage.example")
    someone = known_person(desk, said=said)
    review_on = desk.now.date() + timedelta(days=90)
    agreement = in_force(desk, terms(roles=frozenset(PersonRole), review_on=review_on))
    with refused_as("E-CON-05"):
        built(desk, someone, agreement)
    package = built(desk, someone, agreement, fields=terms().fields - {Field.CONTACT})
    opened = asked.opened(package, "To decide.", acting=desk.by(CY))
    assert "Vantage" not in repr(opened)
    assert "vantage" not in repr(opened)


def test_a_sealed_package_is_opened_by_its_recipient_alone(desk: Desk, tmp_path: Path) -> None:
    identity = Identity.generate()
    review_on = desk.now.date() + timedelta(days=90)
    lock = str(identity.to_public())
    agreement = in_force(desk, terms(lock=lock, review_on=review_on))
    package = released(desk, known_person(desk), agreement, carrier=Carrier.SEALED)
    data = asked.handed_over(package, acting=desk.by(SID))
    assert json.loads(pyrage.decrypt(data, [identity]))["package"] == package
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(data, [Identity.generate()])
    program = shutil.which("age")
    if program is None:
        pytest.skip("NOT TRIED WITH AN AGE OF OTHERS: install Debian's package age")
    key = tmp_path / "key.txt"
    key.write_text(str(identity))
    opened = subprocess.run([program, "-d", "-i", key], input=data, capture_output=True, check=True)
    assert json.loads(opened.stdout)["package"] == package


@pytest.mark.parametrize(("what", "code"), MAY_NOT_LEAVE)
def test_what_may_not_leave_is_not_built(desk: Desk, what: str, code: str) -> None:
    someone = known_person(desk)
    agreement = in_force(desk, terms(review_on=soon(desk)))
    changes = broken(someone, agreement, what, desk)
    with refused_as(code):
        built(desk, someone, **{"agreement": agreement, **changes})


@pytest.mark.parametrize("consent", ["", "The author."])
def test_what_needs_its_originators_consent_waits_for_it(desk: Desk, consent: str) -> None:
    someone, agreement = known_person(desk, statement=opinion()), in_force(desk)
    if consent:
        assert built(desk, someone, agreement, consent=consent)
        return
    with refused_as("E-HND-20"):
        built(desk, someone, agreement)


def test_whoever_builds_a_package_does_not_approve_it_and_a_changed_one_is_not_approved(
    desk: Desk,
) -> None:
    package = built(desk, known_person(desk), in_force(desk))
    sharing.propose(package, acting=desk.by(SID))
    for officer, digest, code in (
        (replace(SID, roles=CY.roles), digest_of(package), "E-TWO-03"),
        (CY, "00" * 32, "E-SHR-65"),
        (NED, digest_of(package), "E-WHO-02"),
        (DEE, digest_of(package), "E-WHO-02"),
    ):
        acting = replace(desk.by(SID), officer=officer)
        with refused_as(code):
            sharing.approve(package, digest, "Yes.", acting=acting)
    sharing.approve(package, digest_of(package), "Yes.", acting=desk.by(CY))
    with refused_as("E-SHR-66"):
        sharing.approve(package, digest_of(package), "Yes.", acting=desk.by(GUS))


def test_what_became_wrong_after_the_approval_does_not_leave(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = approved(desk, built(desk, someone, agreement))
    touched(someone, standing="contested")
    with refused_as("E-QUAL-16"):
        sharing.release(package, acting=desk.by(SID))
    touched(someone, standing="standing")
    said = terms(review_on=soon(desk))
    agreements.propose(said, agreement, acting=desk.by(NED))
    agreements.sign(agreement, 2, acting=desk.by(DEE))
    with refused_as("E-SHR-63"):
        sharing.release(package, acting=desk.by(SID))


def test_a_package_does_not_leave_whose_name_is_contested_and_is_told_so(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = approved(desk, built(desk, someone, agreement))
    people_corrections.contest(someone, "name", "It is another.", acting=desk.by(ADA))
    with refused(QualityLacking) as told:
        sharing.release(package, acting=desk.by(SID))
    assert "contested on the record: name" in str(told.value)


def test_a_package_about_a_child_takes_a_compelling_reason_and_the_data_protection_officer(
    desk: Desk,
) -> None:
    said = proposal(age=child(), best_interests="She must be warned.")
    someone, agreement = known_person(desk, said=said), in_force(desk)
    with refused_as("E-CHD-75"):
        built(desk, someone, agreement)
    package = built(desk, someone, agreement, compelling="She is threatened today.")
    sharing.propose(package, acting=desk.by(SID))
    sharing.approve(package, digest_of(package), "Yes.", acting=desk.by(CY))
    assert row(package).standing == Standing.PROPOSED
    with refused_as("E-SHR-66"):
        sharing.approve(package, digest_of(package), "Yes.", acting=desk.by(SAM))
    with refused_as("E-SHR-66"):
        sharing.release(package, acting=desk.by(SID))
    assert [it.fact.reference for it in asked.on_the_way(officer=DEE)] == [package]
    sharing.approve(package, digest_of(package), "It protects her.", acting=desk.by(DEE))
    sharing.release(package, acting=desk.by(SID))
    assert asked.one(package, officer=OLA).dpo_by == "Dee"


ON_THE_WAY_OUT: Mapping[str, Callable[[str, str, Desk], object]] = {
    "choose": lambda person, _, desk: asked.choice(person, "A", REASON, acting=desk.by(SID)),
    "build": lambda person, _, desk: sharing.build(
        person, wanted(person, "A"), acting=desk.by(SID)
    ),
    "propose": lambda _, package, desk: sharing.propose(package, acting=desk.by(SID)),
    "approve": lambda _, package, desk: sharing.approve(
        package, digest_of(package), "Yes.", acting=desk.by(CY)
    ),
    "approve as the DPO": lambda _, package, desk: sharing.approve(
        package, digest_of(package), "Yes.", acting=desk.by(DEE)
    ),
    "release": lambda _, package, desk: sharing.release(package, acting=desk.by(SID)),
    "hand over": lambda _, package, desk: asked.handed_over(package, acting=desk.by(SID)),
}
"""Each step that brings a package nearer to leaving."""


def test_without_an_impact_assessment_in_force_nothing_is_shared_but_what_left_is_recalled(
    desk: Desk,
) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = released(desk, someone, agreement)
    no_assessment_in_force(desk)
    for how, step in ON_THE_WAY_OUT.items():
        with refused_as("E-DPIA-58"):
            assert not step(someone, package, desk), how
    sharing.recall_one(package, "It was about another person.", acting=desk.by(SID))
    assert RecallRow.objects.count() == 1


@pytest.mark.parametrize("how", ["drop", "refuse"])
def test_what_is_dropped_or_refused_never_leaves(desk: Desk, how: str) -> None:
    package = built(desk, known_person(desk), in_force(desk))
    sharing.propose(package, acting=desk.by(SID))
    if how == "drop":
        sharing.drop(package, acting=desk.by(SID))
    else:
        sharing.refuse(package, "It is not needed.", acting=desk.by(CY))
    with refused_as("E-SHR-66"):
        sharing.approve(package, digest_of(package), "Yes.", acting=desk.by(CY))
    assert asked.ledger(officer=OLA).lines == []


def test_a_package_is_opened_for_a_reason_that_the_log_commits_to(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = built(desk, someone, agreement, fields=ONLY_NAME)
    own = asked.opened(package, "", acting=desk.by(SID))
    assert own.reason == REASON
    assert own.left_out[Field.BIRTH_DATE]
    leaf, opened = last_entry()
    assert leaf["act"] == "person.consult"
    assert opened["obj"] == str(person(someone).id)
    with refused_as("E-PERS-01"):
        asked.opened(package, "", acting=desk.by(CY))
    assert asked.opened(package, "To decide.", acting=desk.by(CY)).contents["package"] == package
    with refused_as("E-WHO-02"):
        asked.opened(package, "To look.", acting=desk.by(OLA))
    with refused_as("E-FIND-01"):
        asked.handed_over(package, acting=desk.by(SID))


def test_what_could_leave_is_shown_for_a_reason_with_what_keeps_the_rest(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    found = asked.choice(someone, agreement, REASON, acting=desk.by(SID))
    assert [it.role for it in found.roles] == [PersonRole.VICTIM]
    assert [list(it.faults) for it in found.said] == [[]]
    for standing in ("contested", "restricted", "replaced"):
        touched(someone, standing=standing)
        [said] = asked.choice(someone, agreement, REASON, acting=desk.by(SID)).said
        assert [it.code for it in said.faults] == ["E-QUAL-16"]
        assert said.text is None
    for reference, under, reason, code in (
        (someone, "A-NOTTHERE", REASON, "E-FIND-01"),
        ("P-NOTTHERE", agreement, REASON, "E-FIND-01"),
        (someone, agreement, " ", "E-PERS-01"),
    ):
        with refused_as(code):
            asked.choice(reference, under, reason, acting=desk.by(SID))


def restricted(desk: Desk, someone: str) -> None:
    because = Restriction.NEEDED_AS_EVIDENCE
    people_restrictions.restrict(
        someone, because, "It is evidence.", evidence=as_exhibit(desk), acting=desk.by(DEE)
    )


def late(desk: Desk, someone: str) -> None:
    """Let the day of review go by; no worker has come."""
    review_on = person(someone).review_on
    desk.now += review_on - desk.now.date() + timedelta(days=1)


CLOSED: Mapping[str, Callable[[Desk, str], None]] = {"restricted": restricted, "late": late}


@pytest.mark.parametrize("how", CLOSED)
def test_of_a_closed_record_no_word_reaches_who_shares_or_approves(desk: Desk, how: str) -> None:
    someone = known_person(desk)
    agreement = in_force(desk, terms(review_on=desk.now.date() + timedelta(days=300)))
    left, under_way = released(desk, someone, agreement), built(desk, someone, agreement)
    CLOSED[how](desk, someone)
    looks = EntryRow.objects.count()
    for ask in (
        lambda: asked.choice(someone, agreement, REASON, acting=desk.by(SID)),
        lambda: asked.opened(under_way, REASON, acting=desk.by(SID)),
        lambda: asked.opened(left, REASON, acting=desk.by(CY)),
        lambda: asked.handed_over(left, acting=desk.by(SID)),
    ):
        with refused_as("E-RET-28"):
            ask()
    assert EntryRow.objects.count() == looks
    assert asked.opened(left, REASON, acting=desk.by(DEE)).contents["package"] == left


def test_nothing_is_chosen_from_a_record_that_nobody_authorised(desk: Desk) -> None:
    agreement = in_force(desk)
    with refused_as("E-PERS-03"):
        asked.choice(proposed(desk), agreement, REASON, acting=desk.by(SID))


def test_a_recalled_package_is_handed_to_nobody_and_opened_by_who_answers_for_rights(
    desk: Desk,
) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    left, under_way = released(desk, someone, agreement), built(desk, someone, agreement)
    another = released(desk, someone, agreement)
    sharing.recall_one(left, "It was about another person.", acting=desk.by(SID))
    with refused_as("E-QUAL-16"):
        asked.handed_over(left, acting=desk.by(SID))
    assert asked.handed_over(another, acting=desk.by(SID))
    with writing() as pen:
        sharing.recall(person(someone).id, Why.RECTIFIED, pen, acting=desk.by(CY))
        pen.enter(Entry(act=Act.PERSON_CORRECTED, at=desk.now, who=CY.ref))
    for package in (another, under_way):
        with refused_as("E-QUAL-16"):
            asked.opened(package, REASON, acting=desk.by(CY))
        assert asked.opened(package, REASON, acting=desk.by(DEE)).contents["package"] == package
    assert [it.recalled for it in asked.ledger(officer=OLA).lines] == [True, True]


def test_what_is_contested_is_handed_to_nobody_and_opened_by_who_settles_it(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = released(desk, someone, agreement)
    people_corrections.contest(someone, "name", "It is another.", acting=desk.by(ADA))
    with refused_as("E-QUAL-16"):
        asked.handed_over(package, acting=desk.by(SID))
    people_corrections.confirm(someone, "name", "The document says so.", acting=desk.by(CY))
    assert asked.handed_over(package, acting=desk.by(SID))
    touched(someone, standing="contested")
    for ask in (
        lambda: asked.handed_over(package, acting=desk.by(SID)),
        lambda: asked.opened(package, REASON, acting=desk.by(SID)),
    ):
        with refused_as("E-QUAL-16"):
            ask()
    assert asked.opened(package, REASON, acting=desk.by(CY)).contents["package"] == package


def test_the_ledger_tells_who_was_told_and_nothing_of_what(desk: Desk) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    packages = [released(desk, someone, agreement, fields=ONLY_NAME) for _ in range(2)]
    lines = asked.ledger(officer=OLA).lines
    assert [it.fact.reference for it in lines] == packages[::-1]
    assert "Noor" not in repr(lines)
    assert {it.organisation for it in lines} == {"Neighbour Police"}
    assert known.published(today=desk.now.date())[0].reference == agreement


def test_when_a_person_is_erased_the_ledger_keeps_its_lines_and_loses_every_word(
    desk: Desk,
) -> None:
    someone, agreement = known_person(desk), in_force(desk)
    package = released(desk, someone, agreement)
    one: PersonRow = person(someone)
    with writing() as pen:
        assert sharing.recall(one.id, Why.ERASED, pen, acting=desk.by(SID)) == 1
        with refused_as("E-RECALL-18"):
            sharing.forget(one.id)
        RecallRow.objects.update(sent_at=desk.now, in_the_post=False)
        sharing.forget(one.id)
        pen.enter(Entry(act=Act.PERSON_REFUSED, at=desk.now, who=SID.ref))
    left = row(package)
    assert (left.person, left.link, left.document, left.package, left.reason) == (None,) * 5
    assert asked.one(package, officer=OLA).package_sha256
    with refused_as("E-FIND-01"):
        asked.opened(package, "To look.", acting=desk.by(SID))
    with refused_as("E-FIND-01"):
        sharing.recall_one(package, "It was wrong.", acting=desk.by(SID))


def test_a_package_that_has_not_left_is_dropped_and_not_recalled(desk: Desk) -> None:
    package = built(desk, known_person(desk), in_force(desk))
    with refused_as("E-SHR-66"):
        sharing.recall_one(package, "It was wrong.", acting=desk.by(SID))
