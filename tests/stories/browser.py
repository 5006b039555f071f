"""A person at a browser: signs in, fills pages in by their labels, and looks at what is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import html5lib
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What holds is not described: to find and send every node of it takes a third of the time.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
LOOK = """how => axe.run(how).then(found => {
  const ids = [...document.querySelectorAll('[id]')].map(it => it.id)
  const again = ids.filter((it, at) => ids.indexOf(it) !== at)
  const wider = document.documentElement.scrollWidth - window.innerWidth
  return [found.violations, [...new Set(again)], wider]
})"""
"""All that is looked for in a page, asked for at once."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Have Debian's Chromium open, without a screen.

    Playwright runs a loop in this thread, which Django takes for asynchronous code and refuses to
    ask the database in; it may. Django keeps connections of its own for what is asked in this
    block. They are closed with it: the next desk has another database.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            connections.close_all()
            browser.close()


class Person:
    """One officer in one browser window of their own."""

    def __init__(self, browser: Browser, desk: dict[str, Any], name: str, **window: Any) -> None:
        self.url: str = desk["url"]
        self.officer = next(it for it in desk["officers"] if it["username"] == name)
        self.context = browser.new_context(**window)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda it: self._hear(it.type, it.text))
        self.page.on("pageerror", lambda it: self.faults.append(str(it)))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.faults.append(text)

    def signs_in(self) -> None:
        self.goes_to("/")
        self.page.get_by_label("User name").fill(self.officer["username"])
        self.page.get_by_label("Password", exact=True).fill(self.officer["password"])
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        assert "login" not in self.page.url, self.page.locator("main").inner_text()

    def goes_to(self, path: str) -> int:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        return answer.status

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name).or_(
            self.page.locator("main").get_by_role("button", name=name, exact=True)
        ).first.click()

    def writes(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)

    def picks(self, group: str, answer: str) -> None:
        self.page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()

    def reads(self, words: str) -> None:
        assert words in self.page.locator("main").inner_text(), self.page.locator(
            "main"
        ).inner_text()

    def leaves(self) -> None:
        self.context.close()
        assert self.faults == []


def faults_of(page: Page, source: str | None = None) -> list[str]:
    """Give what an accessibility checker and a strict HTML parser find wrong with a page.

    ``source`` is the page as it came; without it, it is fetched again.
    """
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.request.get(page.url).text() if source is None else source)
    return [f"{page.url}: {place}: {code}" for place, code, _ in parser.errors] + faults_drawn(page)


def faults_drawn(page: Page) -> list[str]:
    """Give what is wrong with a page as the browser draws it; its HTML was parsed before."""
    page.wait_for_load_state()
    page.evaluate(AXE_SCRIPT)
    violations, twice, wider = page.evaluate(LOOK, AXE)
    found = [f"{page.url}: {it['id']}: {it['nodes'][0]['html']}" for it in violations]
    found += [f"{page.url}: id twice: {it}" for it in twice]
    return found + ([f"{page.url}: wider than the window by {wider}px"] if wider > 0 else [])
