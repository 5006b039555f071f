"""Pages that are one form about a request for information: a step, a part, a cost, a reply."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import foi, foi_counting, foi_letters, foi_parts
from evenhand.queries import foi as known
from evenhand.queries import foi_statements
from evenhand.queries.foi import FoiInFull
from evenhand.rules.foi import REVIEWS, FoiStep
from evenhand.rules.foi_registers import OF_A_DAY, Register
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.questions_library import meaning_of
from evenhand.web.acting import acting as acting_of
from evenhand.web.as_seen import as_number, seen
from evenhand.web.drafting import answers
from evenhand.web.foi.forms import CorrectReachForm, CostForm, HoldForm, StepForm
from evenhand.web.foi.part_forms import (
    CountForm,
    DeclineForm,
    GiveForm,
    NeitherForm,
    NumberForm,
    PartForm,
    RegisterForm,
    RemoveForm,
    ReplyForm,
    WhyForm,
    WithholdForm,
)
from evenhand.web.foi.present import (
    as_at_of,
    asked_of,
    not_held_shown,
    part_as_it_is,
    reply_shown,
    told_as_at,
)
from evenhand.web.foi.words import STEPS
from evenhand.web.forms import HouseForm
from evenhand.web.one_form import WRONG, shown_or_done
from evenhand.web.words import Words, translated

ACT = "evenhand/foi/act.html"
NUMBER = later("Answer with a number of the desk")
GOES = later("It is corrected. What had not left goes there now by e-mail.")
REGISTER = later("Answer from a register of the desk")
INSTEAD: Mapping[str, str] = {"pence": "pounds", "help": "help_text"}


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about: a request, or a part of it, and what was shown of that."""

    number: str
    part: int
    seen: str


Doing = Callable[[Any, About, Acting], Words | None]
"""What is done, and what is said of it where that is more than what the act says."""


@dataclass(frozen=True, slots=True)
class FoiAct:
    """One act on a request or a part of it: who may, its form, its words, and the doing."""

    form: type[HouseForm]
    title: Words
    button: Words
    done: Words
    do: Doing
    permission: Permission = Permission.ANSWER_FOI
    shown: Callable[[FoiInFull, int], Mapping[str, Any]] = asked_of
    initial: Callable[[FoiInFull, int], Mapping[str, Any]] = lambda _found, _part: {}


