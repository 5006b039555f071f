"""Pages that say one thing: a refusal, a wrong address, a fault. They need no database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from evenhand.web.frame import around
from evenhand.web.words import Said

TEMPLATE = "evenhand/notice.html"


@dataclass(frozen=True, slots=True)
class Notice:
    """What such a page says, and with which status."""

    status: int
    title: str
    lines: Sequence[str] = ()
    refusals: Sequence[Said] = ()
    new_tab: tuple[str, str] | None = None
    written: Sequence[str] = ()
    ways: Sequence[tuple[str, str]] = ()
    """Where to go on: each a text and an address."""


def page(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Draw the page inside the signed-in frame; without it where that cannot be drawn."""
    # A page about a fault must not fail for want of a frame.
    try:
        text = render_to_string(TEMPLATE, {"notice": notice}, request)
    except Exception:
        return bare_page(request, notice)
    return HttpResponse(text, status=notice.status)


def bare_page(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Draw the page with a frame that touches neither session nor database."""
    frame = around(None, path=request.get_full_path())
    text = render_to_string(TEMPLATE, {"notice": notice, "frame": frame})
    return HttpResponse(text, status=notice.status)
