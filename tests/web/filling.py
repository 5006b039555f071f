"""Filling in a page as a person does: open it, answer, send what it carried along."""

import re
from html.parser import HTMLParser
from typing import Any

import html5lib
from django.test import Client

SUMMARY = 'class="govuk-error-summary"'
IDS = re.compile(r'\sid="([^"]*)"')


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found[given.get("name") or ""] = given.get("value") or ""


def carried(response: Any) -> dict[str, str]:
    """What a page's form carries along unseen: the version shown, and the sign of this showing."""
    parser = _Hidden()
    parser.feed(response.content.decode())
    parser.found.pop("csrfmiddlewaretoken", None)
    return parser.found


def entered(response: Any) -> dict[str, list[str]]:
    """What a browser would send of a page's form as it stands: everything that is filled in."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    found: dict[str, list[str]] = {}
    for it in (one for form in tree.iter("form") for one in form.iter()):
        name, kind = it.get("name"), it.get("type", "text")
        chosen = kind not in {"radio", "checkbox"} or it.get("checked") is not None
        if not name or name == "csrfmiddlewaretoken" or not chosen:
            continue
        if it.tag == "input":
            found.setdefault(name, []).append(it.get("value", ""))
        elif it.tag == "textarea":
            found.setdefault(name, []).append((it.text or "").removeprefix("\n"))
    return found


def fill(client: Client, address: str, **answers: Any) -> Any:
    """Open a page, answer it and send it. Every page that comes back is valid HTML."""
    opened = client.get(address)
    assert opened.status_code == 200, opened.content.decode()
    check_valid(opened)
    answered = client.post(address, carried(opened) | answers)
    if answered.content:
        check_valid(answered)
    return answered


def check_valid(response: Any) -> None:
    """Expect HTML without a fault, no id twice, and what is wrong told once at the top."""
    assert invalid_html(response) == []


def invalid_html(response: Any) -> list[str]:
    """Say what is wrong with a page's HTML. Signs that a person sent are shown as sent."""
    page = response.content.decode()
    parser = html5lib.HTMLParser()
    parser.parse(page)
    faults = [str(it) for it in parser.errors if it[1] != "invalid-codepoint"]
    ids = IDS.findall(page)
    faults += [f"id twice: {it}" for it in sorted(set(ids)) if ids.count(it) > 1]
    return faults + ["what is wrong is told twice"] * (page.count(SUMMARY) > 1)
