"""Pages of recalls: what waits to be sent or acknowledged, and one notice with what to do next."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import recalls as recalling
from evenhand.queries import recalls
from evenhand.rules.officers import Permission, may
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.one_form import shown_or_done
from evenhand.web.sharing import present, recalled
from evenhand.web.sharing.forms import AcknowledgeForm


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the open recalls, the first due first."""
    acting = acting_of(request)
    found = recalls.waiting(request.GET.get("cursor", ""), officer=acting.officer)
    shown = {
        "tasks": recalled.tasks(found.lines, now=acting.at),
        "pages": present.more("cursor", found.next),
    }
    return render(request, "evenhand/sharing/recalls.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, recall: UUID) -> HttpResponse:
    """Show one recall with its notice, to be printed too, and record its acknowledgement."""
    acting = acting_of(request)
    line = recalls.one(recall, officer=acting.officer)
    form = AcknowledgeForm(answers(request, acting))

    def doing() -> str:
        recalling.acknowledge(recall, form.cleaned_data["on"], acting=acting)
        messages.success(request, _("The acknowledgement is recorded."))
        return reverse("recall", args=[recall])

    works = line.fact.is_open and may(acting.officer, Permission.SHARE)
    shown = {
        **recalled.notice(line, now=acting.at),
        "may_send": works and not line.fact.in_the_post,
        "may_acknowledge": works and line.fact.sent_at is not None,
    }
    return shown_or_done(request, acting, form, doing, ("evenhand/sharing/recall.html", shown))


@require_http_methods(["POST"])
def send(request: HttpRequest, recall: UUID) -> HttpResponse:
    """Send a recall by e-mail, or record that it was sent on paper."""
    acting = acting_of(request)

    def doing() -> str:
        if "paper" in request.POST:
            recalling.sent_on_paper(recall, acting=acting)
            messages.success(request, _("It is recorded that the recall was sent on paper."))
        else:
            recalling.send(recall, acting=acting)
            messages.success(request, _("The recall is on its way."))
        return reverse("recall", args=[recall])

    return submitted_once(request, acting, doing)
