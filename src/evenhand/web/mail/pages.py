"""Two pages of the demo: the mails that were sent, and one of them."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import officer_of
from evenhand.web.mail import reading


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """List the newest mails of the demo."""
    listed = {"mails": reading.newest(_folder(request)), "most": reading.MOST}
    return render(request, "evenhand/mail/mails.html", listed)


@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail of the demo as text."""
    found = reading.one(_folder(request), name)
    if found is None:
        raise Http404
    return render(request, "evenhand/mail/mail.html", {"mail": found})


def _folder(request: HttpRequest) -> Path:
    """Give the sink's folder to an officer of a demo; anywhere else there is no such page."""
    if not settings.DESK.demo:
        raise Http404
    check_may(officer_of(request), Permission.READ_WORDS)
    return Path(settings.HOME) / "mail"
