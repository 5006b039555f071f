"""The overdue list, reminding many platforms, and putting a step off, as an officer meets them."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from evenhand.actions import snoozes
from evenhand.queries.referrals import PAGE
from evenhand.rules.clocks import MOST_CHASES_AT_ONCE, NextStep
from evenhand.rules.notices import Transport
from evenhand.rules.referrals import State
from evenhand.web import labels, times
from tests.builders import ADA, BO, GUS, MAX, OLA
from tests.journeys import Desk, challenged, row
from tests.web.filling import carried, check_valid, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
CALENDAR = settings.CLOCKS.calendar


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


def ticks(*references: str) -> list[str]:
    return [f"{it}/{row(it).version}" for it in references]


def parts(day: object) -> dict[str, str]:
    return {f"until_{it}": str(getattr(day, it)) for it in ("day", "month", "year")}


def test_an_empty_desk_has_nothing_overdue(desk: Desk) -> None:
    desk.by(ADA)
    client = signed_in(ADA)
    for address, said in (
        ("/overdue/", "Nothing is overdue here."),
        ("/overdue/?step=put_off", "Nothing is put off."),
        ("/reminders/", "No platform is to be reminded now."),
    ):
        opened = client.get(address)
        check_valid(opened)
        assert said in text_of(opened)


def test_what_is_overdue_is_listed_with_its_day_and_who_keeps_it_going(desk: Desk) -> None:
    reference = desk.log()
    by = CALENDAR.working_day_after(CALENDAR.day_of(desk.now), settings.DESK.triage_days)
    client = signed_in(ADA)
    assert "/overdue/" in text_of(client.get("/"))
    opened = client.get("/overdue/?step=triage")
    check_valid(opened)
    page = text_of(opened)
    assert f"/referrals/{reference}/" in page
    assert f"due by {times.day(by)}" in page
    assert "kept going by Ada" in page
    assert reference not in text_of(client.get("/overdue/?step=send"))
    assert "It is overdue." in text_of(client.get(f"/referrals/{reference}/"))


def test_a_list_that_makes_no_sense_is_refused_and_can_be_put_right(desk: Desk) -> None:
    desk.by(ADA)
    client = signed_in(ADA)
    wrong = client.get("/overdue/?step=nothing")
    assert wrong.status_code == 422
    assert "Select one of the answers on this page" in text_of(wrong)
    assert client.get("/overdue/?cursor=1").status_code in {400, 422}
    assert client.get("/reminders/?cursor=x").status_code in {400, 422}


def test_a_long_list_has_pages_and_as_many_queries_as_a_short_one(desk: Desk) -> None:
    desk.log()
    client = signed_in(ADA)
    client.get("/overdue/")
    few = queries_of(lambda: client.get("/overdue/"))
    for _ in range(PAGE):
        desk.log()
    assert queries_of(lambda: client.get("/overdue/")) == few
    page = text_of(client.get("/overdue/"))
    assert "Next page" in page
    cursor = page.split("cursor=")[1].split('"')[0]
    assert "Back to the first page" in text_of(client.get(f"/overdue/?cursor={cursor}"))


def test_several_platforms_are_reminded_with_one_button(desk: Desk) -> None:
    several = [desk.brought_to(State.SENT) for _ in range(3)]
    client = signed_in(ADA)
    page = text_of(client.get("/"))
    assert "Remind several at once" not in page or "/reminders/" in page
    done = fill(client, "/reminders/", chosen=ticks(*several[:2]))
    assert done.status_code == 302
    told = client.get(done["Location"])
    check_valid(told)
    assert "2 reminders are on their way" in text_of(told)
    assert [row(it).in_the_post for it in several] == [True, True, False]
    assert several[2] in text_of(client.get("/reminders/"))
    assert several[0] not in text_of(client.get("/reminders/"))


def test_what_is_refused_says_why_in_its_row(desk: Desk) -> None:
    stale, good = desk.brought_to(State.SENT), desk.brought_to(State.SENT)
    client = signed_in(ADA)
    opened = client.get("/reminders/")
    sent = {**carried(opened), "chosen": ticks(stale, good)}
    desk.do(stale, "acknowledge")
    page = text_of(client.get(client.post("/reminders/", sent)["Location"]))
    assert "1 reminder is on its way" in page
    assert "1 reminder was not sent." in page
    assert "E-MOVE-02" in page
    assert row(good).in_the_post
    assert not row(stale).in_the_post


def test_a_second_click_sends_nothing_more_and_leads_to_the_same_page(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    sent = {**carried(client.get("/reminders/")), "chosen": ticks(reference)}
    first, second = client.post("/reminders/", sent), client.post("/reminders/", sent)
    assert first["Location"] == second["Location"]
    assert row(reference).noticerows.count() == 2


def test_all_on_the_page_can_be_ticked_without_a_script(desk: Desk) -> None:
    for _ in range(2):
        desk.brought_to(State.SENT)
    client = signed_in(ADA)
    assert text_of(client.get("/reminders/")).count(" checked") == 0
    assert text_of(client.get("/reminders/?all=1")).count(" checked") == 2


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ([], "Select at least one referral"),
        (["what?"], "Select only answers on this page"),
        (["2026-000001/1"] + [f"2026-{it:06d}/1" for it in range(MOST_CHASES_AT_ONCE)], "E-CLOCK"),
    ],
)
def test_a_wrong_choice_is_told_and_sends_nothing(desk: Desk, chosen: list[str], said: str) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    if said == "E-CLOCK":
        chosen = [*ticks(reference), *(it.replace("000001", "900001") for it in chosen)]
    told = fill(client, "/reminders/", chosen=chosen)
    assert told.status_code == 422
    assert said in text_of(told)
    assert not row(reference).in_the_post


def test_the_page_of_reminders_takes_as_many_queries_for_many_as_for_few(desk: Desk) -> None:
    desk.brought_to(State.SENT)
    client = signed_in(ADA)
    client.get("/reminders/")
    few = queries_of(lambda: client.get("/reminders/"))
    for _ in range(6):
        desk.brought_to(State.SENT)
    assert queries_of(lambda: client.get("/reminders/")) == few


def test_a_platform_that_takes_reminders_by_its_form_only_is_not_ticked_but_led_to(
    desk: Desk,
) -> None:
    reference = desk.brought_to(State.SENT, address="https://youtu.be/dQw4w9WgXcQ")
    desk.sign_off("youtube", "https://youtube.example/report", Transport.PORTAL)
    desk.now = now()
    opened = signed_in(ADA).get("/reminders/?all=1")
    check_valid(opened)
    page = text_of(opened)
    assert f"/referrals/{reference}/chase/form/" in page
    assert " checked" not in page
    assert "Send the reminders" not in page


def test_nobody_else_reads_what_came_of_ones_reminders(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    done = fill(signed_in(ADA), "/reminders/", chosen=ticks(reference))
    assert signed_in(BO).get(done["Location"]).status_code == 404


def test_a_step_is_put_off_on_its_page_and_every_place_says_so(desk: Desk) -> None:
    reference = desk.log()
    client = signed_in(ADA)
    until = CALENDAR.working_day_after(CALENDAR.day_of(now()), 2)
    done = fill(
        client, f"/referrals/{reference}/put-off/", reason="They call back.", **parts(until)
    )
    assert done.status_code == 302
    page = text_of(client.get(f"/referrals/{reference}/"))
    assert f"Put off until {times.day(until)}, by Ada." in page
    assert "They call back." in page
    assert "put the next step off" in text_of(client.get(f"/referrals/{reference}/history/"))
    assert reference not in text_of(client.get("/overdue/"))
    listed = text_of(client.get("/overdue/?step=put_off"))
    assert f"Put off until {times.day(until)} by Ada; before that due by" in listed
    assert f"put off until {times.day(until)}" in text_of(client.get("/"))


def test_what_was_put_off_says_so_when_it_is_overdue_again(desk: Desk) -> None:
    reference = desk.log()
    until = CALENDAR.working_day_after(CALENDAR.day_of(desk.now), 2)
    snoozes.put_off(reference, until, "Later.", acting=desk.by(ADA))
    client = signed_in(ADA)
    page = text_of(client.get("/overdue/"))
    assert f"due from {times.day(until)}" in page
    assert f"Was put off until {times.day(until)} by Ada" in page


def test_a_day_that_is_too_far_is_refused_and_what_was_written_stays(desk: Desk) -> None:
    reference = desk.log()
    client = signed_in(ADA)
    far = now().date() + timedelta(days=300)
    told = fill(client, f"/referrals/{reference}/put-off/", reason="Some time.", **parts(far))
    assert told.status_code == 422
    assert "E-CLOCK-02" in text_of(told)
    assert re.search(r"after today, and no later than \d+ [A-Z][a-z]+ \d{4}\.", text_of(told))
    assert 'href="#id_until' in text_of(told) or 'href="#until' in text_of(told)
    assert "Some time." in text_of(told)
    assert row(reference).put_off_until is None


def test_what_has_ended_has_no_page_to_put_it_off(desk: Desk) -> None:
    reference = desk.brought_to(State.CLOSED)
    client = signed_in(ADA)
    told = client.get(f"/referrals/{reference}/put-off/")
    assert told.status_code == 409
    assert "E-CLOCK-01" in text_of(told)
    page = text_of(client.get(f"/referrals/{reference}/"))
    assert "put-off" not in page
    assert "Next step" not in page


def test_who_may_not_work_on_referrals_puts_nothing_off_and_reminds_nobody(desk: Desk) -> None:
    reference = desk.log()
    desk.by(OLA)
    desk.by(MAX)
    overseer = signed_in(OLA)
    assert overseer.get("/overdue/").status_code == 200
    assert overseer.get("/reminders/").status_code == 403
    assert overseer.get(f"/referrals/{reference}/put-off/").status_code == 403
    assert signed_in(MAX).get("/overdue/").status_code == 403


def test_every_step_has_its_words() -> None:
    assert set(labels.NEXT_STEPS) == set(labels.OVERDUE) == set(NextStep)


def test_challenges_that_nobody_settled_in_time_are_counted_for_all_and_led_to_for_approvers() -> (
    None
):
    desk = Desk(now=now() - timedelta(days=60))
    challenged(desk, desk.brought_to(State.CHECKED))
    desk.by(GUS)
    said = "Challenges that nobody settled in time"
    for officer, leads in ((GUS, True), (ADA, False)):
        opened = signed_in(officer).get("/overdue/")
        check_valid(opened)
        page = text_of(opened)
        assert re.search(rf"{said}(</a>)?: 1<", page)
        assert (f'href="/challenges/">{said}' in page) is leads


def test_a_challenge_that_can_still_be_settled_in_time_is_not_overdue() -> None:
    desk = Desk(now=now() - timedelta(days=9))
    challenged(desk, desk.brought_to(State.CHECKED))
    desk.by(GUS)
    assert "nobody settled in time" not in text_of(signed_in(GUS).get("/overdue/"))
