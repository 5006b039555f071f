"""The desk's documents through both doors, and as anybody reads them."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.actions import assurance
from evenhand.rules.assurance import SHOWN_BY, Claim, DocumentKind, Residual
from evenhand.rules.officers import Officer
from evenhand.rules.profile import Profile, Regime
from evenhand.store.lawbook import conditions as known_conditions
from tests.builders import ADA, DEE, LIA, MAX, NED, OLA
from tests.house.imports import ROOT
from tests.journeys import Desk, changing_nothing
from tests.web.filling import fill
from tests.web.people import called, now, signed_in, text_of

pytestmark = pytest.mark.django_db
DPIA = DocumentKind.DPIA
PARTS = dict.fromkeys(("description", "dangers", "measures", "safeguards"), "As <it> is.")
CLAIMS = ["tokens_decide", "captures", "tallies", "part_3"]
WRITE = "/documents/dpia/write/"
ONE = "/documents/dpia/1/"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=20))
    for officer in (DEE, LIA, NED, OLA, ADA, MAX):
        desk.by(officer)
    return desk


def on(day: Any, name: str) -> dict[str, str]:
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def test_a_document_goes_its_whole_way_on_pages(desk: Desk) -> None:
    written = fill(signed_in(NED), WRITE, **PARTS, residual="high", claims=CLAIMS)
    assert written.status_code == 302, text_of(written)
    dee, lia = signed_in(DEE), signed_in(LIA)
    assert "Waiting for the Commissioner" in text_of(dee.get(ONE))
    assert fill(dee, f"{ONE}advise/", text="Ask them.").status_code == 302
    today = now().date()
    fill(dee, f"{ONE}commissioner/", text="Go on.", **on(today, "given_on"))
    page = text_of(lia.get("/documents/"))
    assert "Waiting for approval" in page
    review = on(today + timedelta(days=300), "review_on")
    approved = fill(lia, f"{ONE}approve/", **review)
    assert approved.status_code == 302, text_of(approved)
    fill(signed_in(NED), f"{ONE}correct/", text="Paper was left out.")
    assert "Publish this correction" in text_of(lia.get(ONE))
    fill(lia, f"{ONE}correct/", text="So was ink.")
    done = lia.post(f"{ONE}corrections/1/publish/")
    assert done.status_code == 302
    public = text_of(Client().get("/public/documents/dpia/"))
    assert "Paper was left out." in public
    assert "So was ink." not in public
    assert "As &lt;it&gt; is." in public
    assert "Lia" not in public + text_of(Client().get("/public/documents/"))
    assert text_of(signed_in(OLA).get(ONE)).count("eh-words") == 8
    assert "As &lt;it&gt; is." in text_of(signed_in(NED).get(WRITE))


def test_the_policy_document_has_a_form_of_its_own(desk: Desk) -> None:
    ned = signed_in(NED)
    empty = fill(ned, "/documents/apd/write/")
    assert text_of(empty).count("Write this part") == 4
    fill(ned, "/documents/apd/write/", procedures="So.", retention="A year.", conditions=["4"])
    assert "Waiting for approval" in text_of(ned.get("/documents/apd/1/"))


def test_the_policy_document_states_its_conditions_of_schedule_8(desk: Desk) -> None:
    write, parts = "/documents/apd/write/", {"procedures": "So.", "retention": "A year."}
    ned = signed_in(NED)
    with changing_nothing():
        for conditions in ([], ["5"]):
            told = fill(ned, write, **parts, conditions=conditions)
            assert told.status_code == 422
    assert fill(ned, write, **parts, conditions=["1", "4"]).status_code == 302
    said = "Safeguarding of children and of individuals at risk (paragraph 4)"
    assert said in text_of(ned.get("/documents/apd/1/"))
    assert text_of(ned.get(write)).count(" checked") == 2
    desk.put_in_force(DocumentKind.APD, conditions=["1", "4"])
    for page in ("/public/documents/", "/public/documents/apd/"):
        assert said in text_of(Client().get(page))
    welsh = text_of(Client(headers={"Accept-Language": "cy"}).get("/public/documents/apd/"))
    assert "(paragraff 4)" in welsh


def test_a_stated_paragraph_that_the_law_data_has_no_more_is_still_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put_in_force(DocumentKind.APD, conditions=["1", "4"])
    left = {it: condition for it, condition in known_conditions().items() if it != "4"}
    monkeypatch.setattr("evenhand.queries.assurance.known_conditions", lambda: left)
    for page in ("/public/documents/", "/public/documents/apd/"):
        assert "(paragraph 1); Paragraph 4" in text_of(Client().get(page))
    welsh = text_of(Client(headers={"Accept-Language": "cy"}).get("/public/documents/apd/"))
    assert "(paragraff 1); Paragraff 4" in welsh
    assert "(paragraph 1); Paragraph 4" in text_of(signed_in(OLA).get("/documents/processing/"))


def test_no_program_writes_a_policy_document_that_rests_on_what_is_public(desk: Desk) -> None:
    body = {"kind": "apd", "procedures": "So.", "retention": "A year."}
    for conditions in ([], ["5"], ["9"]):
        told = called(NED, "/documents", {**body, "conditions": conditions})
        answered = told.json()
        assert (told.status_code, answered["rule"]) == (422, "E-SCH8-06")
        assert answered["errors"][0]["pointer"] == "/conditions"
    written = called(NED, "/documents", {**body, "conditions": ["4", "1"]}).json()
    assert (written["reference"], written["conditions"]) == ("apd-1", ["1", "4"])


def test_a_desk_under_other_law_is_asked_for_no_condition(desk: Desk, settings: Any) -> None:
    settings.DESK = replace(settings.DESK, regime=Regime.UK_GDPR)
    ned = signed_in(NED)
    assert "Schedule 8" not in text_of(ned.get("/documents/apd/write/"))
    fill(ned, "/documents/apd/write/", procedures="So.", retention="A year.")
    assert "Schedule 8" not in text_of(ned.get("/documents/apd/1/"))
    processing = text_of(signed_in(OLA).get("/documents/processing/"))
    assert "section 35" not in processing
    assert "Conditions of Schedule 8" not in processing


def test_anyone_sees_that_a_review_is_overdue_and_what_is_not_in_force(desk: Desk) -> None:
    page = text_of(Client().get("/public/documents/"))
    assert page.count("None in force") == len(DocumentKind)
    assert Client().get("/public/documents/apd/").status_code == 404
    desk.now -= timedelta(days=300)
    desk.put_in_force(days=30)
    desk.now += timedelta(days=300)
    assert "Review overdue" in text_of(Client().get("/public/documents/"))
    assert "Review overdue" in text_of(Client().get("/public/documents/dpia/"))
    welsh = Client(headers={"Accept-Language": "cy"}).get("/public/documents/")
    assert "Adolygiad yn hwyr" in text_of(welsh)


def test_what_an_assessment_says_and_is_not_so_any_more_is_shown(desk: Desk, settings: Any) -> None:
    desk.put_in_force()
    page = signed_in(OLA)
    assert "does not fit" not in text_of(page.get(ONE))
    here = settings.DESK.second_factor_required
    settings.DESK = replace(settings.DESK, token_may_decide=not settings.DESK.token_may_decide)
    assert settings.DESK.second_factor_required == here
    assert "does not fit how this desk is set up" in text_of(page.get(ONE))


def _days(count: int) -> str:
    return (now() + timedelta(days=count)).date().isoformat()


def _review(days: int) -> tuple[dict[str, str], dict[str, str]]:
    day = (now() + timedelta(days=days)).date()
    return on(day, "review_on"), {"review_on": day.isoformat()}


NEVER: dict[str, tuple[Officer, str, str, Any, str, int]] = {
    "its author approves": (LIA, "own/approve", "own/approval", _review(9), "E-DOC-02", 403),
    "nobody advised": (LIA, "plain/approve", "plain/approval", _review(9), "E-DPIA-58", 403),
    "unheard": (LIA, "high/approve", "high/approval", _review(9), "E-DPIA-60", 403),
    "too long": (LIA, "advised/approve", "advised/approval", _review(400), "E-DOC-01", 422),
    "untrue": (LIA, "untrue/approve", "untrue/approval", _review(9), "E-DPIA-59", 409),
    "twice": (LIA, "force/approve", "force/approval", _review(9), "E-DOC-03", 409),
}


@pytest.mark.parametrize("what", NEVER)
def test_neither_door_lets_a_document_into_force_that_a_rule_refuses(desk: Desk, what: str) -> None:
    officer, page, call, (answers, body), rule, status = NEVER[what]
    _stand(desk, page.partition("/")[0])
    client = signed_in(officer)
    told = fill(client, f"{ONE}approve/", **answers)
    assert (told.status_code, rule in text_of(told)) == (status, True), text_of(told)
    answered = called(officer, f"/documents/dpia-1/{call.partition('/')[2]}", body)
    assert (answered.status_code, answered.json()["rule"]) == (status, rule)


def _stand(desk: Desk, how: str) -> None:
    """Bring a first version of the assessment to where a rule refuses it."""
    if how == "force":
        desk.put_in_force()
    elif how == "own":
        parts = dict.fromkeys(PARTS, "So.")
        assurance.write(DPIA, parts, residual=Residual.LOW, acting=desk.by(LIA))  # type: ignore[arg-type]
    else:
        claims: dict[str, Any] = {"claims": ()} if how == "untrue" else {}
        residual = Residual.HIGH if how == "high" else Residual.LOW
        desk.write_document(residual=residual, **claims)
    if how in {"advised", "untrue", "high"}:
        assurance.advise(DPIA, 1, "Good.", acting=desk.by(DEE))


def test_the_api_takes_a_document_its_whole_way(desk: Desk) -> None:
    body = {"kind": "dpia", **PARTS, "residual": "high", "claims": CLAIMS}
    written = called(NED, "/documents", body)
    assert (written.status_code, written["Location"]) == (201, "/api/v1/documents/dpia-1")
    assert called(DEE, "/documents/dpia-1/advice", {"text": "Ask."}).status_code == 200
    heard = {"text": "Go on.", "given_on": _days(0)}
    assert called(DEE, "/documents/dpia-1/commissioner-advice", heard).status_code == 200
    review = {"review_on": _days(90)}
    assert called(LIA, "/documents/dpia-1/approval", review).json()["stage"] == "in_force"
    called(NED, "/documents/dpia-1/corrections", {"text": "Paper."})
    told = called(LIA, "/documents/dpia-1/publications", {"correction": 1}).json()
    assert [it["what"] for it in told["said"]] == ["advice", "ico_advice", "erratum"]
    assert told["said"][2]["published_at"]
    listed = called(OLA, "/documents", None).json()["items"]
    assert [it["reference"] for it in listed] == ["dpia-1"]
    for path in ("/documents/dpia-2", "/documents/nothing"):
        assert called(OLA, path, None).status_code == 404


def test_a_document_without_a_part_is_refused_by_both_doors(desk: Desk) -> None:
    with changing_nothing():
        told = fill(signed_in(NED), WRITE, **PARTS | {"dangers": " "}, residual="low")
        assert (told.status_code, "Write this part" in text_of(told)) == (422, True)
    answered = called(NED, "/documents", {"kind": "dpia", **PARTS, "dangers": ""}).json()
    assert [it["pointer"] for it in answered["errors"]] == ["/dangers", "/residual"]


@pytest.mark.parametrize("officer", [ADA, MAX])
def test_who_keeps_no_documents_reads_what_everybody_reads(desk: Desk, officer: Officer) -> None:
    desk.put_in_force()
    client = signed_in(officer)
    assert client.get("/documents/").status_code == client.get(ONE).status_code == 403
    assert client.get("/public/documents/dpia/").status_code == 200


def test_anyone_reads_which_documents_were_in_force_on_a_day_and_each_old_version(
    desk: Desk,
) -> None:
    day = desk.now.date()
    desk.put_in_force(measures="As at first.")
    desk.now += timedelta(days=10)
    desk.put_in_force(measures="As they are.")
    then = text_of(Client().get(f"/public/documents/?on={day}"))
    assert "/public/documents/dpia/1/" in then
    assert "/public/documents/dpia/2/" in text_of(Client().get("/public/documents/"))
    old = text_of(Client().get("/public/documents/dpia/1/"))
    assert "As at first." in old
    assert "Replaced" in old
    assert "As they are." in text_of(Client().get("/public/documents/dpia/"))
    for never in ("/public/documents/?on=never", "/public/documents/dpia/9/"):
        assert Client().get(never).status_code == 404


def test_an_equality_impact_assessment_says_who_was_consulted(desk: Desk) -> None:
    ned = signed_in(NED)
    parts = dict.fromkeys(("aims", "effects", "actions"), "So it is.")
    lacking = fill(ned, "/documents/eia/write/", **parts)
    assert lacking.status_code == 422
    assert fill(ned, "/documents/eia/write/", **parts, consultation="A forum.").status_code == 302
    assert "no equality impact assessment in force" in text_of(ned.get("/documents/"))


def test_anyone_reads_who_the_processors_are_and_whose_contract_is_over(desk: Desk) -> None:
    lines = (
        "Hosts <Ltd>; p@hosts.example; runs the machines; 2026-01-05; 2099-01-05\n"
        "Printers; p@printers.example; prints; 2020-01-05; 2020-12-31; Inks"
    )
    desk.put_in_force(DocumentKind.PROCESSORS, parties=lines)
    desk.put_in_force(DocumentKind.JOINT_CONTROLLERS)
    page = text_of(Client().get("/public/documents/processors/"))
    assert "Hosts &lt;Ltd&gt;" in page
    assert ("31 December 2020" in page, "Nobody without leave" in page, "Inks" in page) == (
        True,
        True,
        True,
    )
    assert "The document itself is in English." not in page
    assert "There is nobody." in text_of(Client().get("/public/documents/joint_controllers/"))
    assert text_of(Client().get("/public/documents/")).count("time is over") == 1
    shown = text_of(signed_in(OLA).get("/documents/processors/1/"))
    assert "Hosts &lt;Ltd&gt;" in shown


def test_a_register_that_cannot_be_read_is_said_to_be_so_line_by_line(desk: Desk) -> None:
    told = fill(signed_in(NED), "/documents/processors/write/", parties="Hosts", contracts="So.")
    assert (told.status_code, "E-CTR-63" in text_of(told), "Line 1" in text_of(told)) == (
        422,
        True,
        True,
    )
    body = {"kind": "processors", "parties": "Hosts;\nx", "contracts": "So."}
    answered = called(NED, "/documents", body)
    assert [it["pointer"] for it in answered.json()["errors"]] == ["/parties", "/parties"]


def test_each_claim_says_by_which_setting_or_test_it_is_known(desk: Desk) -> None:
    page = text_of(signed_in(NED).get(WRITE))
    for claim in Claim:
        assert SHOWN_BY[claim] in page
        *_how, named = SHOWN_BY[claim].split()
        assert named in {it.name for it in fields(Profile)} or (ROOT / named).is_file()


def test_the_record_of_processing_is_a_page_and_a_file(desk: Desk) -> None:
    page = text_of(signed_in(OLA).get("/documents/processing/"))
    assert "Not in order" in page
    for kind in DocumentKind:
        line = "Hosts; p@hosts.example; runs the machines; 2026-01-05; 2099-01-05"
        desk.put_in_force(kind, parties=line if kind is DocumentKind.PROCESSORS else "None")
    assert "to platforms in:" not in page
    desk.sign_off("reddit")
    desk.sign_off()
    told = text_of(signed_in(DEE).get("/documents/processing/"))
    assert "Any other site, Reddit" in told
    assert "The address of the content, to platforms in: US" in told
    assert "Hosts (p@hosts.example), until" in told
    assert "substantial public interest (paragraph 1)" in told
    met = told.split("How section 35 is met")[1].split("Conditions of Schedule 8")[0]
    assert "DPA 2018 s.35(2)(b): needed for the task" in met
    assert not [it for it in ("s.62", "s.66", "FOIA") if it in met]
    assert "Roles of people in referrals" in told
    assert "person_link" not in told
    assert "In order" in text_of(signed_in(DEE).get("/documents/processing/"))
    file = signed_in(OLA).get("/documents/processing/file/")
    found = file.json()
    assert found["controller"]
    assert [it["paragraph"] for it in found["conditions"]] == ["1"]
    assert "person_link" in {it["table"] for it in found["data"]}
    assert found["bases"]["T"].startswith("DPA 2018 s.35(2)(b)")
    assert found["bases"].keys() == {"T", "SS"}
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(ADA).get("/documents/processing/").status_code == 403
