"""Mail that came in: what waits for its referral to be found, and one message as plain text."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.queries import mail as mails
from evenhand.web.acting import acting
from evenhand.web.mail import present

ANYTHING = "application/octet-stream"


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the messages that wait, how the mailbox is, and what was set aside."""
    now = acting(request)
    found = mails.waiting(acting=now)
    aside = mails.put_aside(acting=now)
    shown = {
        "state": present.mailbox(mails.mailbox(officer=now.officer)),
        "waiting": present.listed(found),
        "more": found.more,
        "aside": present.listed(aside),
    }
    return render(request, "evenhand/mail/waiting.html", shown)


@require_safe
def message(request: HttpRequest, mail: UUID) -> HttpResponse:
    """Show one message, and what can be done with it."""
    now = acting(request)
    found = mails.one(mail, acting=now)
    shown = {"letter": present.letter(found), **present.what_next(found, now.officer)}
    return render(request, "evenhand/mail/message.html", shown)


@require_safe
def whole(request: HttpRequest, mail: UUID) -> HttpResponse:
    """Give a message as it came, byte for byte, as a file."""
    data = mails.message(mail, acting=acting(request))
    return _as_file(data, f"{mail}.eml")


@require_safe
def file(request: HttpRequest, mail: UUID, number: int) -> HttpResponse:
    """Give one file that came with a message. No browser opens it by itself."""
    _part, data = mails.part(mail, number, acting=acting(request))
    return _as_file(data, f"{mail}-{number}.bin")


def _as_file(data: bytes, name: str) -> HttpResponse:
    """Give bytes for saving under a name of ours: whatever they are, no browser runs them."""
    response = HttpResponse(data, content_type=ANYTHING)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