def page(act: FoiAct) -> Callable[..., HttpResponse]:
    """Make the page of an act."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def shown(request: HttpRequest, number: str, part: int = 0) -> HttpResponse:
        now = acting_of(request)
        check_may(now.officer, act.permission)
        found = known.one(number, acting=now)
        form = act.form(answers(request, now), initial=dict(act.initial(found, part)))
        about, at = act.shown(found, part), About(number, part, seen(request))
        return _drawn(request, now, form, act, about, lambda: act.do(form, at, now))

    shown.__doc__ = str(act.do.__doc__)
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: str, step: FoiStep) -> HttpResponse:
    """Enter one step of a request."""
    now = acting_of(request)
    check_may(now.officer, Permission.REVIEW_FOI if step in REVIEWS else Permission.ANSWER_FOI)
    found = known.one(number, acting=now)
    initial = {"on": timezone.localdate(now.at)}
    form = StepForm(answers(request, now), step=step, initial=initial)
    its = STEPS[step]
    act = FoiAct(StepForm, its.offer, later("Enter it"), its.done, _nothing)
    about = asked_of(found)
    return _drawn(
        request, now, form, act, about, lambda: foi.take(number, form.taken(), acting=now)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, number: str, part: int) -> HttpResponse:
    """Choose the number of the library that answers a part; what it can be divided by follows."""
    return _chosen(request, number, part, NumberForm, NUMBER, "foi_count_of")


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, number: str, part: int) -> HttpResponse:
    """Choose the register of the desk that answers a part; what it says follows."""
    return _chosen(request, number, part, RegisterForm, REGISTER, "foi_register_of")


@require_http_methods(["GET", "HEAD", "POST"])
def register_of(request: HttpRequest, number: str, part: int, which: str) -> HttpResponse:
    """Read over what a register says, and answer a part with it.

    It is told as at the day of receipt once that is over, or of today where it knows no other day.
    """
    if which not in set(Register):
        raise Http404
    now = acting_of(request)
    check_may(now.officer, Permission.ANSWER_FOI)
    found = known.one(number, acting=now)
    its, today = Register(which), timezone.localdate(now.at)
    drafted = foi_statements.drafted(number, its, part=part, today=today, officer=now.officer)
    form = GiveForm(answers(request, now), initial={"answer": drafted.text})
    act, about = replace(GIVE, title=REGISTER), asked_of(found, part)
    if its in OF_A_DAY:
        about = {**about, **told_as_at(drafted.as_at, today=today)}

    def do() -> None:
        answer = form.cleaned_data["answer"]
        foi_parts.give_from(number, part, its, answer, seen=seen(request), acting=now)

    return _drawn(request, now, form, act, about, do)


@require_http_methods(["GET", "HEAD", "POST"])
def count_of(request: HttpRequest, number: str, part: int, code: str) -> HttpResponse:
    """Answer a part with a number of the library, divided by what that number can be."""
    now = acting_of(request)
    check_may(now.officer, Permission.ANSWER_FOI)
    found = known.one(number, acting=now)
    about = {**asked_of(found, part), **as_at_of(found, today=timezone.localdate(now.at))}
    meaning = meaning_of(code)
    form = CountForm(answers(request, now), meaning=meaning)
    act = FoiAct(
        CountForm,
        translated(meaning.title),
        later("Answer with this number"),
        later("The part is answered. The answer says as at which day."),
        _nothing,
    )

    def do() -> None:
        foi_counting.give(number, part, code, **form.asked(), seen=seen(request), acting=now)

    return _drawn(request, now, form, act, about, do)


def _chosen(
    request: HttpRequest,
    number: str,
    part: int,
    kind: type[HouseForm],
    title: Words,
    then: str,
) -> HttpResponse:
    """Show a form of one choice, and lead to the page of what was chosen."""
    now = acting_of(request)
    check_may(now.officer, Permission.ANSWER_FOI)
    about = asked_of(known.one(number, acting=now), part)
    form = kind(answers(request, now))
    if request.method == "POST" and form.is_valid():
        [chosen] = form.cleaned_data.values()
        return redirect(then, number, part, chosen)
    back = reverse("foi_request", args=[number])
    shown = {**about, "title": title, "button": later("Continue"), "back": back, "form": form}
    return render(request, ACT, shown, status=WRONG if request.method == "POST" else 200)


def _drawn(
    request: HttpRequest,
    now: Acting,
    form: HouseForm,
    act: FoiAct,
    about: Mapping[str, Any],
    do: Callable[[], Words | None],
) -> HttpResponse:
    back = reverse("foi_request", args=[about["caption"]])
    shown = {**about, "title": act.title, "button": act.button, "back": back}

    def doing() -> str:
        said = do()
        messages.success(request, str(said or act.done))
        return back

    return shown_or_done(request, now, form, doing, (ACT, shown), instead=INSTEAD)


def _nothing(_form: Any, _at: About, _now: Acting) -> None:
    """Do nothing."""


def _cost(form: CostForm, at: About, now: Acting) -> None:
    """Estimate what answering a request would cost."""
    like = form.cleaned_data["like"].strip().upper()
    foi.estimate(at.number, form.minutes(), like=like, acting=now)


def _hold(form: HoldForm, at: About, now: Acting) -> None:
    """Hold a record that a request is about."""
    foi.hold(at.number, **form.cleaned_data, acting=now)


def _reach(form: CorrectReachForm, at: About, now: Acting) -> Words | None:
    """Correct how who asked is reached."""
    return GOES if foi.reach(at.number, **form.reach(), acting=now) else None


def _add(form: PartForm, at: About, now: Acting) -> None:
    """Write down a part of a request."""
    foi_parts.add(at.number, **form.part(), acting=now)


def _change(form: PartForm, at: About, now: Acting) -> None:
    """Write down anew what a part asks."""
    foi_parts.change(at.number, at.part, **form.part(), seen=at.seen, acting=now)


def _remove(form: RemoveForm, at: About, now: Acting) -> None:
    """Remove a part that was written down wrongly."""
    foi_parts.remove(at.number, at.part, form.cleaned_data["reason"], seen=at.seen, acting=now)


def _give(form: GiveForm, at: About, now: Acting) -> None:
    """Answer a part in words."""
    answer = form.cleaned_data["answer"]
    foi_parts.give(at.number, at.part, answer, seen=at.seen, acting=now)


def _withhold(form: WithholdForm, at: About, now: Acting) -> None:
    """Withhold a part under an exemption."""
    foi_parts.withhold(at.number, at.part, form.withholding(), seen=at.seen, acting=now)


def _not_held(form: WhyForm, at: About, now: Acting) -> None:
    """Say that a part is not held."""
    foi_parts.not_held(at.number, at.part, **form.cleaned_data, seen=at.seen, acting=now)


def _neither(form: NeitherForm, at: About, now: Acting) -> None:
    """Neither confirm nor deny that a part is held."""
    foi_parts.neither(at.number, at.part, form.denying(), seen=at.seen, acting=now)


def _decline(form: DeclineForm, at: About, now: Acting) -> None:
    """Decline that a part is withheld or not held."""
    reason = form.cleaned_data["reason"]
    foi_parts.decline(at.number, at.part, reason, seen=at.seen, acting=now)


def _reply(form: ReplyForm, at: About, now: Acting) -> None:
    """Write the reply from the parts."""
    foi_letters.propose(at.number, **form.cleaned_data, acting=now)


def _give_back(form: DeclineForm, at: About, now: Acting) -> None:
    """Give the reply back to be written anew."""
    reason, letter = form.cleaned_data["reason"], as_number(at.seen)
    foi_letters.give_back(at.number, reason, seen=letter, acting=now)


COST = FoiAct(
    CostForm,
    later("Estimate the cost"),
    later("Keep the estimate"),
    later("The estimate is kept."),
    _cost,
)
HOLD = FoiAct(
    HoldForm,
    later("Hold a record that it is about"),
    later("Hold it"),
    later("The record is held until no review of the reply can be asked for any more."),
    _hold,
)
REACH = FoiAct(
    CorrectReachForm,
    later("Correct how they are reached"),
    later("Correct it"),
    later("It is corrected."),
    _reach,
)
ADD = FoiAct(
    PartForm,
    later("Write down a part of it"),
    later("Add the part"),
    later("The part is added."),
    _add,
)
CHANGE = FoiAct(
    PartForm,
    later("Change this part"),
    later("Change it"),
    later("The part is changed, and to be answered anew."),
    _change,
    initial=part_as_it_is,
)
REMOVE = FoiAct(
    RemoveForm,
    later("Remove this part"),
    later("Remove it"),
    later("The part is removed."),
    _remove,
)
GIVE = FoiAct(
    GiveForm,
    later("Answer in words"),
    later("Keep the answer"),
    later("The part is answered."),
    _give,
)
WITHHOLD = FoiAct(
    WithholdForm,
    later("Withhold it"),
    later("Propose to withhold it"),
    later("A second officer now looks at this part."),
    _withhold,
)
NOT_HELD = FoiAct(
    WhyForm,
    later("It is not held"),
    later("Propose to say so"),
    later("A second officer now looks at this part."),
    _not_held,
    shown=not_held_shown,
)
NEITHER = FoiAct(
    NeitherForm,
    later("Neither confirm nor deny"),
    later("Propose to say neither"),
    later("A second officer now looks at this part."),
    _neither,
)
DECLINE = FoiAct(
    DeclineForm,
    later("Give this part back"),
    later("Give it back"),
    later("The part is to be answered anew."),
    _decline,
    Permission.APPROVE_FOI,
)
REPLY = FoiAct(
    ReplyForm,
    later("Write the reply"),
    later("Write it"),
    later("The reply is written. A second officer now looks at it."),
    _reply,
)
GIVE_BACK = FoiAct(
    DeclineForm,
    later("Give the reply back"),
    later("Give it back"),
    later("The reply is given back."),
    _give_back,
    Permission.APPROVE_FOI,
    reply_shown,
)
