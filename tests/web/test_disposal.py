"""Review and disposal on pages and by program: what is done, and each refusal at both doors."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.actions import holds, officers, people_corrections, retention, reviews
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.referrals import State
from evenhand.rules.retention_schedules import Period
from evenhand.rules.reviews import Question, Review, ReviewOutcome
from evenhand.store.lawbook import schedules
from evenhand.store.retention import DisposalRow, HoldRow, ReviewRow
from evenhand.store.schedules import ScheduleVersionRow, schedule_of
from tests.actions.people import known_person
from tests.api.callers import answered
from tests.builders import ADA, BO, CY, DEE, LEE, LIA, OLA, RIA, RON, proposal
from tests.journeys import Desk, row
from tests.web.filling import carried, check_valid, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
DISPOSE = Review(outcome=ReviewOutcome.DISPOSE, reason="Nothing needs it any more.")
ANSWERS = {str(it): f"My answer on {it}." for it in Question}


def a_desk(days_ago: int = 60) -> Desk:
    desk = Desk(now=now() - timedelta(days=days_ago))
    for one in (ADA, BO, CY, DEE, RIA, LEE, OLA, RON):
        desk.add(one)
    return desk


def ended(days_ago: int = 60) -> str:
    return a_desk(days_ago).brought_to(State.CLOSED)


def by(officer: Officer) -> Acting:
    return Acting(officer=officer, at=now())


def today() -> date:
    return timezone.localdate(now())


def parts(name: str, day: date) -> dict[str, str]:
    """Give a day as a form sends it."""
    values = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(number) for part, number in values.items()}


def call(officer: Officer, method: str, path: str, body: bytes = b"") -> Any:
    token = officers.create_token(officer.name.lower(), may_decide=True, acting=by(WORKER))
    return answered(method, path, body, headers={"Authorization": f"Bearer {token}"})


def page(reference: str, act: str = "") -> str:
    return f"/disposal/records/{reference}/{act}"


def proposed(reference: str, review: Review = DISPOSE) -> str:
    reviews.review(reference, review, acting=by(RON))
    return reference


def held(reference: str) -> HoldRow:
    hold = holds.place(
        reference, HoldKind.FOI, their_reference="FOI 1", reason="Asked.", acting=by(RIA)
    )
    return HoldRow.objects.get(id=hold)


def test_the_list_asks_no_more_of_four_people_than_of_one() -> None:
    desk = a_desk(days_ago=0)
    known = [proposed(known_person(desk))]
    client = signed_in(RON)
    client.get("/disposal/")
    of_one = queries_of(lambda: client.get("/disposal/"))
    known += [proposed(known_person(desk, said=proposal(name=f"Noor {it}"))) for it in range(3)]
    assert queries_of(lambda: client.get("/disposal/")) == of_one
    listed = text_of(client.get("/disposal/"))
    assert all(it in listed for it in known)


def test_a_record_is_reviewed_released_and_certified_on_pages() -> None:
    reference = ended()
    reviewer, releaser = signed_in(RON), signed_in(LEE)
    seen = text_of(reviewer.get(page(reference, "review/")))
    assert "A person threatens a named shop with a knife." in seen
    done = fill(reviewer, page(reference, "review/"), outcome="dispose", reason="Not needed.")
    assert done.status_code == 302
    listed = text_of(releaser.get("/disposal/"))
    assert f"Referral {reference}" in listed
    assert "Waits for a second officer: Dispose of it" in listed
    asked = text_of(releaser.get(page(reference, "confirm/")))
    assert "Not needed." in asked
    assert "named shop" not in asked
    done = fill(releaser, page(reference, "confirm/"), answer="confirm")
    certificate = DisposalRow.objects.get()
    assert done["Location"] == f"/disposal/certificates/{certificate.reference}/"
    shown = text_of(signed_in(OLA).get(done["Location"]))
    for told in (certificate.reference, str(certificate.record), "Reviewed, and not needed"):
        assert told in shown
    for name in ("Ron", "Lee", "Ada", reference):
        assert name not in shown.partition("<main")[2].partition("</main")[0]
    assert certificate.reference in text_of(signed_in(RIA).get("/disposal/certificates/"))


def test_a_record_is_kept_on_and_declined_and_held_on_pages() -> None:
    reference = ended()
    reviewer, releaser = signed_in(RON), signed_in(LEE)
    answers = {
        "outcome": "retain",
        "reason": "Asked for.",
        **ANSWERS,
        **parts("until", today() + timedelta(days=30)),
    }
    assert fill(reviewer, page(reference, "review/"), **answers).status_code == 302
    declined = fill(releaser, page(reference, "confirm/"), answer="decline", reason="Not enough.")
    assert declined.status_code == 302
    assert ReviewRow.objects.get().standing == "declined"
    fill(reviewer, page(reference, "review/"), **answers)
    assert fill(releaser, page(reference, "confirm/"), answer="confirm").status_code == 302
    assert row(reference).review_on == today() + timedelta(days=30)
    rights = signed_in(RIA)
    evidence = {
        "kind": "evidence",
        "their_reference": "Exhibit 1",
        "owner": "DC Fictional",
        "reason": "A court asks for it.",
        **parts("expires_on", today() + timedelta(days=90)),
    }
    assert fill(rights, page(reference, "hold/"), **evidence).status_code == 302
    shown = text_of(reviewer.get(page(reference)))
    for told in ("Exhibit 1", "DC Fictional", "Kept: it is held", "No, it is closed"):
        assert told in shown
    assert "Exhibit 1" not in text_of(rights.get(page(reference)))
    end = page(reference, f"holds/{HoldRow.objects.get().id}/")
    assert fill(rights, end, reason="It is over.").status_code == 302
    assert fill(releaser, end).status_code == 302
    assert "Ended" in text_of(reviewer.get(page(reference)))


def test_a_review_is_sent_again_once_the_newer_record_was_seen() -> None:
    desk, reviewer = a_desk(0), signed_in(RON)
    reference = known_person(desk)
    place = page(reference, "review/")
    asking = reviewer.get(place)
    assert asking["Location"] == f"/people/{reference}/?onward={quote(place, safe='')}"
    looked = reviewer.post(asking["Location"], {"reason": "To review it."})
    assert looked["Location"] == place
    shown = reviewer.get(place)
    check_valid(shown)
    assert "The video shows the front of the shop" in text_of(shown)
    typed = carried(shown) | {"outcome": "dispose", "reason": "Not needed."}
    people_corrections.contest(reference, "name", "It is misspelt.", acting=desk.by(ADA))
    refused = reviewer.post(place, typed)
    assert (refused.status_code, "Not needed." in text_of(refused)) == (409, True)
    assert reviewer.post(place, typed | carried(refused)).status_code == 302


def test_a_persons_page_leads_to_how_it_is_kept_and_shows_its_holds() -> None:
    desk = a_desk(0)
    reference, rights = known_person(desk), signed_in(RIA)
    rights.post(f"/people/{reference}/", {"reason": "To hold it."})
    place = page(reference)
    assert f'href="{place}"' in text_of(rights.get(f"/people/{reference}/"))
    last = parts("expires_on", today() + timedelta(days=90))
    said = {"kind": "evidence", "their_reference": "AB/1", "owner": "A court", "reason": "So."}
    fill(rights, page(reference, "hold/"), **said, **last)
    fill(rights, page(reference, "hold/"), kind="rights", their_reference="R 1", reason="They ask.")
    shown = text_of(rights.get(f"/people/{reference}/"))
    assert ("Needed as evidence, until" in shown, "A person asks for" in shown) == (True, True)
    ada = signed_in(ADA)
    ada.post(f"/people/{reference}/", {"reason": "To see."})
    assert place not in text_of(ada.get(f"/people/{reference}/"))


def test_a_review_that_is_sent_after_the_reason_counts() -> None:
    reference, reviewer = known_person(a_desk(0)), signed_in(RON)
    answers = {"outcome": "dispose", "reason": "Not needed.", "version": "99"}
    assert reviewer.post(page(reference, "review/"), answers).status_code == 409


def test_the_same_by_program() -> None:
    reference = ended()
    path = f"/kept/{reference}"
    sent = b'{"kind": "rights", "their_reference": "R 1", "reason": "Asked."}'
    placed = call(RIA, "POST", f"{path}/holds", sent)
    assert placed.status == 200, placed.body
    hold = placed.body["holds"][0]["id"]
    call(RIA, "POST", f"{path}/holds/{hold}/ask-end", b'{"reason": "Answered."}')
    over = call(LEE, "POST", f"{path}/holds/{hold}/end", b"{}")
    assert not over.body["holds"][0]["stands"]
    told = call(RON, "POST", f"{path}/reviews", b'{"outcome": "dispose", "reason": "Over."}')
    assert told.body["reviews"][0]["standing"] == "waiting"
    call(LEE, "POST", f"{path}/decline", b'{"reason": "Not yet."}')
    call(RON, "POST", f"{path}/reviews", b'{"outcome": "dispose", "reason": "Over."}')
    due = call(OLA, "GET", "/due")
    assert [it["proposed"] for it in due.body["items"]] == ["dispose"]
    done = call(LEE, "POST", f"{path}/confirm", b"{}")
    number = done.body["certificate"]
    assert call(OLA, "GET", f"/certificates/{number}").body["what"] == "content"
    assert call(OLA, "GET", "/certificates").body["items"][0]["reference"] == number
    period = f"start={today() - timedelta(days=90)}&end={today() + timedelta(days=1)}"
    balance = call(OLA, "GET", f"/balance?{period}").body
    assert (balance["created"], balance["disposed"], balance["close"]) == (1, 0, 1)


def as_seen(schedule: dict[str, Any]) -> bytes:
    return json.dumps({"proposal": schedule["proposal"]}).encode()


def test_the_schedule_changes_by_two_people_by_program() -> None:
    a_desk()
    figures = b'{"review": 3, "most": 9, "child_review": 2, "child_most": 4, "reason": "Less."}'
    proposed_ = call(RON, "POST", "/schedules/D02/proposals", figures)
    assert proposed_.status == 200, proposed_.body
    [content] = [it for it in proposed_.body["items"] if it["code"] == "D02"]
    assert (content["in_force"]["review"], content["proposed"]["review"]) == (6, 3)
    approve, older = "/schedules/D02/approve", as_seen(content)
    assert call(RON, "POST", approve, older).body["rule"] == "E-WHO-02"
    assert call(DEE, "POST", approve, b"{}").status == 422
    call(RON, "POST", "/schedules/D02/proposals", figures.replace(b"9", b"8"))
    assert call(DEE, "POST", approve, older).body["rule"] == "E-REV-25"
    [content] = [it for it in call(OLA, "GET", "/schedules").body["items"] if it["code"] == "D02"]
    assert call(DEE, "POST", approve, as_seen(content)).body == {"code": "D02"}
    [content] = [it for it in call(OLA, "GET", "/schedules").body["items"] if it["code"] == "D02"]
    assert (content["in_force"]["most"], content["proposed"], content["proposal"]) == (
        8,
        None,
        None,
    )
    far = figures.replace(b"9", b"99")
    assert call(RON, "POST", "/schedules/D02/proposals", far).body["rule"] == "E-RET-23"


def test_the_schedule_in_force_is_shown_with_its_clause_and_what_is_due() -> None:
    ended(days_ago=200)
    client = signed_in(RON)
    assert "/disposal/schedule/" in text_of(client.get("/disposal/"))
    shown = client.get("/disposal/schedule/")
    check_valid(shown)
    told = text_of(shown)
    for said in (
        "D02: content url/description/quote/handle",
        "DPA s.37 s.39",
        "1 to review, 0 to dispose of",
        "12 months; under 18: 6 months",
        "For good",
        "35 days",
    ):
        assert said in told
    unverified = [it for it in schedules().values() if not it.verified]
    assert told.count("Not verified") == len(unverified) > 0
    assert "waiting for a second person" not in told
    figures = b'{"review": 3, "most": 9, "child_review": 2, "child_most": 4, "reason": "Less."}'
    call(RON, "POST", "/schedules/D02/proposals", figures)
    told = text_of(client.get("/disposal/schedule/"))
    assert "Reviewed after 3 months, at most 9 months; under 18: 2 months, 4 months" in told
    assert signed_in(ADA).get("/disposal/schedule/").status_code == 403


FIGURES = {"review": "3", "most": "9", "child_review": "2", "child_most": "4"}
PROPOSE = "/disposal/schedule/D02/propose/"


def test_figures_of_the_schedule_change_on_pages_by_two_people() -> None:
    a_desk().by(LIA)
    ron, dee, lia = signed_in(RON), signed_in(DEE), signed_in(LIA)
    assert PROPOSE in text_of(ron.get("/disposal/schedule/"))
    assert PROPOSE not in text_of(dee.get("/disposal/schedule/"))
    check_valid(ron.get(PROPOSE))
    said = fill(ron, PROPOSE, **FIGURES, reason="The reviews need less.")
    assert said.status_code == 302
    old = waiting_figures(lia)
    assert old in text_of(dee.get("/disposal/schedule/"))
    page = lia.get(old)
    check_valid(page)
    for told in ("The reviews need less.", "at most 9 months", "Kept at most", "Ron"):
        assert told in text_of(page)
    fill(ron, PROPOSE, **{**FIGURES, "review": "4"}, reason="Four is right.")
    replaced = lia.post(old, carried(page))
    assert replaced.status_code == 409
    assert "E-REV-25" in text_of(replaced)
    assert schedule_of("D02").review == Period(6, 0)
    assert fill(lia, waiting_figures(lia)).status_code == 302
    assert schedule_of("D02").review == Period(4, 0)
    assert "to approve" not in text_of(lia.get("/"))


def test_figures_are_refused_past_the_limits_by_one_alone_and_of_what_is_not_the_desks() -> None:
    a_desk()
    ron = signed_in(RON)
    far = fill(ron, PROPOSE, **{**FIGURES, "most": "99"}, reason="More.")
    assert far.status_code == 422
    assert "E-RET-23" in text_of(far)
    empty = fill(ron, PROPOSE, review="", most="no", child_review="2", child_most="4", reason="")
    assert empty.status_code == 422
    assert "Enter the months until it is reviewed" in text_of(empty)
    assert "E-RET-23" in text_of(ron.get("/disposal/schedule/D03/propose/"))
    assert signed_in(OLA).get(PROPOSE).status_code == 403
    assert not ScheduleVersionRow.objects.exists()


def waiting_figures(client: Client) -> str:
    """The address of the figures that wait, from the first page of who may approve them."""
    page = text_of(client.get("/"))
    found: str = re.findall(r'href="(/disposal/schedule/D02/approve/[0-9a-f-]+/)"', page)[0]
    return found


def test_the_schedule_takes_as_many_queries_whatever_is_due() -> None:
    desk = a_desk(200)
    client = signed_in(RON)
    client.get("/disposal/schedule/")
    one = queries_of(lambda: client.get("/disposal/schedule/"))
    for _ in range(3):
        desk.brought_to(State.CLOSED)
    assert queries_of(lambda: client.get("/disposal/schedule/")) == one


Given = tuple[str, Officer, str, dict[str, str], str, str, bytes]


def not_whole() -> Given:
    sent = b'{"outcome": "retain", "reason": "Still."}'
    answers = {"outcome": "retain", "reason": "Still."}
    return ended(), RON, "review/", answers, "/reviews", "E-REV-23", sent


def as_before() -> Given:
    answers = dict.fromkeys(ANSWERS, "As before.") | {"outcome": "retain", "reason": "Still so."}
    days = parts("until", today() + timedelta(days=30))
    told = ", ".join(f'"{name}": "{text}"' for name, text in answers.items())
    sent = f'{{{told}, "until": "{today() + timedelta(days=30)}"}}'.encode()
    return ended(), RON, "review/", answers | days, "/reviews", "E-REV-23", sent


def the_same_seven_times() -> Given:
    same = "It is still needed for this."
    answers = dict.fromkeys(ANSWERS, same) | {"outcome": "retain", "reason": "Still so."}
    days = parts("until", today() + timedelta(days=30))
    told = ", ".join(f'"{name}": "{text}"' for name, text in answers.items())
    sent = f'{{{told}, "until": "{today() + timedelta(days=30)}"}}'.encode()
    return ended(), RON, "review/", answers | days, "/reviews", "E-REV-23", sent


def moved_too_far() -> Given:
    reference = ended()
    last = row(reference).max_on
    assert last is not None
    later = last + timedelta(days=400)
    until = today() + timedelta(days=30)
    answers = {"outcome": "retain", "reason": "Still.", **ANSWERS}
    days = parts("until", until) | parts("last_day", later)
    told = ", ".join(f'"{name}": "{text}"' for name, text in answers.items())
    sent = f'{{{told}, "until": "{until}", "last_day": "{later}"}}'.encode()
    return reference, RON, "review/", answers | days, "/reviews", "E-RET-22", sent


def held_already() -> Given:
    reference = ended()
    held(reference)
    answers = {"outcome": "dispose", "reason": "Over."}
    sent = b'{"outcome": "dispose", "reason": "Over."}'
    return reference, RON, "review/", answers, "/reviews", "E-HOLD-30", sent


def changed_since() -> Given:
    reference = proposed(ended())
    held(reference)
    return reference, LEE, "confirm/", {"answer": "confirm"}, "/confirm", "E-MOVE-02", b"{}"


def nothing_proposed() -> Given:
    return ended(), LEE, "confirm/", {"answer": "confirm"}, "/confirm", "E-REV-25", b"{}"


def no_reason_to_decline() -> Given:
    reference = proposed(ended())
    answers = {"answer": "decline"}
    return reference, LEE, "confirm/", answers, "/decline", "E-ADM-46", b'{"reason": " "}'


def half_a_hold() -> Given:
    answers = {"kind": "evidence", "their_reference": "T 1", "reason": "Asked."}
    sent = b'{"kind": "evidence", "their_reference": "T 1", "reason": "Asked."}'
    return ended(), RIA, "hold/", answers, "/holds", "E-HOLD-26", sent


def ended_by_who_asked() -> Given:
    reference = ended()
    hold = held(reference)
    holds.ask_to_end(reference, hold.id, "Over.", acting=by(DEE))
    place = f"holds/{hold.id}/"
    return reference, DEE, place, {}, f"/holds/{hold.id}/end", "E-TWO-05", b"{}"


def no_such_hold() -> Given:
    hold, sent = uuid4(), b'{"reason": "Over."}'
    place = f"holds/{hold}/"
    return ended(), RIA, place, {"reason": "Over."}, f"/holds/{hold}/ask-end", "E-HOLD-31", sent


def not_ended() -> Given:
    reference = a_desk().log()
    answers = {"outcome": "dispose", "reason": "Over."}
    sent = b'{"outcome": "dispose", "reason": "Over."}'
    return reference, RON, "review/", answers, "/reviews", "E-REV-26", sent


REFUSED: tuple[Callable[[], Given], ...] = (
    not_whole,
    as_before,
    the_same_seven_times,
    moved_too_far,
    held_already,
    changed_since,
    nothing_proposed,
    no_reason_to_decline,
    half_a_hold,
    ended_by_who_asked,
    no_such_hold,
    not_ended,
)


@pytest.mark.parametrize("refused", REFUSED)
def test_each_refusal_at_both_doors_changes_nothing_and_names_its_rule(
    refused: Callable[[], Given],
) -> None:
    reference, officer, place, answers, path, rule, body = refused()
    told = call(officer, "POST", f"/kept/{reference}{path}", body)
    assert told.body["rule"] == rule
    before = row(reference).version
    shown = sent(signed_in(officer), page(reference, place), answers)
    assert shown.status_code in {403, 409, 422}
    assert rule in text_of(shown)
    assert row(reference).version == before


def sent(client: Client, address: str, answers: dict[str, str]) -> Any:
    """Send a form as filled in; where the page shows none, as a program would."""
    opened = client.get(address)
    if opened.status_code != 200:
        return client.post(address, answers)
    return fill(client, address, **answers)


@pytest.mark.parametrize("officer", [ADA, CY, DEE, RIA, LEE])
def test_who_may_not_review_sees_no_page_for_it(officer: Officer) -> None:
    reference = ended()
    with changing_nothing_but_entries():
        assert signed_in(officer).get(page(reference, "review/")).status_code == 403
        assert call(officer, "POST", f"/kept/{reference}/reviews", b"{}").body["rule"] == "E-WHO-02"


def changing_nothing_but_entries() -> Any:
    """A refused attempt is an entry of the log; nothing of casework changes."""
    from contextlib import contextmanager

    @contextmanager
    def unchanged() -> Any:
        before = ReviewRow.objects.count(), HoldRow.objects.count(), DisposalRow.objects.count()
        yield
        after = ReviewRow.objects.count(), HoldRow.objects.count(), DisposalRow.objects.count()
        assert after == before

    return unchanged()


@pytest.mark.parametrize("door", ["page", "api"])
def test_what_is_late_is_closed_at_both_doors(door: str) -> None:
    reference = ended(days_ago=400)
    if door == "page":
        shown = signed_in(ADA).get(f"/referrals/{reference}/")
        assert shown.status_code == 403
        assert "E-RET-28" in text_of(shown)
        assert reference not in text_of(signed_in(ADA).get("/referrals/"))
        return
    assert call(ADA, "GET", f"/referrals/{reference}").body["rule"] == "E-RET-28"
    told = call(CY, "POST", f"/referrals/{reference}/reopen", b'{"reason": "News."}')
    assert told.body["rule"] == "E-RET-28"
    assert call(ADA, "GET", "/referrals").body["items"] == []


def test_the_list_says_when_the_worker_last_looked() -> None:
    a_desk()
    assert "has not looked yet" in text_of(signed_in(RON).get("/disposal/"))
    retention.run(acting=by(WORKER))
    assert "The worker last looked on" in text_of(signed_in(OLA).get("/oversight/"))
    retention.run(acting=Acting(officer=WORKER, at=now() - timedelta(days=30)))
    assert "more than two days ago" in text_of(signed_in(OLA).get("/oversight/"))


def test_the_pages_of_a_person_ask_the_same_and_name_nobody() -> None:
    desk = a_desk(days_ago=0)
    reference = known_person(desk)
    client = signed_in(RON)
    client.post(f"/people/{reference}/", {"reason": "To review it."})
    assert client.get(page(reference, "review/")).status_code == 200
    fill(client, page(reference, "review/"), outcome="dispose", reason="Not needed.")
    fill(signed_in(LEE), page(reference, "confirm/"), answer="confirm")
    assert DisposalRow.objects.get().kind == "person"


def test_more_records_take_no_more_queries() -> None:
    desk = a_desk(days_ago=400)
    client = signed_in(RON)
    reference = desk.brought_to(State.WITHDRAWN)
    client.get("/disposal/")
    few = queries_of(lambda: client.get("/disposal/"))
    for _ in range(5):
        desk.brought_to(State.WITHDRAWN)
    assert queries_of(lambda: client.get("/disposal/")) == few <= 14
    assert queries_of(lambda: client.get(page(reference))) <= 20
