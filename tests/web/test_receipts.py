"""The receipt of an entry, from the history of what it is about."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from evenhand.actions import posters
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.receipts import parse_receipt
from evenhand.rules.officers import PUBLIC, Acting, Role
from evenhand.rules.public_doors import LIMITS, Door
from evenhand.rules.referrals import State
from tests.actions.people import known_person
from tests.actions.sharing import built, in_force, staffed
from tests.actions.test_disposal import dispose_of
from tests.actions.test_platform_links import token_of
from tests.api.callers import Caller, now
from tests.api.test_sharing import by
from tests.builders import ADA, CY, LEE, OLA, RON, SID, terms
from tests.journeys import Desk, told
from tests.signers import running_signer
from tests.web.filling import carried, invalid_html
from tests.web.people import queries_of, signed_in, text_of
from tests.web.test_challenging import without_numbers
from tests.web.test_reporting import receipt_in
from tests.web.test_reporting import sent as reported

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def test_the_history_leads_to_the_receipt_of_each_entry(settings: Any, tmp_path: Path) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = Desk()
    reference = desk.log()
    client = signed_in(ADA)
    page = client.get(f"/referrals/{reference}/history/")
    [address] = [it.split('"')[0] for it in text_of(page).split('href="') if "/receipt/" in it[:60]]
    assert "Entry #" in text_of(page)
    early = client.get(address)
    assert early.status_code == 409
    assert "not signed as far as this entry yet" in text_of(early)
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=desk.now)
    found = client.get(address)
    index = parse_receipt(found.content).proof.index
    assert f"Entry {index} of the log" in text_of(client.get(f"/referrals/{reference}/history/"))
    assert found.status_code == 200
    assert found.headers["Content-Disposition"].startswith(
        f'attachment; filename="receipt-{reference}'
    )
    assert parse_receipt(found.content).fields().keys() == {"at", "obj", "ver"}
    assert client.get(f"/referrals/{reference}/history/999999/receipt/").status_code == 404


def test_a_program_gets_the_same_receipt(settings: Any, tmp_path: Path) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    ada = Caller("ada", Role.OFFICER)
    history = f"{ada.logged()}/history"
    number = ada.get(history).body["items"][0]["number"]
    early = ada.get(f"{history}/{number}/receipt")
    assert (early.status, early.rules) == (409, ["E-LOG-56"])
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=now())
    found = ada.get(f"{history}/{number}/receipt")
    assert (found.status, found.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert parse_receipt(found.raw).fields().keys() == {"at", "obj", "ver"}
    assert ada.get(f"{history}/999999/receipt").rules == ["E-FIND-01"]
    assert ada.get(f"{history}/0/receipt").status == 422
    assert ada.get(f"{history}/one/receipt").status == 422


def links_to_receipts(page: str) -> list[str]:
    return [it.split('"')[0] for it in page.split('href="') if "/receipt/" in it.split('"')[0]]


def test_the_record_of_a_person_leads_to_its_history_and_receipts_for_a_reason(
    settings: Any, tmp_path: Path
) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = Desk(now=now() - timedelta(minutes=30))
    record = f"/people/{known_person(desk)}/"
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=desk.now)
    client = signed_in(ADA)
    asked = client.get(f"{record}history/")
    assert asked.headers["Location"].startswith(f"{record}?onward=")
    onward = client.post(asked.headers["Location"], {"reason": "To warn them."})
    assert onward.headers["Location"] == f"{record}history/"
    assert f'href="{record}history/"' in text_of(client.get(record))
    page = text_of(client.get(f"{record}history/"))
    assert "Noor" not in page
    addresses = links_to_receipts(page)
    assert len(addresses) == 3
    for address in addresses:
        found = client.get(address)
        assert parse_receipt(found.content).fields().keys() == {"at", "obj", "ver"}
        assert "no-store" in found.headers["Cache-Control"]
    client = signed_in(CY)
    assert client.get(addresses[0]).headers["Location"].startswith(f"{record}?onward=")


def test_a_package_leads_to_its_history_and_receipts(settings: Any, tmp_path: Path) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = staffed()
    package = built(desk, known_person(desk), in_force(desk))
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=desk.now)
    client = signed_in(OLA)
    place = f"/sharing/packages/{package}/history/"
    assert f'href="{place}"' in text_of(client.get(f"/sharing/packages/{package}/"))
    [address] = links_to_receipts(text_of(client.get(place)))
    assert parse_receipt(client.get(address).content).fields().keys() == {"at", "obj", "ver"}


def test_a_certificate_leads_to_the_receipt_of_its_disposal(settings: Any, tmp_path: Path) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = Desk()
    for officer in (RON, LEE, OLA):
        desk.by(officer)
    certificate = dispose_of(desk, desk.brought_to(State.CLOSED))
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=desk.now)
    client = signed_in(OLA)
    [address] = links_to_receipts(text_of(client.get(f"/disposal/certificates/{certificate}/")))
    assert parse_receipt(client.get(address).content).fields().keys() == {"at", "obj", "ver"}
    by_program = Caller("ria", Role.RIGHTS_OFFICER).get(f"/certificates/{certificate}/receipt")
    assert parse_receipt(by_program.raw).fields().keys() == {"at", "obj", "ver"}
    assert "E-FIND-01" in Caller("rae", Role.DPO).get("/certificates/C-AAAAAAAA/receipt").rules


def test_a_program_gets_the_receipts_of_a_person_and_a_package(
    settings: Any, tmp_path: Path
) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = staffed()
    desk.now = now() - timedelta(hours=2)
    person = known_person(desk)
    package = built(desk, person, in_force(desk, terms(review_on=now().date() + MONTH)))
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=desk.now)
    sid = by(SID)
    assert sid.get(f"/people/{person}/history").rules == ["E-PERS-01"]
    assert sid.get(f"/people/{person}?reason=To%20warn%20them").status == 200
    for record in (f"/people/{person}", f"/disclosures/{package}"):
        lines = sid.get(f"{record}/history").body["items"]
        for line in lines:
            found = sid.get(f"{record}/history/{line['number']}/receipt")
            assert parse_receipt(found.raw).proves()["act"] == line["act"]
        assert sid.get(f"{record}/history?cursor={lines[-1]['number']}").body["items"] == []


def the_button(page: str, action: str) -> dict[str, str]:
    """Give what the form behind a download sends."""
    form = page.split(f'action="{action}"')[1].split("</form>", maxsplit=1)[0]
    return {"receipt": form.split('name="receipt" value="')[1].split('"')[0]}


def test_whoever_answers_by_the_link_downloads_the_receipt(settings: Any, tmp_path: Path) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = Desk(now=now() - timedelta(days=60))
    reference = desk.brought_to(State.SENT)
    other = desk.brought_to(State.SENT, address="https://site1.example/another")
    client, link = Client(), f"/public/answer/{token_of(reference)}/"
    form = client.get(f"{link}received/")
    client.post(f"{link}received/", carried(form) | {"their_reference": "CASE-7"})
    early = client.get(link)
    assert "about a minute after you answered" in text_of(early)
    assert links_to_receipts_of_answers(text_of(early)) == []
    too_early = client.get(f"{link}receipts/1/")
    assert (too_early.status_code, "E-LOG-56" in text_of(too_early)) == (409, True)
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=desk.now)
    page = client.get(link)
    assert invalid_html(page) == []
    assert queries_of(lambda: client.get(link)) <= 10
    [place] = links_to_receipts_of_answers(text_of(page))
    assert place == f"{link}receipts/1/"
    found = client.get(place)
    assert parse_receipt(found.content).proves()["act"] == "answer.give"
    assert 'filename="receipt-of-answer-1' in found.headers["Content-Disposition"]
    assert "no-store" in found.headers["Cache-Control"]
    for wrong in (f"{link}receipts/2/", f"/public/answer/{token_of(other)}/receipts/1/"):
        assert client.get(wrong).status_code == 404


def links_to_receipts_of_answers(page: str) -> list[str]:
    return [it.split('"')[0] for it in page.split('href="') if "/receipts/" in it.split('"')[0]]


def test_whoever_reported_downloads_the_proof_where_the_number_is_looked_up(
    settings: Any, tmp_path: Path
) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    client, place = Client(), "/public/report/receipt/log"
    number = receipt_in(reported(client))
    look = {"receipt": number}
    assert place not in text_of(client.post("/public/report/receipt", look))
    early = client.post(place, look)
    assert (early.status_code, "not signed as far" in text_of(early)) == (409, True)
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=now())
    page = client.post("/public/report/receipt", look)
    assert invalid_html(page) == []
    found = client.post(place, the_button(text_of(page), place))
    said = parse_receipt(found.content)
    assert said.proves()["act"] == "report.receive"
    assert said.fields().keys() == {"at"}
    assert number.encode() not in found.content
    guessed = {"receipt": "7KQ2-M9XA-4TRB-W8CE"}
    known, proof = (client.post(it, guessed) for it in ("/public/report/receipt", place))
    assert (known.status_code, proof.status_code) == (404, 404)
    assert without_numbers(known) == without_numbers(proof).replace("%2Flog", "")
    assert client.post(place, {}).status_code == 422
    assert client.get(place)["Location"] == "/public/report/receipt"


def test_whoever_asked_and_challenged_downloads_the_proof_of_each(
    settings: Any, tmp_path: Path
) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = Desk(now=now() - timedelta(days=60))
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    desk.brought_to(State.SENT, address=address)
    number = told(desk, address)
    asking, challenge = "/public/challenge/receipt/log", "/public/challenge/words/log"
    client, look = Client(), {"receipt": number}
    with running_signer() as signer:
        sequencer = Sequencer(settings.LOG_FOLDER, signer.socket)
        sequencer.step(now=desk.now)
        page = text_of(client.post("/public/challenge/receipt", look))
        assert (asking in page, challenge in page) == (True, False)
        posters.challenge(number, "It was a song.", acting=Acting(PUBLIC, desk.now))
        sequencer.step(now=desk.now)
    both = client.post("/public/challenge/receipt", look)
    assert invalid_html(both) == []
    for place, act in ((asking, "poster.ask"), (challenge, "challenge.make")):
        found = client.post(place, the_button(text_of(both), place))
        said = parse_receipt(found.content)
        assert said.proves()["act"] == act
        assert said.fields().keys() == {"at"}
        guessed = {"receipt": "7KQ2-M9XA-4TRB-W8CE"}
        known, proof = (client.post(it, guessed) for it in ("/public/challenge/receipt", place))
        assert (known.status_code, proof.status_code) == (404, 404)
        assert "No question that we still have has this receipt number" in text_of(proof)
        assert client.post(place, {}).status_code == 422
        assert client.get(place)["Location"] == "/public/challenge/receipt"


def test_whoever_guesses_numbers_for_a_proof_is_kept_out_as_at_the_page() -> None:
    client, guessed = Client(), {"receipt": "7KQ2-M9XA-4TRB-W8CE"}
    places = ("/public/report/receipt/log", "/public/challenge/receipt/log")
    most = LIMITS[Door.RECEIPT].from_one_place
    codes = [client.post(places[it % 2], guessed).status_code for it in range(most + 1)]
    assert (set(codes[:-1]), codes[-1]) == ({404}, 429)
