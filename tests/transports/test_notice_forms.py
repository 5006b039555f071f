"""Notices in each form, against schemas and readers that are not ours where there are any."""

import json
import re
from base64 import b64decode
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest
import xarf as outside
from hypothesis import given
from hypothesis import strategies as st

import evenhand
from evenhand.rules.assessments import Ground
from evenhand.rules.messages import BONA_FIDE, NoticeFacts, explanation, weapons_reminder
from evenhand.rules.notice_forms import (
    Rendering,
    ReportKind,
    kinds_for,
    left_out,
)
from evenhand.transports import article_16, weapons, xarf
from evenhand.transports.email import RECEIPT, compose, enclosing
from tests.builders import NOW, law, notice_facts

NOTICE = UUID(int=7)
SCHEMA = json.loads(
    (Path(evenhand.__file__).parent / "transports" / "schemas" / "notice-1.schema.json").read_text(
        encoding="utf-8"
    )
)
VALID = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=200)
REPORTED = [(harm, kind) for harm in law().harms.values() for kind in kinds_for(harm)]


def mailed(written: Rendering) -> bytes:
    return compose(
        written.message,
        desk="Harbour Police",
        contact="referrals@harbour.example",
        recipient="abuse@videos.example",
        reference="2026-000001",
        notice=NOTICE,
        at=NOW,
        enclosed=written.enclosed,
    )


def read(data: bytes) -> EmailMessage:
    mail = message_from_bytes(data, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    return mail


def document(facts: NoticeFacts) -> dict[str, Any]:
    [file] = article_16.render(facts, NOTICE).enclosed
    found: dict[str, Any] = json.loads(file.data)
    return found


@pytest.mark.parametrize("ground", list(Ground))
def test_the_notice_of_article_16_keeps_to_its_schema(ground: Ground) -> None:
    found = document(notice_facts(ground=ground))
    VALID.validate(found)
    assert (
        set(found["grounds"])
        == {
            Ground.ILLEGAL: {"law"},
            Ground.TERMS: {"terms"},
            Ground.BOTH: {"law", "terms"},
        }[ground]
    )


@given(text=TEXTS)
def test_no_words_break_the_schema_or_are_changed_on_the_way(text: str) -> None:
    found = document(notice_facts(evidence=text, provision_why=text))
    VALID.validate(found)
    assert found["explanation"] == text


@pytest.mark.parametrize("left", SCHEMA["required"])
def test_the_schema_refuses_a_notice_that_lacks_a_part(left: str) -> None:
    found = document(notice_facts())
    del found[left]
    assert not VALID.is_valid(found)


def test_article_16_2_is_all_there_in_the_text_and_in_the_file() -> None:
    facts = notice_facts()
    written = article_16.render(facts, NOTICE)
    file = written.enclosed[0].data.decode()
    for part in (facts.url, facts.evidence, facts.desk, facts.contact, BONA_FIDE):
        assert part in file
        assert part in written.message.body
    assert left_out(facts, written.readable) == ()


@pytest.mark.parametrize(("harm", "kind"), REPORTED, ids=lambda it: getattr(it, "code", it))
def test_each_report_is_what_xarf_itself_takes(harm: object, kind: ReportKind) -> None:
    facts = notice_facts(harm=harm)
    report = xarf.render(facts, NOTICE, kind).enclosed[1].data
    found = outside.parse(report.decode())
    assert found.errors == []
    assert found.report is not None
    assert found.report.type == kind.type
    assert found.report.report_id == str(NOTICE)


def test_a_report_gives_the_reasons_and_no_score_and_nobody_who_posted() -> None:
    facts = notice_facts(harm=law().harm("C2"))
    report = json.loads(xarf.render(facts, NOTICE, ReportKind.CSEM_GROOMING).enclosed[1].data)
    assert b64decode(report["evidence"][0]["payload"]).decode() == explanation(facts)
    assert not {"confidence", "perpetrator_indicators", "victim_age_range"} & set(report)
    assert datetime.fromisoformat(report["timestamp"]) == facts.observed_at


def test_the_mail_of_a_report_is_a_feedback_report() -> None:
    facts = notice_facts(harm=law().harm("F1"))
    mail = read(mailed(xarf.render(facts, NOTICE, ReportKind.PHISHING)))
    assert mail.get_content_type() == "multipart/report"
    assert mail.get_param("report-type") == "feedback-report"
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "message/feedback-report", "application/json"]
    assert b"Feedback-Type: xarf\r\n" in mail.as_bytes()
    [_text, _feedback, file] = mail.iter_parts()
    assert json.loads(file.get_content())["type"] == "phishing"


def test_a_proof_goes_with_a_notice_that_has_a_file_and_the_file_stays_as_it_is() -> None:
    written = article_16.render(notice_facts(), NOTICE)
    mail = read(enclosing(mailed(written), "It is proved.", "receipt"))
    text = mail.get_body(("plain",))
    assert text is not None
    assert str(text.get_content()).rstrip().endswith("It is proved.")
    files = {it.get_filename(): it for it in mail.iter_attachments()}
    assert set(files) == {"notice.json", RECEIPT}
    assert files["notice.json"].get_content() == written.enclosed[0].data


def test_a_content_removal_notice_has_the_seven_parts_of_the_act() -> None:
    facts = notice_facts(harm=law().harm("W1"), ground=Ground.ILLEGAL)
    body = weapons.render(facts).message.body
    assert re.findall(r"^[1-9]\. .*", body, re.MULTILINE) == [
        "1. The content",
        "2. Why we consider it unlawful weapons content",
        "3. What you must do, and by when",
        "4. Your right to a review",
        "5. If you do not comply",
        "6. The authorised officer",
        "7. Further information",
    ]
    for part in (facts.url, facts.provision, facts.provision_why, facts.evidence, facts.contact):
        assert part in body
    assert "48 hours" in body
    assert "This is a request, not an order." not in body


def test_a_reminder_of_a_content_removal_notice_says_that_its_time_is_over() -> None:
    facts = notice_facts(harm=law().harm("W1"))
    message = weapons_reminder(facts, given_at=facts.observed_at, number=1)
    assert "20 November 2026, 09:20 GMT" in message.body
    assert "are over" in message.body
    assert facts.evidence not in message.body
    assert message.subject == weapons.render(facts).message.subject
