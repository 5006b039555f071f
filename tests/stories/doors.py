"""The three doors of a desk from outside: calls of the API, plain forms, and pages in a browser.

Each does the same acts, named by one verb, and fails unless the desk says yes.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

import requests
from django.utils import timezone
from playwright.sync_api import Locator

from tests.stories.browser import Person
from tests.stories.calls import CALLS, WHY, Body, asked_to_log, said_of
from tests.stories.cases import DECISIONS, ENDINGS, OUTCOMES, SEEN, Case
from tests.web.filling import carried
from tests.web.test_assess import EVIDENCE, HARM, LAW, RIGHTS
from tests.web.test_log import answers as log_answers

PATIENCE = 30
WITNESS, INITIALS = "sam", "s"
FORM = "main form:has(input[name=submission])"
NUMBERS = count(1)
REFERENCE = re.compile(r"/referrals/(\d{4}-\d{6})/")
TAG = re.compile(r"<[^>]*>")


PAGES_OF: Mapping[str, tuple[str, Body]] = {
    "proceed": ("triage", {"outcome": "proceed"}),
    "not_for_us": ("triage", CALLS["not_for_us"][1] | {"reason_not_for_us": WHY}),
    "emergency": ("triage", {"outcome": "emergency"}),
    "mail": ("send", {}),
    "acknowledged": ("answer", {"said": "acknowledged"}),
    **{it: ("decide", {"decision": it, "reason": WHY}) for it in DECISIONS},
    **{it: ("answer", {"said": it}) for it in OUTCOMES},
    **{it: ("check", {"seen": it}) for it in SEEN},
    **{it: (it, {"reason": WHY}) for it in ENDINGS},
}
ANY_SITE = {name: said for name, said in LAW.items() if name != "policy_from"}
ASSESSED: Mapping[str, Body] = {
    "harm": HARM,
    "law": ANY_SITE,
    "evidence": EVIDENCE,
    "rights": RIGHTS,
    "child": {"child": "no"},
}


class ByCall:
    """An officer who calls the API. Now and then a change is sent twice, and done once."""

    def __init__(self, url: str, token: str) -> None:
        self.url = f"{url}/api/v1"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **asked: str) -> Any:
        """Read, which must be answered."""
        answer = self.session.get(self.url + path, params=asked, timeout=PATIENCE)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def post(self, path: str, body: Body, *, key: str = "") -> requests.Response:
        """Send a change under a key of its own."""
        return self.session.request(
            "PUT" if path.endswith("assessment") else "POST",
            self.url + path,
            json=body,
            headers={"Idempotency-Key": key or f"story-{next(NUMBERS)}"},
            timeout=PATIENCE,
        )

    def does(self, verb: str, case: Case) -> None:
        """Do an act on a case. Every tenth request is sent twice."""
        path, body = self._asked(verb, case)
        number = next(NUMBERS)
        answer = self.post(path, body, key=f"act-{number}")
        assert answer.status_code < 300, f"{verb} {case.reference}: {answer.text}"
        if number % 10 == 0:
            again = self.post(path, body, key=f"act-{number}")
            assert (again.status_code, again.text) == (answer.status_code, answer.text)
        case.reference = case.reference or answer.json()["reference"]

    def refused(self, verb: str, case: Case, **more: object) -> str:
        """Try what must be refused; give the rule."""
        path, body = self._asked(verb, case)
        answer = self.post(path, body | more)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["rule"])

    def _asked(self, verb: str, case: Case) -> tuple[str, Body]:
        if verb == "log":
            return "/referrals", asked_to_log(case)
        one = f"/referrals/{case.reference}"
        if verb == "portal":
            sheet = self.get(f"{one}/sheet")["sha256"]
            told = {"sent_at": datetime.now(UTC).isoformat(), "sent_as_shown": True, "sheet": sheet}
            who = {"witness": WITNESS, "witness_initials": INITIALS}
            return f"{one}/notices", {"transport": "portal", **told, **who}
        path, body = CALLS[verb]
        return f"{one}/{path}", body


class ByForm:
    """An officer whose browser runs no scripts: opens pages and sends their forms over HTTP."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.headers["Referer"] = url
        self.get("/account/login/")
        answer = self.post("/account/login/", {"login": username, "password": password})
        assert answer.status_code == 302, answer.text

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self.session.get(self.url + path, timeout=PATIENCE, allow_redirects=False)

    def post(self, path: str, answers: Body) -> requests.Response:
        """Send a form."""
        sign = {"csrfmiddlewaretoken": self.session.cookies.get("evenhand_form")}
        return self.session.post(
            self.url + path, data=answers | sign, timeout=PATIENCE, allow_redirects=False
        )

    def reads(self, path: str) -> str:
        """Give what a page says, which must open."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def fills(self, path: str, answers: Body) -> str:
        """Fill a page in and send it; give where it leads."""
        opened = self.get(path)
        assert opened.status_code == 200, f"{path}: {opened.status_code} {main_of(opened)}"
        done = self.post(path, carried(opened) | answers)
        assert done.status_code == 302, f"{path}: {done.status_code} {main_of(done)}"
        return str(done.headers["Location"])

    def does(self, verb: str, case: Case) -> None:
        """Do an act on a case, page by page."""
        if verb == "log":
            page = self.reads(self.fills("/log-content/", log_form(case)))
            case.reference = REFERENCE.findall(page)[0]
            return
        for path, answers in pages_for(verb, case.reference):
            self.fills(path, answers)


class ByBrowser(Person):
    """An officer at a browser, who types, ticks and presses the button of each page."""

    def does(self, verb: str, case: Case) -> None:
        """Do an act on a case, page by page."""
        if verb == "log":
            self.fills("/log-content/", log_form(case))
            case.reference = self.page.get_by_text("2026-").first.inner_text()
            return
        for path, answers in pages_for(verb, case.reference):
            self.fills(path, answers)

    def fills(self, path: str, answers: Body) -> str:
        """Fill a page in and send it; give where it leads."""
        assert self.goes_to(path) == 200, self.page.locator("main").inner_text()
        assert self.sends(answers) == 200, self.page.locator("main").inner_text()
        return self.page.url.removeprefix(self.url)

    def sends(self, answers: Body, button: str = "") -> int:
        """Answer the page that is open and press a button, else its form's first; the status."""
        for name, said in answers.items():
            for one in said if isinstance(said, list) else [said]:
                self._answer(self.page.locator(f'main [name="{name}"]'), one)
        pressed = self.page.locator(FORM).first.locator("button[type=submit]").first
        if button:
            pressed = self.page.get_by_role("button", name=button, exact=True)
        with self.page.expect_navigation() as sent:
            pressed.click()
        return int(sent.value.status)

    def _answer(self, field: Locator, said: str) -> None:
        kind = field.first.evaluate("it => it.type")
        if kind in {"radio", "checkbox"}:
            name = field.first.get_attribute("name")
            self.page.locator(f'main [name="{name}"][value="{said}"]').check()
        elif kind.startswith("select"):
            field.select_option(said)
        else:
            field.fill(said)


