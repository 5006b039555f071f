"""Pages that publish a figure, correct one openly by two people, or end a correction without."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import figures as doing_with
from evenhand.queries import figures
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.one_form import shown_or_done
from evenhand.web.questions import present, told
from evenhand.web.questions.forms import CorrectForm, DeclineForm


@require_POST
def publish(request: HttpRequest, figure: UUID) -> HttpResponse:
    """Publish what may be published of a figure."""
    acting = acting_of(request)

    def doing() -> str:
        doing_with.publish(figure, acting=acting)
        messages.success(request, _("The figure is published. It is never changed."))
        return reverse("figure", args=[figure])

    return submitted_once(request, acting, doing)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, figure: UUID) -> HttpResponse:
    """Write that the figure that is published for this question is wrong, and this one right."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.PUBLISH_FIGURES)
    found = figures.one(figure, officer=acting.officer)
    form = CorrectForm(answers(request, acting))
    shown = {
        "title": _("Correct a published figure"),
        "button": _("Write the correction"),
        "caption": told.title_of(found.answer.question.code),
        "back": reverse("figure", args=[figure]),
    }

    def doing() -> str:
        wrong = found.beside or found.ref
        doing_with.correct(wrong, found.ref, form.cleaned_data["why"], acting=acting)
        messages.success(request, _("The correction waits for a second person."))
        return reverse("figure", args=[figure])

    drawn = ("evenhand/assurance/act.html", shown)
    return shown_or_done(request, acting, form, doing, drawn)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the corrections that wait for a second person, and those that were declined."""
    officer = acting_of(request).officer
    shown = {
        "corrections": [present.correction(it) for it in figures.waiting(officer=officer)],
        "declined": [present.correction(it) for it in figures.declined(officer=officer)],
    }
    return render(request, "evenhand/questions/waiting.html", shown)


@require_POST
def confirm(request: HttpRequest, erratum: UUID) -> HttpResponse:
    """Confirm a correction that somebody else wrote: it is published with the right figure."""
    acting = acting_of(request)

    def doing() -> str:
        doing_with.confirm(erratum, acting=acting)
        messages.success(request, _("The correction is published."))
        return reverse("corrections_waiting")

    return submitted_once(request, acting, doing)


@require_POST
def withdraw(request: HttpRequest, erratum: UUID) -> HttpResponse:
    """Take back a correction that you wrote and nobody answered: what is published stands."""
    acting = acting_of(request)

    def doing() -> str:
        doing_with.withdraw(erratum, acting=acting)
        messages.success(request, _("The correction is withdrawn. What is published stands."))
        found = figures.correction(erratum, officer=acting.officer)
        return reverse("figure", args=[found.right])

    return submitted_once(request, acting, doing)


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, erratum: UUID) -> HttpResponse:
    """Decline a correction that somebody else wrote: what is published stands."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.CONFIRM_CORRECTION)
    found = figures.correction(erratum, officer=acting.officer)
    form = DeclineForm(answers(request, acting))
    shown = {
        "title": _("Decline a correction"),
        "button": _("Decline the correction"),
        "caption": told.title_of(found.code),
        "back": reverse("corrections_waiting"),
    }

    def doing() -> str:
        doing_with.decline(erratum, form.cleaned_data["why"], acting=acting)
        messages.success(request, _("The correction is declined. What is published stands."))
        return reverse("corrections_waiting")

    return shown_or_done(request, acting, form, doing, ("evenhand/assurance/act.html", shown))
