"""What officers see and do of reports from the public: opened first, settled one by one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from evenhand.actions import public_reports
from evenhand.rules.officers import Officer, Role
from evenhand.store.log import EntryRow
from evenhand.store.public_reports import PublicReportRow
from evenhand.store.referrals import ReferralRow
from tests.actions.reporting import reported, the_report
from tests.journeys import Desk
from tests.web.filling import invalid_html
from tests.web.people import acting, logged, now, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
WHY = "burn the corner shop down"
REACHED = "quilla"


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


def told(**changes: Any) -> UUID:
    """Have somebody report content an hour ago."""
    return reported(Desk(now=now() - timedelta(hours=1)), **{"url": ADDRESS, **changes})


def opened(report: UUID, officer: Officer) -> UUID:
    public_reports.open_report(report, acting=acting(officer))
    return report


def to_log(**changes: str) -> dict[str, str]:
    seen = now() - timedelta(minutes=1)
    plain = {
        "url": ADDRESS,
        "public_without_login": "yes",
        "observed_at_day": str(seen.day),
        "observed_at_month": str(seen.month),
        "observed_at_year": str(seen.year),
        "observed_at_hour": str(seen.hour),
        "observed_at_minute": str(seen.minute),
        "source": "public_report",
        "source_detail": "Reported at the public door.",
        "content_type": "video",
        "language": "en",
        "description": "A person threatens a named shop.",
    }
    return {**plain, **changes}


def test_reports_wait_on_the_worklist_the_dangerous_first_and_without_a_word(ada: Officer) -> None:
    client = signed_in(ada)
    assert "Reports from the public" not in text_of(client.get("/"))
    told(danger_now=True)
    for number in range(11):
        told(url=f"https://site{number}.example/x/1")
    page = text_of(client.get("/"))
    assert page.index("Reports that somebody is in danger now") < page.index(
        "Reports from the public"
    )
    assert "All reports that wait" in page
    for word in (WHY, ADDRESS, REACHED):
        assert word not in page


def test_a_report_is_opened_before_it_is_read_and_by_sending_a_form(ada: Officer) -> None:
    client, report = signed_in(ada), told(danger_now=True)
    closed = client.get(f"/reports/{report}/")
    assert (closed.status_code, invalid_html(closed)) == (200, [])
    assert "Act first, then write" in text_of(closed)
    assert WHY not in text_of(closed)
    for way in ("log", "join", "set-aside"):
        assert client.get(f"/reports/{report}/{way}/").status_code == 302
    assert the_report(report).standing == "waiting"
    page = text_of(client.post(f"/reports/{report}/", follow=True))
    assert WHY in page
    assert ADDRESS in page
    assert REACHED not in page
    assert f'href="{ADDRESS}"' not in page
    assert the_report(report).standing == "opened"


def test_a_referral_is_logged_from_a_report_with_its_address_filled_in(ada: Officer) -> None:
    client, report = signed_in(ada), opened(told(), ada)
    form = client.get(f"/reports/{report}/log/")
    assert invalid_html(form) == []
    assert f'value="{ADDRESS}"' in text_of(form)
    assert "Reported at the public door on" in text_of(form)
    wrong = client.post(f"/reports/{report}/log/", to_log(description=""))
    assert (wrong.status_code, "Describe what it shows" in text_of(wrong)) == (422, True)
    hidden = client.post(f"/reports/{report}/log/", to_log(public_without_login="no"))
    assert (hidden.status_code, "E-PRIV-72" in text_of(hidden)) == (422, True)
    front = client.post(f"/reports/{report}/log/", to_log(url="https://www.youtube.com/"))
    assert (front.status_code, "E-URL-07" in text_of(front)) == (422, True)
    done = client.post(f"/reports/{report}/log/", to_log(), follow=True)
    reference = ReferralRow.objects.get().reference
    assert reference in text_of(done)
    row = the_report(report)
    assert (row.standing, row.url) == ("logged", None)
    assert reference in text_of(client.get(f"/reports/{report}/"))


def test_what_the_desk_has_already_is_joined(ada: Officer) -> None:
    client, report = signed_in(ada), opened(told(), ada)
    reference = logged(ada, ADDRESS)
    again = client.post(f"/reports/{report}/log/", to_log())
    assert (again.status_code, reference in text_of(again)) == (409, True)
    assert invalid_html(client.get(f"/reports/{report}/join/")) == []
    empty = client.post(f"/reports/{report}/join/", {})
    assert empty.status_code == 422
    wrong = client.post(f"/reports/{report}/join/", {"reference": "2026-999999"})
    assert (wrong.status_code, the_report(report).standing) == (404, "opened")
    done = client.post(f"/reports/{report}/join/", {"reference": reference}, follow=True)
    assert f"The report is joined to {reference}" in text_of(done)
    assert the_report(report).standing == "joined"
    history = text_of(client.get(f"/referrals/{reference}/history/"))
    assert "took up a report from the public about it" in history


def test_a_report_is_set_aside_for_a_reason_with_a_signpost(ada: Officer) -> None:
    client, report = signed_in(ada), opened(told(), ada)
    assert invalid_html(client.get(f"/reports/{report}/set-aside/")) == []
    empty = client.post(f"/reports/{report}/set-aside/", {"signpost": "ofcom"})
    assert (empty.status_code, "Enter why you set it aside" in text_of(empty)) == (422, True)
    said = {"signpost": "ofcom", "reason": "A private dispute."}
    done = client.post(f"/reports/{report}/set-aside/", said, follow=True)
    assert "The report is set aside" in text_of(done)
    settled = text_of(client.get(f"/reports/{report}/"))
    for word in ("A private dispute.", "Ofcom", "Set aside"):
        assert word in settled
    gone = client.post(f"/reports/{report}/set-aside/", said)
    assert (gone.status_code, "E-PREP-02" in text_of(gone)) == (409, True)


def test_what_was_erased_unsettled_says_so(ada: Officer) -> None:
    client, report = signed_in(ada), told()
    public_reports.lapse(report, acting=acting(ada))
    page = text_of(client.get(f"/reports/{report}/"))
    assert "Erased unsettled" in page
    overview = client.get("/reports/")
    assert invalid_html(overview) == []
    assert "Nothing waits here" in text_of(overview)
    assert "Erased after 30 days, never opened" in text_of(overview)


def test_a_long_list_is_bounded_and_asks_the_database_little(ada: Officer) -> None:
    client = signed_in(ada)
    for number in range(52):
        told(url=f"https://site{number}.example/y/1")
    client.get("/reports/")
    assert queries_of(lambda: client.get("/reports/")) < 12
    assert text_of(client.get("/reports/")).count('class="govuk-task-list__item') == 50
    assert "There are more" in text_of(client.get("/reports/"))


def test_what_nobody_opened_for_a_week_is_late(ada: Officer) -> None:
    desk = Desk(now=now() - timedelta(days=8))
    unread, read = reported(desk), reported(desk)
    opened(read, ada)
    page = text_of(signed_in(ada).get("/reports/"))
    assert page.count("Late: not opened for a week") == 1
    assert page.index(str(unread)) < page.index("Late:") < page.index(str(read))


def test_opening_a_page_changes_nothing_but_the_log_of_looks(ada: Officer) -> None:
    client, report = signed_in(ada), opened(told(), ada)
    before = list(PublicReportRow.objects.values_list())
    entries = EntryRow.objects.count()
    for _ in range(2):
        client.get(f"/reports/{report}/")
    assert list(PublicReportRow.objects.values_list()) == before
    assert EntryRow.objects.count() == entries + 1


@pytest.mark.parametrize("role", [Role.DPO, Role.OVERSEER, Role.ADMINISTRATOR, Role.RIGHTS_OFFICER])
def test_nobody_else_sees_a_report(role: Role) -> None:
    report = told()
    client = signed_in(stored("Nan", role))
    for way in ("", "log/", "join/", "set-aside/"):
        assert client.get(f"/reports/{report}/{way}").status_code == 403
    assert client.get("/reports/").status_code == 403
    assert "Reports from the public" not in text_of(client.get("/"))
