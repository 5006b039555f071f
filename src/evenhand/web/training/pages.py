"""The register of training, an entry in it, and an officer's own page with the instructions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import training as doing_with
from evenhand.queries import officers, training
from evenhand.rules.officers import Permission, check_may, may
from evenhand.rules.training import Course, Training
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.one_form import shown_or_done
from evenhand.web.training import present
from evenhand.web.training.forms import RecordForm

ACT = "evenhand/assurance/act.html"


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show what each officer must have, and how it stands."""
    acting = acting_of(request)
    found = training.register(today=timezone.localdate(acting.at), officer=acting.officer)
    shown = {
        "table": present.register(found),
        "records": may(acting.officer, Permission.RECORD_TRAINING),
    }
    return render(request, "evenhand/training/register.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record that an officer was trained."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.RECORD_TRAINING)
    here = [it for it in officers.everyone() if it.retired_at is None]
    form = RecordForm(answers(request, acting), officers=here)
    shown = {
        "title": _("Record training"),
        "button": _("Record it"),
        "caption": _("Register of training"),
        "back": reverse("training"),
    }

    def doing() -> str:
        given = form.cleaned_data
        done = Training(given["done_on"], given["valid_until"])
        doing_with.record(given["username"], Course(given["course"]), done, acting=acting)
        messages.success(request, _("The training is recorded."))
        return reverse("training")

    return shown_or_done(request, acting, form, doing, (ACT, shown))


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show an officer what they must have, and the instructions that they accept."""
    acting = acting_of(request)
    found = training.own(today=timezone.localdate(acting.at), officer=acting.officer)
    return render(request, "evenhand/training/own.html", present.own(found))


@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Accept the instructions in force, for a year."""
    acting = acting_of(request)

    def doing() -> str:
        doing_with.accept(number, acting=acting)
        messages.success(
            request, _("You accepted the instructions. You are asked again in a year.")
        )
        return reverse("own_training")

    return submitted_once(request, acting, doing)
