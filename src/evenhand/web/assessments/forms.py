"""What is asked on each page of an assessment. Whether an answer is enough, the rules say."""

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.rules.assessments import Child, Expression, Ground, ReportedTo
from evenhand.rules.lawbook import Lawbook
from evenhand.web.act_forms import ActForm
from evenhand.web.assessments.steps import Step
from evenhand.web.assessments.suggestions import Suggestions
from evenhand.web.forms import (
    HouseForm,
    LineField,
    ManyField,
    OneField,
    Option,
    TickField,
    WordsField,
)
from evenhand.web.labels import CHILDREN, EXPRESSIONS, GROUNDS

BODIES = {
    ReportedTo.IWF: _("Internet Watch Foundation"),
    ReportedTo.NCA: _("National Crime Agency"),
    ReportedTo.OTHER: _("Another body named by law"),
}
GROUND_HINTS = {
    Ground.ILLEGAL: _("You believe that it is an offence."),
    Ground.TERMS: _("It breaks the platform’s own terms, whether or not it is an offence."),
    Ground.BOTH: _("You rely on both, and say why for each."),
}


class HarmForm(HouseForm):
    """Page 1: which harm, and on which ground."""

    asks = "assess"

    def __init__(self, data: QueryDict | None, *, book: Lawbook) -> None:
        super().__init__(data)
        harms = [
            Option(it.code, _(it.title), _(it.hint))
            for it in book.harms.values()
            if not it.cannot_be_sent
        ]
        self.fields["harm"] = OneField(
            label=_("Which harm does the content do?"),
            missing=_("Select the harm"),
            options=harms,
        )
        self.fields["also_harms"] = ManyField(
            label=_("Other harms it also does"),
            options=[
                (it.code, f"{it.code} {_(it.title)}")
                for it in book.harms.values()
                if not (it.terms_only or it.cannot_be_sent)
            ],
            required=False,
            small=True,
        )
        self.fields["ground"] = OneField(
            label=_("What does the request rest on?"),
            hint=_("For X1 no offence is alleged: choose the platform’s terms."),
            missing=_("Select what the request rests on"),
            options=[Option(it, GROUNDS[it], GROUND_HINTS[it]) for it in Ground],
        )


class LawForm(HouseForm):
    """Page 2: the law or the platform's policy, or both, as the ground has it."""

    asks = "assess"

    def __init__(self, data: QueryDict | None, *, ground: Ground, suggested: Suggestions) -> None:
        super().__init__(data)
        if ground is not Ground.TERMS:
            self._ask_law(suggested)
        if ground is not Ground.ILLEGAL:
            self._ask_policy(suggested)

    def _ask_law(self, suggested: Suggestions) -> None:
        if suggested.provisions:
            self.fields["provision_from"] = ManyField(
                label=_("Which law applies?"),
                hint=_("Suggested for this harm. Select all that you rely on."),
                options=suggested.provision_options,
                required=False,
            )
        self.fields["provision"] = WordsField(
            label=_("Another law, or more about it") if suggested.provisions else _("Which law?"),
            hint=_("Act and section. What you write is kept as you write it."),
            required=False,
            count=True,
            rows=2,
        )
        self.fields["provision_why"] = WordsField(
            label=_("Why does that law apply to this content?"), required=False, count=True, rows=4
        )

    def _ask_policy(self, suggested: Suggestions) -> None:
        if suggested.policies:
            self.fields["policy_from"] = OneField(
                label=_("Which of the platform’s policies?"),
                hint=_(
                    "Suggested for this harm, described in our own words. The platform is told the "
                    "name of the policy and the clause that you quote below."
                ),
                options=[*suggested.policy_options, Option("own", _("None of these"))],
                required=False,
            )
        self.fields["policy_clause"] = WordsField(
            label=_("The clause, in the platform’s words"),
            hint=_("Copy it from the platform’s own policy. The platform is told this."),
            required=False,
            count=True,
            rows=2,
        )
        self.fields["policy_version"] = LineField(
            label=_("Version or date of the policy"), required=False, width=20
        )
        self.fields["policy_why"] = WordsField(
            label=_("Why does the content break that clause?"), required=False, count=True, rows=4
        )


class EvidenceForm(HouseForm):
    """Page 3: what shows the harm, and what speaks against it."""

    asks = "assess"
    evidence_inside = WordsField(
        label=_("What in the content itself shows the harm?"),
        hint=_("What anyone can see, hear or read there. The platform is told this."),
        required=False,
        count=True,
        rows=4,
    )
    evidence_outside = WordsField(
        label=_("What outside the content do you rely on?"),
        hint=_("Say “nothing” if there is nothing. The platform is not told this."),
        required=False,
        count=True,
        rows=3,
    )
    supports_opposite = WordsField(
        label=_("What supports the opposite view?"),
        hint=_(
            "Another meaning, a joke, a quotation, fiction, a doubt. There is nearly always one"
        ),
        required=False,
        count=True,
        rows=4,
    )


class RightsForm(HouseForm):
    """Page 4: expression, what else would do, and why this is necessary."""

    asks = "assess"
    expression = ManyField(
        label=_("Is the content one of these kinds of expression?"),
        hint=_("Select all that apply. It protects the content: you then weigh it."),
        options=[(it, EXPRESSIONS[it]) for it in Expression],
        required=False,
    )
    expression_weighing = WordsField(
        label=_("Weigh the expression against the harm"),
        hint=_("Only if you selected a kind of expression"),
        required=False,
        count=True,
        rows=4,
    )
    less_intrusive = WordsField(
        label=_("Which less intrusive steps did you consider?"),
        hint=_("Such as a label, an age limit, or doing nothing, and why they would not do"),
        required=False,
        count=True,
        rows=3,
    )
    necessity = WordsField(
        label=_("Why is this request necessary and proportionate?"),
        required=False,
        count=True,
        rows=4,
    )


class ChildForm(HouseForm):
    """Page 5: children."""

    asks = "assess"
    child = OneField(
        label=_("Is a child shown, or is the person who posted it likely to be a child?"),
        missing=_("Select whether a child is shown or likely"),
        options=[(it, CHILDREN[it]) for it in Child],
    )
    child_interests = WordsField(
        label=_("What is in the best interests of the child?"),
        hint=_("Only if you selected “likely” or “yes”"),
        required=False,
        count=True,
        rows=4,
    )


class StatutoryForm(ActForm):
    """Where it was reported by the statutory route, and the reference given there."""

    asks = "statutory"
    reported_to = OneField(
        label=_("To whom did you report it?"),
        missing=_("Select to whom you reported it"),
        options=[(it, BODIES[it]) for it in ReportedTo],
    )
    reported_reference = LineField(
        label=_("The reference they gave you"),
        called=_("The reference"),
        missing=_("Enter the reference they gave you"),
        width=20,
        spellcheck=False,
        autocomplete="off",
    )
    understood = TickField(
        label=_("I kept no copy, and I know that every word of this referral is destroyed now"),
        missing=_("Confirm that you kept no copy and that the words are destroyed"),
        required=True,
    )


PLAIN: Mapping[Step, type[HouseForm]] = {
    Step.EVIDENCE: EvidenceForm,
    Step.RIGHTS: RightsForm,
    Step.CHILD: ChildForm,
}
"""The pages that ask the same whatever was answered before."""
