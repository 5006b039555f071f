"""A client that keeps its connection, so that what is timed is the answer and not the greeting."""

import http.client
import json
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


class Refused(Exception):
    """An answer that is not the one the benchmark is about."""


class Caller:
    """One person at one connection, with a token or signed in by a form."""

    def __init__(self, url: str, *, token: str = "") -> None:
        self._url, self._token = url, token
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._cookies: SimpleCookie = SimpleCookie()

    def again(self) -> "Caller":
        """Give the same person at another connection."""
        return Caller(self._url, token=self._token)

    def get(self, path: str) -> bytes:
        """Open a page."""
        return self.call("GET", path)

    def send(self, method: str, path: str, said: Mapping[str, object]) -> dict[str, object]:
        """Send a JSON body; give the JSON answer."""
        body = json.dumps(said).encode()
        answer = self.call(method, path, body, {"Content-Type": "application/json"})
        found: dict[str, object] = json.loads(answer) if answer else {}
        return found

    def sign_in(self, path: str, *, username: str, password: str) -> None:
        """Sign in by the form, as a browser does."""
        self.get(path)
        token = self._cookies["evenhand_form"].value
        form = {"login": username, "password": password, "csrfmiddlewaretoken": token}
        body = urlencode(form).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self.call("POST", path, body, headers)

    def call(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> bytes:
        """Ask, and read the whole answer. Raises Refused if it is a refusal."""
        cookies = "; ".join(f"{name}={it.value}" for name, it in self._cookies.items())
        sent = self._headers | dict(headers or {}) | ({"Cookie": cookies} if cookies else {})
        try:
            self._connection.request(method, path, body or None, sent)
            answer = self._connection.getresponse()
        except ConnectionError:  # the server closes what was idle for a while
            self._connection.close()
            self._connection.request(method, path, body or None, sent)
            answer = self._connection.getresponse()
        found = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(line)
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {found[:300]!r}")
        return found
