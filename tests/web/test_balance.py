"""What came and went is counted on a page and by program, and only where it adds up."""

import re
from datetime import timedelta

import pytest

from evenhand.actions import imports, imports_passing
from evenhand.actions.referrals import Admitted, admit
from evenhand.queries import imports as quarantine
from evenhand.rules.imports import Tally
from evenhand.store.imports import ImportTallyRow
from evenhand.store.machinery import ReconciliationRow
from evenhand.store.people import PersonRow
from tests.actions.people import known_person
from tests.actions.test_disposal import dispose_of
from tests.actions.test_imports import records
from tests.builders import ADA, BO, CY, LEE, OLA, RIA, RON, intake, proposal
from tests.journeys import Desk
from tests.web.filling import check_valid
from tests.web.people import called, now, queries_of, signed_in, text_of
from tests.workbooks import xlsx

pytestmark = pytest.mark.django_db
PAGE = "/disposal/balance/"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(minutes=50))
    for officer in (ADA, BO, CY, LEE, OLA, RIA, RON):
        desk.by(officer)
    desk.assured()
    return desk


def taken_over(desk: Desk) -> str:
    """Bring one record of an old system over, with whom it names; give the person."""
    link = "https://videos.example/old"
    run = imports.bring(
        xlsx({"Old": [["Link", "Name"], [link, "Noor Vantage"]]}), "old.xlsx", acting=desk.by(ADA)
    )
    imports.confirm(
        run, quarantine.to_confirm(run, acting=desk.by(ADA)).suggested, acting=desk.by(ADA)
    )
    [record] = records(run)
    said = intake()
    content = Admitted(admit(link, said, acting=desk.by(ADA)), link)
    referral = imports_passing.pass_on(record, content, said, acting=desk.by(ADA))
    person = known_person(desk, referral)
    imports_passing.settle_person(record, proposed=person, acting=desk.by(ADA))
    return person


def test_what_was_taken_over_from_an_old_system_is_told_apart_also_when_it_is_gone(
    desk: Desk,
) -> None:
    person = taken_over(desk)
    known_person(desk, desk.log(), said=proposal(name="Alba Quince"))
    today, told = desk.now.date(), ""
    for _turn in range(2):
        page = signed_in(OLA).get(PAGE)
        check_valid(page)
        told = " ".join(re.sub(r"<[^>]*>", " ", text_of(page)).split())
        assert told.count("Taken over from an old system 1") == 2, told
        for kind in ("referral", "person"):
            asked = f"/balance?start={today}&end={today + timedelta(days=1)}&kind={kind}"
            found = called(RON, asked, None).json()
            assert (found["open"], found["created"], found["imported"]) == (0, 1, 1)
            old = [it for it in found["by_system"] if it["system"] == "Old"]
            assert [(it["created"], it["imported"]) for it in old] == [(0, 1)]
        assert told.count("Old 0 0 1") == 3, told
        asked = f"/balance?start={today}&end={today + timedelta(days=1)}&kind=old_record"
        found = called(RON, asked, None).json()
        assert (found["imported"], found["transferred"], found["close"]) == (1, 1, 0)
        if PersonRow.objects.filter(reference=person).exists():
            dispose_of(desk, person)
    assert "Disposed of 1" in told
    assert ImportTallyRow.objects.get(what=Tally.PASSED).count == 1


def test_no_number_is_given_that_the_log_does_not_bear_out(desk: Desk) -> None:
    desk.log()
    ReconciliationRow.objects.create(
        began_at=desk.now,
        ended_at=desk.now,
        entries=1,
        rows=1,
        changes=1,
        found=1,
        differences=[{"table": "referral", "what": "counts-differ", "key": "1"}],
    )
    page = signed_in(OLA).get(PAGE)
    assert (page.status_code, "E-CNT-29" in text_of(page)) == (409, True)
    answer = called(RON, "/balance?start=2026-01-01&end=2026-02-01", None)
    assert (answer.status_code, answer.json()["rule"]) == (409, "E-CNT-29")


@pytest.mark.parametrize(
    ("first", "last"), [("2026-05-02", "2026-05-01"), ("2026-05-02", "9999-12-31")]
)
def test_days_that_do_not_follow_each_other_are_asked_for_again(
    desk: Desk, first: str, last: str
) -> None:
    desk.log()
    parts = {
        f"{name}_{part}": value
        for name, day in (("first", first), ("last", last))
        for part, value in zip(("year", "month", "day"), day.split("-"), strict=True)
    }
    page = signed_in(OLA).get(PAGE, parts)
    check_valid(page)
    assert (page.status_code, "E-CNT-30" in text_of(page)) == (422, True)
    answer = called(RON, f"/balance?start={first}&end={last}", None)
    assert (answer.status_code, answer.json()["rule"]) == (422, "E-CNT-30")


def test_it_is_counted_for_who_reads_certificates_in_as_many_queries_however_much_there_is(
    desk: Desk,
) -> None:
    assert signed_in(ADA).get(PAGE).status_code == 403
    ola = signed_in(OLA)
    ola.get(PAGE)
    few = queries_of(lambda: ola.get(PAGE))
    for name in ("Alba Quince", "Bea Quince", "Cato Quince"):
        known_person(desk, desk.log(), said=proposal(name=name))
    assert queries_of(lambda: ola.get(PAGE)) == few
