"""What a platform is asked when it answers by the link of a notice."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.actions.answers import AnswerWords
from evenhand.rules.answers import Outcome, WhyDeclined, reasons_of
from evenhand.web.act_forms import ActForm
from evenhand.web.forms import HouseForm, LineField, OneField, Option, WordsField
from evenhand.web.statements import StatementField
from evenhand.web.words import Words

OUTCOMES: Mapping[Outcome, tuple[Words, Words]] = {
    Outcome.RESTRICTED_IN_FULL: (
        _("We restricted it in full"),
        _("It is removed, or nobody can reach it any more."),
    ),
    Outcome.RESTRICTED_IN_PART: (
        _("We restricted it in part"),
        _("For example by age, by country, or a part of it."),
    ),
    Outcome.DECLINED: (_("We will not act"), _("We looked at it and leave it as it is.")),
    Outcome.ALREADY_GONE: (_("It was already gone"), _("It was not there when we looked.")),
    Outcome.GONE_REASON_UNKNOWN: (
        _("It is gone, and we cannot say why"),
        _("It is not there any more, and not by a decision of ours."),
    ),
    Outcome.REFERRED_ELSEWHERE: (
        _("Somebody else must decide"),
        _("Another service or body is responsible. Say which one below."),
    ),
    Outcome.REINSTATED: (_("We put it back"), _("We had restricted it before.")),
}


class Said(WordsField):
    """A part of a platform's reasons, where it gives one."""

    def __init__(self, *, label: Words, called: Words, longest: int = 2_000) -> None:
        super().__init__(label=label, called=called, required=False, longest=longest, rows=3)


class Heard(ActForm):
    """What every answer of a platform may name."""

    their_reference = LineField(
        label=_("Your own reference (optional)"),
        called=_("Your reference"),
        required=False,
        width="one-half",
        autocomplete="off",
    )


class QuestionForm(HouseForm):
    """What the platform asks."""

    text = WordsField(
        label=_("What do you want to ask?"),
        called=_("The question"),
        missing=_("Enter what you want to ask"),
        hint=_("Say where we can answer you. We answer by e-mail."),
        rows=6,
    )


class AddressForm(HouseForm):
    """That the notice went to the wrong place, and where it belongs."""

    text = WordsField(
        label=_("Where should we send it instead? (optional)"),
        called=_("Where to send it"),
        required=False,
        rows=3,
    )


class ReviewForm(HouseForm):
    """Why the platform asks for a review of a content removal notice."""

    text = WordsField(
        label=_("Why should the notice not have been given, or be changed?"),
        called=_("Why"),
        missing=_("Enter why you ask for a review"),
        rows=6,
    )


class ReceivedForm(Heard):
    """That the platform has the request, and has not decided."""


class DecidedForm(Heard):
    """What the platform decided, on which ground, and its reasons."""

    outcome = OneField(
        label=_("What did you decide?"),
        missing=_("Select what you decided"),
        options=[Option(it, *said) for it, said in OUTCOMES.items()],
    )
    why_declined = OneField(
        label=_("If you will not act: why? (optional)"),
        required=False,
        options=[
            (WhyDeclined.WRONG, _("It breaks neither the law nor our terms")),
            (WhyDeclined.IMPRECISE, _("Your notice was too vague, or gave too few reasons")),
            (WhyDeclined.DUPLICATE, _("We had decided about it before")),
            (WhyDeclined.NOT_SAID, _("Another reason")),
        ],
    )
    ground_relied_on = WordsField(
        label=_("On which ground? (optional)"),
        called=_("The ground"),
        hint=_("The law or the clause of your terms that you rely on. It may differ from ours."),
        required=False,
        rows=3,
    )
    facts = Said(
        label=_("The facts and circumstances you rely on (optional)"),
        called=_("The facts"),
        longest=5_000,
    )
    restriction = Said(
        label=_("What you did, where it applies and for how long (optional)"),
        called=_("What you did"),
    )
    automated_means = Said(
        label=_("Whether automated means were used, in finding it or in deciding (optional)"),
        called=_("What you say of automated means"),
    )
    redress = Said(
        label=_("How your decision can be challenged (optional)"),
        called=_("How it can be challenged"),
    )
    statement = StatementField(
        label=_("Statement of reasons for the DSA Transparency Database, as JSON (optional)"),
        hint=_("As you submit it there. It is kept exactly."),
    )
    field_order = ("version", "outcome", "why_declined", "ground_relied_on", "their_reference")


def typed(form: HouseForm) -> str:
    """Give all that was typed as one message: each answer under what was asked."""
    told = []
    for name, field in form.base_fields.items():
        said = form.data.get(name, "").strip()
        if said and name != "version":
            known = {it.value: it.text for it in getattr(field, "options", ())}
            told.append(f"{field.label}\n{known.get(said, said)}")
    return "\n\n".join(told)


def words_of(given: Mapping[str, Any]) -> AnswerWords:
    """Collect what the platform says besides its decision."""
    reasons = reasons_of(given, given.get("statement"))
    why = given.get("why_declined")
    return AnswerWords(
        given["their_reference"],
        given.get("ground_relied_on", ""),
        reasons,
        WhyDeclined(why) if why else None,
    )
