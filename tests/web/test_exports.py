"""Exports by pages: asked for by one officer, answered by another, and taken."""

import re
from datetime import timedelta
from typing import Any

import pytest

from evenhand.actions.drafts import drop_everyones
from tests.actions.sharing import staffed
from tests.actions.test_exports import agreed, of_a_child
from tests.builders import ADA, CY, DEE, GUS, KIM, OLA, RON, SAM, SID
from tests.captures import taken
from tests.journeys import Desk
from tests.web.filling import check_valid, entered, fill
from tests.web.people import now, queries_of, signed_in, text_of
from tests.web.test_drafting import drafts, end_of_session, sign_of

pytestmark = pytest.mark.django_db
OVERVIEW = "/sharing/exports/"
ASK = f"{OVERVIEW}ask/"
HELD = "Who holds an export of it"


@pytest.fixture
def desk() -> Desk:
    desk = staffed()
    desk.now = now() - timedelta(hours=2)
    return desk


def plain(page: str) -> str:
    """Give the words of a page, one space between them."""
    return " ".join(re.sub("<[^>]*>", " ", page).split())


def asked(desk: Desk) -> tuple[str, str]:
    """Have Sid ask for an export with one capture; give its page and the referral."""
    reference, agreement = desk.log(), agreed(desk)
    taken(desk, reference)
    sent: dict[str, Any] = {
        "to": f"{agreement} {KIM.ref}",
        "purpose": "evidence_for_named_investigation",
        "reason": "They investigate it.",
    }
    sid = signed_in(SID)
    assert fill(sid, ASK, referral="2026-999999").status_code == 404
    place = fill(sid, ASK, referral=reference)["Location"]
    sent["captures"] = entered(sid.get(place))["captures"]
    assert fill(sid, place, **sent | {"to": "x"}).status_code == 422
    return fill(sid, place, **sent)["Location"], reference


def test_an_export_is_asked_for_answered_and_taken(desk: Desk) -> None:
    sid, cy = signed_in(SID), signed_in(CY)
    assert "No export was asked for" in text_of(sid.get(OVERVIEW))
    assert "No agreement lets content leave yet" in text_of(sid.get(ASK))
    export, reference = asked(desk)
    page = text_of(sid.get(export))
    assert "Waiting for approval" in page
    assert "The referral on this desk Logged" in plain(page)
    assert "Take it" not in page
    assert sid.post(f"{export}take/").status_code == 409
    assert fill(cy, export, answer="approve", why="It is needed.").status_code == 302
    shown = cy.get(export)
    check_valid(shown)
    assert "It is needed." in text_of(shown)
    assert "Take it" in text_of(sid.get(export))
    desk.by(RON)
    ada = signed_in(ADA)
    pages = (f"/referrals/{reference}/", f"/referrals/{reference}/withdraw/")
    assert not any(HELD in text_of(ada.get(it)) for it in pages)
    bag: Any = sid.post(f"{export}take/")
    assert b"".join(bag.streaming_content).startswith(b"PK")
    assert reference in text_of(sid.get(OVERVIEW))
    for it in pages:
        held = ada.get(it)
        assert f"{HELD} {KIM.name}, " in plain(text_of(held)), it
        check_valid(held)
    desk.do(reference, "withdraw")
    kept = signed_in(RON).get(f"/disposal/records/{reference}/")
    assert kept.status_code == 200
    assert f"{HELD} {KIM.name}, " in plain(text_of(kept))
    assert "SHA-256" in text_of(signed_in(OLA).get(export))


def test_a_refused_export_says_so(desk: Desk) -> None:
    export, _reference = asked(desk)
    cy = signed_in(CY)
    fill(cy, export, answer="refuse", why="The address would do.")
    assert "Refused" in text_of(cy.get(export))


def test_an_export_waits_on_the_worklist_of_whoever_may_answer_and_nobody_else(desk: Desk) -> None:
    sid, cy, ola = signed_in(SID), signed_in(CY), signed_in(OLA)
    said = "Exports of referrals to approve"
    assert said not in text_of(cy.get("/"))
    export, _reference = asked(desk)
    page = cy.get("/")
    check_valid(page)
    assert said in text_of(page)
    assert f'href="{export}"' in text_of(page)
    for other in (sid, ola):
        assert said not in text_of(other.get("/"))
    few = queries_of(lambda: cy.get("/"))
    for _ in range(3):
        asked(desk)
    assert queries_of(lambda: cy.get("/")) == few
    fill(cy, export, answer="refuse", why="The address would do.")
    assert f'href="{export}"' not in text_of(cy.get("/"))


def test_words_kept_about_an_export_go_with_its_referral(desk: Desk) -> None:
    export, reference = asked(desk)
    cy = signed_in(CY)
    sent = {"submission": sign_of(cy, export), "answer": "approve", "why": "It is needed."}
    end_of_session(cy)
    assert cy.post(export, sent).status_code == 302
    assert drafts() == 1
    drop_everyones(reference)
    assert drafts() == 0


def test_of_a_child_the_page_says_who_approves_and_asks_both(desk: Desk) -> None:
    reference, agreement = of_a_child(desk), agreed(desk)
    sid, sam, dee = signed_in(SID), signed_in(SAM), signed_in(DEE)
    place = f"{ASK}{reference}/"
    shown = sid.get(place)
    check_valid(shown)
    assert "an approver with child training and the data protection officer" in text_of(shown)
    one, _other = entered(shown)["captures"]
    sent = {"to": f"{agreement} {KIM.ref}", "reason": "They investigate it.", "captures": [one]}
    purpose = "evidence_for_named_investigation"
    export = fill(sid, place, **sent, purpose=purpose)["Location"]
    assert "Still (PNG)" in text_of(sam.get(export))
    refused = fill(signed_in(GUS), export, answer="approve", why="It is needed.")
    assert (refused.status_code, "E-CHD-74" in text_of(refused)) == (403, True)
    for client in (sam, dee):
        assert f'href="{export}"' in text_of(client.get("/"))
        assert fill(client, export, answer="approve", why="It is needed.").status_code == 302
        assert 'name="why"' not in text_of(client.get(export))
    assert "Take it" in text_of(sid.get(export))
    assert "Captures 1" in plain(text_of(dee.get(export)))


def test_a_referral_without_captures_asks_for_none(desk: Desk) -> None:
    reference, agreement = desk.log(), agreed(desk)
    sid, place = signed_in(SID), f"{ASK}{reference}/"
    assert "No capture of this referral is kept" in text_of(sid.get(place))
    sent = {"to": f"{agreement} {KIM.ref}", "purpose": "evidence_for_named_investigation"}
    assert fill(sid, place, **sent, reason="They need the address.").status_code == 302
    assert signed_in(OLA).get(place).status_code == 403
