"""What the record must say when the day is over, compared with what the story has done."""

import re
from collections import Counter
from html import unescape

from tests.stories.cases import Case, counts_of
from tests.stories.day import Day
from tests.stories.plan_of_the_day import NOBODY_HOME

NUMBER = re.compile(
    r'__key">\s*([^<]*?)\s*</dt>\s*<dd class="govuk-summary-list__value">\s*'
    r'<span class="govuk-!-font-weight-bold">(\d+)</span>'
)
ON_THE_PAGE = {
    "logged": "Logged",
    "looks": "Looks at accounts",
    "triage_proceed": "To be assessed",
    "triage_not_for_us": "Not for this desk",
    "triage_duplicate": "Duplicates",
    "triage_emergency": "Emergencies",
    "emergency_later": "Emergencies found later",
    "intake_refused": "Refused at intake",
    "referred": "Assessed and referred",
    "not_referred": "Assessed and not referred",
    "withdrawn": "Withdrawn",
    "removals": "Removals",
}
DONE = ("closed", "not_for_us", "duplicate", "not_referred", "statutory_route", "withdrawn")
A_FAULT = re.compile(r"Traceback|CRITICAL|ERROR|(?:GET|POST|PUT) \S+ 5\d\d ")


def the_counts_are_those_of_the_day(day: Day) -> None:
    """The API and the page count exactly what was done; nothing of it happened two months ago."""
    expected = counts_of([*day.cases, *day.earlier])
    months = sorted({day.started.strftime("%Y-%m"), day.ends_in()})
    told: Counter[str] = Counter()
    on_the_page: Counter[str] = Counter()
    overseer = day.by_form("ola")
    for month in months:
        counted = day.ola.get("/counts", month=month)["counts"]
        told.update({it["code"]: it["count"] for it in counted})
        on_the_page.update(numbers_on(overseer.reads(f"/counts/?month={month}")))
    assert told == Counter({code: expected[code] for code in ON_THE_PAGE})
    assert on_the_page == Counter({name: expected[code] for code, name in ON_THE_PAGE.items()})


def numbers_on(page: str) -> dict[str, int]:
    """Read the counts off their page; how often each rule refused an intake is not among them."""
    found = {unescape(name): int(number) for name, number in NUMBER.findall(page)}
    return {name: found[name] for name in ON_THE_PAGE.values()}


def every_referral_stands_where_it_was_brought(day: Day) -> None:
    """The list, read to its end, has every referral once, in the state that its last act led to."""
    found: dict[str, str] = {}
    cursor: str | None = ""
    while cursor is not None:
        page = day.ola.get("/referrals", cursor=cursor)
        found |= {it["reference"]: it["state"] for it in page["items"]}
        cursor = page["next"]
    assert found == {it.reference: it.state for it in [*day.earlier, *day.cases]}
    assert len(day.cases) == len({it.reference for it in day.cases}) == 200


def every_act_has_its_entry(day: Day) -> None:
    """Each history has today’s acts in order, by whom, and nobody decided on their own work."""
    for case in [*day.earlier, *day.cases]:
        lines = day.ola.get(f"/referrals/{case.reference}/history")["items"]
        told = [(it["act"], it["who"]) for it in lines]
        assert told[-len(case.entries) :] == case.entries, case.reference
        assert case in day.earlier or len(told) == len(case.entries), case.reference
        _check_second_officer(case, told)


def _check_second_officer(case: Case, told: list[tuple[str, str]]) -> None:
    own = {who for act, who in told if act in {"referral.log", "assessment.submit"}}
    approved = {who for act, who in told if act == "referral.approve"}
    assert not own & approved, case.reference


def the_mail_is_what_was_sent(day: Day) -> None:
    """Every notice that was taken came once, to the address that its platform reads."""
    sent = Counter(
        it.address.split("/")[2] for it in day.cases if ("notice.accept", "Evenhand") in it.entries
    )
    taken = Counter(to for _, several, _ in day.mail.taken for to in several)
    assert {it for it in taken if it.endswith("@desk.example")} == {"gus@desk.example"}
    for host, number in sent.items():
        if host.startswith("site"):
            assert taken[f"abuse@{host}"] == number, host
    assert not any(NOBODY_HOME in to for to in taken)
    notices = sum(
        it.entries.count(("notice.accept", "Evenhand")) for it in [*day.earlier, *day.cases]
    )
    assert sum(taken.values()) == notices + 1


def nothing_that_is_done_waits(day: Day) -> None:
    """No worklist shows what came to an end, and what waits for a decision waits for approvers."""
    done = [it.reference for it in day.cases if it.state in DONE]
    for name in ("ada", "bo", "eli", "gus", "sam"):
        page = day.by_form(name).reads("/")
        assert [it for it in done if f"/referrals/{it}/" in page] == [], name
        assert "Evenhand cannot" not in page


def the_logs_hold_no_fault_and_no_word(day: Day) -> None:
    """Web server and worker met no fault, and wrote down nothing that an officer wrote."""
    for name, said in day.programs.logs().items():
        assert A_FAULT.findall(said) == [], name
        assert [it.word for it in day.cases if it.word in said] == [], name
        assert "zqday" not in said
