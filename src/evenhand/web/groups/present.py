"""The words of assessing together: where one is, what is to do, the answers before they go."""

import json
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries.groups import Member, Offered
from evenhand.rules.assessments import KINDS, Assessment, Child
from evenhand.rules.groups import OWN, same_evidence
from evenhand.rules.refusals import Refused
from evenhand.web import labels
from evenhand.web.assessments.present import (
    CHECK,
    STATUTORY,
    harm_radios,
    not_verified,
    who_decides,
)
from evenhand.web.assessments.steps import STEP_OF, TITLES, Step
from evenhand.web.components import Params
from evenhand.web.forms import HouseForm
from evenhand.web.groups.work import GroupWork
from evenhand.web.guidance import about_harm
from evenhand.web.labels import Tag
from evenhand.web.referrals.happened import QUESTIONS
from evenhand.web.sheets import as_address, written
from evenhand.web.words import Said, Words

DONE, TO_DO = Tag(later("Answered"), "green"), Tag(later("To do"), "blue")
CHANGED = Tag(later("Changed meanwhile"), "orange")
CHILD_QUESTION = later("A child shown, or likely the poster")


def choose(offered: Offered, begun: Sequence[str]) -> Mapping[str, object]:
    """Show what can be chosen, and the groups that were begun before."""
    counted: dict[str, int] = {}
    for name in begun:
        parts = name.split(" ")
        counted[parts[1]] = counted.get(parts[1], 0) + (len(parts) > 2)
    links = [(reverse("group", args=[it]), _referrals(n)) for it, n in counted.items() if n]
    return {"offered": offered.members, "more": offered.more, "begun": links}


def overview(work: GroupWork) -> Mapping[str, object]:
    """Show every page of the group with its state."""
    unanswered, steps = set(work.unanswered), set(work.unanswered_steps)
    is_open = Step.HARM not in steps
    once = [
        _task(
            TITLES[step],
            reverse("group_shared", args=[work.group, step]) if is_open or number == 0 else "",
            TO_DO if step in steps else DONE,
        )
        for number, step in enumerate((Step.HARM, Step.LAW, Step.RIGHTS))
    ]
    each = [
        _task(
            it.fact.reference,
            reverse("group_own", args=[work.group, it.fact.reference]) if is_open else "",
            _tag(work, it, unanswered),
            it.address,
        )
        for it in work.members
    ]
    return {
        "group": work.group,
        "title": _title(work),
        "once": {"idPrefix": "shared", "items": once},
        "each": {"idPrefix": "own", "items": each},
        "ready": not (steps or unanswered),
    }


def shared(work: GroupWork, step: Step, form: HouseForm) -> Mapping[str, object]:
    """Show a page that is answered once for all referrals of the group."""
    is_harm = step is Step.HARM
    return {
        "form": form,
        "within": "evenhand/groups/page.html",
        "title": TITLES[step],
        "caption": _("%(title)s. Answered once for all of them") % {"title": _title(work)},
        "back": reverse("group", args=[work.group]),
        "harms": harm_radios(form["harm"], work.book) if is_harm else "",
        "about_harm": _about_harm(work),
    }


def own(work: GroupWork, reference: str, form: HouseForm) -> Mapping[str, object]:
    """Show the page of one referral of the group."""
    member, shared_answers = work.member(reference), work.answers()
    place = work.references.index(reference) + 1
    about = {"place": place, "count": len(work.members), "reference": reference}
    return {
        "form": form,
        "group": work.group,
        "reference": reference,
        "title": _("Evidence and its opposite"),
        "caption": _("Referral %(place)d of %(count)d: %(reference)s") % about,
        "back": reverse("group", args=[work.group]),
        "address": member.address,
        "description": member.description,
        "about_harm": _about_harm(work),
        "harm": labels.harm_name(shared_answers.harm.code if shared_answers.harm else None),
        "changed": labels.STATES[member.fact.state].text if work.is_stale(member) else "",
    }


def _about_harm(work: GroupWork) -> str:
    harm = work.answers().harm
    return about_harm(harm, work.book) if harm else ""


def statutory(work: GroupWork) -> Mapping[str, object]:
    """Say that such content is never assessed in a group, and lead out of it."""
    return {
        "sheet": STATUTORY,
        "group": work.group,
        "ways": [(it, reverse("statutory_route", args=[it])) for it in work.references],
    }


