"""Challenges by program: the same rules as on the pages."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.actions import posters, repeats
from evenhand.queries import challenges as known
from evenhand.rules.officers import PUBLIC, WORKER, Acting, Role
from evenhand.rules.referrals import State
from evenhand.store.challenges import ChallengeRow
from evenhand.store.log import OpeningRow
from evenhand.store.machinery import RepeatRow
from tests.api.callers import Caller, now
from tests.journeys import Desk, challenged, row
from tests.ledger import reading

pytestmark = pytest.mark.django_db
SAID = {"outcome": "upheld", "reasons": "It is satire.", "told": "You are right."}


def brought(state: State = State.CHECKED) -> tuple[str, str]:
    """Have a referral challenged; give its reference and the challenge's id."""
    desk = Desk(now=now() - timedelta(days=40))
    reference = desk.brought_to(state)
    return reference, str(challenged(desk, reference))


def test_a_challenge_is_listed_read_and_settled() -> None:
    reference, challenge = brought()
    zoe = Caller("zoe", Role.APPROVER)
    [line] = zoe.get("/challenges").body["items"]
    assert (line["id"], line["standing"], line["has_touched"]) == (challenge, "open", False)
    assert "words" not in line
    found = zoe.get(f"/challenges/{challenge}").body
    assert (found["words"], found["reference"], found["told"]) == (
        "It was a song.", reference, None)  # fmt: skip
    wrong = zoe.post(f"/challenges/{challenge}/settle", {**SAID, "outcome": "open"})
    assert (wrong.status, wrong.rules) == (409, ["E-CHAL-03"])
    done = zoe.post(f"/challenges/{challenge}/settle", SAID, key="k")
    assert (done.status, done.body["standing"], done.body["told"]) == (
        200, "upheld", "You are right.")  # fmt: skip
    assert row(reference).state == State.WITHDRAWN
    again = zoe.post(f"/challenges/{challenge}/settle", SAID)
    assert (again.status, again.rules) == (409, ["E-CHAL-03"])
    errors = zoe.get("/counts/errors").body
    assert errors["upheld"] == 1


def test_its_kept_reply_goes_with_its_referral() -> None:
    reference, challenge = brought()
    zoe = Caller("zoe", Role.APPROVER)
    place = f"/challenges/{challenge}/settle"
    assert zoe.post(place, SAID, key="k").status == 200
    assert list(RepeatRow.objects.values_list("about", flat=True)) == [[reference]]
    assert known.about(UUID(challenge)) == [reference]
    repeats.forget(reference)
    assert zoe.post(place, SAID, key="k").body.get("words") is None


def test_an_attempt_to_settle_names_the_referral_in_the_log() -> None:
    reference, challenge = brought()
    ann = Caller("ann", Role.OFFICER)
    for place in (challenge, str(uuid4())):
        assert ann.post(f"/challenges/{place}/settle", SAID).status == 403
    tried = [
        reading.fields(it.fields).get("obj")
        for it in OpeningRow.objects.select_related("entry").order_by("entry")
        if b'"act":"attempt.refuse"' in bytes(it.entry.leaf)
    ]
    assert tried == [str(row(reference).id), None]


def test_an_officer_may_not_settle_and_what_is_none_is_not_found() -> None:
    ann = Caller("ann", Role.OFFICER)
    assert ann.get("/challenges").status == 403
    zoe = Caller("zoe", Role.APPROVER)
    assert zoe.get(f"/challenges/{uuid4()}").status == 404
    assert zoe.post(f"/challenges/{uuid4()}/settle", SAID).status == 404


def test_the_data_protection_officer_keeps_a_referral_from_posters() -> None:
    desk = Desk(now=now() - timedelta(days=40))
    reference = desk.brought_to(State.SENT, address="https://site.example/withheld")
    dpo = Caller("dot", Role.DPO)
    until = (now() + timedelta(days=30)).date().isoformat()
    said = {"ground": "inquiry", "until": until, "reasons": "It would warn them."}
    done = dpo.post(f"/referrals/{reference}/withholdings", said)
    assert done.status == 200
    far = (now() + timedelta(days=120)).date().isoformat()
    wrong = dpo.post(f"/referrals/{reference}/withholdings", {**said, "until": far})
    assert (wrong.status, wrong.rules) == (422, ["E-CHAL-05"])
    over = {"reason": "The inquiry is over."}
    assert dpo.post(f"/referrals/{reference}/withholdings/end", over).status == 200
    again = dpo.post(f"/referrals/{reference}/withholdings/end", over)
    assert (again.status, again.rules) == (409, ["E-CHAL-06"])
    receipt = posters.ask(
        "https://site.example/withheld", "form", acting=Acting(PUBLIC, now() - timedelta(days=6))
    )
    assert receipt
    posters.answer_due(acting=Acting(WORKER, now()))
    assert not ChallengeRow.objects.exists()


def test_a_platform_is_told_of_a_withdrawal_that_is_owed() -> None:
    desk = Desk(now=now() - timedelta(days=330))
    reference = desk.brought_to(State.SENT)
    desk.now = now() - timedelta(days=1)
    desk.do(reference, "withdraw")
    assert row(reference).withdrawal_owed
    ann = Caller("ann", Role.OFFICER)
    early = ann.post(f"/referrals/{reference}/withdrawal-notices", {})
    assert (early.status, early.rules) == (409, ["E-TRF-69"])
    strange = ann.post(f"/referrals/{reference}/withdrawal-notices", {"transport": "pigeon"})
    assert strange.rules == ["E-SEND-01"]
    desk.sign_off()
    asked = ann.post(f"/referrals/{reference}/withdrawal-notices", {})
    assert asked.status == 202
    other = desk.brought_to(State.SENT)
    by_hand = {
        "transport": "portal",
        "sent_at": now().isoformat(),
        "sent_as_shown": True,
        "witness": "cy",
        "witness_initials": "C",
    }
    refused = ann.post(f"/referrals/{other}/withdrawal-notices", by_hand)
    assert refused.rules == ["E-SEND-04"]
