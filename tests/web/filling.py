"""Filling in a page as a person does: open it, answer, send what it carried along."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


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


def fill(client: Client, address: str, **answers: Any) -> Any:
    """Open a page, answer it and send it."""
    opened = client.get(address)
    assert opened.status_code == 200, opened.content.decode()
    return client.post(address, carried(opened) | answers)
