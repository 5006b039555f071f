"""Scenes between the morning and the afternoon: two at once, reminders, notes, absence, finding."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from django.conf import settings

from tests.api.callers import intake
from tests.stories.calls import WHY
from tests.stories.cases import Case
from tests.stories.day import Day, until
from tests.stories.doors import ByCall

MENTION = "Please have a look at the second half."


def two_approvers_take_the_same_one(day: Day) -> None:
    """Two approvers decide at once: one wins, the other is told, and nothing is decided twice."""
    first, second, third = (it for it in day.logged_by("bo") if it.parts[0] == ["bo assess"])
    start = Barrier(2)

    def decides(who: ByCall) -> int:
        start.wait()
        path = f"/referrals/{first.reference}/decisions"
        return who.post(path, {"decision": "approve", "reason": WHY}).status_code

    with ThreadPoolExecutor(2) as both:
        told = dict(zip(("Gus", "Sam"), both.map(decides, (day.gus, day.second_sam)), strict=True))
    assert sorted(told.values()) == [200, 409]
    first.happened("approve", min(told, key=lambda it: told[it]))

    day.sam.goes_to(f"/referrals/{second.reference}/decide/")
    day.gus.does("approve", second)
    second.happened("approve", "Gus")
    assert day.sam.sends({"decision": "refuse", "reason": WHY}) == 409
    day.sam.reads(WHY)

    assert day.gus.refused("approve", third, version=1) == "E-MOVE-02"
    day.gus.does("return", third)
    third.happened("return", "Gus")


def platforms_are_reminded(day: Day) -> None:
    """Of eight that were never answered one is put off, one is answered now, six are reminded."""
    put_off, answered, *others = day.earlier
    today = settings.CLOCKS.calendar.day_of(datetime.now(UTC))
    later = settings.CLOCKS.calendar.working_day_after(today, 3).isoformat()
    one = f"/referrals/{put_off.reference}"
    assert day.bo.post(f"{one}/snooze", {"until": later, "reason": WHY}).status_code == 200
    put_off.happened("put_off", "Bo")
    day.bo.does("declined", answered)
    answered.happened("declined", "Bo")
    before = len(day.mail.taken)
    assert day.ada.goes_to("/reminders/?all=1") == 200
    assert day.ada.sends({}) == 200
    day.ada.reads("6 reminders are on their way")
    until(lambda: len(day.mail.taken) == before + len(others))
    for case in others:
        case.happened("remind", "Ada")
        case.happened("reminded")


def a_colleague_is_told(day: Day) -> None:
    """Bo mentions Gus in a note: his worklist and his mail say so, and the mail no more."""
    case = _left_by(day, "bo proceed")
    note = {"text": f"{MENTION} {case.word}", "mentions": ["gus"]}
    assert day.bo.post(f"/referrals/{case.reference}/notes", note).status_code == 200
    case.happened("note", "Bo")
    until(lambda: any("gus@desk.example" in to for _, to, _ in day.mail.taken))
    (mail,) = (data for _, to, data in day.mail.taken if "gus@desk.example" in to)
    assert case.reference.encode() in mail
    assert MENTION.encode() not in mail
    gus = day.by_form("gus")
    assert "You are mentioned" in gus.reads("/")
    assert MENTION in gus.reads(f"/referrals/{case.reference}/notes/")
    assert "You are mentioned" not in gus.reads("/")


def work_changes_hands(day: Day) -> None:
    """Ada hands one over; Eli goes home for two days, and Bo stands in."""
    handed, waiting = [it for it in day.logged_by("ada-list") if it.state == "logged"][:2]
    there = f"/referrals/{handed.reference}/hand-over/"
    day.ada.fills(there, {"officer": "bo", "reason": WHY})
    handed.happened("hand_over", "Ada")
    day.bo.does("proceed", handed)
    handed.happened("proceed", "Bo")
    there = f"/referrals/{waiting.reference}/hand-over/"
    day.eli.fills(there, {"officer": "eli", "reason": WHY})
    waiting.happened("hand_over", "Eli")
    now = datetime.now(UTC)
    days = {"first_day": now, "last_day": now + timedelta(days=1)}
    parts = {
        f"{name}_{part}": str(getattr(day_, part))
        for name, day_ in days.items()
        for part in ("day", "month", "year")
    }
    day.eli.fills("/colleagues/eli/absence/", {"stand_in": "bo", **parts})
    worklist = day.by_form("bo").reads("/")
    assert "You stand in for Eli" in worklist
    assert f"/referrals/{waiting.reference}/" in worklist


def everything_is_found(day: Day) -> None:
    """Find one case by its word, its number, and its address in another spelling."""
    case = day.logged_by("eli")[0]
    elsewhere = case.address.replace("https://", "HTTPS://").replace("site", "SITE")
    for asked in (case.word, case.reference, elsewhere):
        found = day.bo.get("/referrals", q=asked)["items"]
        assert [it["reference"] for it in found] == [case.reference], asked
    save = "/referrals/lists/save/?state=not_referred"
    there = day.ada.fills(save, {"name": "What we did not send"})
    assert there == "/referrals/?state=not_referred"
    for refused in (it for it in day.cases if it.state == "not_referred"):
        day.ada.reads(refused.reference)


def what_is_not_public_stays_out(day: Day) -> None:
    """Nothing is kept of a post behind a log-in but that it was refused."""
    body = intake(url="https://site.example/behind-a-log-in", public_without_login=False)
    answer = day.bo.post("/referrals", body)
    assert (answer.status_code, answer.json()["rule"]) == (422, "E-PRIV-72")
    day.cases[0].counted += ["intake_refused"]


def _left_by(day: Day, step: str) -> Case:
    return next(it for it in day.cases if it.parts[0] == [step])
