"""Sharing by pages: an agreement, a package read before it leaves, its approval, and a recall."""

from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from evenhand.actions import agreements, drafts
from evenhand.actions import recalls as recalling
from evenhand.actions import sharing as disclosing
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.ledger.receipts import parse_receipt
from evenhand.queries import agreements as known
from evenhand.queries import recalls
from evenhand.rules.gate import GATE_WAIT
from evenhand.rules.officers import WORKER
from evenhand.rules.sharing import Standing
from evenhand.store.log import EntryRow
from evenhand.store.machinery import DraftRow
from evenhand.store.people import PersonRow
from evenhand.store.sharing import DisclosureRow
from evenhand.store.writing import writing
from tests.actions.people import known_person
from tests.actions.sharing import (
    MAY_NOT_LEAVE,
    built,
    case,
    digest_of,
    in_force,
    released,
    row,
    staffed,
    touched,
    wanted,
)
from tests.actions.test_cosigning import Log
from tests.builders import CY, DEE, KIM, NED, OLA, SID, child, fact, proposal, terms
from tests.gates import Gate
from tests.journeys import Desk
from tests.web.filling import carried, check_valid, entered, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
AGREEMENT = {
    "organisation": "Neighbour Police",
    "kind": "police",
    "country": "GB",
    "transfer": "at_home",
    "people": "Kim Lee, kim@neighbour.example\nLu Park",
    "purpose": "Protect <victims> there.",
    "enactment": "Police Act 1996 s.6",
    "guidance": "For this purpose only.",
    "fields_agreed": ["name", "facts"],
    "roles": ["victim"],
    "keep_days": "90",
    "recall_days": "2",
}


@pytest.fixture
def desk() -> Desk:
    desk = staffed()
    desk.now = now() - timedelta(hours=2)
    return desk


def day(name: str, days: int) -> dict[str, str]:
    at = now() + timedelta(days=days)
    return {f"{name}_{part}": str(getattr(at, part)) for part in ("day", "month", "year")}


def agreed(desk: Desk, **changes: Any) -> str:
    return in_force(desk, terms(review_on=now().date() + timedelta(days=90), **changes))


def last() -> str:
    return DisclosureRow.objects.latest("built_at").reference


@pytest.mark.usefixtures("desk")
def test_an_agreement_is_proposed_signed_changed_and_ended_on_pages() -> None:
    ned, dee = signed_in(NED), signed_in(DEE)
    done = fill(ned, "/sharing/agreements/propose/", **AGREEMENT, **day("review_on", 90))
    page = text_of(ned.get(done["Location"]))
    assert "Waiting to be signed" in page
    assert "Protect &lt;victims&gt; there." in page
    assert "Sign version 1" not in page
    shown = dee.get(done["Location"])
    check_valid(shown)
    assert "Sign version 1" in text_of(shown)
    dee.post(done["Location"] + "act/", {"sign": "1"})
    assert "In force" in text_of(ned.get("/sharing/"))
    change = done["Location"] + "change/"
    sent = entered(ned.get(change)) | {"kind": ["police"], "purpose": ["Another purpose"]}
    assert ned.post(change, sent).status_code == 302
    found = known.versions(known.current(officer=OLA).lines[0].agreement.reference, officer=OLA)
    assert [it.agreement.terms.purpose for it in found] == [
        "Another purpose",
        "Protect <victims> there.",
    ]
    assert {len(it.agreement.terms.people) for it in found} == {2}
    dee.post(done["Location"] + "act/", {"end": "end"})
    assert "There is no agreement." in text_of(ned.get("/sharing/"))


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"purpose": " "}, "Enter the purpose"),
        ({"country": "gb"}, "E-SHR-64"),
        ({"transfer": "approved"}, "E-TRF-68"),
        ({"lock": "age1no"}, "E-SHR-64"),
        ({"fields_agreed": []}, "Select what may leave"),
        ({"keep_days": ""}, "Enter how many days the recipient may keep a package"),
        ({"people": "Kim, nowhere"}, "E-SHR-64"),
        ({"review_on_year": "2040"}, "E-SHR-64"),
    ],
)
def test_an_agreement_that_leaves_something_open_is_refused_with_its_answers_kept(
    changes: dict[str, Any], told: str
) -> None:
    said = {**AGREEMENT, **day("review_on", 90), **changes}
    refused = fill(signed_in(NED), "/sharing/agreements/propose/", **said)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert "Neighbour Police" in text_of(refused)


