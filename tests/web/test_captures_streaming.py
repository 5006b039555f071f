"""A large file through a real web server: no memory grows by it, and half a file leaves nothing."""

import http.client
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from evenhand.rules.officers import Officer, Role
from evenhand.store.captures import CaptureRow
from tests.captures import left
from tests.desks import LiveDesk
from tests.web.filling import carried
from tests.web.people import logged, signed_in, stored
from tests.web.test_captures import said

MB = 1024 * 1024
SIZE = 200 * MB
BOUNDARY = "between-the-parts"


class Browser:
    """Sends the form of a capture as a browser does, with a video that it makes as it goes."""

    def __init__(self, url: str, officer: Officer) -> None:
        client = signed_in(officer)
        client.get("/")
        self.address = f"/referrals/{logged(officer)}/captures/new/"
        shown = client.get(self.address)
        token = str(shown.context["csrf_token"])
        fields = carried(shown) | said(csrfmiddlewaretoken=token)
        self.last = {"came": fields.pop("came")}
        self.first = fields
        self.host = urlsplit(url).netloc
        names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
        self.cookies = "; ".join(f"{it}={client.cookies[it].value}" for it in names)

    def body(self, *, most: int) -> Iterator[bytes]:
        yield b"".join(map(_field, self.first, self.first.values()))
        yield _part('name="file"; filename="a.webm"') + b"\x1aE\xdf\xa3"
        for _ in range(most // MB):
            yield bytes(MB)
        yield b"\r\n" + b"".join(map(_field, self.last, self.last.values()))
        yield f"--{BOUNDARY}--\r\n".encode()

    def begin(self, *length: str) -> http.client.HTTPConnection:
        """Send the headers of the form, with those that say how long it is."""
        connection = http.client.HTTPConnection(self.host)
        connection.putrequest("POST", self.address)
        connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        connection.putheader(*length)
        connection.putheader("Cookie", self.cookies)
        connection.endheaders()
        return connection

    def send(self, *, most: int = SIZE) -> http.client.HTTPConnection:
        """Send the form; of the video so much, and nothing after less than all of it."""
        length = sum(len(it) for it in self.body(most=0)) + SIZE
        connection = self.begin("Content-Length", str(length))
        for at, piece in enumerate(self.body(most=most)):
            if most == SIZE or at < most // MB + 2:
                connection.send(piece)
        return connection


def _part(what: str) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {what}\r\n\r\n".encode()


def _field(name: str, value: object) -> bytes:
    return _part(f'name="{name}"') + f"{value}\r\n".encode()


@pytest.fixture
def browser(live_desk: LiveDesk) -> Browser:
    return Browser(live_desk.url, stored("Ada", Role.OFFICER))


def test_a_large_video_is_kept_in_little_memory(browser: Browser) -> None:
    tracemalloc.start()
    connection = browser.send()
    answer = connection.getresponse()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status == 302, answer.read()
    connection.close()
    assert CaptureRow.objects.get().size == SIZE + 4
    assert most < 40 * MB


def test_a_form_that_breaks_off_half_way_leaves_nothing(browser: Browser) -> None:
    before = left()
    connection = browser.send(most=SIZE // 4)
    wait_for(lambda: left() != before)
    connection.close()
    wait_for(lambda: left() == before)
    assert not CaptureRow.objects.exists()


def test_five_gigabytes_that_say_so_are_refused_before_any_of_them_comes(
    browser: Browser,
) -> None:
    before = left()
    connection = browser.begin("Content-Length", str(5 * 1024 * MB))
    answer = connection.getresponse()
    assert answer.status == 422
    assert b"larger than 2048 MB" in answer.read()
    connection.close()
    assert left() == before


def test_a_form_that_does_not_say_how_long_it_is_leaves_nothing(browser: Browser) -> None:
    before = left()
    connection = browser.begin("Transfer-Encoding", "chunked")
    with suppress(OSError):  # The answer may come, and the connection end, before it was all sent.
        for piece in browser.body(most=8 * MB):
            connection.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    connection.close()
    wait_for(lambda: left() == before)
    assert not CaptureRow.objects.exists()


def wait_for(it: Callable[[], bool]) -> None:
    for _ in range(300):
        if it():
            return
        time.sleep(0.1)
    raise AssertionError("It never came to that.")