def check(work: GroupWork) -> Mapping[str, object]:
    """Show all answers before each referral's own assessment is sent."""
    assessments = {it.reference: it.assessment for it in work.grouped()}
    one = next(iter(assessments.values()))
    harm, platform = work.answers().harm, work.members[0].fact.platform
    stale = [it.fact.reference for it in work.members if work.is_stale(it)]
    children = {it.child for it in assessments.values()}
    child = next((it for it in (Child.YES, Child.LIKELY) if it in children), Child.NO)
    fresh = len(assessments) - len(stale)
    button = ngettext(
        "Send %(count)d referral for approval", "Send %(count)d referrals for approval", fresh
    )
    return {
        "group": work.group,
        "title": _title(work),
        "sheet": CHECK,
        "button": button % {"count": fresh} if fresh else "",
        "notes": [
            *who_decides(harm, child),
            *not_verified(one, platform, work.book),
            *_alike(assessments),
            *_stale(stale),
        ],
        "shared": {"rows": list(_shared_rows(work, one))},
        "each": [
            (it.reference, {"rows": list(_own_rows(work, it.reference, it.assessment))})
            for it in work.grouped()
        ],
    }


def kept_results(references: Sequence[str], left: Mapping[str, Refused]) -> QueryDict:
    """Put down what became of each referral of the group."""
    results = QueryDict(mutable=True)
    for reference in references:
        said = Said(left[reference]) if reference in left else None
        why = f"{said.sentence} {said.do}" if said else ""
        results.appendlist("result", json.dumps([reference, why]))
    return results


def done(group: UUID, results: QueryDict) -> Mapping[str, object]:
    """Show what was sent for approval, and what was left out and why."""
    rows = [json.loads(it) for it in results.getlist("result")]
    sent = [reference for reference, why in rows if not why]
    title = ngettext(
        "%(count)d referral sent for approval", "%(count)d referrals sent for approval", len(sent)
    )
    return {
        "group": group,
        "title": title % {"count": len(sent)},
        "sent": sent,
        "left": [(reference, why) for reference, why in rows if why],
    }


def _title(work: GroupWork) -> str:
    count = len(work.members)
    code = work.members[0].fact.platform
    known = work.book.platform(code)
    title = ngettext(
        "Assess %(count)d referral on %(platform)s",
        "Assess %(count)d referrals together on %(platform)s",
        count,
    )
    return title % {"count": count, "platform": known.name if known else code}


def _referrals(count: int) -> str:
    return ngettext("%(count)d referral", "%(count)d referrals", count) % {"count": count}


def _task(title: Words, href: str, tag: Tag, hint: str = "") -> Params:
    return {
        "title": {"text": title},
        "href": href or None,
        "hint": {"html": as_address(hint)} if hint else None,
        "status": tag.status,
    }


def _tag(work: GroupWork, member: Member, unanswered: set[str]) -> Tag:
    if work.is_stale(member):
        return CHANGED
    return TO_DO if member.fact.reference in unanswered else DONE


def _alike(assessments: Mapping[str, Assessment]) -> Iterator[str]:
    for name, references in same_evidence(assessments).items():
        yield _("“%(question)s” has the same words for %(references)s. Is it so for each?") % {
            "question": QUESTIONS[name],
            "references": ", ".join(references),
        }


def _stale(references: Sequence[str]) -> Iterator[str]:
    if references:
        yield _(
            "Changed since you looked at them, so they are left out: %(references)s. Open each "
            "again from the group, and save it."
        ) % {"references": ", ".join(references)}


def _shared_rows(work: GroupWork, given: Assessment) -> Iterator[Params]:
    for name, question, answer in _choices(given):
        yield _row(name, question, answer, _to_shared(work, name))
    for name in KINDS:
        if name not in OWN and getattr(given, name):
            yield _row(name, QUESTIONS[name], getattr(given, name), _to_shared(work, name))


def _own_rows(work: GroupWork, reference: str, given: Assessment) -> Iterator[Params]:
    to = reverse("group_own", args=[work.group, reference])
    for name in OWN:
        if name == "child":
            yield _row(name, CHILD_QUESTION, str(labels.CHILDREN[given.child]), to, reference)
        elif getattr(given, name):
            yield _row(name, QUESTIONS[name], getattr(given, name), to, reference)


def _choices(given: Assessment) -> Iterator[tuple[str, Words, str]]:
    yield "harm", _("Harm"), labels.harm_name(given.harm)
    if given.also_harms:
        yield "also_harms", _("Further harms"), ", ".join(map(labels.harm_name, given.also_harms))
    yield "ground", _("Ground"), str(labels.GROUNDS[given.ground])
    kinds = ", ".join(sorted(str(labels.EXPRESSIONS[it]) for it in given.expression))
    yield "expression", _("Protected expression"), kinds or _("None seen")


def _to_shared(work: GroupWork, name: str) -> str:
    return reverse("group_shared", args=[work.group, STEP_OF[name]])


def _row(name: str, question: Words, answer: str, to: str, of: str = "") -> Params:
    asked = _("%(question)s (%(reference)s)") % {"question": question, "reference": of}
    which = asked if of else question
    change = {"href": f"{to}#id_{name}", "text": _("Change"), "visuallyHiddenText": which}
    return {
        "key": {"text": question},
        "value": {"html": written(answer)},
        "actions": {"items": [change]},
    }
