"""What an officer does with a message: attach it, set it aside, say what was read."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.actions import mail as acts
from evenhand.queries import mail as mails
from evenhand.rules.mail import check_can_be_set_aside, check_waits
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.mail import present
from evenhand.web.mail.forms import AttachForm, SetAsideForm
from evenhand.web.one_form import shown_or_done


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, mail: UUID) -> HttpResponse:
    """Attach a message to a referral, beside its text."""
    now = acting(request)
    check_may(now.officer, Permission.SORT_MAIL)
    found = mails.one(mail, acting=now)
    form = AttachForm(answers(request, now))

    def doing() -> str:
        said = form.cleaned_data
        acts.attach(mail, said["reference"].strip(), said["reason"], acting=now)
        messages.success(request, _("The message is attached to the referral."))
        return reverse("mail_message", args=[mail])

    if request.method != "POST":
        check_waits(found.standing)
    drawn = ("evenhand/mail/attach.html", {"letter": present.letter(found)})
    return shown_or_done(request, now, form, doing, drawn)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, mail: UUID) -> HttpResponse:
    """Set a message aside that belongs to no referral."""
    now = acting(request)
    check_may(now.officer, Permission.SORT_MAIL)
    found = mails.one(mail, acting=now)
    form = SetAsideForm(answers(request, now))

    def doing() -> str:
        acts.set_aside(mail, form.cleaned_data["reason"], acting=now)
        messages.success(request, _("The message is set aside."))
        return reverse("mail_waiting")

    if request.method != "POST":
        check_can_be_set_aside(found.standing)
    drawn = ("evenhand/mail/set_aside.html", {"letter": present.letter(found)})
    return shown_or_done(request, now, form, doing, drawn)


@require_POST
def read(request: HttpRequest, mail: UUID) -> HttpResponse:
    """Note that a message was read and asks for nothing more."""
    now = acting(request)
    return _done(request, mail, lambda: acts.note_read(mail, acting=now), _("You have read it."))


@require_POST
def came_back(request: HttpRequest, mail: UUID) -> HttpResponse:
    """Record that the notice could not be delivered."""
    now = acting(request)
    thanks = _("The referral counts as undeliverable. It can be sent again.")
    return _done(request, mail, lambda: acts.note_came_back(mail, acting=now), thanks)


def _done(request: HttpRequest, mail: UUID, act: Callable[[], None], thanks: str) -> HttpResponse:
    def doing() -> str:
        act()
        messages.success(request, thanks)
        return reverse("mail_message", args=[mail])

    return submitted_once(request, acting(request), doing)
