"""Assessing together: choose, answer once what is shared, each one's own evidence, send each."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import drafts
from evenhand.actions import groups as actions
from evenhand.queries import groups
from evenhand.rules.groups import check_group
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words
from evenhand.web.acting import acting as acting_of
from evenhand.web.assessments.steps import Step
from evenhand.web.drafting import answers, forget, group_draft, keep, kept, submitted_once
from evenhand.web.forms import HouseForm, add_refusals
from evenhand.web.groups import present
from evenhand.web.groups.forms import ChooseForm
from evenhand.web.groups.work import SHARED_STEPS, GroupWork
from evenhand.web.sheets import Sheet

WRONG = 422
END = Sheet(
    title=_("Forget this group"),
    button=_("Forget what I wrote"),
    lines=(_("The referrals stay as they are. Only what you wrote about them here is forgotten."),),
)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose which of one's own referrals to assess together."""
    acting = _assessing(request)
    sent = answers(request, acting)
    asked = sent.getlist("references") if sent else request.GET.getlist("reference")
    offered = groups.offered(asked, acting=acting)
    form = ChooseForm(sent, offered.members, chosen=asked)
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["references"])
        members = [it for it in offered.members if it.fact.reference in wanted]
        try:
            check_group([it.fact for it in members])
        except Refused as refused:
            add_refusals(form, refused)
        else:
            return submitted_once(request, acting, lambda: _begun(members, acting))
    begun = drafts.names("group ", officer=acting.officer.ref)
    status = WRONG if form.is_bound and form.errors else 200
    shown = {"form": form, **present.choose(offered, begun)}
    return render(request, "evenhand/groups/choose.html", shown, status=status)


@require_safe
def overview(request: HttpRequest, group: UUID) -> HttpResponse:
    """Say what is answered and what is still to do, for all of it and for each referral."""
    work = GroupWork.of(group, _assessing(request))
    return render(request, "evenhand/groups/overview.html", present.overview(work))


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, group: UUID, step: str) -> HttpResponse:
    """Ask the questions that all referrals of the group share, and keep whatever was answered."""
    if step not in SHARED_STEPS:
        raise Http404
    acting = _assessing(request)
    here, work = Step(step), GroupWork.of(group, acting)
    if here is not Step.HARM and not work.answers().is_answered(Step.HARM):
        return redirect("group_shared", group, Step.HARM)
    sent = answers(request, acting)
    if sent is not None:
        work = work.with_shared(here, sent)
        if work.answers().statutory_route_only:
            shown = present.statutory(work)
            return render(request, "evenhand/groups/statutory.html", shown, status=WRONG)
        work.keep_shared()
    if request.method == "POST":
        return _shared_sent(request, work, here)
    return _drawn(request, work, here, work.answers().form(here, filled=False))


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, group: UUID, member: str) -> HttpResponse:
    """Ask what is one referral's own: its evidence, what speaks against it, and children."""
    acting = _assessing(request)
    work = GroupWork.of(group, acting)
    work.member(member)
    if not work.answers().is_answered(Step.HARM):
        return redirect("group_shared", group, Step.HARM)
    if request.POST.get("go") == "out":
        forget(group_draft(group, member), acting)
        return redirect("group" if len(work.members) > 1 else "groups", *_left(work))
    sent = answers(request, acting)
    if sent is not None:
        work = work.with_own(member, sent)
    if request.method == "POST":
        return _own_sent(request, work, member)
    form = work.own_form(member, filled=False)
    return render(request, "evenhand/groups/own.html", present.own(work, member, form))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, group: UUID) -> HttpResponse:
    """Show all answers, and send each referral's own assessment for a second officer's decision."""
    acting = _assessing(request)
    if request.method == "POST":
        return submitted_once(request, acting, lambda: _submitted(group, acting))
    work = GroupWork.of(group, acting)
    if work.unanswered_steps or work.unanswered:
        return redirect("group", group)
    return render(request, "evenhand/groups/check.html", present.check(work))


