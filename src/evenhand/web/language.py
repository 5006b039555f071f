"""Which language a page is in: the reader's on the public pages, English on the officers'."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import trans_real
from django.views.decorators.http import require_safe

from evenhand.rules.public_doors import PROGRAMS
from evenhand.web.addresses import way_back
from evenhand.web.components import Params
from evenhand.web.for_everybody import PUBLIC, hear_browser, in_language, language_asked

A_YEAR = 365 * 24 * 3600
MOST_REMEMBERED = 10_000
NAMES = {"en": "English", "cy": "Cymraeg"}
"""What each language calls itself."""


class LanguageAtTheDoor(LocaleMiddleware):
    """Takes the language from the reader's choice or browser where every word is translated.

    Pages for officers and the API are English, so that no page is in two languages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Have each language look up what it says once: a page says some 150 things."""
        super().__init__(get_response)
        _remember_what_is_said()

    def process_request(self, request: HttpRequest) -> None:
        """Take the reader's language, first from the address of a public page.

        Programs are answered in English.
        """
        hear_browser(request)
        if request.path.startswith(PROGRAMS):
            _speak(settings.LANGUAGE_CODE, request)
        elif request.path.startswith(PUBLIC) and (asked := language_asked(request)):
            _speak(asked, request)
        else:
            super().process_request(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Fall back to English on the pages of whoever is signed in."""
        if request.user.is_authenticated and not request.path.startswith(PUBLIC):
            _speak(settings.LANGUAGE_CODE, request)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say what the language of the response depends on."""
        patch_vary_headers(response, ("Cookie",))
        return super().process_response(request, response)


@cache
def _remember_what_is_said() -> None:
    for code in NAMES:
        said = trans_real.translation(code)
        said.gettext = lru_cache(MOST_REMEMBERED)(said.gettext)  # type: ignore[method-assign]


def _speak(language: str, request: HttpRequest) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language


def choices(path: str, *, officer: bool) -> Sequence[Params]:
    """Offer the languages of a page, given by its full path; none where it has only one."""
    if path.startswith(PROGRAMS) or (officer and not path.startswith(PUBLIC)):
        return ()
    now = translation.get_language()
    return [
        {"code": code, "name": name, "href": "" if code == now else _way(code, path)}
        for code, name in NAMES.items()
    ]


def _way(code: str, path: str) -> str:
    return f"{reverse('language')}?{urlencode({'to': code, 'next': path})}"


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the language that a reader chose, and lead back to the page."""
    to, back = request.GET.get("to", ""), request.GET.get("next", "")
    response = redirect(in_language(way_back(back), to if to in NAMES else None))
    if to in NAMES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            to,
            max_age=A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