@pytest.mark.usefixtures("desk")
def test_a_closed_kind_is_opened_by_two_on_pages() -> None:
    ned, dee = signed_in(NED), signed_in(DEE)
    opening = {"enactment": "Housing Act s.1", **day("expires_on", 30)}
    late = opening | {"expires_on_year": "2040"}
    refused = fill(ned, "/sharing/kinds/housing/open/", **late)
    assert "E-SHR-64" in text_of(refused)
    fill(ned, "/sharing/kinds/housing/open/", **opening)
    shown = dee.get("/sharing/kinds/")
    check_valid(shown)
    assert "Approve opening Housing" in text_of(shown)
    dee.post("/sharing/kinds/housing/act/", {"approve": "yes"})
    assert "Housing Act s.1" in text_of(ned.get("/sharing/kinds/"))
    ned.post("/sharing/kinds/housing/act/", {"close": "yes"})
    assert "Housing Act s.1" not in text_of(ned.get("/sharing/kinds/"))
    assert ned.post("/sharing/kinds/housing/act/", {"close": "yes"}).status_code == 409
    assert ned.get("/sharing/kinds/moon/open/").status_code == 422


def chosen(client: Client, someone: str, agreement: str) -> Any:
    """Go as far as the page that asks what goes into the package."""
    look = {"person": someone, "agreement": agreement, "reason": "She is threatened there."}
    assert client.get("/sharing/share/").status_code == 200
    shown = client.post("/sharing/share/", look)
    assert shown.status_code == 200, text_of(shown)
    check_valid(shown)
    return shown


def test_a_package_is_chosen_read_approved_and_handed_over_step_by_step(desk: Desk) -> None:
    agreement = agreed(desk, fields=terms().fields - {"birth_date", "grounds"})
    someone = known_person(desk)
    sid, cy = signed_in(SID), signed_in(CY)
    shown = chosen(sid, someone, agreement)
    row_wanted = wanted(someone, agreement)
    said = carried(shown) | {
        "link": str(row_wanted.link),
        "recipient": str(KIM.ref),
        "fields_chosen": ["name"],
        "statements": [str(it) for it in row_wanted.statements],
        "checked": "on",
        "gaps": "Where she lives is not known.",
        "carrier": "printed",
    }
    refused = sid.post("/sharing/share/", said | {"gaps": " "})
    assert refused.status_code == 422
    check_valid(refused)
    done = sid.post("/sharing/share/", said)
    assert done.status_code == 302, text_of(done)
    page = sid.get(done["Location"])
    check_valid(page)
    for words in (
        "Exactly what leaves",
        "Noor Vantage",
        "What stays here",
        "The agreement does not let it leave",
        "Not chosen",
    ):
        assert words in text_of(page), words
    act, package = done["Location"] + "act/", last()
    sid.post(act, carried(page) | {"propose": "yes"})
    before = cy.get(done["Location"])
    check_valid(before)
    assert "Noor" not in text_of(before)
    assert cy.post(done["Location"], {"reason": ""}).status_code == 422
    assert cy.post(done["Location"], {"reason": " "}).status_code == 422
    assert b'"act":"attempt.refuse"' in bytes(EntryRow.objects.latest("number").leaf)
    opened = cy.post(done["Location"], {"reason": "To decide on it."})
    check_valid(opened)
    assert "Noor Vantage" in text_of(opened)
    answer = carried(opened)
    wrong = cy.post(done["Location"] + "approve/", answer | {"answer": "approve", "why": ""})
    assert wrong.status_code == 422
    assert "Noor Vantage" in text_of(wrong)
    other = answer | {"answer": "approve", "why": "Yes.", "digest": "00"}
    assert cy.post(done["Location"] + "approve/", other).status_code == 409
    cy.post(done["Location"] + "approve/", answer | {"answer": "approve", "why": "Yes."})
    assert row(package).standing == Standing.APPROVED
    sid.post(act, {"release": "yes"})
    printed = sid.get(done["Location"] + "print/")
    check_valid(printed)
    assert f"Package {package} for Kim Lee, Neighbour Police." in text_of(printed)
    assert "Shown to Sid" in text_of(printed)
    assert cy.get(done["Location"] + "print/").status_code == 403
    assert package in text_of(signed_in(OLA).get("/sharing/packages/"))