@require_safe
def done(request: HttpRequest, group: UUID) -> HttpResponse:
    """Say what became of each referral of the group."""
    acting = _assessing(request)
    results = kept(_results_of(group), acting)
    if not results:
        raise NotFound(
            words("The results of this group are not kept any more, or are not yours."),
            do=words("Its referrals are in the list of referrals."),
        )
    return render(request, "evenhand/groups/done.html", present.done(group, results))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, group: UUID) -> HttpResponse:
    """Forget a group and what was written in it; the referrals stay as they are."""
    acting = _assessing(request)
    if request.method == "POST":
        drafts.drop_all(group_draft(group), officer=acting.officer.ref)
        return redirect("groups")
    work = GroupWork.of(group, acting)
    shown = {"sheet": END, "group": group, "references": work.references}
    return render(request, "evenhand/groups/end.html", shown)


def _assessing(request: HttpRequest) -> Acting:
    acting = acting_of(request)
    check_may(acting.officer, Permission.ASSESS)
    return acting


def _begun(members: list[groups.Member], acting: Acting) -> str:
    group = uuid4()
    GroupWork.begin(members, group, acting)
    return reverse("group_shared", args=[group, Step.HARM])


def _submitted(group: UUID, acting: Acting) -> str:
    """Submit every referral's own assessment; what was left out keeps its answers."""
    work = GroupWork.of(group, acting)
    if work.unanswered_steps or work.unanswered:
        return reverse("group", args=[group])
    grouped = work.grouped()
    left = actions.submit(group, grouped, acting=acting)
    for one in grouped:
        if one.reference not in left:
            forget(group_draft(group, one.reference), acting)
    if not left:
        forget(group_draft(group), acting)
    results: QueryDict = present.kept_results([it.reference for it in grouped], left)
    keep(_results_of(group), results, acting, about=())
    return reverse("group_done", args=[group])


def _next(work: GroupWork) -> str:
    """Give the address of the first page without an answer, or of the answers to check."""
    if work.unanswered_steps:
        return reverse("group_shared", args=[work.group, work.unanswered_steps[0]])
    if work.unanswered:
        return reverse("group_own", args=[work.group, work.unanswered[0]])
    return reverse("group_check", args=[work.group])


def _own_sent(request: HttpRequest, work: GroupWork, member: str) -> HttpResponse:
    if request.POST.get("go") == "group":
        return redirect("group", work.group)
    form, against = work.own_form(member, filled=True), work.against(member)
    if against:
        _tell(form, against[0].with_others(against[1:]))
    if not form.is_valid():
        shown = present.own(work, member, form)
        return render(request, "evenhand/groups/own.html", shown, status=WRONG)
    return redirect(_next(work))


def _left(work: GroupWork) -> list[UUID]:
    return [work.group] if len(work.members) > 1 else []


def _shared_sent(request: HttpRequest, work: GroupWork, step: Step) -> HttpResponse:
    if request.POST.get("go") == "group":
        return redirect("group", work.group)
    form, against = work.answers().checked(step)
    if against:
        _tell(form, against)
    if not form.is_valid():
        return _drawn(request, work, step, form, status=WRONG)
    return redirect(_next(work))


def _drawn(
    request: HttpRequest, work: GroupWork, step: Step, form: HouseForm, *, status: int = 200
) -> HttpResponse:
    template = f"evenhand/assessments/{step}.html"
    return render(request, template, present.shared(work, step, form), status=status)


def _tell(form: HouseForm, against: Refused) -> None:
    """Put refusals at the form; the rule's own words stand in place of the form's."""
    for one in against.every:
        form.errors.pop(one.at, None)
    add_refusals(form, against)


def _results_of(group: UUID) -> str:
    """Name the kept results of a group, which hold no words about any content."""
    return f"results {group}"
