"""Reports from the public by program: the same rules, and nothing of how anybody is reached."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.rules.officers import Role
from evenhand.store.machinery import RepeatRow
from tests.actions.reporting import reported, the_report
from tests.api.callers import Caller, intake, now
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


def told(**changes: str) -> UUID:
    return reported(Desk(now=now() - timedelta(hours=1)), **{"url": ADDRESS, **changes})


def test_a_report_is_listed_opened_read_and_logged(ada: Caller) -> None:
    report = told()
    [line] = ada.get("/reports").body["items"]
    assert (line["id"], line["standing"], line["opened_by"]) == (str(report), "waiting", None)
    unread = ada.get(f"/reports/{report}").body
    assert (unread["url"], unread["why"]) == (None, None)
    early = ada.post(f"/reports/{report}/join", {"reference": "2026-000001"})
    assert (early.status, early.rules) == (409, ["E-PREP-03"])
    opened = ada.post(f"/reports/{report}/open", {}, key="k")
    assert (opened.body["url"], opened.body["opened_by"]) == (ADDRESS, "Ada")
    assert b"quilla" not in opened.raw
    assert ada.get(f"/reports/{report}").body == opened.body
    body = intake(source="public_report", url=ADDRESS)
    logged = ada.post(f"/reports/{report}/log", body)
    assert (logged.status, logged.body["state"]) == (200, "logged")
    after = ada.get(f"/reports/{report}").body
    assert (after["became"], after["why"]) == (logged.body["reference"], None)
    assert not RepeatRow.objects.filter(answer__isnull=False).exists()
    assert ada.post(f"/reports/{report}/open", {}).rules == ["E-PREP-02"]


def test_a_report_is_joined_or_set_aside(ada: Caller) -> None:
    first, second = told(), told()
    reference = ada.logged().rpartition("/")[2]
    for report in (first, second):
        ada.post(f"/reports/{report}/open", {})
    joined = ada.post(f"/reports/{first}/join", {"reference": reference})
    assert (joined.status, joined.body["became"]) == (200, reference)
    wrong = ada.post(f"/reports/{second}/set-aside", {"reason": "No.", "signpost": "nobody"})
    assert (wrong.status, wrong.rules) == (422, ["E-TRI-01"])
    aside = ada.post(f"/reports/{second}/set-aside", {"reason": "Private.", "signpost": "ofcom"})
    assert (aside.body["standing"], aside.body["reason"]) == ("set_aside", "Private.")
    assert the_report(second).signpost == "ofcom"


def test_a_report_that_is_none_is_not_found(ada: Caller) -> None:
    assert ada.get(f"/reports/{uuid4()}").status == 404
    assert ada.post(f"/reports/{uuid4()}/open", {}).status == 404
