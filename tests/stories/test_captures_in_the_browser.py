"""In a browser: no capture is fetched unasked, and all begins blurred, grey and mute."""

import base64
import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Request, ViewportSize

from evenhand.rules.officers import Officer, Role
from tests.capture_files import png
from tests.captures import kept
from tests.desks import LiveDesk
from tests.stories.browser import CHROMIUM, chromium, faults_drawn
from tests.web.people import acting, logged, signed_in, stored

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
PHONE = ViewportSize(width=320, height=640)
FILMED = """async () => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 64
  const pen = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(10), {mimeType: 'video/webm'})
  const pieces = []
  recorder.ondataavailable = it => pieces.push(it.data)
  recorder.start()
  for (let at = 0; at < 8; at++) {
    pen.fillStyle = `rgb(${at * 30}, 0, 0)`
    pen.fillRect(0, 0, 64, 64)
    await new Promise(done => setTimeout(done, 100))
  }
  await new Promise(done => { recorder.onstop = done; recorder.stop() })
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
  return btoa(String.fromCharCode(...bytes))
}"""
PLAYED = """async it => {
  while (it.currentTime === 0) await new Promise(done => setTimeout(done, 50))
}"""
LOOK = "it => getComputedStyle(it).filter"


class Watching:
    """An officer's window, and what it fetches of captures."""

    def __init__(self, browser: Browser, url: str, officer: Officer) -> None:
        cookie = signed_in(officer).cookies[settings.SESSION_COOKIE_NAME].value
        self.context = browser.new_context(viewport=PHONE, java_script_enabled=True)
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}]
        )
        self.page: Page = self.context.new_page()
        self.fetched: list[str] = []
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.url.endswith("/still/") or request.resource_type in {"image", "media"}:
            self.fetched.append(request.url)

    def of_captures(self) -> list[str]:
        return [it for it in self.fetched if "/captures/" in it]


@pytest.fixture
def browser(live_desk: LiveDesk) -> Iterator[Browser]:
    # The desk is asked here between what the people at the browser do.
    with chromium() as opened:
        yield opened


@pytest.fixture
def ada(live_desk: LiveDesk) -> Officer:
    return stored("Ada", Role.OFFICER)


def opens(window: Watching, url: str, capture: object, button: str) -> None:
    """Go by list and page to a capture, and have it shown for a reason."""
    page = window.page
    page.goto(f"{url}/captures/{capture}/")
    assert "may distress" in page.locator("main").inner_text()
    assert window.of_captures() == []
    page.locator("textarea[name=reason], input[name=reason]").fill("To compare it.")
    page.get_by_role("button", name=button, exact=True).click()


def test_a_still_is_fetched_once_asked_for_and_begins_blurred_and_grey(
    browser: Browser, live_desk: LiveDesk, ada: Officer
) -> None:
    reference = logged(ada)
    capture = kept(reference, png(40, 40), acting=acting(ada))
    window = Watching(browser, live_desk.url, ada)
    window.page.goto(f"{live_desk.url}/referrals/{reference}/captures/")
    assert window.page.locator("main img, main video").count() == 0
    opens(window, live_desk.url, capture, "Show it here, blurred and grey")
    picture = window.page.locator("img.eh-still__picture")
    assert picture.evaluate(LOOK) == "blur(24px) grayscale(1)"
    assert window.of_captures() == [f"{live_desk.url}/captures/{capture}/still/"]
    assert faults_drawn(window.page) == []
    window.page.get_by_label("Show it sharp").check()
    assert picture.evaluate(LOOK) == "grayscale(1)"
    window.page.get_by_label("Show its colours").check()
    assert picture.evaluate(LOOK) == "none"
    with window.page.expect_download() as download:
        window.page.evaluate(f"location = '/captures/{capture}/still/'")
    assert download.value.suggested_filename.startswith("capture-")
    window.context.close()


def test_a_video_is_fetched_once_played_and_begins_mute_blurred_and_grey(
    browser: Browser, live_desk: LiveDesk, ada: Officer
) -> None:
    studio = browser.new_page()
    film = base64.b64decode(studio.evaluate(FILMED))
    studio.close()
    capture = kept(logged(ada), film, acting=acting(ada))
    window = Watching(browser, live_desk.url, ada)
    opens(window, live_desk.url, capture, "Show it here, blurred, grey and without sound")
    video = window.page.locator("video.eh-still__picture")
    assert video.evaluate("it => [it.muted, it.paused, it.autoplay]") == [True, True, False]
    assert video.evaluate(LOOK) == "blur(24px) grayscale(1)"
    assert window.of_captures() == []
    assert faults_drawn(window.page) == []
    assert video.evaluate("it => it.controls") is False  # they would be blurred with it
    play = window.page.get_by_role("button", name="Play", exact=True)
    play.click()
    video.evaluate(PLAYED)
    window.page.get_by_role("button", name="With sound").click()
    assert video.evaluate("it => it.muted") is False
    window.page.get_by_label("Show it sharp").check()
    assert video.evaluate("it => it.controls") is True
    assert set(window.of_captures()) == {f"{live_desk.url}/captures/{capture}/still/"}
    window.context.close()


def test_without_scripts_a_capture_is_shown_in_the_same_way(
    browser: Browser, live_desk: LiveDesk, ada: Officer
) -> None:
    capture = kept(logged(ada), png(40, 40), acting=acting(ada))
    cookie = signed_in(ada).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_desk.url}]
    )
    page = context.new_page()
    page.goto(f"{live_desk.url}/captures/{capture}/")
    page.locator("textarea[name=reason], input[name=reason]").fill("To compare it.")
    page.get_by_role("button", name="Show it here, blurred and grey").click()
    page.get_by_label("Show it sharp").check()
    assert page.locator("img.eh-still__picture").is_visible()
    context.close()