@pytest.mark.parametrize(("what", "code"), MAY_NOT_LEAVE)
def test_what_may_not_leave_is_not_built_from_a_page(desk: Desk, what: str, code: str) -> None:
    someone, it = case(desk, what, now())
    said = {
        "person": someone,
        "agreement": it.agreement,
        "reason": it.reason,
        "link": str(it.link),
        "recipient": str(it.recipient),
        "fields_chosen": sorted(it.fields - {"facts", "assessments"}),
        "statements": [str(one) for one in it.statements],
        "checked": "on" if it.checked else "",
        "gaps": it.gaps,
        "carrier": it.carrier,
    }
    refused = signed_in(SID).post("/sharing/share/", said)
    assert refused.status_code in ({403} if code == "E-PUR-09" else {404, 409, 422})
    check_valid(refused)
    # A page offers only what may leave: what cannot be chosen is refused before the rule is asked.
    page = text_of(refused)
    offered = ("Select", "Compare identity", "Say what is missing", "Say why", "no such agreement")
    assert code in page or any(it in page for it in offered), page
    assert DisclosureRow.objects.count() == 0


def test_what_cannot_leave_now_is_shown_with_why(desk: Desk) -> None:
    agreement = agreed(desk)
    desk.now = now() - timedelta(days=9)
    someone = known_person(desk)
    page = text_of(chosen(signed_in(SID), someone, agreement))
    assert "What cannot leave now" in page
    assert "E-QUAL-16" in page
    refused = signed_in(SID).post(
        "/sharing/share/",
        {"person": "P-NOTTHERE", "agreement": agreement, "reason": "Why not?"},
    )
    assert refused.status_code == 404


def test_words_that_do_not_stand_are_not_shown_to_who_shares(desk: Desk) -> None:
    someone, agreement = known_person(desk), agreed(desk)
    touched(someone, standing="contested")
    page = text_of(chosen(signed_in(SID), someone, agreement))
    assert "A statement that is withheld" in page
    assert fact().text not in page


@pytest.mark.parametrize("what", ["restricted", "contested"])
def test_a_package_of_words_that_are_closed_is_dropped_unread(desk: Desk, what: str) -> None:
    someone, agreement = known_person(desk), agreed(desk)
    package, left = built(desk, someone, agreement), released(desk, someone, agreement)
    if what == "restricted":
        past = now().date() - timedelta(days=1)
        with writing() as pen:
            PersonRow.objects.update(start_on=past, review_on=past)
            pen.enter(Entry(act=Act.RECORD_DATED, at=desk.now, who=SID.ref))
    else:
        touched(someone, standing="contested")
    sid = signed_in(SID)
    address = f"/sharing/packages/{package}/"
    page = sid.get(address)
    check_valid(page)
    assert "Noor" not in text_of(page)
    refused = sid.post(address, {"reason": "To read it again."})
    assert refused.status_code == (403 if what == "restricted" else 409)
    assert sid.get(f"/sharing/packages/{left}/print/").status_code == refused.status_code
    sid.post(f"{address}act/", carried(page) | {"drop": "yes"})
    assert row(package).standing == Standing.DROPPED


def test_what_was_written_of_somebody_is_forgotten_with_their_record(desk: Desk) -> None:
    someone, agreement = known_person(desk), agreed(desk)
    package = built(desk, someone, agreement)
    disclosing.propose(package, acting=desk.by(SID))
    sid, cy = signed_in(SID), signed_in(CY)
    building = carried(chosen(sid, someone, agreement)) | {"person": f" {someone.lower()} "}
    address = f"/sharing/packages/{package}/"
    answering = carried(cy.post(address, {"reason": "To decide."}))
    Session.objects.all().delete()
    sid.post("/sharing/share/", building | {"gaps": "Where she lives is not known."})
    cy.post(f"{address}approve/", answering | {"answer": "refuse", "why": "Too much."})
    assert DraftRow.objects.count() == 2
    drafts.drop_everyones(someone)
    assert not DraftRow.objects.exists()


@pytest.mark.parametrize("answer", ["approve", "refuse"])
def test_a_child_needs_the_data_protection_officer_who_may_refuse(desk: Desk, answer: str) -> None:
    said = proposal(age=child(), best_interests="She must be warned.")
    someone, agreement = known_person(desk, said=said), agreed(desk)
    package = built(desk, someone, agreement, compelling="She is threatened today.")
    disclosing.propose(package, acting=desk.by(SID))
    disclosing.approve(package, digest_of(package), "Yes.", acting=desk.by(CY))
    dee = signed_in(DEE)
    assert package in text_of(dee.get("/sharing/"))
    address = f"/sharing/packages/{package}/"
    opened = dee.post(address, {"reason": "To decide on it."})
    assert "She is threatened today." in text_of(opened)
    dee.post(f"{address}approve/", carried(opened) | {"answer": answer, "why": "So."})
    there = Standing.APPROVED if answer == "approve" else Standing.REFUSED
    assert row(package).standing == there
    assert package in text_of(dee.get(address))