def main_of(answer: requests.Response) -> str:
    """Give what a page says, without the page around it."""
    return " ".join(TAG.sub(" ", answer.text.partition("<main")[2]).split())


def log_form(case: Case) -> dict[str, str]:
    """Answer the page for logging content."""
    return log_answers(url=case.address, description=said_of(case))


def moment(name: str, at: datetime) -> dict[str, str]:
    """Answer a question for a day and a time."""
    local = timezone.localtime(at)
    parts = ("day", "month", "year", "hour", "minute")
    return {f"{name}_{part}": str(getattr(local, part)) for part in parts}


def pages_for(verb: str, reference: str) -> list[tuple[str, Body]]:
    """Give the pages of an act on a referral, with what is answered on each."""
    one = f"/referrals/{reference}"
    match verb:
        case "assess":
            pages = [(f"{one}/assess/{page}/", said) for page, said in ASSESSED.items()]
            return [*pages, (f"{one}/assess/check/", {})]
        case "record_emergency":
            told = {"done": ["control_room", "safeguarding"], "told": "The duty inspector"}
            return [(f"{one}/emergency/", told | moment("done_at", datetime.now(UTC)))]
        case "portal":
            told = {"how": "as_shown", "witness": WITNESS, "witness_initials": INITIALS}
            return [(f"{one}/send/form/", told | moment("sent_at", datetime.now(UTC)))]
        case _:
            path, answers = PAGES_OF[verb]
            return [(f"{one}/{path}/", answers)]
