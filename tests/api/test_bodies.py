"""What a call sends is kept exactly or refused with every fault named; it never breaks anything."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from evenhand.rules.officers import Role
from tests.api.callers import APPROVES, Caller, assessment, intake

pytestmark = pytest.mark.django_db
NAMES = Path(__file__).parent.parent / "data" / "person_names.csv"


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


@pytest.mark.parametrize(
    "sent",
    [
        b"{",
        b"\xff\xfe{}",
        b'{"url": "\xff"}',
        b"\xef\xbb\xbf{}",
        b"nul",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b'{"a": 0.10000000000000000000000000001}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"statement_of_reasons": {"a": 1, "a": 2}}',
        b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[" * 1_000_000,
        b'{"a": "\x00"}',
        b"{'a': 1}",
        '{"a": 1}'.encode("utf-16"),
        b"\x00",
    ],
)
@pytest.mark.parametrize("path", ["/referrals", "/referrals/2026-000001/answers"])
def test_what_is_not_json_is_refused(ada: Caller, sent: bytes, path: str) -> None:
    answer = ada.send("POST", path, sent)
    assert (answer.status, answer.body["rule"]) == (400, "E-API-01")


@pytest.mark.parametrize("sent", [b"[]", b"1", b'"text"', b"null", b"true", b"0.5"])
def test_a_body_that_is_no_object_is_refused(ada: Caller, sent: bytes) -> None:
    answer = ada.send("POST", "/referrals", sent)
    assert (answer.status, answer.rules) == (422, ["E-API-05"])


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_of_another_type_is_refused(ada: Caller, content_type: str) -> None:
    sent = json.dumps(intake()).encode()
    answer = ada.send("POST", "/referrals", sent, content_type=content_type)
    assert (answer.status, answer.body["rule"]) == (400, "E-API-02")


def test_a_charset_beside_the_type_does_no_harm(ada: Caller) -> None:
    sent = json.dumps(intake()).encode()
    json_utf8 = "application/json; charset=utf-8"
    assert ada.send("POST", "/referrals", sent, content_type=json_utf8).status == 201


def test_every_missing_field_of_a_referral_is_named(ada: Caller) -> None:
    for sent in (b"", b"{}"):
        answer = ada.send("POST", "/referrals", sent)
        assert answer.status == 422
        assert set(answer.pointers) == {
            f"/{name}"
            for name in (
                "url",
                "source",
                "public_without_login",
                "content_type",
                "language",
                "description",
            )
        }


def test_every_missing_field_of_an_assessment_is_named(ada: Caller) -> None:
    one = ada.logged()
    nothing = ada.put(f"{one}/assessment", {})
    always = {
        "/harm",
        "/ground",
        "/child",
        "/evidence_inside",
        "/evidence_outside",
        "/supports_opposite",
        "/less_intrusive",
        "/necessity",
    }
    assert (nothing.status, set(nothing.pointers)) == (422, always)
    sent = {"harm": "V1", "ground": "both", "child": "likely", "expression": ["artistic"]}
    choices = ada.put(f"{one}/assessment", sent)
    assert set(choices.pointers) == always - {"/harm", "/ground", "/child"} | {
        "/provision",
        "/provision_why",
        "/policy_clause",
        "/policy_version",
        "/policy_why",
        "/expression_weighing",
        "/child_interests",
    }
    assert {"E-LAW-02", "E-REF-81", "E-FACT-12", "E-PROP-80", "E-CHD-75"} == set(choices.rules)
    assert ada.get(one).body["state"] == "logged"


@pytest.mark.parametrize("name", sorted(assessment()))
def test_a_field_left_out_of_an_assessment_is_named(ada: Caller, name: str) -> None:
    one = ada.logged()
    full = assessment(
        expression=["political"],
        expression_weighing="Weighed.",
        child="yes",
        child_interests="His.",
    )
    sent = {key: it for key, it in full.items() if key != name}
    answer = ada.put(f"{one}/assessment", sent)
    if name == "expression":
        assert answer.status == 200
    else:
        assert (answer.status, answer.pointers) == (422, [f"/{name}"])


def test_an_unknown_harm_is_named_with_what_is_missing(ada: Caller) -> None:
    one = ada.logged()
    sent = assessment(harm="Z9", also_harms=["V2", "rap"], necessity=" ")
    answer = ada.put(f"{one}/assessment", sent)
    assert answer.status == 422
    assert set(answer.pointers) == {"/harm", "/also_harms/1", "/necessity"}
    assert answer.rules.count("E-HARM-01") == 2


@pytest.mark.parametrize(
    ("changes", "pointer", "rule"),
    [
        ({"url": 1}, "/url", "E-API-05"),
        ({"url": None}, "/url", "E-API-05"),
        ({"url": ""}, "/url", "E-URL-01"),
        ({"url": "ftp://a.example/"}, "/url", "E-URL-02"),
        ({"url": "https://u:p@a.example/"}, "/url", "E-URL-03"),
        ({"url": "http://127.0.0.1/"}, "/url", "E-URL-04"),
        ({"url": "https://a.example/" + "a" * 9000}, "/url", "E-URL-05"),
        ({"url": "https://a.example/\u202e"}, "/url", "E-URL-05"),
        ({"url": "https://a.example/\0"}, "/url", "E-URL-05"),
        ({"url": "https://a.example/\ud800"}, "/url", "E-URL-01"),
        ({"url": ["https://a.example/"]}, "/url", "E-API-05"),
        ({"public_without_login": "true"}, "/public_without_login", "E-API-05"),
        ({"public_without_login": 1}, "/public_without_login", "E-API-05"),
        ({"public_without_login": None}, "/public_without_login", "E-API-05"),
        ({"source": "rumour"}, "/source", "E-TEXT-04"),
        ({"source": {}}, "/source", "E-API-05"),
        ({"source": "\ud800"}, "/source", "E-TEXT-04"),
        ({"content_type": "drill"}, "/content_type", "E-TEXT-04"),
        ({"language": "English!"}, "/language", "E-LANG-01"),
        ({"language": ""}, "/language", "E-LANG-01"),
        ({"description": ""}, "/description", "E-TEXT-01"),
        ({"description": " \n\u2003"}, "/description", "E-TEXT-01"),
        ({"description": "a\0b"}, "/description", "E-TEXT-03"),
        ({"description": "a\ud800b"}, "/description", "E-TEXT-03"),
        ({"description": "x" * 10_001}, "/description", "E-TEXT-02"),
        ({"description": "x" * 10_000_000}, "/description", "E-TEXT-02"),
        ({"source_detail": "\udfff"}, "/source_detail", "E-TEXT-03"),
        ({"continue_reason": "\0"}, "/continue_reason", "E-TEXT-03"),
        ({"observed_at": "yesterday"}, "/observed_at", "E-API-05"),
        ({"observed_at": 1_700_000_000}, "/observed_at", "E-API-05"),
        ({"observed_at": "2026-01-01"}, "/observed_at", "E-API-05"),
        ({"observed_at": "2026-01-01T00:00:00"}, "/observed_at", "E-API-05"),
        ({"observed_at": "2026-02-30T00:00:00Z"}, "/observed_at", "E-API-05"),
        ({"observed_at": "0001-01-01T00:00:00+14:00"}, "/observed_at", "E-API-05"),
        ({"observed_at": "9999-12-31T23:59:59-14:00"}, "/observed_at", "E-API-05"),
        ({"observed_at": "1970-01-01T00:00:00+14:00"}, "/observed_at", "E-SEEN-01"),
        ({"observed_at": "9998-12-31T23:59:59-14:00"}, "/observed_at", "E-SEEN-01"),
        ({"observed_at": "٢٠٢٦-01-01T00:00:00Z"}, "/observed_at", "E-API-05"),
        ({"link_duplicate": "yes"}, "/link_duplicate", "E-API-05"),
        ({"nonsense": 1}, "/nonsense", "E-API-03"),
        ({"a/b~c": 1}, "/a~1b~0c", "E-API-03"),
        ({"\ud800": 1}, "", "E-TEXT-03"),
    ],
)
def test_a_wrong_field_of_a_referral_is_pointed_at(
    ada: Caller, changes: dict[str, Any], pointer: str, rule: str
) -> None:
    answer = ada.post("/referrals", intake() | changes)
    assert (answer.status, answer.pointers, answer.rules) == (422, [pointer], [rule])


@pytest.mark.parametrize(
    ("path", "sent", "pointer", "rule"),
    [
        ("triage", {}, "/outcome", "E-API-04"),
        ("triage", {"outcome": "later"}, "/outcome", "E-TEXT-04"),
        ("triage", {"outcome": "duplicate"}, "/reason", "E-ADM-46"),
        ("decisions", {"decision": "approve"}, "/reason", "E-ADM-46"),
        ("decisions", {"decision": "approve", "reason": ""}, "/reason", "E-ADM-46"),
        ("decisions", {"decision": "APPROVE", "reason": "Yes."}, "/decision", "E-TEXT-04"),
        ("notices", {}, "/transport", "E-API-04"),
        ("notices", {"transport": "email", "version": "1"}, "/version", "E-API-05"),
        ("notices", {"transport": "email", "version": True}, "/version", "E-API-05"),
        ("notices", {"transport": "email", "version": 0}, "/version", "E-API-05"),
        ("notices", {"transport": "email", "version": 1.5}, "/version", "E-API-05"),
        ("answers", {"kind": "maybe"}, "/kind", "E-TEXT-04"),
        ("answers", {"kind": "decided"}, "/outcome", "E-ANS-01"),
        ("answers", {"kind": "decided", "outcome": "no_response"}, "/outcome", "E-TEXT-04"),
        ("answers", {"kind": "decided", "outcome": 5}, "/outcome", "E-API-05"),
        ("checks", {"seen": "gone"}, "/seen", "E-TEXT-04"),
        ("close", {}, "/reason", "E-ADM-46"),
        ("close", {"reason": "\0"}, "/reason", "E-TEXT-03"),
        ("withdraw", {"reason": "   "}, "/reason", "E-ADM-46"),
        ("reopen", {"reason": 7}, "/reason", "E-API-05"),
        ("chases", {"reason": "Now."}, "/reason", "E-API-03"),
        ("statutory-route", {"reported_to": "iwf"}, "/reported_reference", "E-TEXT-01"),
        (
            "statutory-route",
            {"reported_to": "aunt", "reported_reference": "1"},
            "/reported_to",
            "E-TEXT-04",
        ),
    ],
)
def test_a_wrong_field_of_a_change_is_pointed_at(
    path: str, sent: dict[str, Any], pointer: str, rule: str
) -> None:
    cy = Caller("cy", *APPROVES)
    one = cy.logged()
    answer = cy.post(f"{one}/{path}", sent)
    assert (answer.status, answer.pointers, answer.rules) == (422, [pointer], [rule])


def test_an_unknown_choice_is_told_the_choices(ada: Caller) -> None:
    one = ada.logged()
    answer = ada.post(f"{one}/triage", {"outcome": "later", "reason": "So."})
    assert "proceed, not_for_us, duplicate, emergency" in answer.body["detail"]


@pytest.mark.parametrize(
    "reasons",
    [
        {"text": "a\0b"},
        {"deep": [{"er": "\ud800"}]},
        {"ke\0y": 1},
        {"\udcff": 1},
        {"long": "x" * 10_000},
        {"many": [1] * 5_000},
    ],
)
def test_a_statement_of_reasons_that_cannot_be_kept_is_refused(
    ada: Caller, reasons: dict[str, Any]
) -> None:
    one = ada.logged()
    sent = {"kind": "decided", "outcome": "declined", "statement_of_reasons": reasons}
    answer = ada.post(f"{one}/answers", sent)
    assert (answer.status, answer.pointers) == (422, ["/statement_of_reasons"])
    assert answer.body["rule"] in {"E-TEXT-02", "E-TEXT-03"}


@pytest.mark.parametrize("statement", ["Free text.", ["facts"], {}])
def test_a_statement_for_the_dsa_that_is_none_is_refused(ada: Caller, statement: object) -> None:
    one = ada.logged()
    reasons = {"dsa_statement": statement}
    sent = {"kind": "decided", "outcome": "declined", "statement_of_reasons": reasons}
    answer = ada.post(f"{one}/answers", sent)
    assert (answer.status, answer.pointers) == (422, ["/statement"])


def test_a_crowd_of_fields_is_refused_with_few_words(ada: Caller) -> None:
    crowd = {f"f{n}": n for n in range(100_000)}
    answer = ada.post("/referrals", crowd)
    assert (answer.status, answer.rules) == (422, ["E-API-03"])
    one = ada.logged()
    long = ada.put(f"{one}/assessment", assessment(expression=["x"] * 100_000))
    assert long.status == 422
    assert len(long.raw) < 20_000
    harm = ada.put(f"{one}/assessment", assessment(harm="V" * 1_000_000))
    assert harm.status == 422
    assert len(harm.raw) < 2_000


WORDS = [
    "right to left \u202eeman\u202c and \u200f\u061c",
    "🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍👩‍👧‍👦 🙂",
    "\ufeffBOM, \u200b zero width, \x01\x1f\x7f\x85 control",
    " spaces kept \r\n\t ",
    "e\u0301 \u00e9 not composed",
    "<script>alert(1)</script> {{ x }} {0} %s %(a)s \\ ' \"",
    "\U0010ffff \ufffe \uffff",
]


@pytest.mark.parametrize("text", WORDS)
def test_what_a_person_can_write_is_kept_exactly(ada: Caller, text: str) -> None:
    one = ada.logged(description=text, source_detail=text)
    assert ada.put(f"{one}/assessment", assessment(provision=text, necessity=text)).status == 200
    told = ada.get(one).body
    kept = told["description"], told["source_detail"], told["assessment"]["necessity"]
    assert set(kept) == {text}
    assert told["assessment"]["provision"] == text


def test_names_of_all_locales_are_kept_and_found(ada: Caller) -> None:
    with NAMES.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    by_locale = {line["locale"]: line for line in lines}
    assert len(by_locale) >= 60
    text = "\n".join(" ".join(line.values()) for line in by_locale.values())
    one = ada.logged(description=text[:10_000])
    assert ada.get(one).body["description"] == text[:10_000]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-01-01T12:00:00.123456+05:30", "2026-01-01T06:30:00.123456Z"),
        ("2026-01-01t12:00:00z", "2026-01-01T12:00:00Z"),
        ("2026-01-01T12:00:00+23:59", "2025-12-31T12:01:00Z"),
    ],
)
def test_a_moment_with_an_offset_is_kept_as_that_moment(ada: Caller, sent: str, kept: str) -> None:
    one = ada.logged(observed_at=sent)
    assert ada.get(one).body["observed_at"] == kept
