"""What is asked when a platform has answered, and when a person has looked again."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from evenhand.rules.answers import AnswerKind, Outcome, Seen, WhyDeclined, reasons_of
from evenhand.web.act_forms import ActForm
from evenhand.web.answers.present import ANSWERS, SEEN_HINTS
from evenhand.web.forms import LineField, OneField, Option, WordsField
from evenhand.web.labels import SEEN, STATEMENT_PARTS, WHY_DECLINED
from evenhand.web.statements import StatementField


class PartField(WordsField):
    """A part of the platform's statement of reasons, where it gave one."""

    def __init__(self, part: str) -> None:
        super().__init__(label=STATEMENT_PARTS[part], required=False, longest=2_000, rows=2)


class AnswerForm(ActForm):
    """What the platform answered: one choice, and its own words where it gave some."""

    asks = "answer"
    said = OneField(
        label=_("What did the platform answer?"),
        missing=_("Select what the platform answered"),
        options=ANSWERS,
    )
    why_declined = OneField(
        label=_("If they will not act: why?"),
        hint=_("It tells the desk where its own notices were wrong."),
        required=False,
        options=[(it, WHY_DECLINED[it]) for it in WhyDeclined],
    )
    their_reference = LineField(
        label=_("Their reference (optional)"), called=_("Their reference"), required=False, width=20
    )
    ground_relied_on = WordsField(
        label=_("The ground they rely on (optional)"),
        called=_("The ground"),
        hint=_("Their words. It may differ from ours."),
        required=False,
        rows=3,
    )
    restriction = PartField("restriction")
    facts = PartField("facts")
    automated_means = PartField("automated_means")
    redress = PartField("redress")
    statement = StatementField(
        label=_("Statement for the DSA Transparency Database, as JSON"),
        hint=_("As they submit it there. It is kept exactly."),
    )


class CheckForm(ActForm):
    """What a person saw."""

    asks = "check"
    seen = OneField(
        label=_("What did you see?"),
        missing=_("Select what you saw"),
        options=[Option(seen, SEEN[seen], SEEN_HINTS[seen]) for seen in Seen],
    )


def answered(given: Mapping[str, Any]) -> tuple[AnswerKind, Outcome | None]:
    """Tell an acknowledgement from a decision with its outcome."""
    said: str = given["said"]
    if said == AnswerKind.ACKNOWLEDGED:
        return AnswerKind.ACKNOWLEDGED, None
    return AnswerKind.DECIDED, Outcome(said)


def statement_of_reasons(given: Mapping[str, Any]) -> dict[str, object]:
    """Collect the parts of the statement of reasons that the platform gave."""
    return reasons_of(given, given["statement"])
