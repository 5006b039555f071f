"""Yearly reports on the pages: prepared, published by another, read by anybody as files."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import dateformat, translation

from evenhand.rules.assurance import DocumentKind
from evenhand.rules.counting import month_of
from evenhand.rules.officers import Role
from evenhand.rules.referrals import State
from evenhand.rules.yearly import ReportKind
from tests.builders import LIA, NED
from tests.journeys import INDEPENDENT, Desk
from tests.web.filling import carried, check_valid, fill
from tests.web.people import now, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
PREPARE = "/yearly/trusted-flagger/prepare/"


def last_month() -> str:
    return str(month_of(now().date()).before)


def where(kind: str = "trusted-flagger", number: int = 1, *, last: str = "") -> str:
    return f"/public/reports/{kind}/{last or last_month()}/{number}/"


def published(client: Client, edition: str) -> None:
    sent = client.post(f"{edition}publish/", carried(client.get(edition)))
    assert sent.status_code == 302


def test_a_report_is_prepared_by_one_published_by_another_and_read_by_anybody() -> None:
    ned = signed_in(stored("Ned", Role.AGREEMENT_OWNER))
    lia = signed_in(stored("Lia", Role.SENIOR_OWNER))
    assert "None was prepared yet" in text_of(ned.get("/yearly/"))
    assert "None is published yet" in text_of(Client().get("/public/reports/"))
    fill(ned, PREPARE, last=last_month(), explanation=INDEPENDENT)
    edition = f"/yearly/trusted-flagger/{last_month()}/1/"
    assert "Publish it" not in text_of(ned.get(edition))
    assert Client().get(where()).status_code == 404
    page = lia.get(edition)
    check_valid(page)
    published(lia, edition)
    public = Client().get(where())
    check_valid(public)
    assert INDEPENDENT in text_of(public).replace("&#x27;", "'")
    for name in ("Ned", "Lia"):
        assert name not in text_of(public)
    reports = text_of(Client().get("/public/reports/"))
    assert where() in reports
    assert "Due again by" in reports
    assert "Not verified" in reports
    assert "Published" in text_of(lia.get("/yearly/"))


def test_what_is_missing_or_names_somebody_is_said_beside_the_question() -> None:
    ned = signed_in(stored("Ned", Role.AGREEMENT_OWNER))
    empty = fill(ned, PREPARE, last=last_month(), explanation="")
    assert empty.status_code == 422
    named = fill(ned, PREPARE, last=last_month(), explanation="Ask Ned.")
    assert named.status_code == 422
    assert "E-DSA-90" in text_of(named)
    fill(ned, "/yearly/transparency/prepare/", last=last_month())
    assert "Waiting to be published" in text_of(ned.get("/yearly/"))


def test_an_edition_after_another_says_so_on_both() -> None:
    desk = Desk(now=now() - timedelta(hours=2))
    kind = ReportKind.TRUSTED_FLAGGER
    last = str(month_of(desk.published_report(kind)))
    ned, lia = signed_in(NED), signed_in(LIA)
    without = fill(ned, PREPARE, last=last, explanation=INDEPENDENT)
    assert "E-YEAR-02" in text_of(without)
    fill(ned, PREPARE, last=last, explanation=INDEPENDENT, because="April was missing.")
    published(lia, f"/yearly/trusted-flagger/{last}/2/")
    assert "A later edition" in text_of(Client().get(where(last=last)))
    assert "April was missing." in text_of(Client().get(where(number=2, last=last)))


def test_every_file_of_a_report_is_there_and_may_be_kept_and_read_by_any_page() -> None:
    desk = Desk(now=now() - timedelta(days=40))
    desk.assured()
    desk.brought_to(State.CHECKED, address="https://youtu.be/z0000000001")
    desk.now = now() - timedelta(hours=2)
    for kind in ReportKind:
        base = where(kind, last=str(month_of(desk.published_report(kind))))
        whole = Client().get(f"{base}report.json")
        report = json.loads(whole.content)
        assert whole["Access-Control-Allow-Origin"] == "*"
        assert whole["Cache-Control"] == "public, max-age=300"
        described = json.loads(Client().get(f"{base}metadata.json").content)
        assert [it["url"] for it in described["tables"]] == [
            f"{it['name']}.csv" for it in report["tables"]
        ]
        for table in report["tables"]:
            answer = Client().get(f"{base}{table['name']}.csv")
            assert answer["Content-Type"] == "text/csv; charset=utf-8"
            assert 'rel="describedby"' in answer["Link"]
            head, *rows = csv.reader(io.StringIO(text_of(answer)))
            assert head == [it["name"] for it in table["columns"]]
            assert len(rows) == len(table["rows"])
        page = Client().get(f"{base}?language=cy")
        check_valid(page)
        tables = "".join(re.findall(r"<table.*?</table>", text_of(page), re.DOTALL))
        assert re.findall(r"\d{4}-\d\d|STATEMENT_|not_said", tables) == []
        if kind is ReportKind.TRANSPARENCY:
            with translation.override("en"):
                month = dateformat.format(date.fromisoformat(report["start"]), "F Y")
            assert month in tables
        assert Client().get(f"{base}nothing.csv").status_code == 404
    catalogue = json.loads(Client().get("/public/reports/catalogue.jsonld").content)
    assert len(catalogue["dcat:dataset"]) == 2


def test_a_month_that_cannot_be_has_no_report() -> None:
    assert Client().get("/public/reports/transparency/2026-13/1/").status_code == 404


def test_anybody_sees_whether_what_is_published_on_equality_is_due() -> None:
    page = text_of(Client().get("/public/reports/"))
    assert page.count("This service has published none yet.") == 3
    desk = Desk(now=now() - timedelta(days=400))
    desk.put_in_force(DocumentKind.EQUALITY_INFORMATION)
    desk.put_in_force(DocumentKind.EQUALITY_OBJECTIVES, days=1400)
    page = text_of(Client().get("/public/reports/?language=cy"))
    assert "/public/documents/equality_objectives/?language=cy" in page
    page = text_of(Client().get("/public/reports/"))
    assert (page.count("Overdue"), page.count("In time")) == (1, 1)
    assert "/public/documents/equality_information/" in page
