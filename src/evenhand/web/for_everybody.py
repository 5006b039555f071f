"""Pages that are the same for everybody, so that caches may keep them: no cookie is read or set.

The language comes from the address (``?language=cy``) or the browser, never from a cookie, so that
one copy does for all readers of a language. Every other public page takes it from its address too,
so that whoever keeps no cookie stays in it from a page to a form and on to the receipt.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, get_urlconf, resolve
from django.utils import translation
from django.utils.cache import get_conditional_response

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
PUBLIC = ("/public/", "/log/")
LANGUAGE = "language"
_BROWSER: ContextVar[str] = ContextVar("browser", default=settings.LANGUAGE_CODE)
"""The language that the browser of the present request asks for."""
KEPT = "public, max-age=300"
"""A page may be five minutes old. A number on it says of which day it is."""
WORTH_PACKING = 1_000
"""A page of fewer bytes is sent as it is."""
TEXT = re.compile(r"text/|image/svg|application/\S*(json|xml)\b")
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
ONES_OWN = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
"""Who brings one of these may be shown what is for them alone: no cache keeps that."""


def for_everybody(view: View[P]) -> View[P]:
    """Let caches keep what a view answers, and answer briefly whoever has it already."""

    @wraps(view)
    def shared(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        language = _language(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        if response.status_code != HTTPStatus.OK or request.COOKIES.keys() & ONES_OWN:
            return response
        response.headers["Cache-Control"] = KEPT
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        packed = _packed(request, response)
        kept = get_conditional_response(request, packed.headers["ETag"], response=packed)
        answer = kept or packed
        answer.is_for_everybody = True  # type: ignore[attr-defined]
        return answer

    shared.is_for_everybody = True  # type: ignore[attr-defined]
    return cast("View[P]", shared)


def _packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress a text that is worth it for whoever takes that.

    There is no secret in what everybody is shown, so that its length gives none away (BREACH).
    """
    if (
        len(response.content) >= WORTH_PACKING
        and TEXT.match(response.headers["Content-Type"])
        and TAKES_GZIP.search(request.headers.get("Accept-Encoding", ""))
    ):
        response.content = gzip.compress(response.content, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        # Other bytes than those that the tag was made of: the same page, written otherwise.
        response.headers["ETag"] = f"W/{response.headers['ETag']}"
    return response


def is_for_everybody(path: str) -> bool:
    """Say whether a page is one of these, by its path."""
    return _is_for_everybody(path, get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=1_000)
def _is_for_everybody(path: str, pages: str) -> bool:
    try:
        return hasattr(resolve(path, pages).func, "is_for_everybody")
    except Resolver404:
        return False


def in_language(address: str, language: str | None = None) -> str:
    """Give the address of a page in a language, or the reader's; of a public page it says which."""
    path, _mark, query = address.partition("?")
    wanted = language or translation.get_language() or settings.LANGUAGE_CODE
    if not (path.startswith(PUBLIC) or is_for_everybody(path)):
        return address
    asked = QueryDict(query, mutable=True)
    asked.pop(LANGUAGE, None)
    # Who reads English in a browser that asks for Welsh has chosen that, and stays in it too.
    if language or {wanted, browser_language()} != {settings.LANGUAGE_CODE}:
        asked[LANGUAGE] = wanted
    return f"{path}?{asked.urlencode()}" if asked else path


def language_asked(request: HttpRequest) -> str:
    """Give the language that the address asks for, if the desk speaks it; else nothing."""
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def hear_browser(request: HttpRequest) -> None:
    """Keep for this request which language its browser asks for."""
    plain = HttpRequest()
    plain.META = {"HTTP_ACCEPT_LANGUAGE": request.headers.get("Accept-Language", "")}
    _BROWSER.set(translation.get_language_from_request(plain))


def browser_language() -> str:
    """Give the language that the browser asks for; the desk’s own where nobody asks."""
    return _BROWSER.get()


def _language(request: HttpRequest) -> str:
    """Take the language from the address or the browser. A cookie has no say."""
    return language_asked(request) or browser_language()
