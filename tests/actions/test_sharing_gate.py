"""A package waits for witnesses as a message does, and can be proved by whoever has it.

The log, its signer and the witnesses are real.
"""

from hashlib import sha256

import pytest

from evenhand.actions import emergencies, sharing
from evenhand.ledger.policies import parse_policy
from evenhand.ledger.receipts import parse_receipt
from evenhand.queries import sharing as asked
from evenhand.queries.sharing_gate import passage_of, proof_of
from evenhand.rules.gate import GATE_WAIT, Proof
from evenhand.rules.triage import EmergencyRecord, EmergencyStep
from tests.actions.people import known_person
from tests.actions.sharing import approved, built, in_force, refused_as, released, row
from tests.builders import ADA, CY, OLA, SID
from tests.gates import Gate
from tests.journeys import changing_nothing

pytestmark = pytest.mark.django_db


def proof_now(gate: Gate, package: str) -> Proof | None:
    return passage_of(package, acting=gate.by(SID)).proof


def test_a_package_waits_for_witnesses_and_its_proof_names_the_bytes_that_left(gate: Gate) -> None:
    package = released(gate, known_person(gate), in_force(gate))
    for officer in (SID, OLA, CY):
        gate.by(officer)
    with changing_nothing(), refused_as("E-GATE-01"):
        asked.handed_over(package, acting=gate.by(SID))
    with refused_as("E-LOG-56"):
        proof_of(package, acting=gate.by(SID))
    assert proof_now(gate, package) is Proof.AWAITED
    gate.cosign()
    data = asked.handed_over(package, acting=gate.by(SID))
    receipt = parse_receipt(proof_of(package, acting=gate.by(SID)).encode())
    found = receipt.check(parse_policy(gate.policy()))
    assert {it.key.name for it in found.signed} >= {"east.example/w", "west.example/w"}
    told = receipt.proves()
    assert (told["act"], told["package"]) == ("package.disclose", sha256(data).hexdigest())
    assert told["obj"] == str(row(package).id)
    assert not {"who", "objs", "to", "reason"} & receipt.fields().keys()
    assert proof_now(gate, package) is Proof.ENCLOSED
    with refused_as("E-WHO-02"):
        proof_of(package, acting=gate.by(OLA))
    with refused_as("E-FIND-01"):
        proof_of("D-NOTTHERE", acting=gate.by(SID))


def test_after_ten_minutes_without_witnesses_it_leaves_and_the_proof_follows(gate: Gate) -> None:
    package = released(gate, known_person(gate), in_force(gate))
    gate.now += GATE_WAIT
    assert asked.handed_over(package, acting=gate.by(SID))
    assert proof_now(gate, package) is Proof.OWED
    gate.cosign()
    assert proof_of(package, acting=gate.by(SID))


@pytest.mark.parametrize("when", ["before", "after"])
def test_where_a_life_is_at_risk_a_package_does_not_wait(gate: Gate, when: str) -> None:
    package = approved(gate, built(gate, known_person(gate), in_force(gate)))
    link = row(package).link
    assert link
    done = EmergencyRecord(frozenset({EmergencyStep.CALLED_999}), gate.now, "The police.")
    if when == "before":
        emergencies.record(link.referral.reference, done, acting=gate.by(ADA))
    sharing.release(package, acting=gate.by(SID))
    if when == "after":
        with refused_as("E-GATE-01"):
            asked.handed_over(package, acting=gate.by(SID))
        emergencies.record(link.referral.reference, done, acting=gate.by(ADA))
    assert asked.handed_over(package, acting=gate.by(SID))
    assert proof_now(gate, package) is Proof.OWED


def test_without_witnesses_a_package_waits_for_nobody_and_has_no_proof(gate: Gate) -> None:
    gate.profile("quorum none")
    package = released(gate, known_person(gate), in_force(gate))
    assert asked.handed_over(package, acting=gate.by(SID))
    assert proof_now(gate, package) is None
    with refused_as("E-LOG-56"):
        proof_of(package, acting=gate.by(SID))
