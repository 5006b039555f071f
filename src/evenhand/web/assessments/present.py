"""The words of assessing: where one is, what to know, and the answers before they are sent."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.assessments import KINDS, Assessment, Child, Kind
from evenhand.rules.harms import Harm
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.referrals import Decision
from evenhand.web import labels
from evenhand.web.addresses import of_referral
from evenhand.web.assessments.steps import ASKED_FIRST, ORDER, STEP_OF, TITLES, Step
from evenhand.web.assessments.suggestions import unverified
from evenhand.web.assessments.work import Work
from evenhand.web.components import Params, render
from evenhand.web.faults import faults_of
from evenhand.web.forms import HouseForm
from evenhand.web.guidance import about_harm, beside
from evenhand.web.referrals.happened import FACTS, QUESTIONS
from evenhand.web.sheets import Sheet, colleague_at_it, written
from evenhand.web.words import Words

GROUPS: Sequence[tuple[str, Words]] = (
    ("VW", later("Threats, violence and weapons")),
    ("HR", later("Harassment and hatred")),
    ("CS", later("Children and sexual content")),
    ("TN", later("Terrorism and foreign interference")),
    ("DFI", later("Drugs, fraud and other crime for gain")),
    ("MA", later("Self-harm and cruelty")),
    ("X", later("None of these")),
)
NOT_VERIFIED = later(
    "“Not verified” means that nobody has yet read our description of this harm against the law "
    "itself. You can choose it: what counts is the law that you name on the next page."
)
TAKE_BACK = Sheet(
    title=later("Take it back and assess it again"),
    button=later("Take it back"),
    lines=(
        later("It is waiting for a second officer. If you take it back, nobody can approve it."),
        later("Your changes are then a new assessment. The one before stays on record."),
    ),
)
CHECK = Sheet(
    title=later("Check your answers"),
    button=later("Send for approval"),
    lines=(later("A person found this content, and people decide. No machine did either."),),
)
STATUTORY = Sheet(
    title=later("Stop: this goes by the statutory route"),
    button=later("Destroy the words and keep only this reference"),
    lines=(
        later("Do not describe it. Do not save, copy or photograph it. Do not send it to anyone."),
        later(
            "Report the address now, to the Internet Watch Foundation or the National Crime Agency."
            " Then come back and enter the reference that they gave you."
        ),
        later(
            "When you go on, the address, the description and every other word of this referral are"
            " destroyed for good. Kept are its number, the platform, the times, and this reference."
        ),
    ),
    warning=later("Child sexual abuse imagery is never referred by this desk."),
)


class Group(NamedTuple):
    """Answers under one heading."""

    title: Words
    rows: Params


def shown_page(work: Work, step: Step, form: HouseForm) -> Mapping[str, object]:
    """Show one of the five pages."""
    reference = work.referral.fact.reference
    return {
        "form": form,
        "reference": reference,
        "title": TITLES[step],
        "progress": _("Page %(number)d of %(count)d")
        % {"number": ORDER.index(step) + 1, "count": len(ORDER)},
        "address": work.referral.address,
        "description": work.referral.description,
        "returned": _returned(work),
        "own_words": _overtaken(work),
        "colleague": colleague_at_it(work.referral, work.acting) if step is Step.HARM else "",
        "notes": list(_route(work.harm)) if work.harm and step is Step.LAW else [],
        "emergency": of_referral(reference, "emergency")
        if work.harm and work.harm.emergency_check_first and step is Step.LAW
        else "",
        "harms": harm_radios(form["harm"], work.book) if step is Step.HARM else "",
        "about_harm": about_harm(work.harm, work.book) if work.harm else "",
    }


def shown_check(work: Work) -> Mapping[str, object]:
    """Show all answers before they are sent, each with the way to change it."""
    assessment = work.assessment()
    harm = work.harm
    return {
        "sheet": CHECK,
        "groups": _groups(work),
        "returned": _returned(work),
        "own_words": _overtaken(work),
        "notes": [
            *who_decides(harm, assessment.child),
            *not_verified(assessment, work.referral.fact.platform, work.book),
        ],
    }


def _overtaken(work: Work) -> Mapping[str, str]:
    """Give what this officer had written and not sent when a colleague sent theirs."""
    overtaken = Work.overtaken(work.referral, work.acting) if work.referral.assessments else None
    return overtaken.written() if overtaken else {}


def who_decides(harm: Harm | None, child: Child) -> Iterator[str]:
    """Say where not every approver may approve."""
    if harm and harm.terms_only:
        yield _("No offence is alleged, so a senior approver decides.")
    if child is not Child.NO:
        yield _("A child is shown or likely, so an approver with child training decides.")


def not_verified(assessment: Assessment, platform: str, book: Lawbook) -> Iterator[str]:
    """Say which law or policy is not one that this desk has verified."""
    questions = unverified(assessment, platform, book)
    if questions:
        names = ", ".join(str(QUESTIONS[name]) for name in questions)
        yield _("Not verified by this desk, kept as it was entered: %(names)s.") % {"names": names}


def harm_radios(bound: BoundField, book: Lawbook) -> SafeString:
    """Draw the harms in groups, as one question."""
    wrong = faults_of(bound)
    lines = ((format_html("{}{}", it.sentence, it.what_to_do),) for it in wrong)
    error, hint = f"{bound.auto_id}-error", f"{bound.auto_id}-hint"
    told = {"html": format_html_join(mark_safe("<br>"), "{}", lines), "id": error}
    inside = format_html_join("\n", "{}", ((it,) for it in _harm_groups(bound, book)))
    fieldset = render(
        "fieldset",
        {
            "legend": {"text": bound.label, "classes": "govuk-fieldset__legend--m"},
            "describedBy": f"{hint} {error}" if wrong else hint,
            "html": format_html(
                "{}{}{}{}",
                render("hint", {"id": hint, "text": NOT_VERIFIED}),
                render("error-message", told) if wrong else "",
                beside(bound),
                inside,
            ),
        },
    )
    classes = "govuk-form-group govuk-form-group--error" if wrong else "govuk-form-group"
    return format_html('<div class="{}">{}</div>', classes, fieldset)


def _harm_groups(bound: BoundField, book: Lawbook) -> Iterator[SafeString]:
    for number, (letters, title) in enumerate(GROUPS, 1):
        harms = [
            harm
            for code, harm in book.harms.items()
            if code[0] in letters and not harm.cannot_be_sent
        ]
        radios = {
            "name": bound.html_name,
            # The error summary leads to the first of them.
            "idPrefix": bound.auto_id if number == 1 else f"{bound.auto_id}-group{number}",
            "classes": "govuk-radios--small",
            "items": [_harm_item(harm, chosen=str(bound.value() or "")) for harm in harms],
        }
        yield format_html(
            '<h2 class="govuk-heading-s govuk-!-margin-bottom-2">{}</h2>{}',
            title,
            render("radios", radios),
        )


def _harm_item(harm: Harm, *, chosen: str) -> Params:
    tag = labels.Tag(_("Not verified"), "yellow").params
    hint = format_html("{} {}", _(harm.hint), "" if harm.verified else render("tag", tag))
    return {
        "value": harm.code,
        "text": f"{harm.code} {_(harm.title)}",
        "hint": {"html": hint},
        "checked": harm.code == chosen,
    }


def _route(harm: Harm) -> Iterator[str]:
    if harm.route and not harm.terms_only:
        yield _("%(harm)s: %(route)s") % {"harm": _(harm.title), "route": _(harm.route)}


def _returned(work: Work) -> str:
    """Give the reason of the second officer who returned it last, while that is the last word."""
    if not work.referral.decisions or not work.referral.assessments:
        return ""
    last = work.referral.decisions[-1]
    if last.decision is not Decision.RETURN or last.at < work.referral.assessments[-1].at:
        return ""
    text = _("%(name)s returned it: %(reason)s") % {"name": last.by, "reason": last.reason or ""}
    return written(text)


def _groups(work: Work) -> list[Group]:
    assessment = work.assessment()
    return [
        Group(_("Choices"), {"rows": [_row(*it, work) for it in _choices(assessment)]}),
        *(
            Group(
                FACTS[kind],
                {
                    "rows": [
                        _row(name, QUESTIONS[name], getattr(assessment, name), work)
                        for name, its_kind in KINDS.items()
                        if its_kind is kind and getattr(assessment, name)
                    ]
                },
            )
            for kind in Kind
        ),
    ]


def _choices(given: Assessment) -> Iterator[tuple[str, Words, str]]:
    yield "harm", _("Harm"), labels.harm_name(given.harm)
    if given.also_harms:
        yield "also_harms", _("Further harms"), ", ".join(map(labels.harm_name, given.also_harms))
    yield "ground", _("Ground"), str(labels.GROUNDS[given.ground])
    kinds = ", ".join(sorted(str(labels.EXPRESSIONS[it]) for it in given.expression))
    yield "expression", _("Protected expression"), kinds or _("None seen")
    yield "child", _("A child shown, or likely the poster"), str(labels.CHILDREN[given.child])


def _row(name: str, question: Words, answer: str, work: Work) -> Params:
    step = STEP_OF[name]
    asked = ASKED_FIRST.get(name, name)
    asked = asked if asked in work.form(step).fields else name
    there = reverse("assess_page", args=[work.referral.fact.reference, step])
    to = f"{there}?change=1#id_{asked}"
    change = {"href": to, "text": _("Change"), "visuallyHiddenText": question}
    return {
        "key": {"text": question},
        "value": {"html": written(answer)},
        "actions": {"items": [change]},
    }
