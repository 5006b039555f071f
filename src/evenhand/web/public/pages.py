"""Pages that anyone may read: accessibility, contact, and where to report a weakness."""

import json
from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import agreements, recalls, schemas
from evenhand.queries import sharing as shared
from evenhand.rules import looks
from evenhand.web import times
from evenhand.web.for_everybody import for_everybody
from evenhand.web.words import translated

EXPIRES_AFTER = timedelta(days=180)
PREPARED = date(2026, 11, 28)
"""When the accessibility statement was last gone through."""


@require_safe
@for_everybody
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the service is, as the 2018 Regulations ask."""
    shown = {"desk": settings.DESK, "prepared": times.day(PREPARED)}
    return render(request, "evenhand/public/accessibility.html", shown)


@require_safe
@for_everybody
def looking(request: HttpRequest) -> HttpResponse:
    """Say in plain words how often the desk may look at one account, and what it never does."""
    rule = looks.LookNeedsAuthority
    shown = {
        "desk": settings.DESK,
        "days": looks.WINDOW.days,
        "free": looks.FREE_LOOKS,
        "kept": looks.KEPT.days,
        "rule": rule.code,
        "clause": translated(rule.clause),
        "verified": rule.verified,
    }
    return render(request, "evenhand/public/looking.html", shown)


@require_safe
@for_everybody
def sharing(request: HttpRequest) -> HttpResponse:
    """Say with whom the desk shares and for what, and how many recalls are open."""
    found = agreements.published(today=timezone.localdate(timezone.now()))
    shown = {"agreements": [it.terms for it in found], "open_recalls": recalls.count_open()}
    return render(request, "evenhand/public/sharing.html", shown)


@require_safe
@for_everybody
def package_schema(_request: HttpRequest) -> HttpResponse:
    """Give the JSON Schema of a package, for whoever receives one."""
    text = json.dumps(shared.schema(), indent=2, ensure_ascii=False)
    return HttpResponse(text + "\n", content_type="application/schema+json")


@require_safe
@for_everybody
def schema(_request: HttpRequest, name: str) -> HttpResponse:
    """Give the JSON Schema of a file that the desk sends or takes, for anyone."""
    found = schemas.one(name)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="application/schema+json")


@require_safe
@for_everybody
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell about a weakness (RFC 9116)."""
    expires = timezone.now() + EXPIRES_AFTER
    lines = [
        f"Contact: mailto:{settings.DESK.contact_email}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
    ]
    # An address that is not https must not stand in it: a demo has none.
    if settings.PUBLIC_URL.startswith("https://"):
        lines.append(f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
