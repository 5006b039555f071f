"""Pages of the library of questions: choose one, ask it, and read the figure that was given."""

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import figures as giving
from evenhand.queries import figures, people_ages
from evenhand.rules.officers import Permission, check_may, may
from evenhand.rules.questions_library import meaning_of
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done
from evenhand.web.questions import present, told
from evenhand.web.questions.forms import AskForm
from evenhand.web.referrals.histories import as_file
from evenhand.web.words import translated

ASK = Permission.ASK_QUESTIONS


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """List every question of the library, and the figures that were given last."""
    officer = acting_of(request).officer
    shown = {
        "groups": present.library(),
        "given": [present.line(it) for it in figures.newest(officer=officer)],
        "may_confirm": may(officer, Permission.CONFIRM_CORRECTION),
    }
    return render(request, "evenhand/questions/library.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask one question; its answer is entered in the log before it is shown."""
    acting = acting_of(request)
    check_may(acting.officer, ASK)
    meaning = meaning_of(code)
    form = AskForm(answers(request, acting), meaning=meaning)
    shown = {
        "title": translated(meaning.title),
        "definition": translated(meaning.definition),
        "basis": translated(meaning.basis.says),
        "back": reverse("questions"),
    }

    def doing() -> str:
        asked = form.question(today=timezone.localdate(acting.at))
        return reverse("figure", args=[giving.give(asked, acting=acting)])

    return shown_or_done(request, acting, form, doing, ("evenhand/questions/ask.html", shown))


@require_safe
def figure(request: HttpRequest, figure: UUID) -> HttpResponse:
    """Show one figure: the number, what it means, what explains it, and how it stands."""
    acting = acting_of(request)
    found = figures.one(figure, officer=acting.officer)
    publishes = may(acting.officer, Permission.PUBLISH_FIGURES)
    stands = found.published_at is not None
    shown = {
        "ref": found.ref,
        "title": told.title_of(found.answer.question.code),
        "facts": present.facts(found),
        "table": present.table(found.answer),
        "balance": present.balance(json.loads(found.file)["balance"]),
        "published": told.published(found.published),
        "correction": present.correction(found.correction) if found.correction else None,
        "ended": [present.correction(it) for it in found.ended],
        "may_withdraw": found.may_withdraw,
        "may_publish": publishes and not stands and not found.beside and not found.correction,
        "may_correct": publishes and not stands and found.beside and not found.correction,
        "beside": found.beside,
        "digest": found.answer.digest.hex(),
        "extremes": present.extremes(people_ages.beside(found.answer, acting=acting)),
    }
    return render(request, "evenhand/questions/figure.html", shown)


@require_safe
def file(request: HttpRequest, figure: UUID) -> HttpResponse:
    """Give the file of a figure, byte for byte as the log commits to it."""
    found = figures.one(figure, officer=acting_of(request).officer)
    response = HttpResponse(found.file.encode(), content_type="application/json")
    name = f"{found.answer.question.code}-{found.answer.question.as_at}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@require_safe
def receipt(request: HttpRequest, figure: UUID) -> HttpResponse:
    """Give the receipt of the answer as a file: it proves that the log has it."""
    acting = acting_of(request)
    made = figures.receipt(figure, log=settings.LOG_FOLDER, acting=acting)
    return as_file(made, _("receipt") + f"-{figure}")
