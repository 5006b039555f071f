"""Single scenes of a day at the desk, each told once and checked where it happens."""

from datetime import UTC, datetime, timedelta

from tests.api.callers import intake
from tests.stories.calls import WHY, said_of
from tests.stories.cases import Case
from tests.stories.day import Day
from tests.stories.doors import ByBrowser, ByForm
from tests.web.test_assess import EVIDENCE, HARM, LAW, RIGHTS
from tests.web.test_log import answers as log_answers

NOT_ADDRESSES = (
    "ftp://files.example/post",
    "http://localhost/post",
    "https://eve:secret@site.example/post",
    "http://192.168.0.1/post",
)
PRIVATE = "https://discord.gg/fictional"


def ada_pastes_a_list(day: Day) -> None:
    """Log fifty addresses in the browser: some are none, two are known, one stands there twice."""
    cases = day.logged_by("ada-list")
    known = sorted((it for it in cases if it.address == "again"), key=lambda it: len(it.parts[0]))
    for case, earlier in zip(known, day.earlier, strict=False):
        case.address = _in_another_spelling(earlier.address)
    good = [it for it in cases if it not in known]
    twice = _in_another_spelling(_meant_together(good)[0].address)
    listed = [*(it.address for it in [*good, *known]), twice, *NOT_ADDRESSES]
    assert len(listed) == 50
    page = day.ada
    page.fills("/log-content/", log_answers(url="\n".join(listed), description=said_of(cases[0])))
    page.sends({"what_44": "link", "what_45": "continue", "reason_45": WHY}, "Log 45 addresses")
    page.reads("45 referrals logged")
    page.reads("5 addresses were not logged.")
    links = page.page.locator("main a[href^='/referrals/2']").all()
    found = list(dict.fromkeys(str(it.get_attribute("href")).split("/")[2] for it in links))
    for case, reference in zip([*good, *known], found, strict=True):
        case.reference = reference
        case.happened("log", "Ada")
    known[0].happened("duplicate", "Ada")
    good[0].counted += ["looks"] * sum("tiktok" in it.address for it in good)
    for case in cases:
        day.office.goes_on(case)
    day.office.asks("ada", lambda: ada_assesses_together(day))


def _in_another_spelling(address: str) -> str:
    return address.replace("youtu.be/", "www.youtube.com/watch?v=")


def ada_assesses_together(day: Day) -> None:
    """Assess six copies of one film in one pass, in the browser."""
    _assess_together(day, day.ada, "Ada", day.logged_by("ada-list"))
    day.ada.reads("6 referrals sent for approval")


def eli_assesses_together(day: Day) -> None:
    """Take ten copies over from Bo, and assess them in one pass on plain forms."""
    cases = _meant_together(day.logged_by("bo-list"))
    references = [it.reference for it in cases]
    taking = {"officer": "eli", "references": references, "reason": WHY}
    day.eli.fills("/colleagues/bo/work/", taking)
    for case in cases:
        case.happened("hand_over", "Eli")
    done = _assess_together(day, day.eli, "Eli", cases)
    assert "10 referrals sent for approval" in day.eli.reads(done)


def _assess_together(day: Day, who: ByBrowser | ByForm, name: str, listed: list[Case]) -> str:
    """Answer once what all of them share, and for each what is its own; give where it ends."""
    cases = _meant_together(listed)
    chosen = {"references": [it.reference for it in cases]}
    group = who.fills("/assess-together/", chosen).removesuffix("harm/")
    for step, said in (("harm", HARM), ("law", LAW), ("rights", RIGHTS)):
        who.fills(f"{group}{step}/", said)
    for case in cases:
        own = EVIDENCE | {"child": "no", "evidence_inside": f"Seen in {case.reference}."}
        who.fills(f"{group}referrals/{case.reference}/", own)
    done = who.fills(f"{group}check/", {})
    for case in cases:
        case.happened("assess", name)
        day.office.goes_on(case)
    return done


def _meant_together(cases: list[Case]) -> list[Case]:
    return [it for it in cases if any("together" in step for step in it.parts[0])]


def bo_sends_a_list(day: Day) -> None:
    """Log fifty addresses in one call; three are refused, one of them as a private place."""
    cases = day.logged_by("bo-list")
    listed = [*(it.address for it in cases), *NOT_ADDRESSES[:2], PRIVATE]
    body = intake(description=said_of(cases[0]), urls=[{"url": it} for it in listed])
    del body["url"]
    answer = day.bo.post("/referrals/batch", body, key="a list of Bo").json()["items"]
    again = day.bo.post("/referrals/batch", body, key="a list of Bo").json()["items"]
    assert answer == again
    assert [it["status"] for it in answer] == [201] * 47 + [422] * 3
    for case, line in zip(cases, answer, strict=False):
        case.reference = line["referral"]["reference"]
        case.happened("log", "Bo")
    cases[0].counted += ["intake_refused"]
    day.office.asks("eli", lambda: eli_assesses_together(day))
    for case in cases:
        day.office.goes_on(case)


def dee_signs_a_form_off(day: Day) -> None:
    """Have the data protection officer allow sending by a platform’s own form."""
    review = datetime.now(UTC) + timedelta(days=300)
    when = {f"review_on_{part}": str(getattr(review, part)) for part in ("day", "month", "year")}
    form = "https://forms.clipnest.example"
    said = {"transport": "portal", "contact": form, "basis": "DPA 2018 s.77"}
    day.dee.fills("/platforms/clipnest/sign-off/", said | when)
