"""What is asked for a statement: fact or assessment, what it rests on, grade and handling."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.rules.assessments import Kind
from evenhand.rules.people_statements import (
    CONDITION_WORDS,
    GRADE_OF_WORDS,
    HANDLING_WORDS,
    INFORMATION_WORDS,
    SOURCE_WORDS,
    Condition,
    GradeOf,
    Handling,
    Information,
    Source,
    Statement,
)
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.forms import LineField, ManyField, OneField, Option, WordsField
from evenhand.web.people.forms import originator, their_reference
from evenhand.web.people.words import options

YES, NO = "yes", "no"


class StatementForm(ActForm):
    """One statement about a person."""

    asks = "statement"
    kind = OneField(
        label=_("Is it a fact or an assessment?"),
        options=[
            Option(Kind.FACT, _("A fact"), _("Anybody who looks at its source finds it.")),
            Option(Kind.ASSESSMENT, _("An assessment"), _("Somebody concludes it.")),
        ],
        missing=_("Select which of both it is"),
    )
    text = WordsField(label=_("What is it?"), missing=_("Enter what it is"), rows=4)
    source = WordsField(label=_("A fact: where is it from?"), required=False, rows=2)
    basis = WordsField(label=_("An assessment: what does it rest on?"), required=False, rows=3)
    basis_holder = LineField(
        label=_("An assessment: who keeps the records behind it?"), required=False
    )
    grade_of = OneField(
        label=_("An assessment: what do you grade?"),
        hint=_("That something was posted is one thing, that it is true another."),
        options=options(GRADE_OF_WORDS),
        required=False,
    )
    grade_source = OneField(
        label=_("How far can the source be relied on?"),
        options=options(SOURCE_WORDS),
        required=False,
    )
    grade_information = OneField(
        label=_("How does the source know it?"),
        options=options(INFORMATION_WORDS),
        required=False,
    )
    handling = OneField(
        label=_("May it be shared?"),
        options=options(HANDLING_WORDS),
        missing=_("Select whether it may be shared"),
    )
    conditions = ManyField(
        label=_("Under which conditions?"),
        hint=_("Only with C"),
        options=options(CONDITION_WORDS),
        required=False,
        small=True,
    )
    sensitive = OneField(
        label=_("Does it reveal race, belief, politics, health or sexuality?"),
        hint=_("What does is not held here."),
        options=[Option(NO, _("No")), Option(YES, _("Yes"))],
        missing=_("Select whether it reveals any of these"),
        inline=True,
    )

    def as_statement(self) -> Statement:
        """Give it as the rules take it."""
        given = self.cleaned_data
        return Statement(
            kind=Kind(given["kind"]),
            text=given["text"],
            source=given["source"],
            basis=given["basis"],
            basis_holder=given["basis_holder"],
            grade_of=GradeOf(given["grade_of"]) if given["grade_of"] else None,
            grade_source=Source(given["grade_source"]) if given["grade_source"] else None,
            grade_information=(
                Information(given["grade_information"]) if given["grade_information"] else None
            ),
            handling=Handling(given["handling"]),
            conditions=frozenset(Condition(it) for it in given["conditions"]),
            sensitive=given["sensitive"] == YES,
        )


class AddStatementForm(StatementForm):
    """A statement in one of the referrals that the person is on record for."""

    referral = OneField(
        label=_("In which referral?"), options=[], missing=_("Select the referral"), small=True
    )
    field_order = ("referral",)


class VerifyForm(ActForm):
    """Which statement is still right, and what shows it."""

    asks = "verify"
    about = OneField(
        label=_("Which statement?"), options=[], missing=_("Select a statement"), small=True
    )
    reason = ReasonField(
        label=_("What did you look at, and what does it say now?"),
        needed=_("Enter what you looked at"),
        rows=3,
    )


class CorrectStatementForm(StatementForm):
    """The right statement in the place of a contested one."""

    originator = originator()
    their_reference = their_reference()
    evidence = LineField(
        label=_("If the wrong one is evidence: its reference"),
        hint=_("It is then kept, restricted. Else it is gone."),
        required=False,
    )
    reason = ReasonField(
        label=_("How do you know what is right?"), needed=_("Enter how you know it"), rows=4
    )


def filled(statement: Any) -> dict[str, object]:
    """Give a statement's own values, to begin a correction from.

    Whoever keeps the records behind an assessment is who it came from, unless the officer knows
    better.
    """
    names = ("kind", "text", "source", "basis", "basis_holder", "grade_of", "grade_source",
             "grade_information", "handling", "conditions")  # fmt: skip
    known = {name: getattr(statement, name) for name in names}
    return {**known, "originator": statement.basis_holder}