def test_a_recall_is_read_sent_and_acknowledged_on_pages(desk: Desk) -> None:
    package = released(desk, known_person(desk), agreed(desk))
    sid = signed_in(SID)
    address = f"/sharing/packages/{package}/"
    page = text_of(sid.get(address))
    assert "Tell the recipient that it was wrong" in page
    assert f"{address}print/" in page
    assert sid.post(f"{address}act/", {"reason": ""}).status_code == 422
    sid.post(f"{address}act/", {"reason": "It was about another person."})
    page = text_of(sid.get(address))
    assert "It is not handed over any more" in page
    assert f"{address}print/" not in page
    assert sid.get(f"{address}print/").status_code == 409
    recall = recalls.waiting(officer=OLA).lines[0].ref
    recalling.give_up(recall, acting=desk.by(WORKER))
    listed = sid.get("/sharing/recalls/")
    check_valid(listed)
    assert package in text_of(listed)
    page = f"/sharing/recalls/{recall}/"
    check_valid(sid.get(page))
    sid.post(f"{page}send/", {"email": "yes"})
    assert "On its way" in text_of(sid.get(page))
    recalling.give_up(recall, acting=desk.by(WORKER))
    assert "Could not be sent" in text_of(sid.get(page))
    sid.post(f"{page}send/", {"paper": "yes"})
    assert "Waiting for the recipient" in text_of(sid.get(page))
    assert fill(sid, page, **day("on", 9)).status_code == 409
    fill(sid, page, **day("on", 0))
    assert "Acknowledged" in text_of(sid.get(page))
    assert "No recall is open." in text_of(sid.get("/sharing/recalls/"))


def test_a_package_that_waits_for_witnesses_says_so_and_then_comes_with_its_proof(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, proof = "Show it to be printed", "Take the proof"
    with ExitStack() as running:
        gate = Gate(Log(tmp_path, running), monkeypatch)
        gate.now = now() - 5 * GATE_WAIT
        someone, agreement = known_person(gate), agreed(gate)
        late = f"/sharing/packages/{released(gate, someone, agreement)}/"
        gate.now = now()
        address = f"/sharing/packages/{released(gate, someone, agreement)}/"
        gate.by(OLA)
        sid = signed_in(SID)
        page = sid.get(late)
        check_valid(page)
        assert "Say so to the recipient" in text_of(page)
        assert take in text_of(page)
        assert proof not in text_of(page)
        assert "Not witnessed yet: the proof follows." in text_of(sid.get(f"{late}print/"))
        page = sid.get(address)
        check_valid(page)
        assert "Witnesses have not cosigned its release yet" in text_of(page)
        assert take not in text_of(page)
        assert [sid.get(address + it).status_code for it in ("print/", "proof/")] == [409, 409]
        gate.cosign()
        for one in (late, address):
            page = sid.get(one)
            check_valid(page)
            assert take in text_of(page)
            assert proof in text_of(page)
            given = sid.get(f"{one}proof/")
            assert given["Content-Disposition"].endswith('.tlog-proof"')
            assert parse_receipt(given.content).proves()["act"] == "package.disclose"
            assert "Not witnessed" not in text_of(sid.get(f"{one}print/"))
        assert proof not in text_of(signed_in(OLA).get(address))


def test_a_sealed_package_is_a_file_to_be_handed_over(desk: Desk) -> None:
    from pyrage.x25519 import Identity

    from evenhand.rules.sharing import Carrier

    agreement = agreed(desk, lock=str(Identity.generate().to_public()))
    package = released(desk, known_person(desk), agreement, carrier=Carrier.SEALED)
    file = signed_in(SID).get(f"/sharing/packages/{package}/file/")
    assert file["Content-Disposition"] == f'attachment; filename="{package}.age"'
    assert file.content.startswith(b"age-encryption.org/v1")


def test_pages_of_sharing_take_few_queries_however_much_there_is(desk: Desk) -> None:
    someone, agreement = known_person(desk), agreed(desk)
    package = released(desk, someone, agreement)
    sid, ola = signed_in(SID), signed_in(OLA)
    for client in (sid, ola):
        client.get("/sharing/")
    places = (
        "/sharing/",
        "/sharing/packages/",
        "/sharing/recalls/",
        f"/sharing/packages/{package}/",
    )
    few = [queries_of(partial(sid.get, place)) for place in places]
    for _ in range(3):
        agreements.propose(terms(review_on=now().date() + timedelta(days=9)), acting=desk.by(NED))
        built(desk, someone, agreement)
        other = released(desk, someone, agreement)
        disclosing.recall_one(other, "It was wrong.", acting=desk.by(SID))
    assert [queries_of(partial(sid.get, place)) for place in places] == few
    assert max(few) <= 5
    assert queries_of(lambda: ola.get("/sharing/packages/")) <= 3
